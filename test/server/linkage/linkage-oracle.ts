import { decidePart } from '#core/linkage/decide-part.ts'
import { standingDecisions } from '#core/linkage/decisions.ts'
import type { Decision } from '#core/linkage/part.ts'
import { POLICIES, type Policy, type PolicyName } from '#core/linkage/policy.ts'
import { partsOf } from '#core/linkage/possible-edges.ts'
import { findSharedContacts } from '#core/linkage/shared-contacts.ts'
import { type Grouping, measureReach, type Reach, type ReachedRow } from '#core/reach/measure.ts'
import { isReached } from '#core/reach/reached.ts'
import { LIMITS, STRANDS } from './small-world.ts'
import { type StandingFile, type StandingRecord, uuidOf } from './programme-store.ts'

/**
 * Whose a record is; each class is named by the least record id in it, null where the record is in
 * none.
 */
export interface Classes {
  readonly record: number
  readonly beneficiary: number
  readonly upper: number
  readonly lower: number
  readonly family: number | null
  readonly nhs: number | null
}

/**
 * What linkage comes to, in a form in which two linkages of the same records are equal exactly when
 * they agree.
 */
export interface Linkage {
  readonly classes: readonly Classes[]
  /** Sorted lines of kind, code, rule and sides. */
  readonly doubts: readonly string[]
  /** Sorted uuids. */
  readonly shared: readonly string[]
}

/** What is linked: the files that stand, and what was decided about their records. */
export interface Situation {
  readonly files: readonly StandingFile[]
  readonly decisions: readonly Decision[]
  readonly policy: PolicyName
}

/** The linkage of a situation as lib/core decides it in memory. */
export function linkInMemory({ files, decisions, policy: name }: Situation): Linkage {
  const policy: Policy =
    name === 'cautious' ? { ...POLICIES.cautious, contactLimits: LIMITS } : POLICIES[name]
  const records = files.flatMap((file) => file.records)
  const sharedContacts = findSharedContacts(records, policy)
  const options = { policy, decisions: standingDecisions(decisions), sharedContacts }
  const classes: Classes[] = []
  const doubts: string[] = []
  for (const places of partsOf(records, sharedContacts, decisions)) {
    const part = places.flatMap((place) => records[place] ?? [])
    const decision = decidePart(part, options)
    const named = (indices: Int32Array): (number | null)[] => leastIds(part, indices)
    const [beneficiary, upper, lower] = [
      named(decision.beneficiary),
      named(decision.upper),
      named(decision.lower),
    ]
    const [family, nhs] = [named(decision.family), named(decision.nhs)]
    part.forEach(({ id }, index) => {
      classes.push({
        record: id,
        beneficiary: beneficiary[index] ?? 0,
        upper: upper[index] ?? 0,
        lower: lower[index] ?? 0,
        family: family[index] ?? null,
        nhs: nhs[index] ?? null,
      })
    })
    for (const { kind, code, rule, sides } of decision.doubts) {
      doubts.push(doubtLine(kind, code, rule, sides))
    }
  }
  return {
    classes: classes.sort((a, b) => a.record - b.record),
    doubts: doubts.sort(),
    shared: [...sharedContacts].map(uuidOf).sort(),
  }
}

/** A doubt as a line; the order of its sides says nothing. */
export function doubtLine(
  kind: string,
  code: string,
  rule: string | null,
  sides: readonly (readonly number[])[],
): string {
  const told = sides.map((side) => [...side].sort((a, b) => a - b).join()).sort()
  return [kind, code, rule ?? '-', ...told].join(' ')
}

/** The least record id of each one's class. */
function leastIds(part: readonly StandingRecord[], indices: Int32Array): (number | null)[] {
  const least = new Map<number, number>()
  part.forEach(({ id }, place) => {
    const index = indices[place] ?? -1
    if (index >= 0) least.set(index, Math.min(id, least.get(index) ?? id))
  })
  return [...indices].map((index) => least.get(index) ?? null)
}

/** Reach of a period as lib/core counts it over a linkage. */
export function reachInMemory(
  { files }: Pick<Situation, 'files'>,
  { classes }: Linkage,
  period: { readonly from: string; readonly to: string },
  grouping: readonly Grouping[],
): Reach {
  const classesOf = new Map(classes.map((own) => [own.record, own]))
  const rows: ReachedRow[] = []
  for (const { service, quarter, counting, records } of files) {
    if (quarter < period.from || quarter > period.to) continue
    for (const { id, use, ward, role } of records) {
      const own = classesOf.get(id)
      if (own === undefined || !isReached(use, quarter, counting)) continue
      const strand = STRANDS[service] ?? ''
      rows.push({ ...own, service, quarter, strand, ward, role })
    }
  }
  return measureReach(rows, grouping)
}
