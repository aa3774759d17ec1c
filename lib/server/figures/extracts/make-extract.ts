import { createHash } from 'node:crypto'
import type pg from 'pg'
import { RESEARCH_COHORTS, type ResearchCode } from '#core/messages/research/research-words.ts'
import {
  fewestAlike,
  makeExtract,
  rareFamilies,
  RESEARCH_PROTECTION,
} from '#core/research/extract.ts'
import { quarterWords } from '#core/standard/quarter.ts'
import { useAtOnce, type UseRefusal } from '#server/identity/approvals/approvals.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { readRecipient } from '#server/keys/backup-key.ts'
import { openResearchKey } from '#server/keys/research-key.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { takeLinkingLock, withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import { faultPoint } from '#server/platform/faults/fault-points.ts'
import { Fault, refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import { dayInLondon } from '#server/programme/register/quarters.ts'
import { zipExtract } from './extract-files.ts'
import { keepExtract } from './kept-extracts.ts'
import { readCohort, type KnownPerson } from './read-cohort.ts'
import { findExtract, hasExpired, type ResearchExtract } from './research-extracts.ts'
import { sealExtract } from './sealed-extract.ts'

/** An extract that a second person has approved, to be made in that person's name. */
export interface ApprovedExtract {
  readonly extract: string
  /** The reference of the approval, which this uses up. */
  readonly approval: string
  readonly approvedBy: string
}

/** An extract that was made. */
export interface ExtractMade {
  readonly ok: true
  readonly rows: number
  readonly leftOut: number
  readonly loss: number
}

/** How it ends where none is made. */
type NotMade = UseRefusal | Refusal<'not-found' | ResearchCode>

/** So often people are read who are no longer the same once the search has ended; then linking waits for it. */
const READS = 3

/**
 * Makes an extract that two people agreed about, all of it or nothing: one transaction, whose last statement is its audit
 * entry. It is noted outside the database first, for a backup from before. People are read and the extract is kept under the
 * lock of linking, which is let go in between, since the search for what can be told may be long; where somebody was linked,
 * or left, meanwhile, it begins anew. Doing it again changes nothing. Throws where what was made would tell of fewer people
 * alike than it may, whatever went wrong.
 */
export async function makeResearchExtract(
  store: ProgrammeStore,
  approved: ApprovedExtract,
  now: Date,
): Promise<ExtractMade | NotMade> {
  for (let read = 1; read < READS; read += 1) {
    const asked = await withTransaction(store.database, (client) =>
      readAsked(client, store, approved, now),
    )
    if (!('people' in asked)) return asked
    const built = build(asked, now)
    if (built === undefined) return refuse('research-too-few')
    const made = await withTransaction(store.database, async (client) => {
      await takeLinkingLock(client, 'production')
      const isSame = (await linkageVersion(client)) === asked.linkage
      return isSame ? keep(client, store, { approved, built }, now) : undefined
    })
    if (made !== undefined) return made
  }
  return withTransaction(store.database, async (client) => {
    const asked = await readAsked(client, store, approved, now)
    if (!('people' in asked)) return asked
    const built = build(asked, now)
    if (built === undefined) return refuse('research-too-few')
    return keep(client, store, { approved, built }, now)
  })
}

/** What an extract is made of. */
interface AskedExtract {
  readonly extract: ResearchExtract
  readonly recipient: Uint8Array
  readonly people: readonly KnownPerson[]
  /** The linkage state in which they were read. */
  readonly linkage: bigint
}

/** Reads what is asked for, under the lock of linking; how it ended where it has already. */
async function readAsked(
  client: pg.ClientBase,
  store: ProgrammeStore,
  { extract: reference }: ApprovedExtract,
  now: Date,
): Promise<AskedExtract | ExtractMade | NotMade> {
  await takeLinkingLock(client, 'production')
  const extract = await findMakeable(client, reference, now)
  if ('ok' in extract) return extract
  const { project } = extract
  const recipient = readRecipient(project.recipient)
  if (recipient === undefined) throw new Fault('keys-damaged', { what: 'public key' })
  const key = await openResearchKey(store, project.reference)
  const people = await readCohort(client, extract, { key, extract: reference })
  return { extract, recipient, people, linkage: await linkageVersion(client) }
}

/** An extract that is to be made, held until the transaction ends. */
async function findMakeable(
  client: pg.ClientBase,
  reference: string,
  now: Date,
): Promise<ResearchExtract | ExtractMade | Refusal<'not-found' | ResearchCode>> {
  await run(client, 'research/lock-extract', [reference])
  const extract = await findExtract(client, reference)
  if (extract === undefined) return refuse('not-found')
  // An earlier try may have got as far as that.
  if (extract.made !== undefined) return { ok: true as const, ...extract.made }
  return hasExpired(extract, dayInLondon(now)) ? refuse('research-over') : extract
}

async function linkageVersion(client: pg.ClientBase): Promise<bigint> {
  const { version } = await inPrisma(client, ({ linkageState }) =>
    linkageState.findUniqueOrThrow({ where: { dataset: 'production' } }),
  )
  return version
}

type BuiltExtract = NonNullable<ReturnType<typeof build>>

/** Searches for what can be told, and seals it: no database. */
function build({ extract, recipient, people }: AskedExtract, now: Date) {
  const { reference, project, variables, firstQuarter, lastQuarter } = extract
  const table = makeExtract(people, variables)
  if (table === undefined) return undefined
  const { least } = RESEARCH_PROTECTION
  if (fewestAlike(table.rows) < least || rareFamilies(table.rows, least) > 0) {
    throw new Fault('extract-too-fine')
  }
  const zip = zipExtract(
    {
      ...{ reference, project: project.reference, title: project.title },
      cohort: RESEARCH_COHORTS[extract.cohort],
      quarters: `${quarterWords(firstQuarter)} to ${quarterWords(lastQuarter)}`,
      ...{ expiresOn: extract.expiresOn, madeAt: now.toISOString() },
    },
    table,
  )
  const staying = new Set(table.rows.map(([person]) => person))
  return {
    table,
    members: people.filter(({ person }) => staying.has(person)).map((person) => person.reference),
    sealed: sealExtract(recipient, reference, zip),
  }
}

/** Keeps what was made, in the caller's transaction under the lock of linking. */
async function keep(
  client: pg.PoolClient,
  store: ProgrammeStore,
  { approved, built }: { readonly approved: ApprovedExtract; readonly built: BuiltExtract },
  now: Date,
): Promise<ExtractMade | NotMade> {
  const { extract: reference, approval, approvedBy } = approved
  const extract = await findMakeable(client, reference, now)
  if ('ok' in extract) return extract
  const used = await useAtOnce(
    client,
    { kind: 'research-extract', subject: reference, reference: approval, approvedBy },
    now,
  )
  if (!used.ok) return used
  const { table, members, sealed } = built
  const made = { rows: table.rows.length, leftOut: table.leftOut, loss: table.loss }
  await inPrisma(client, (prisma) =>
    prisma.researchExtract.update({
      select: { id: true },
      where: { reference },
      data: {
        ...{ madeAt: now, rowCount: made.rows, leftOut: made.leftOut, loss: made.loss },
        ...{ fewest: table.fewest, steps: [...table.steps], sealed },
        digest: createHash('sha256').update(sealed).digest('hex'),
      },
    }),
  )
  await run(client, 'research/insert-members', [extract.id, members])
  await keepExtract(client, store, reference, members)
  faultPoint('before-extract-commit')
  await appendAudit(client, {
    ...{ actor: approvedBy, event: 'research.made', subject: reference },
    detail: { project: extract.project.reference, rows: made.rows, fewest: table.fewest },
  })
  return { ok: true as const, ...made }
}
