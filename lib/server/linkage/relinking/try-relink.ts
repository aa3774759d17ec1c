import { decidePart } from '#core/linkage/decide-part.ts'
import type { LinkOptions } from '#core/linkage/evidence.ts'
import type { PartDecision } from '#core/linkage/part.ts'
import type { PolicyName } from '#core/linkage/policy.ts'
import { CopyWriter } from '#server/platform/db/copy-writer.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { takeLinkingLock, withTransaction } from '#server/platform/db/pool.ts'
import { run, runForRow } from '#server/platform/db/run.ts'
import { groupParts, meetContacts } from '#server/linkage/links/group-parts.ts'
import { policyNamed, readPolicy } from '#server/linkage/links/linkage-policy.ts'
import { openParts, type PartRecords } from '#server/linkage/links/read-records.ts'
import { readSharedContacts, readStandingDecisions } from '#server/linkage/links/standing.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'
import type pg from 'pg'

/** Who would join or part if everything were decided again. */
export interface RelinkChange {
  readonly kind: 'join' | 'part'
  /** References as they are now: of those who join, or of the one who parts. */
  readonly people: readonly string[]
  /** How many people they are afterwards. */
  readonly into_people: number
  /** What joins them, or what held them together; none where a contact is no evidence any more. */
  readonly rules: readonly string[]
  readonly services: readonly string[]
}

/** Reach of a service, or with an empty code of the programme, over all quarters. */
export interface RelinkReach {
  readonly service: string
  readonly before: number
  readonly after: number
}

/** What deciding everything again comes to, tried and not done. */
export interface RelinkTrial {
  readonly policyBefore: PolicyName
  readonly policy: PolicyName
  /** The state of the links that it was tried on. */
  readonly linkageVersion: string
  readonly records: number
  readonly peopleBefore: number
  readonly peopleAfter: number
  readonly reach: readonly RelinkReach[]
  readonly changes: readonly RelinkChange[]
}

const CHUNK_RECORDS = 60_000

/**
 * Tells what deciding every record of a dataset again would change, under another policy where one is
 * named, by the engine that would do it. Links are read under the dataset's lock and never written: the
 * transaction is rolled back whatever it came to.
 */
export async function tryRelink(
  database: Database,
  { dataset, policy }: { readonly dataset: Dataset; readonly policy: PolicyName | undefined },
): Promise<RelinkTrial> {
  return withTransaction(database, async (client, giveUp) => {
    await takeLinkingLock(client, dataset)
    await client.query(`set local work_mem = '192MB'`)
    const state = await inPrisma(client, ({ linkageState }) =>
      linkageState.findUniqueOrThrow({ where: { dataset } }),
    )
    const policyBefore = state.policy as PolicyName
    const after = policy ?? policyBefore
    await decideApart(client, dataset, after)
    const names = { dataset }
    const counts = await runForRow(client, 'relinking/count-people', [], names)
    const reach = await run(client, 'relinking/count-reach', [], names)
    const changes = await run(client, 'relinking/list-changes', [], names)
    return giveUp({
      ...{ policyBefore, policy: after, linkageVersion: String(state.version) },
      ...{ records: counts.records, peopleBefore: counts.before, peopleAfter: counts.after, reach },
      changes: changes.map((change) => ({ ...change, kind: change.kind as RelinkChange['kind'] })),
    })
  })
}

/** Decides every record under a policy, into tables of the transaction. */
async function decideApart(
  client: pg.PoolClient,
  dataset: Dataset,
  policy: PolicyName,
): Promise<void> {
  await run(client, 'linkage/create-change', [])
  await run(client, 'relinking/create-trial', [])
  const decisions = await readStandingDecisions(client, dataset)
  const before: LinkOptions = {
    ...{ policy: await readPolicy(client, dataset), decisions },
    sharedContacts: await readSharedContacts(client, dataset),
  }
  const next = await policyNamed(client, policy)
  await run(client, 'shared-contacts/remove-shared-contacts', [dataset])
  const standing = await run(client, 'linkage/list-standing-submissions', [dataset, [], []])
  const ids = standing.map(({ id }) => id)
  const records = await run(client, 'linkage/list-whole-scope', [ids], { dataset })
  await run(client, 'tables/analyze', [], { table: 'scope' })
  const scope = { records, limits: next.contactLimits }
  const grouping = await meetContacts({ client, reader: client }, dataset, scope)
  const parts = await groupParts(grouping, CHUNK_RECORDS)
  const after: LinkOptions = {
    ...{ policy: next, decisions },
    sharedContacts: await readSharedContacts(client, dataset),
  }
  const trial = new TrialWriter(before)
  const readParts = await openParts(client, dataset)
  for (let chunk = 0; chunk + 1 < parts.chunks.length; chunk++) {
    for await (const part of readParts(parts.chunks[chunk] ?? 0, parts.chunks[chunk + 1] ?? 0)) {
      trial.add(part, decidePart(part.records, after))
    }
    await trial.flush(client)
  }
}

/** Writes who somebody would be, and by which rules people join and part. */
class TrialWriter {
  readonly #before: LinkOptions
  readonly #links = new CopyWriter({ record_id: 'int8', person_id: 'int8' })
  readonly #joins = new CopyWriter({ person_id: 'int8', rule: 'text' })
  readonly #parts = new CopyWriter({ beneficiary_id: 'int8', rule: 'text' })

  constructor(before: LinkOptions) {
    this.#before = before
  }

  add(part: PartRecords, decision: PartDecision): void {
    const places = new Map(part.records.map(({ id }, place) => [id, place]))
    const personOf = this.#peopleOf(part, decision)
    const beneficiaryOf = (record: number): number =>
      part.links[places.get(record) ?? -1]?.beneficiary ?? 0
    part.records.forEach(({ id }, place) => {
      this.#links.add({ record_id: id, person_id: personOf[place] ?? 0 })
    })
    for (const { left, right, rule } of decision.joins) {
      if (beneficiaryOf(left) === beneficiaryOf(right)) continue
      this.#joins.add({ person_id: personOf[places.get(left) ?? -1] ?? 0, rule })
    }
    if (!parts(part, personOf)) return
    // What held them together is told by the rules of now.
    for (const { left, right, rule } of decidePart(part.records, this.#before).joins) {
      const [one, other] = [personOf[places.get(left) ?? -1], personOf[places.get(right) ?? -1]]
      if (one === other || beneficiaryOf(left) !== beneficiaryOf(right)) continue
      this.#parts.add({ beneficiary_id: beneficiaryOf(left), rule })
    }
  }

  async flush(client: pg.PoolClient): Promise<void> {
    await this.#links.send(client, 'tried_link')
    await this.#joins.send(client, 'tried_join')
    await this.#parts.send(client, 'tried_part')
  }

  /** A person of each record, named by the least of its records. */
  #peopleOf(part: PartRecords, { beneficiary }: PartDecision): number[] {
    const least = new Map<number, number>()
    part.records.forEach(({ id }, place) => {
      const person = beneficiary[place] ?? 0
      least.set(person, Math.min(least.get(person) ?? Infinity, id))
    })
    return part.records.map((_, place) => least.get(beneficiary[place] ?? 0) ?? 0)
  }
}

/** Whether somebody of now would be several people. */
function parts({ links }: PartRecords, personOf: readonly number[]): boolean {
  const known = new Map<number, number>()
  return links.some(({ beneficiary }, place) => {
    const person = personOf[place] ?? 0
    if (beneficiary === 0) return false
    const first = known.get(beneficiary) ?? person
    known.set(beneficiary, first)
    return first !== person
  })
}
