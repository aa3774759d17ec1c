import {
  ATTRIBUTES,
  attributeGroupNumber,
  cellNumber,
  MEASURE,
  SPAN,
  SPANS,
  type Attribute,
  type Lattice,
  type Span,
} from './lattice.ts'
import type { LatticeCounts } from './lattice-counts.ts'

/**
 * How many people of each age band, gender and ethnicity any of a provider's services has: it can
 * count that, and no release prints it.
 */
export interface OwnBreakdowns {
  /** The services of each provider, by their number in the release's lists. */
  readonly services: readonly (readonly number[])[]
  /** By number of `breakdownCell`. */
  readonly counts: Int32Array
}

/** A value of a breakdown, at a time. */
export interface BreakdownPlace {
  readonly attribute: Attribute
  readonly value: number
  readonly quarter: number
  readonly span: Span
}

/**
 * The counts of providers' breakdowns, from those of a lattice in which each provider's own people are
 * counted by the values of the release.
 */
export function breakdownsOf(lattice: Lattice, own: readonly LatticeCounts[]): Int32Array {
  const counted = new Int32Array(own.length * cellsOfBreakdowns(lattice))
  for (const [owner, { counts }] of own.entries()) {
    for (const at of breakdownPlaces(lattice)) {
      counted[breakdownCell(lattice, owner, at)] = counts[peopleOfValue(lattice, at)] ?? 0
    }
  }
  return counted
}

/** The cell of a release that says how many people of a value there are: all services everywhere. */
export function peopleOfValue(
  lattice: Lattice,
  { attribute, value, quarter, span }: BreakdownPlace,
): number {
  const group = attributeGroupNumber(lattice, attribute, value)
  return cellNumber(lattice, group, quarter, SPAN[span], MEASURE.people)
}

/** Every value of a breakdown at every time. */
export function* breakdownPlaces({ lists }: Lattice): Generator<BreakdownPlace> {
  for (const attribute of ATTRIBUTES) {
    for (const value of lists.values[attribute].keys()) {
      for (const quarter of lists.quarters.keys()) {
        for (const span of SPANS) yield { attribute, value, quarter, span }
      }
    }
  }
}

/** How many cells each provider's breakdowns have. */
export function cellsOfBreakdowns({ lists }: Lattice): number {
  const values = ATTRIBUTES.reduce((sum, attribute) => sum + lists.values[attribute].length, 0)
  return values * lists.quarters.length * SPANS.length
}

/** The number of a cell of a provider's breakdowns. */
export function breakdownCell(
  lattice: Lattice,
  owner: number,
  { attribute, value, quarter, span }: BreakdownPlace,
): number {
  const first = attributeGroupNumber(lattice, ATTRIBUTES[0], 0)
  const row = attributeGroupNumber(lattice, attribute, value) - first
  const column = quarter * SPANS.length + SPAN[span]
  return (
    owner * cellsOfBreakdowns(lattice) + row * lattice.lists.quarters.length * SPANS.length + column
  )
}
