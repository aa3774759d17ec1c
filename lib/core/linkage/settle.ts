import { type ExtraBar, findBars, surelyUnbarred } from './bars.ts'
import { type Bucket, isTwoSided, splitBucket } from './bucket.ts'
import { allowedBuckets, bucketsByName } from './edges.ts'
import { type Component, connectedComponents, isSplit, type PersonSets } from './person-sets.ts'
import type { Rule } from './policy.ts'
import {
  gendersDiffer,
  GUARD_BIT,
  MAILBOX_COLUMNS,
  nothingDisagrees,
  OTHER_NAME_COLUMNS,
  otherNamesAgree,
  shareMailbox,
  type VetoContext,
  vetoMask,
} from './vetoes.ts'

/** Told of each join: two variants that an edge of the rule connects. */
export type OnJoin = (left: number, right: number) => void

/** A shared mailbox keeps two sets apart while the email rule runs. */
export const MAILBOX_BAR: ExtraBar = {
  bit: GUARD_BIT,
  columns: MAILBOX_COLUMNS,
  bars: shareMailbox,
}

/** What keeps two sets of one name apart. */
const DISAGREEMENT: ExtraBar = {
  bit: GUARD_BIT,
  columns: ['ward', 'birthPostcode', 'namePostcode', 'givenBirthPostcode'],
  bars: (a, b) => !nothingDisagrees(a, b),
}

/** What keeps two sets apart whose name is written in two ways. */
const OTHER_NAMES: ExtraBar = {
  bit: GUARD_BIT,
  columns: OTHER_NAME_COLUMNS,
  bars: (a, b) => !otherNamesAgree(a, b),
}

/**
 * Runs one rule: takes the connected components of the sets under its edges, and in each joins what
 * no veto or guard keeps apart. There is no tie-breaking: where vetoes leave it open to whom a set
 * belongs, nothing is joined.
 */
export function settleRule(
  context: VetoContext,
  sets: PersonSets,
  rule: Rule,
  buckets: readonly Bucket[],
  onJoin: OnJoin,
): void {
  const mask = vetoMask(rule.vetoes)
  const split = buckets.filter((bucket) => isSplit(sets, bucket))
  if (split.length === 0) return
  const allowed = allowedBuckets(context.evidence, sets, rule, split)
  for (const component of connectedComponents(sets, allowed)) {
    for (const part of isTwinGuarded(context, sets, component, rule)
      ? connectedComponents(sets, namedBuckets(context, sets, component))
      : [component]) {
      if (asksAll(rule)) {
        if (allAgree(context, sets, part, rule)) joinAll(sets, part.buckets, onJoin)
      } else if (rule.guard !== 'own-mailbox') {
        settleComponent(context, sets, part, mask, null, onJoin)
      } else if (!isOfNoCouple(context, sets, part, mask)) {
        settleComponent(context, sets, part, mask, MAILBOX_BAR, onJoin)
      }
    }
  }
}

function namedBuckets(context: VetoContext, sets: PersonSets, { buckets }: Component): Bucket[] {
  return buckets.flatMap((bucket) => bucketsByName(context.twins.names, sets, bucket))
}

/** Whether a rule joins a whole component or nothing of it. */
export function asksAll({ guard }: Rule): boolean {
  return guard === 'all-agree' || guard === 'twins-all-agree' || guard === 'other-names-agree'
}

/** Whether the names of a component must agree: it holds twins, and the rule heeds them. */
export function isTwinGuarded(
  context: VetoContext,
  sets: PersonSets,
  component: Component,
  { guard }: Rule,
): boolean {
  const heedsTwins = guard === 'twins' || guard === 'twins-all-agree'
  return heedsTwins && holdsTwin(context, sets, component)
}

/** Whether some member of the component is a party to a twin veto. */
function holdsTwin(context: VetoContext, sets: PersonSets, component: Component): boolean {
  const { entries } = context.twins
  if (entries.size === 0) return false
  return component.roots.some((root) => sets.members(root).some((m) => entries.has(m)))
}

/**
 * Whether a mailbox is used by two people who cannot be a couple, since nothing says that their
 * genders differ: a centre's, which says nothing of the others who give it either.
 */
function isOfNoCouple(
  context: VetoContext,
  sets: PersonSets,
  { roots }: Component,
  mask: number,
): boolean {
  const { profiles, between } = findBars(context, sets, roots, mask, MAILBOX_BAR)
  return profiles.some(({ summary: one }, a) =>
    profiles.some(
      ({ summary: other }, b) =>
        b > a && (between(a, b) & GUARD_BIT) !== 0 && !gendersDiffer(one, other),
    ),
  )
}

