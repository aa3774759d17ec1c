import {
  ATTRIBUTES,
  attributeGroupNumber,
  cellNumber,
  isCounted,
  MEASURE,
  SPAN,
  SPANS,
  type Lattice,
  type Span,
} from './lattice.ts'
import type { LatticeCounts } from './lattice-counts.ts'

/**
 * How many people of each age band, gender and ethnicity any of a provider's services has, how many came to activities of any
 * of these, in all and of a strand, and with how many contacts, with what ending and with which scores: it can count that, and no
 * release prints it.
 */
export interface OwnBreakdowns {
  /** The services of each provider, by their number in the release's lists. */
  readonly services: readonly (readonly number[])[]
  /** By number of `breakdownCell`. */
  readonly counts: Int32Array
}

/** A group of a breakdown or of use, at a time. */
export interface BreakdownPlace {
  readonly group: number
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
      counted[breakdownCell(lattice, owner, at)] = counts[peopleOfGroup(lattice, at)] ?? 0
    }
  }
  return counted
}

/** The cell of a release that says how many people of a group there are. */
export function peopleOfGroup(lattice: Lattice, { group, quarter, span }: BreakdownPlace): number {
  return cellNumber(lattice, group, quarter, SPAN[span], MEASURE.people)
}

/** Every group that providers count among their own people, whenever a release counts it. */
export function* breakdownPlaces(lattice: Lattice): Generator<BreakdownPlace> {
  for (const group of lattice.groups.keys()) {
    if (rowOf(lattice, group) === undefined) continue
    for (const quarter of lattice.lists.quarters.keys()) {
      for (const span of SPANS) {
        const at = { group, quarter, span }
        if (isCounted(lattice, peopleOfGroup(lattice, at))) yield at
      }
    }
  }
}

/** Whether providers count a group among their own people. */
export function isOfBreakdowns(lattice: Lattice, group: number): boolean {
  return rowOf(lattice, group) !== undefined
}

/** How many cells each provider's breakdowns have. */
export function cellsOfBreakdowns(lattice: Lattice): number {
  const { first, ofServices } = rowsOf(lattice)
  return (lattice.groups.length - first - ofServices) * cellsOfRow(lattice)
}

/** The number of a cell of a provider's breakdowns. */
export function breakdownCell(
  lattice: Lattice,
  owner: number,
  { group, quarter, span }: BreakdownPlace,
): number {
  const row = rowOf(lattice, group) ?? 0
  const column = quarter * SPANS.length + SPAN[span]
  return owner * cellsOfBreakdowns(lattice) + row * cellsOfRow(lattice) + column
}

function cellsOfRow({ lists }: Lattice): number {
  return lists.quarters.length * SPANS.length
}

/** Breakdowns come first, then participants of activities of all services and strands, those of each service, and other use. */
function rowsOf(lattice: Lattice): {
  readonly first: number
  readonly before: number
  /** How many groups are of one service each: what it counts of these is the group. */
  readonly ofServices: number
} {
  const { lists, use } = lattice
  const values = ATTRIBUTES.reduce((sum, attribute) => sum + lists.values[attribute].length, 0)
  return {
    first: attributeGroupNumber(lattice, ATTRIBUTES[0], 0),
    before: values + (use === undefined ? 0 : 1 + lists.strands.length),
    ofServices: use === undefined ? 0 : lists.services.length,
  }
}

function rowOf(lattice: Lattice, group: number): number | undefined {
  const { first, before, ofServices } = rowsOf(lattice)
  const row = group - first
  if (row < before) return row < 0 ? undefined : row
  return row < before + ofServices ? undefined : row - ofServices
}
