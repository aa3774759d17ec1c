import { type Bucket, isTwoSided, splitBucket, twoSides, variantsOf } from './bucket.ts'
import type { Evidence } from './evidence.ts'
import type { Homes } from './homes.ts'
import { type StandingDecisions, sideMatches } from './decisions.ts'
import type { Edge, EdgePart, Rule } from './policy.ts'
import { type PersonSets } from './person-sets.ts'
import type { DifferentTags } from './vetoes.ts'

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

/** The edges of a rule, whatever holds them back. */
export interface RuleEdges {
  /** What values connect, for good. */
  readonly buckets: readonly Bucket[]
  /** What a value connects within each home: who is of which follows from who is who so far. */
  readonly atHome: readonly Bucket[]
}

/** All edges of a rule, before anybody is joined. */
export function ruleEdges(evidence: Evidence, rule: Rule, same: readonly Bucket[]): RuleEdges {
  const isAtHome = (edge: Edge): boolean => typeof edge !== 'string' && edge[1] === 'home'
  const bucketsOf = (edges: readonly Edge[]): Bucket[] =>
    edges.flatMap((edge) => edgeBuckets(evidence, edge, same))
  return {
    buckets: bucketsOf(rule.edges.filter((edge) => !isAtHome(edge))),
    atHome: bucketsOf(rule.edges.filter(isAtHome)),
  }
}

/** The edges of a rule between the sets that there are now. */
export function edgesBetween(
  { buckets, atHome }: RuleEdges,
  homes: Homes,
  sets: PersonSets,
): readonly Bucket[] {
  const within = homes.within(sets, atHome)
  return within.length === 0 ? buckets : [...buckets, ...within]
}

/**
 * The parts of a bucket within which a name agrees between the sets, too; one variant speaks for
 * each set. `names` has that of each variant, −1 for none.
 */
export function bucketsByName(names: Int32Array, sets: PersonSets, bucket: Bucket): Bucket[] {
  const namesOf = (variant: number): number[] => {
    const carried = new Set<number>()
    for (const member of sets.members(sets.find(variant))) carried.add(names[member] ?? -1)
    carried.delete(-1)
    return [...carried]
  }
  return splitBucket(oneOfEachSet(sets, bucket), namesOf)
}

function oneOfEachSet(sets: PersonSets, bucket: Bucket): Bucket {
  const first = (variants: readonly number[]): number[] => {
    const seen = new Set<number>()
    return variants.filter((variant) => {
      const root = sets.find(variant)
      return !seen.has(root) && seen.add(root)
    })
  }
  return isTwoSided(bucket) ? twoSides(first(bucket.one), first(bucket.other)) : first(bucket)
}

/** The parts of a rule's buckets that its guard lets it join at all. */
export function allowedBuckets(
  evidence: Evidence,
  sets: PersonSets,
  { guard }: Rule,
  buckets: readonly Bucket[],
): readonly Bucket[] {
  if (guard === 'own-mailbox')
    return buckets.flatMap((bucket) => mailboxBuckets(evidence, sets, bucket))
  if (guard !== 'grown') return buckets
  return buckets.flatMap((bucket) =>
    splitBucket(bucket, (variant) => (isUnder16(evidence, variant) ? [] : GROWN)),
  )
}

const GROWN: readonly number[] = [0]

/**
 * The parts of an own email's bucket that the email rule may join: all of 16 and over, and with the
 * younger those whose name-birth agrees.
 */
function mailboxBuckets(evidence: Evidence, sets: PersonSets, bucket: Bucket): Bucket[] {
  const variants = variantsOf(bucket)
  const older = variants.filter((variant) => !isUnder16(evidence, variant))
  if (older.length === variants.length) return [bucket]
  const buckets = bucketsByName(evidence.columns.nameBirth, sets, bucket)
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
  if (second === undefined || second === 'home') return buckets
  return buckets.flatMap((bucket) => bucketsByValue(evidence, bucket, second))
}

function bucketsByValue(
  evidence: Evidence,
  bucket: Bucket,
  part: Exclude<EdgePart, 'home'>,
): Bucket[] {
  const column = evidence.columns[part]
  if (!isTwoSided(bucket) && bucket.length === 2) {
    const [left, right] = [column[bucket[0] ?? -1] ?? -1, column[bucket[1] ?? -1] ?? -1]
    return left >= 0 && left === right ? [bucket] : []
  }
  return splitBucket(bucket, (variant) => {
    const value = column[variant] ?? -1
    return value < 0 ? NO_VALUE : [value]
  })
}

const NO_VALUE: readonly number[] = []

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
