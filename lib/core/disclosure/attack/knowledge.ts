import { HIDDEN_CELL, UNPUBLISHED_CELL } from '#core/disclosure/print-lattice.ts'
import { intervalOf } from '#core/disclosure/printed.ts'
import type { DisclosureSettings } from '#core/disclosure/settings.ts'
import { UNBOUNDED } from './system.ts'

/**
 * What one printed cell says by itself, to somebody who knows the rules by which releases are
 * printed, kept and repaired. Where a rule leaves open which of two things happened, the attacker
 * is taken to know: so the truth is always among what is left, and whoever knows less is left more.
 */

/** The least and the greatest an attacker can take a cell for. */
export interface Known {
  readonly least: number
  readonly greatest: number
}

/** One cell as it was counted and printed. */
export interface CellStory {
  readonly count: number
  /** As it is stored: HIDDEN_CELL where it is hidden. */
  readonly printed: number
  /** What an earlier release printed; UNPUBLISHED_CELL where none did. */
  readonly published: number
}

/** What a cell that prints a figure says. */
export function knownOfShown(
  { count, printed, published }: CellStory,
  settings: DisclosureSettings,
): Known {
  const fresh = { ...intervalOf(printed, settings) }
  if (published >= 0 && published !== printed) {
    // It would have been kept, had it not changed by more than this.
    const kept = keptWithin(published, settings)
    if (printed > published) fresh.least = Math.max(fresh.least, published + kept + 1)
    else fresh.greatest = Math.min(fresh.greatest, published - kept - 1)
  }
  if (count >= fresh.least && count <= fresh.greatest) return fresh
  const kept = keptWithin(printed, settings)
  const least = Math.max(0, printed - kept)
  if (published === printed && count >= least && count <= printed + kept) {
    return { least, greatest: printed + kept }
  }
  // A bound that its people's figure cut off.
  return { least: 0, greatest: UNBOUNDED }
}

/** What a cell says that is hidden: `atMost` is what the rules say beyond that. */
export function knownOfHidden(
  { count, published }: CellStory,
  atMost: number,
  settings: DisclosureSettings,
): Known {
  // What was hidden once is hidden still when nobody is left.
  const known = { least: Math.min(1, count), greatest: Math.max(atMost, count) }
  if (published < 0) return known
  // It was shown before: whether it has changed by more than what is kept, and which way.
  const kept = keptWithin(published, settings)
  if (count > published + kept) return { ...known, least: published + kept + 1 }
  if (count < published - kept) {
    return { ...known, greatest: Math.min(known.greatest, published - kept - 1) }
  }
  return {
    least: Math.max(known.least, published - kept),
    greatest: Math.min(known.greatest, published + kept),
  }
}

/** Whether an earlier release printed what is hidden now, and the count is still that. */
export function wasShown(
  { count, printed, published }: CellStory,
  settings: DisclosureSettings,
): boolean {
  if (printed !== HIDDEN_CELL || published === UNPUBLISHED_CELL || published === HIDDEN_CELL) {
    return false
  }
  const { least, greatest } = intervalOf(published, settings)
  return count >= least && count <= greatest
}

/**
 * Whether a total and its shown parts leave each of so many hidden parts too few values, if all of these are 1 to the
 * threshold.
 */
export function leavesFewIfSmall(
  [total, ...shown]: readonly Known[],
  hidden: number,
  { threshold, candidates }: DisclosureSettings,
): boolean {
  const least = shown.reduce((left, part) => left - part.greatest, total?.least ?? 0)
  const greatest = shown.reduce((left, part) => left - part.least, total?.greatest ?? 0)
  const most = Math.min(threshold, greatest - (hidden - 1))
  return most - Math.max(1, least - (hidden - 1) * threshold) + 1 < candidates
}

/** How far a count may be from a published figure that is kept. */
function keptWithin(published: number, { threshold, base }: DisclosureSettings): number {
  return threshold + (published === 0 ? 0 : Math.floor(base / 2))
}

/**
 * The greatest count that is of the same size as a printed figure, for the rule of repair: figures
 * of as many digits are of one size, and which of them is hidden says nothing of which is smaller.
 */
export function greatestOfSize(printed: number, { base }: DisclosureSettings): number {
  const ceiling = 10 ** String(printed).length
  return Math.floor((ceiling - 1) / base) * base + Math.ceil(base / 2) - 1
}
