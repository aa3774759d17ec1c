import { ALTERNATES, type PseudonymField } from '#core/pseudonym/kinds.ts'
import { type Bucket, isTwoSided } from './bucket.ts'
import { type PersonSets, rootsOf } from './person-sets.ts'
import {
  BARS_LOWER,
  EXEMPTING,
  type SetSummary,
  summariseSet,
  type VetoContext,
  vetoesBetween,
  VETO_BITS,
} from './vetoes.ts'

/**
 * Which sets of a component bar each other. Sets that say the same of themselves stand and fall
 * together, so they are compared as one profile.
 */

/**
 * More profiles than this in one component are no person's: they are not all compared, and only
 * what says the same is joined.
 */
export const MOST_PROFILES = 1500

/** Sets that no veto tells apart from one another and that are vetoed by the same others. */
export interface Profile {
  readonly summary: SetSummary
  readonly roots: number[]
}

/** The profiles of a component, and what bars each from each. */
export interface Bars {
  readonly profiles: readonly Profile[]
  /**
   * The mask of vetoes between two profiles, by their places; what is between sets of one profile
   * is never a veto.
   */
  readonly between: (a: number, b: number) => number
  /** Whether there are too many profiles to ask between all of them. */
  readonly crowded: boolean
}

/**
 * Whether a quick look already shows that `mask`'s vetoes keep no two of the sets apart. False says
 * nothing.
 */
export function surelyUnbarred(
  context: VetoContext,
  sets: PersonSets,
  roots: readonly number[],
  mask: number,
): boolean {
  const { evidence, twins, different } = context
  if (evidence.severalEpochs) return false
  const numbers = evidence.columns.nhsNumber
  let nhs = -1
  let year = 0
  let month = 0
  let genders = 0
  for (const root of roots) {
    for (const member of sets.members(root)) {
      const number = numbers[member] ?? -1
      if (number >= 0 && (mask & VETO_BITS.nhs) !== 0) {
        if (nhs >= 0 && nhs !== number) return false
        nhs = number
      }
      const birth = evidence.births[member] ?? 0
      if (birth !== 0 && (mask & VETO_BITS.birth) !== 0) {
        if (year !== 0 && year !== birth >> 4) return false
        year = birth >> 4
        const ownMonth = birth & 15
        if (ownMonth !== 0 && month !== 0 && month !== ownMonth) return false
        if (ownMonth !== 0) month = ownMonth
      }
      genders |= (evidence.genders[member] ?? 0) & 3
      if (genders === 3 && (mask & VETO_BITS.gender) !== 0) return false
      if ((mask & VETO_BITS.twins) !== 0 && twins.entries.has(member)) return false
      if ((mask & VETO_BITS.decided) !== 0 && different.has(member)) return false
    }
  }
  return true
}

/**
 * Compares the sets of a component under the vetoes of `mask` and, beside them, an extra bar that a
 * guard raises.
 */
export function findBars(
  context: VetoContext,
  sets: PersonSets,
  roots: readonly number[],
  mask: number,
  extra: ExtraBar | null = null,
): Bars {
  const profiles = profilesOf(context, sets, roots, mask, extra)
  const size = profiles.length
  const compare = (a: number, b: number): number => {
    const [left, right] = [profiles[a]?.summary, profiles[b]?.summary]
    if (left === undefined || right === undefined || a === b) return 0
    const bits = vetoesBetween(left, right) & mask
    return extra?.bars(left, right) === true ? bits | extra.bit : bits
  }
  if (size > MOST_PROFILES) return { profiles, between: compare, crowded: true }
  const masks = new Uint8Array(size * size)
  for (let a = 0; a < size; a++) {
    for (let b = a + 1; b < size; b++) {
      const bits = compare(a, b)
      masks[a * size + b] = bits
      masks[b * size + a] = bits
    }
  }
  return { profiles, between: (a, b) => masks[a * size + b] ?? 0, crowded: false }
}

/** A bar that only one rule raises, with the columns it looks at. */
export interface ExtraBar {
  readonly bit: number
  readonly columns: readonly (PseudonymField | 'ward')[]
  readonly bars: (a: SetSummary, b: SetSummary) => boolean
}

/**
 * Calls `unite` for sets that connect all those of a bucket that the vetoes 3 to 5, and an extra bar
 * where one is given, do not keep apart, directly or in steps.
 */
