import { nearestMultiple, type DisclosureSettings } from './settings.ts'

/**
 * A figure as it is printed, and what somebody who reads it can know.
 */

/** What stands where a figure is hidden. */
export const HIDDEN = '*'

/** A released figure: 0, a multiple of the base, or hidden. */
export type Printed = number | typeof HIDDEN

/**
 * Prints a count: 0 as 0, up to the threshold hidden, others to the nearest multiple of the base.
 */
export function suppress(count: number, settings: DisclosureSettings): Printed {
  if (!Number.isSafeInteger(count) || count < 0) throw new RangeError('a count is a whole number')
  if (count === 0) return 0
  return count <= settings.threshold ? HIDDEN : nearestMultiple(count, settings.base)
}

/** What it loses to hide a figure: of one more digit three times as much. */
export function lossOfFigure(figure: number): number {
  return 3 ** (String(figure).length - 1)
}

/** The least and the greatest count that a printed figure can stand for. */
export interface Interval {
  readonly least: number
  /** Infinity where nothing bounds it. */
  readonly greatest: number
}

/**
 * What a printed figure says by itself. A hidden one is 1 or more, since it may be hidden for
 * another's sake.
 */
export function intervalOf(printed: Printed, { threshold, base }: DisclosureSettings): Interval {
  if (printed === HIDDEN) return { least: 1, greatest: Infinity }
  if (printed === 0) return { least: 0, greatest: 0 }
  return {
    least: Math.max(threshold + 1, printed - Math.floor(base / 2)),
    greatest: printed + Math.ceil(base / 2) - 1,
  }
}

/**
 * What two printed figures say about what is in the whole and not in the part: the other services,
 * or those new since then.
 */
export function differenceInterval(
  whole: Printed,
  part: Printed,
  settings: DisclosureSettings,
): Interval {
  const all = intervalOf(whole, settings)
  const some = intervalOf(part, settings)
  return {
    least: Math.max(0, all.least - some.greatest),
    greatest: Math.max(0, all.greatest - some.least),
  }
}

/** How many whole numbers an interval holds. */
export function candidatesIn({ least, greatest }: Interval): number {
  return greatest < least ? 0 : greatest - least + 1
}

/**
 * What share of the whole a part is, in whole per cent and from the printed figures alone; null
 * where either is hidden, where there are too few people, or where blurring makes the part larger
 * than the whole.
 */
export function percentageOf(
  part: Printed,
  whole: Printed,
  settings: DisclosureSettings,
): number | null {
  if (part === HIDDEN || whole === HIDDEN || part > whole) return null
  if (intervalOf(whole, settings).least <= settings.threshold) return null
  return Math.round((part / whole) * 100)
}
