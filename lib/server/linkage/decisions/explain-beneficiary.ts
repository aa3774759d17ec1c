import type pg from 'pg'
import { decidePart } from '#core/linkage/decide-part.ts'
import type { Doubt, PartDecision } from '#core/linkage/part.ts'
import { POLICIES, type PolicyName } from '#core/linkage/policy.ts'
import { correctionsOf, parseReference } from '#core/linkage/references.ts'
import type { ReferenceCode } from '#core/messages/linkage/reference-words.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import { Fault, refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'
import { appendAudit, type AuditEntry } from '#server/identity/audit/append-audit.ts'
import { policyOf } from '#server/linkage/links/linkage-policy.ts'
import { explainFamily, type ExplainedFamily } from './explained-family.ts'
import { withPlaceWords, type RecordPlace } from './list-doubts.ts'
import { openParts, type PartRecords } from '#server/linkage/links/read-records.ts'
import { readSharedContacts, readStandingDecisions } from '#server/linkage/links/standing.ts'

/** Why the records of a beneficiary are one person; nothing in it identifies them. */
export interface Explanation {
  readonly reference: string
  /** Other references that lead here, because they were merged. */
  readonly aliases: readonly string[]
  readonly policy: PolicyName
  readonly records: readonly RecordPlace[]
  /** A chain of joins that holds the records together: which rule, and what agreed. */
  readonly joins: readonly {
    readonly left: RecordPlace
    readonly right: RecordPlace
    readonly rule: string
    readonly agreed: readonly string[]
  }[]
  /** What came near and was refused, with the reason. */
  readonly refused: readonly {
    readonly kind: Doubt['kind']
    readonly code: string
    readonly rule: string | null
    readonly others: readonly RecordPlace[]
  }[]
  readonly family: ExplainedFamily
}

/** An explanation, or why there is none; `meant` in its detail is the one that was mistyped. */
export type Explained =
  | { readonly ok: true; readonly explanation: Explanation }
  | Refusal<ReferenceCode>

/** Explains a beneficiary by its reference or an alias. The look is audited. */
export async function explainBeneficiary(
  store: Pick<ProgrammeStore, 'database'>,
  { reference, dataset, actor }: { reference: string; dataset: Dataset; actor: string },
): Promise<Explained> {
  return withTransaction(store.database, async (client) => {
    const explained = await explainIn(client, { reference, dataset })
    if (!explained.ok) return explained
    await appendAudit(client, { actor, ...explanationEntry(explained.explanation) })
    return explained
  })
}

/** The same in the caller's transaction, which ends with its entry. */
export async function explainIn(
  client: pg.PoolClient,
  { reference, dataset }: { reference: string; dataset: Dataset },
): Promise<Explained> {
  const parsed = parseReference(reference)
  if (parsed === null)
    return refuse('reference-mistyped', await meantBy(client, dataset, reference))
  await run(client, 'linkage/create-change', [])
  const explanation = await readSteadily(client, dataset, () => read(client, dataset, parsed))
  return explanation === undefined ? refuse('reference-unknown') : { ok: true, explanation }
}

/** The only reference of the dataset that one slip makes what was typed. */
async function meantBy(
  client: pg.PoolClient,
  dataset: Dataset,
  typed: string,
): Promise<{ readonly meant?: string }> {
  const where = { dataset, reference: { in: [...correctionsOf(typed)] } }
  const select = { reference: true }
  const found = await inPrisma(client, async ({ beneficiary, beneficiaryAlias }) => [
    ...(await beneficiary.findMany({ where, select })),
    ...(await beneficiaryAlias.findMany({ where, select })),
  ])
  const [one, ...others] = found.map(({ reference }) => reference)
  return one === undefined || others.length > 0 ? {} : { meant: one }
}

/** What the audit log has of an explanation. */
export function explanationEntry({ reference }: Explanation): Omit<AuditEntry, 'actor'> {
  return { event: 'beneficiary.explained', subject: reference }
}

const MOST_TRIES = 5

/**
 * Reads what several queries answer until no change of links came between them. Every change counts
 * up the version, so equal versions before and after are one linkage state; a snapshot would not
 * let the audit entry be appended after it.
 */
async function readSteadily<T>(
  client: pg.ClientBase,
  dataset: Dataset,
  reading: () => Promise<T>,
): Promise<T> {
  const state = async (): Promise<string> => {
    const now = await inPrisma(client, ({ linkageState }) =>
      linkageState.findUnique({ where: { dataset } }),
    )
    return `${now?.version ?? ''} ${now?.platformKeyCheck ?? ''}`
  }
  for (let tries = 1; tries <= MOST_TRIES; tries++) {
    const before = await state()
    const result = await reading()
    if ((await state()) === before) return result
  }
  throw new Fault('database-busy', { reason: 'links change' })
}