export function uniteUnbarred(
  context: VetoContext,
  sets: PersonSets,
  bucket: Bucket,
  mask: number,
  unite: (a: number, b: number) => void,
  extra: ExtraBar | null = null,
): void {
  const roots = rootsOf(sets, bucket)
  if (roots.length < 2) return
  const [one, other] = isTwoSided(bucket)
    ? [rootsOf(sets, bucket.one), rootsOf(sets, bucket.other)]
    : [roots, roots]
  const lower = BARS_LOWER & mask
  const bars =
    extra === null && surelyUnbarred(context, sets, roots, lower)
      ? null
      : findBars(context, sets, roots, lower, extra)
  if (bars === null || bars.crowded) {
    uniteSides(one, other, unite)
    return
  }
  const [ones, others] = [new Set(one), new Set(other)]
  const sides = bars.profiles.map(({ roots: own }) => ({
    one: own.filter((root) => ones.has(root)),
    other: own.filter((root) => others.has(root)),
  }))
  sides.forEach((left, a) => {
    sides.forEach((right, b) => {
      if (bars.between(a, b) === 0) uniteSides(left.one, right.other, unite)
    })
  })
}

/** Connects each of the one side with each of the other, in steps. */
function uniteSides(
  one: readonly number[],
  other: readonly number[],
  unite: (a: number, b: number) => void,
): void {
  const [first, second] = [one[0], other[0]]
  if (first === undefined || second === undefined) return
  for (const root of other) unite(first, root)
  for (const root of one) unite(second, root)
}

function profilesOf(
  context: VetoContext,
  sets: PersonSets,
  roots: readonly number[],
  mask: number,
  extra: ExtraBar | null,
): Profile[] {
  const byKey = new Map<string, Profile>()
  const summaries = roots.map((root) => summariseSet(context, sets, root))
  const exempting =
    (mask & (VETO_BITS.birth | VETO_BITS.gender)) === 0 ? null : new SharedValues(summaries)
  for (const [index, root] of roots.entries()) {
    const summary = summaries[index]
    if (summary === undefined) continue
    let key =
      epochValues(summary.nhs) +
      ';' +
      epochValues(summary.births) +
      ';' +
      epochValues(summary.genders) +
      ';' +
      (mask & VETO_BITS.twins
        ? summary.twins
            .map((t) => `${t.group} ${t.client} ${t.nameBirth}`)
            .sort()
            .join()
        : '') +
      ';' +
      (mask & VETO_BITS.decided ? [...summary.different].sort((a, b) => a - b).join() : '')
    if (exempting !== null) key += exempting.keyOf(summary)
    if (extra !== null) {
      key += `;${summary.genderBits}`
      for (const column of extra.columns) key += `;${summary.carried(column).join()}`
    }
    const profile = byKey.get(key)
    if (profile === undefined) byKey.set(key, { summary, roots: [root] })
    else profile.roots.push(root)
  }
  return [...byKey.values()]
}

/**
 * What of several sets may exempt two of them: values that more than one carries, an alternate and
 * what it is an alternate of taken together. A value that only one set carries agrees with nothing.
 */
class SharedValues {
  readonly #carriers = new Map<string, number>()

  constructor(summaries: readonly SetSummary[]) {
    for (const summary of summaries)
      for (const { value } of exemptingValues(summary))
        this.#carriers.set(value, (this.#carriers.get(value) ?? 0) + 1)
  }

  /** What a set carries of them; nothing of a set that no birth or gender can be held against. */
  keyOf(summary: SetSummary): string {
    if (summary.births.length === 0 && summary.genders.length === 0) return ''
    const shared = exemptingValues(summary).filter(
      ({ value }) => (this.#carriers.get(value) ?? 0) > 1,
    )
    return `;${shared.map(({ column, value }) => `${column} ${value}`).join()}`
  }
}

function exemptingValues(
  summary: SetSummary,
): { readonly column: string; readonly value: string }[] {
  return EXEMPTING_COLUMNS.flatMap(({ column, own }) =>
    summary.carried(column).map((value) => ({ column, value: `${own} ${value}` })),
  )
}

const EXEMPTING_COLUMNS = EXEMPTING.map((column) => ({
  column,
  own: ALTERNATES.find(({ field }) => field === column)?.alternateOf ?? column,
}))

function epochValues(values: readonly { epoch: number; value: number }[]): string {
  return values
    .map(({ epoch, value }) => `${epoch} ${value}`)
    .sort()
    .join()
}
