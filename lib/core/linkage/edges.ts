import type { Evidence } from './evidence.ts'
import { type StandingDecisions, sideMatches } from './decisions.ts'
import type { PseudonymField } from '../pseudonym/kinds.ts'
import type { Edge, EdgePart, Rule } from './policy.ts'
import { type PersonSets } from './person-sets.ts'
import type { DifferentTags } from './vetoes.ts'

/**
 * The edges of a rule, as buckets: every two variants of a bucket share what the rule asks for.
 */
export type Bucket = readonly number[]

/** What reviewers said of the variants of a part. */
export interface DecisionMatches {
  /** Variants that one "same person" speaks of. */
  readonly same: readonly Bucket[]
  readonly different: DifferentTags
}

/**
 * The variants that standing decisions speak of. A variant that fits both sides of a decision is on
 * neither.
 */
export function matchDecisions(evidence: Evidence, decisions: StandingDecisions): DecisionMatches {
  const same: number[][] = []
  const different = new Map<number, number[]>()
  if (decisions.pairs.size === 0) return { same, different }
  const sides = new Map<object, { kind: string; left: number[]; right: number[] }>()
  evidence.variants.forEach((variant, index) => {
    for (const decision of decisions.pairs.get(variant.client ?? '') ?? []) {
      const left = sideMatches(decision.left, variant)
      if (left === sideMatches(decision.right, variant)) continue
      let matched = sides.get(decision)
      if (matched === undefined) {
        matched = { kind: decision.kind, left: [], right: [] }
        sides.set(decision, matched)
      }
      matched[left ? 'left' : 'right'].push(index)
    }
  })
  let tag = 0
  for (const { kind, left, right } of sides.values()) {
    if (left.length === 0 || right.length === 0) continue
    if (kind === 'same') {
      same.push([...left, ...right])
      continue
    }
    for (const variant of left) different.set(variant, [...(different.get(variant) ?? []), tag])
    for (const variant of right)
      different.set(variant, [...(different.get(variant) ?? []), tag + 1])
    tag += 2
  }
  return { same, different }
}

/** All edges of a rule, whatever holds them back. */
export function ruleBuckets(evidence: Evidence, rule: Rule, same: readonly Bucket[]): Bucket[] {
  return rule.edges.flatMap((edge) => edgeBuckets(evidence, edge, same))
}

/**
 * The parts of a bucket within which name-birth agrees between the sets, too; one variant speaks
 * for each set.
 */
export function bucketsByName(evidence: Evidence, sets: PersonSets, bucket: Bucket): Bucket[] {
  const names = evidence.columns.nameBirth
  const byName = new Map<number, number[]>()
  const seen = new Set<number>()
  for (const variant of bucket) {
    const root = sets.find(variant)
    if (seen.has(root)) continue
    seen.add(root)
    const carried = new Set<number>()
    for (const member of sets.members(root)) carried.add(names[member] ?? -1)
    carried.delete(-1)
    for (const name of carried) {
      const named = byName.get(name)
      if (named === undefined) byName.set(name, [variant])
      else named.push(variant)
    }
  }
  return [...byName.values()].filter((named) => named.length > 1)
}

/**
 * The parts of an own email's bucket that the email rule may join: all of 16 and over, and with the
 * younger those whose name-birth agrees.
 */
export function mailboxBuckets(evidence: Evidence, sets: PersonSets, bucket: Bucket): Bucket[] {
  const older = bucket.filter((variant) => !isUnder16(evidence, variant))
  if (older.length === bucket.length) return [bucket]
  const buckets = bucketsByName(evidence, sets, bucket)
  if (older.length > 1) buckets.unshift(older)
  return buckets
}

/**
 * Whether a variant is of a person under 16: the birth is kept to the month, or it is a child of
 * unknown age.
 */
export function isUnder16(evidence: Evidence, variant: number): boolean {
  const birth = evidence.births[variant] ?? 0
  return birth === 0 ? evidence.variants[variant]?.role === 'child' : (birth & 15) !== 0
}

function edgeBuckets(evidence: Evidence, edge: Edge, same: readonly Bucket[]): readonly Bucket[] {
  if (edge === 'decision') return same
  if (edge === 'bridged-row') return evidence.severalEpochs ? bridgedRows(evidence) : []
  const [first, second] = edge
  const buckets = evidence.buckets[first]
  if (second === undefined) return buckets
  return buckets.flatMap((bucket) =>
    second === 'birth'
      ? bucketsByBirth(evidence, bucket)
      : bucketsByValue(evidence, bucket, second),
  )
}

function bucketsByValue(
  evidence: Evidence,
  bucket: Bucket,
  part: PseudonymField | Exclude<EdgePart, 'birth'>,
): Bucket[] {
  const column = evidence.columns[part]
  if (bucket.length === 2) {
    const [left, right] = [column[bucket[0] ?? -1] ?? -1, column[bucket[1] ?? -1] ?? -1]
    return left >= 0 && left === right ? [bucket] : []
  }
  const byValue = new Map<number, number[]>()
  for (const variant of bucket) {
    const value = column[variant] ?? -1
    if (value < 0) continue
    const sharing = byValue.get(value)
    if (sharing === undefined) byValue.set(value, [variant])
    else sharing.push(variant)
  }
  return [...byValue.values()].filter((sharing) => sharing.length > 1)
}

/** The variants of each month with those of the same year whose month is not known. */
function bucketsByBirth(evidence: Evidence, bucket: Bucket): Bucket[] {
  const byYear = new Map<number, Map<number, number[]>>()
  for (const variant of bucket) {
    const birth = evidence.births[variant] ?? 0
    if (birth === 0) continue
    const months = byYear.get(birth >> 4) ?? new Map<number, number[]>()
    byYear.set(birth >> 4, months)
    months.set(birth & 15, [...(months.get(birth & 15) ?? []), variant])
  }
  const buckets: number[][] = []
  for (const months of byYear.values()) {
    const vague = months.get(0) ?? []
    if (vague.length > 0) buckets.push(vague)
    for (const [month, variants] of months) if (month !== 0) buckets.push([...variants, ...vague])
  }
  return buckets.filter((variants) => variants.length > 1)
}

/**
 * The variants that one row gives under different source keys. A row that gives two records of a
 * role under one key bridges nothing.
 */
function bridgedRows(evidence: Evidence): Bucket[] {
  const byRow = new Map<string, Map<number, Set<number>>>()
  evidence.ordered.forEach((record, index) => {
    const row = `${record.submission} ${record.sourceRow} ${record.role}`
    const epochs = byRow.get(row) ?? new Map<number, Set<number>>()
    byRow.set(row, epochs)
    const variants = epochs.get(record.epoch) ?? new Set<number>()
    epochs.set(record.epoch, variants.add(evidence.variantOf[index] ?? 0))
  })
  const buckets: Bucket[] = []
  for (const epochs of byRow.values()) {
    if (epochs.size < 2) continue
    const variants = [...epochs.values()]
    if (variants.every((own) => own.size === 1)) {
      buckets.push(variants.flatMap((own) => [...own]).sort((a, b) => a - b))
    }
  }
  return buckets
}
