import { HIDDEN, type Printed } from './printed.ts'
import type { CellGroup, Measure, Span } from './lattice.ts'

/** A printed cell that is not 0. */
export interface ReleasedCell extends CellGroup {
  readonly quarter: string
  readonly span: Span
  readonly measure: Measure
  readonly printed: Printed
}

/** The printed figures of one group and span. */
export type ReleasedFigures = Readonly<Record<Measure, Printed>>

/** Figures of nobody: what stands in a release for a cell that is not stored. */
export const NOBODY: ReleasedFigures = {
  people: 0,
  children: 0,
  adults: 0,
  families: 0,
  lower: 0,
  upper: 0,
  doubtful: 0,
  new: 0,
  returning: 0,
}

/** A count as people read it: `1,250`, or the sign for hidden. */
function printedWords(printed: Printed): string {
  return printed === HIDDEN ? HIDDEN : printed.toLocaleString('en-GB')
}

/**
 * How far doubtful matches leave a figure of people open, in words; every published figure carries
 * them.
 */
export function intervalWords(
  {
    people,
    lower,
    upper,
    doubtful,
  }: Pick<ReleasedFigures, 'people' | 'lower' | 'upper' | 'doubtful'>,
  threshold: number,
): string {
  if (people === HIDDEN)
    return `Hidden, because it is ${threshold} people or fewer, or would tell such a figure.`
  if (people === 0) return 'Nobody was reached.'
  if (doubtful === 0)
    return `About ${printedWords(people)} after rounding; every record was matched with certainty.`
  const records =
    doubtful === HIDDEN
      ? 'some records could not be matched with certainty'
      : `about ${printedWords(doubtful)} records could not be matched with certainty`
  if (upper === HIDDEN) {
    return `About ${printedWords(people)} after rounding; how far ${records.replace('could', 'that could')} leave it open is hidden.`
  }
  if (lower === people && upper === people) {
    return `About ${printedWords(people)} after rounding; ${records}, too few to change the rounded figure.`
  }
  if (lower === HIDDEN)
    return `Up to about ${printedWords(upper)} after rounding, because ${records}.`
  return `Between about ${printedWords(lower)} and ${printedWords(upper)} after rounding, because ${records}.`
}
