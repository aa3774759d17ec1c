import { createHash } from 'node:crypto'
import type pg from 'pg'
import { z } from 'zod'
import { standInFor } from '#server/identity/accounts/stand-in.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { purposeKey } from '#server/identity/sessions/secrets-at-rest.ts'
import type { Store } from '#server/store/store.ts'
import { findResearchKey, openResearchKey } from '#server/keys/research-key.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { run, runForRow } from '#server/platform/db/run.ts'
import { openBytes, sealBytes } from '#server/platform/secrets/sealed-bytes.ts'
import { openStopPlace } from '#server/store/stop-place.ts'

/**
 * Notes of what projects were given, outside the database and beside the notes of the stop-list: a database that is restored from
 * an older backup hears who is in it, and names to the project who leaves. Each is sealed under the key of its project, and so
 * is closed for good when that is destroyed.
 */

const ABOUT = 'countonce-extract-note-1'
const moment = z.iso.datetime()
const noteForm = z.strictObject({
  project: z.strictObject({
    ...{ reference: z.string(), title: z.string(), purpose: z.string(), legalBasis: z.string() },
    ...{
      environment: z.string(),
      recipient: z.string(),
      endsOn: moment,
      people: z.array(z.string()),
    },
    ...{ madeBy: z.string(), madeAt: moment },
    approvals: z.array(z.strictObject({ number: z.int(), givenBy: z.string(), givenOn: moment })),
  }),
  extract: z.strictObject({
    ...{ reference: z.string(), cohort: z.string(), variables: z.array(z.string()) },
    ...{ firstQuarter: z.string(), lastQuarter: z.string(), expiresOn: moment },
    ...{ askedBy: z.string(), askedAt: moment, madeAt: moment, digest: z.string() },
    ...{ rowCount: z.int(), leftOut: z.int(), loss: z.number(), fewest: z.int() },
    steps: z.array(z.int()),
  }),
  members: z.array(z.string()),
})

/** Where notes lie, and the keys that seal them. */
type NotesPlace = Pick<Store, 'dataDir' | 'env'>

type Note = z.infer<typeof noteForm>

const PROJECT = {
  ...{ reference: true, title: true, purpose: true, people: true, legalBasis: true },
  ...{ environment: true, recipient: true, endsOn: true, madeBy: true, madeAt: true },
  approvals: { select: { number: true, givenBy: true, givenOn: true } },
} as const
const EXTRACT = {
  ...{ reference: true, variables: true, cohort: true, firstQuarter: true, lastQuarter: true },
  ...{ expiresOn: true, askedBy: true, askedAt: true, madeAt: true, rowCount: true },
  ...{ leftOut: true, loss: true, fewest: true, steps: true, digest: true },
} as const

/** Notes an extract that is made in the caller's transaction, with who is in it by reference. */
export async function keepExtract(
  client: pg.ClientBase,
  place: NotesPlace,
  reference: string,
  members: readonly string[],
): Promise<void> {
  const { project, ...extract } = await inPrisma(client, (prisma) =>
    prisma.researchExtract.findUniqueOrThrow({
      where: { reference },
      select: { ...EXTRACT, project: { select: PROJECT } },
    }),
  )
  const bytes = Buffer.from(JSON.stringify({ project, extract, members }))
  noteForm.parse(JSON.parse(bytes.toString()))
  const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 12)
  const key = purposeKey(await openResearchKey(place, project.reference), ABOUT)
  // The project stands in its name, since its key opens it.
  const name = `${project.reference}.${reference}.${digest}`.toLowerCase()
  await (await openStopPlace(place)).create(name, sealBytes(key, name, bytes))
}

const NAME = /^(rp-[0-9a-z-]+)[.](rx-[0-9a-z-]+)[.][0-9a-f]{12}$/

/** Whether any extract is noted that a restored database has to hear of. */
export async function hasKeptExtracts(place: NotesPlace): Promise<boolean> {
  return (await (await openStopPlace(place)).names()).some((name) => NAME.test(name))
}

