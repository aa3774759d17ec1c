import type { PseudonymField } from '../pseudonym/kinds.ts'
import type { PersonSets } from './person-sets.ts'
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
      if ((mask & VETO_BITS.twins) !== 0 && twins.has(member)) return false
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
 * Calls `unite` for sets that connect all those of a bucket that the vetoes 3 to 5 do not bar from
 * each other, directly or in steps.
 */
export function uniteUnbarred(
  context: VetoContext,
  sets: PersonSets,
  roots: readonly number[],
  mask: number,
  unite: (a: number, b: number) => void,
): void {
  const first = roots[0]
  if (first === undefined || roots.length < 2) return
  const bars = surelyUnbarred(context, sets, roots, BARS_LOWER & mask)
    ? null
    : findBars(context, sets, roots, BARS_LOWER & mask)
  if (bars === null || bars.crowded) {
    for (const root of roots) unite(first, root)
    return
  }
  bars.profiles.forEach((profile, index) => {
    const own = profile.roots[0] ?? first
    for (const root of profile.roots) unite(own, root)
    for (let other = index + 1; other < bars.profiles.length; other++) {
      const root = bars.profiles[other]?.roots[0]
      if (root !== undefined && bars.between(index, other) === 0) unite(own, root)
    }
  })
}

function profilesOf(
  context: VetoContext,
  sets: PersonSets,
  roots: readonly number[],
  mask: number,
  extra: ExtraBar | null,
): Profile[] {
  const byKey = new Map<string, Profile>()
  const exemptible = (mask & (VETO_BITS.birth | VETO_BITS.gender)) !== 0
  for (const root of roots) {
    const summary = summariseSet(context, sets, root)
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
    // What exempts matters only between sets of one NHS number.
    if (exemptible && summary.nhs.length > 0) {
      for (const column of EXEMPTING) key += `;${summary.carried(column).join()}`
    }
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

function epochValues(values: readonly { epoch: number; value: number }[]): string {
  return values
    .map(({ epoch, value }) => `${epoch} ${value}`)
    .sort()
    .join()
}
