import { decidePart } from '#core/linkage/decide-part.ts'
import { standingDecisions } from '#core/linkage/decisions.ts'
import type { LinkOptions } from '#core/linkage/evidence.ts'
import type { LinkRecord, PartDecision } from '#core/linkage/part.ts'
import { POLICIES, type PolicyName } from '#core/linkage/policy.ts'
import { partsOf } from '#core/linkage/possible-edges.ts'
import { findSharedContacts } from '#core/linkage/shared-contacts.ts'

/**
 * Links records in memory, by the engine that the portal uses.
 */

/** How records are made people: by a policy, or by their NHS numbers alone. */
export type Counting = PolicyName | 'nhs-number'

/** A part with its decision; `places` are those of its records. */
export interface DecidedRecords {
  readonly places: readonly number[]
  readonly records: readonly LinkRecord[]
  readonly decision: PartDecision
}

/** Who is who, and how it was decided. */
export interface LinkedRecords {
  /** The cluster of each record. */
  readonly clusters: Int32Array
  /** The family of each record; −1 for none. */
  readonly families: Int32Array
  readonly parts: readonly DecidedRecords[]
  readonly options: LinkOptions
}

/** Links all records under a policy. */
export function linkRecords(records: readonly LinkRecord[], name: PolicyName): LinkedRecords {
  const policy = POLICIES[name]
  const sharedContacts = findSharedContacts(records, policy)
  const options: LinkOptions = { policy, decisions: standingDecisions([]), sharedContacts }
  const clusters = new Int32Array(records.length)
  const families = new Int32Array(records.length).fill(-1)
  const parts: DecidedRecords[] = []
  let next = 0
  for (const places of partsOf(records, sharedContacts)) {
    const own = places.flatMap((place) => records[place] ?? [])
    const decision = decidePart(own, options)
    let most = -1
    places.forEach((place, index) => {
      const beneficiary = decision.beneficiary[index] ?? 0
      const family = decision.family[index] ?? -1
      clusters[place] = next + beneficiary
      // A part has no more families than people.
      if (family >= 0) families[place] = next + family
      most = Math.max(most, beneficiary)
    })
    next += most + 1
    parts.push({ places, records: own, decision })
  }
  return { clusters, families, parts, options }
}

/**
 * The plain count: everybody of one NHS number is one person, and who has none is whom the service
 * takes it for.
 */
export function countByNhsNumber(records: readonly LinkRecord[]): Int32Array {
  const numbers = new Map<string, number>()
  return Int32Array.from(records, ({ nhsNumber, client, id }) => {
    const key = nhsNumber ?? `client ${client ?? `record ${String(id)}`}`
    const known = numbers.get(key) ?? numbers.size
    numbers.set(key, known)
    return known
  })
}
