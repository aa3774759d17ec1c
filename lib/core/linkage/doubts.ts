import { type ExtraBar, findBars, uniteUnbarred } from './bars.ts'
import { type Bucket, variantsOf } from './bucket.ts'
import { allowedBuckets, isUnder16 } from './edges.ts'
import type { Doubt, RuleName } from './part.ts'
import { type Component, connectedComponents, isSplit, type PersonSets } from './person-sets.ts'
import type { Policy, Rule } from './policy.ts'
import { asksAll, isTwinGuarded, MAILBOX_BAR } from './settle.ts'
import { bornFarApart, GUARD_BIT, type VetoContext, VETO_BITS, vetoMask } from './vetoes.ts'

/**
 * What is left in doubt once all rules have run: conflicts, near matches, and the sets that they
 * connect for the lower bound. All of it is computed on the final sets, so that what a later rule
 * settled is none.
 */

/** Sets in doubt: one variant stands for each side. */
export interface SetDoubt {
  readonly kind: Doubt['kind']
  readonly code: string
  readonly rule: RuleName | null
  readonly roots: readonly number[]
}

/** People of one name born far apart are two: a father and his son. */
const FAR_APART: ExtraBar = { bit: GUARD_BIT, columns: [], bars: bornFarApart }

/**
 * The doubts over the final sets, the strongest rule's first, each company of sets once; `lower`
 * joins the sets that they connect.
 */
export function findDoubts(
  context: VetoContext,
  sets: PersonSets,
  policy: Policy,
  bucketsByRule: readonly (readonly Bucket[])[],
  lower: PersonSets,
): SetDoubt[] {
  const doubts: SetDoubt[] = []
  const seen = new Set<string>()
  const mask = policy.rules.reduce((all, rule) => all | vetoMask(rule.vetoes), 0)
  const report = (doubt: SetDoubt): void => {
    const key = [...doubt.roots].sort((a, b) => a - b).join()
    if (seen.has(key)) return
    seen.add(key)
    doubts.push(doubt)
  }
  const nearMatch = (
    buckets: readonly Bucket[],
    code: string,
    rule: RuleName | null,
    extra: ExtraBar | null = null,
  ): void => {
    for (const roots of unbarredGroups({ context, sets, mask, lower }, buckets, extra)) {
      report({ kind: 'near-match', code, rule, roots })
    }
  }

  policy.rules.forEach((rule, index) => {
    const buckets = (bucketsByRule[index] ?? []).filter((bucket) => isSplit(sets, bucket))
    if (buckets.length === 0) return
    const allowed = allowedBuckets(context.evidence, sets, rule, buckets)
    for (const component of connectedComponents(sets, allowed)) {
      if (isTwinGuarded(context, sets, component, rule)) {
        nearMatch(component.buckets, 'twins', rule.name)
        continue
      }
      const found = conflictOf(context, sets, component, rule, mask)
      if (found.nearMatch) {
        nearMatch(component.buckets, rule.nearMatch ?? 'either-of-two', rule.name)
        continue
      }
      const never = isByKey(rule) ? null : FAR_APART
      for (const bucket of component.buckets) {
        uniteUnbarred(context, sets, bucket, mask, (a, b) => lower.join(a, b), never)
      }
      if (found.code !== null) {
        report({ kind: 'conflict', code: found.code, rule: rule.name, roots: found.roots })
      }
    }
    if (rule.guard === 'own-mailbox') {
      const ofTheYoung = buckets.filter((bucket) =>
        variantsOf(bucket).some((v) => isUnder16(context.evidence, v)),
      )
      nearMatch(ofTheYoung, 'own-email-of-a-child', rule.name)
    }
  })
  for (const { code, column, within } of policy.nearMatches) {
    const extra = within === 'twelve-years' ? FAR_APART : null
    nearMatch(context.evidence.buckets[column], code, null, extra)
  }
  return doubts
}