function settleComponent(
  context: VetoContext,
  sets: PersonSets,
  component: Component,
  mask: number,
  extra: ExtraBar | null,
  onJoin: OnJoin,
): void {
  if (extra === null && surelyUnbarred(context, sets, component.roots, mask)) {
    joinAll(sets, component.buckets, onJoin)
    return
  }
  const { profiles, between, crowded } = findBars(context, sets, component.roots, mask, extra)
  if (profiles.length === 1) {
    joinAll(sets, component.buckets, onJoin)
    return
  }
  // Profiles that the same others veto are a class; where there are too many to tell, each is one
  // of its own.
  const classes = new Map<string, number>()
  const sizes: number[] = []
  let unbarredPairs = 0
  const classOfRoot = new Map<number, number>()
  profiles.forEach((profile, a) => {
    let vetoedBy = ''
    let unbarred = 0
    for (let b = 0; b < profiles.length; b++) {
      if (between(a, b) === 0) {
        unbarred++
      } else if (crowded) {
        vetoedBy = `profile ${a}`
        break
      } else {
        vetoedBy += `${b} `
      }
    }
    unbarredPairs += unbarred
    const known = classes.get(vetoedBy) ?? classes.size
    classes.set(vetoedBy, known)
    sizes[known] = (sizes[known] ?? 0) + 1
    for (const root of profile.roots) classOfRoot.set(root, known)
  })
  // "No veto between" is an equivalence exactly when it holds within the classes and nowhere else.
  const withinClasses = sizes.reduce((sum, size) => sum + size * size, 0)
  const isEquivalence = !crowded && unbarredPairs === withinClasses
  const unvetoed = isEquivalence ? undefined : classes.get('')
  const parts = component.buckets.flatMap((bucket) =>
    splitBucket(bucket, (variant) => {
      const ownClass = classOfRoot.get(sets.find(variant))
      return ownClass === undefined || ownClass === unvetoed ? [] : [ownClass]
    }),
  )
  joinAll(sets, parts, onJoin)
}

function joinAll(sets: PersonSets, buckets: readonly Bucket[], onJoin: OnJoin): void {
  for (const bucket of buckets) {
    const [one, other] = isTwoSided(bucket) ? [bucket.one, bucket.other] : [bucket, bucket]
    const [first, second] = [one[0], other[0]]
    if (first === undefined || second === undefined) continue
    for (const variant of other) if (sets.join(first, variant)) onJoin(first, variant)
    for (const variant of one) if (sets.join(second, variant)) onJoin(variant, second)
  }
}

/** Whether no veto and nothing that the rule's guard asks keeps any two sets of the component apart. */
function allAgree(
  context: VetoContext,
  sets: PersonSets,
  component: Component,
  rule: Rule,
): boolean {
  const mask = vetoMask(rule.vetoes)
  const isOneName = rule.guard !== 'other-names-agree'
  if (
    isOneName &&
    surelyUnbarred(context, sets, component.roots, mask) &&
    sayTheSame(context, sets, component)
  ) {
    return true
  }
  const { profiles, between, crowded } = findBars(
    context,
    sets,
    component.roots,
    mask,
    isOneName ? DISAGREEMENT : OTHER_NAMES,
  )
  if (crowded) return false
  return profiles.every((_, a) => profiles.every((__, b) => b <= a || between(a, b) === 0))
}

/**
 * Whether each of gender, ward and the postcode kinds has at most one value in the component: a
 * quick look that may say no too often.
 */
function sayTheSame(context: VetoContext, sets: PersonSets, component: Component): boolean {
  const { columns, genders } = context.evidence
  const seen = { ward: -1, birthPostcode: -1, namePostcode: -1, givenBirthPostcode: -1 }
  const fields = ['ward', 'birthPostcode', 'namePostcode', 'givenBirthPostcode'] as const
  let gender = 0
  for (const root of component.roots) {
    for (const member of sets.members(root)) {
      for (const field of fields) {
        const value = columns[field][member] ?? -1
        if (value < 0) continue
        if (seen[field] >= 0 && seen[field] !== value) return false
        seen[field] = value
      }
      const own = genders[member] ?? 0
      if (own !== 0 && gender !== 0 && own !== gender) return false
      if (own !== 0) gender = own
    }
  }
  return true
}