/**
 * Writes down again what a restored database does not know was given, in the caller's transaction. An extract with people whom
 * the database does not know has expired at once: those among them who leave later could not be named, and so it is to be
 * destroyed. Answers how many extracts that were, and how many are noted whose project's key is not there.
 */
export async function applyKeptExtracts(
  client: pg.ClientBase,
  place: NotesPlace,
  now: Date,
): Promise<{ readonly applied: number; readonly closed: number }> {
  const { notes, closed } = await readNotes(place)
  let applied = 0
  for (const note of notes) {
    const known = await inPrisma(client, (prisma) =>
      prisma.researchExtract.findUnique({
        where: { reference: note.extract.reference },
        select: { madeAt: true },
      }),
    )
    if (known !== null && known.madeAt !== null) continue
    await applyNote(client, note, now)
    applied += 1
  }
  return { applied, closed }
}

/**
 * The notes that can be opened, of each extract the latest: an earlier try may have noted what it did not make. Of a project
 * whose key was destroyed everything was: of those it is counted only how many extracts they are of.
 */
async function readNotes(
  place: NotesPlace,
): Promise<{ readonly notes: readonly Note[]; readonly closed: number }> {
  const there = await openStopPlace(place)
  const latest = new Map<string, Note>()
  const closed = new Set<string>()
  for (const name of [...(await there.names())].sort()) {
    const [, project, extract = ''] = NAME.exec(name) ?? []
    if (project === undefined) continue
    const kept = await findResearchKey(place, project)
    if (kept === undefined) closed.add(extract)
    const sealed = kept === undefined ? undefined : await there.read(name)
    if (kept === undefined || sealed === undefined) continue
    const bytes = openBytes(purposeKey(kept, ABOUT), name, sealed)
    const note = noteForm.parse(JSON.parse(Buffer.from(bytes).toString()))
    const { reference, madeAt } = note.extract
    const earlier = latest.get(reference)
    if (earlier === undefined || earlier.extract.madeAt < madeAt) latest.set(reference, note)
  }
  return { notes: [...latest.values()], closed: closed.size }
}

async function applyNote(
  client: pg.ClientBase,
  { project, extract, members }: Note,
  now: Date,
): Promise<void> {
  const projectId = await projectOf(client, project)
  const { known } = await runForRow(client, 'research/count-known', [members])
  const isWhole = known === members.length
  const { reference, askedBy, askedAt, expiresOn, madeAt, ...rest } = extract
  const data = {
    ...rest,
    madeAt: new Date(madeAt),
    expiresOn: isWhole ? new Date(expiresOn) : dayBefore(now),
  }
  const asked = { askedBy: await standInFor(client, askedBy), askedAt: new Date(askedAt) }
  const { id } = await inPrisma(client, (prisma) =>
    prisma.researchExtract.upsert({
      where: { reference },
      select: { id: true },
      create: { reference, projectId, ...asked, ...data },
      update: data,
    }),
  )
  await run(client, 'research/insert-members', [String(id), members])
  await appendAudit(client, {
    ...{ actor: 'operator', event: 'research.noted-again', subject: reference },
    detail: { project: project.reference, rows: extract.rowCount, known },
  })
}

async function projectOf(
  client: pg.ClientBase,
  { reference, approvals, madeBy, madeAt, endsOn, ...rest }: Note['project'],
): Promise<bigint> {
  const maker = await standInFor(client, madeBy)
  return inPrisma(client, async ({ researchProject, researchApproval }) => {
    const where = { reference }
    const found = await researchProject.findUnique({ where, select: { id: true } })
    if (found !== null) return found.id
    const { id } = await researchProject.create({
      select: { id: true },
      data: {
        ...{ ...rest, reference, madeBy: maker },
        ...{ madeAt: new Date(madeAt), endsOn: new Date(endsOn) },
      },
    })
    await researchApproval.createMany({
      data: approvals.map(({ givenOn, ...one }) => ({
        ...{ ...one, projectId: id, givenOn: new Date(givenOn) },
      })),
    })
    return id
  })
}

function dayBefore(now: Date): Date {
  return new Date(new Date(now.toISOString().slice(0, 10)).getTime() - 86_400_000)
}