/**
 * Whether a rule rests on a number or reference that is one person's: where births are far apart it is
 * somebody else's, which a person has to say. What merely agrees between them says nothing then.
 */
function isByKey({ name }: Rule): boolean {
  return name === 'bridge' || name === 'decided' || name === 'nhs' || name === 'client'
}

/** What a component of several final sets comes to, and the sets that somebody is to tell about. */
interface FoundConflict {
  readonly nearMatch: boolean
  /** Null where nothing is left to be told. */
  readonly code: string | null
  readonly roots: readonly number[]
}

/**
 * What a rule's component of several final sets is: a near match, or a conflict. It is neither
 * between sets that a reviewer told apart, nor between people who only look alike and are born twelve
 * years apart; a set that is so apart from all others is left out.
 */
function conflictOf(
  context: VetoContext,
  sets: PersonSets,
  component: Component,
  rule: Rule,
  mask: number,
): FoundConflict {
  const extra = rule.guard === 'own-mailbox' ? MAILBOX_BAR : null
  const { profiles, between, crowded } = findBars(context, sets, component.roots, mask, extra)
  if (crowded) return { nearMatch: false, code: 'carried-by-too-many', roots: component.roots }
  const isToldApart = (a: number, b: number): boolean => {
    if ((between(a, b) & VETO_BITS.decided) !== 0) return true
    const [left, right] = [profiles[a]?.summary, profiles[b]?.summary]
    if (isByKey(rule) || left === undefined || right === undefined) return false
    return bornFarApart(left, right)
  }
  let found = 0
  let reusedReference = false
  const open = new Set<number>()
  const leaveOpen = (profile: number): void => {
    for (const root of profiles[profile]?.roots ?? []) open.add(root)
  }
  for (const [a, profile] of profiles.entries()) {
    if (profile.roots.length > 1) leaveOpen(a)
    for (let b = a + 1; b < profiles.length; b++) {
      if (isToldApart(a, b)) continue
      leaveOpen(a)
      leaveOpen(b)
      const bits = between(a, b)
      found |= bits
      const birthAndGender = VETO_BITS.birth | VETO_BITS.gender
      if ((bits & VETO_BITS.nhs) !== 0 || (bits & birthAndGender) === birthAndGender) {
        reusedReference = true
      }
    }
  }
  const roots = component.roots.filter((root) => open.has(root))
  if (roots.length === 0) return { nearMatch: false, code: null, roots }
  if (asksAll(rule) && found === 0) return { nearMatch: true, code: null, roots }
  if (rule.name === 'client' && reusedReference) {
    return { nearMatch: false, code: 'reference-used-again', roots }
  }
  return { nearMatch: false, code: conflictCode(found), roots }
}

function conflictCode(found: number): string {
  if ((found & GUARD_BIT) !== 0) return 'shared-mailbox'
  if ((found & VETO_BITS.nhs) !== 0) return 'different-nhs-numbers'
  if ((found & VETO_BITS.twins) !== 0) return 'twins'
  if ((found & VETO_BITS.birth) !== 0) return 'different-births'
  if ((found & VETO_BITS.gender) !== 0) return 'different-genders'
  return 'either-of-two'
}

/**
 * The companies of two or more sets that buckets connect where vetoes 3 to 5 and the extra bar do
 * not keep them apart, in order of the buckets.
 */
function unbarredGroups(
  of: {
    readonly context: VetoContext
    readonly sets: PersonSets
    readonly mask: number
    readonly lower: PersonSets
  },
  buckets: readonly Bucket[],
  extra: ExtraBar | null,
): number[][] {
  const { context, sets, mask, lower } = of
  const pairs: Bucket[] = []
  const unite = (a: number, b: number): void => {
    if (a === b) return
    lower.join(a, b)
    pairs.push([a, b])
  }
  for (const bucket of buckets) uniteUnbarred(context, sets, bucket, mask, unite, extra)
  return connectedComponents(sets, pairs).map(({ roots }) => [...roots])
}