async function read(
  client: pg.PoolClient,
  dataset: Dataset,
  reference: string,
): Promise<Explanation | undefined> {
  const beneficiary = await findBeneficiary(client, dataset, reference)
  if (beneficiary === undefined) return undefined
  const part = await readPart(client, dataset, beneficiary.id)
  if (part === undefined) return undefined
  const policy = await policyOf(client, dataset)
  const options = {
    policy: POLICIES[policy],
    decisions: await readStandingDecisions(client, dataset),
    sharedContacts: await readSharedContacts(client, dataset),
  }
  const decision = decidePart(part.records, options)
  const places = await placesOf(client, dataset, part)
  const referenceOf = new Map(
    part.records.map(({ id }, place) => [
      part.links[place]?.beneficiary ?? 0,
      places.get(id)?.reference ?? '',
    ]),
  )
  return {
    reference: beneficiary.reference,
    aliases: beneficiary.aliases,
    policy,
    ...tell(part, decision, beneficiary.id, places),
    family: explainFamily(
      part,
      options,
      decision,
      beneficiary.id,
      (id) => referenceOf.get(id) ?? '',
    ),
  }
}

interface Beneficiary {
  readonly id: number
  readonly reference: string
  readonly aliases: readonly string[]
}

async function findBeneficiary(
  client: pg.ClientBase,
  dataset: Dataset,
  reference: string,
): Promise<Beneficiary | undefined> {
  const [row] = await run(client, 'beneficiaries/find-beneficiary', [dataset, reference])
  return row === undefined ? undefined : { ...row, id: Number(row.id) }
}

async function readPart(
  client: pg.PoolClient,
  dataset: Dataset,
  beneficiary: number,
): Promise<PartRecords | undefined> {
  await run(client, 'linkage/clear-scope-part', [])
  const records = await run(client, 'linkage/scope-one-part', [dataset, beneficiary])
  const readParts = await openParts(client, dataset)
  let found: PartRecords | undefined
  for await (const part of readParts(0, records)) found = part
  return found
}

/** Where the records of a part stand in their own files, by the ids of the records. */
export async function placesOf(
  client: pg.ClientBase,
  dataset: Dataset,
  { records, links }: PartRecords,
): Promise<ReadonlyMap<number, RecordPlace>> {
  const beneficiaries = await inPrisma(client, ({ beneficiary }) =>
    beneficiary.findMany({
      where: { dataset, id: { in: links.map((link) => link.beneficiary) } },
      select: { id: true, reference: true },
    }),
  )
  const referenceOf = new Map(beneficiaries.map(({ id, reference }) => [Number(id), reference]))
  const ids = [...new Set(records.map((record) => record.submission))]
  const submissions = await inPrisma(client, ({ submission }) =>
    submission.findMany({
      where: { id: { in: ids } },
      select: { id: true, reference: true, receipt: true },
    }),
  )
  const byId = new Map(submissions.map((submission) => [Number(submission.id), submission]))
  return new Map(
    records.map((record, index) => [
      record.id,
      withPlaceWords({
        submission: byId.get(record.submission)?.reference ?? '',
        service: record.service,
        quarter: record.quarter,
        row: record.sourceRow,
        role: record.role,
        reference: referenceOf.get(links[index]?.beneficiary ?? 0) ?? '',
        receipt: byId.get(record.submission)?.receipt,
      }),
    ]),
  )
}

function tell(
  part: PartRecords,
  decision: PartDecision,
  beneficiary: number,
  places: ReadonlyMap<number, RecordPlace>,
): Pick<Explanation, 'records' | 'joins' | 'refused'> {
  const mine = new Set(
    part.records
      .filter((_, index) => part.links[index]?.beneficiary === beneficiary)
      .map(({ id }) => id),
  )
  const place = (id: number): RecordPlace => {
    const found = places.get(id)
    if (found === undefined) throw new Error('a decision names a record of another part')
    return found
  }
  return {
    records: [...mine].map(place),
    joins: decision.joins
      .filter((join) => mine.has(join.left) && mine.has(join.right))
      .map((join) => ({ ...join, left: place(join.left), right: place(join.right) })),
    refused: decision.doubts
      .filter((doubt) => doubt.sides.some((side) => side.some((id) => mine.has(id))))
      .map((doubt) => ({
        kind: doubt.kind,
        code: doubt.code,
        rule: doubt.rule,
        others: doubt.sides
          .flat()
          .filter((id) => !mine.has(id))
          .map(place),
      })),
  }
}
