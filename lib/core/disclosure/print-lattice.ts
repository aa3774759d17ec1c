import { keepPublished } from './keep-published.ts'
import {
  cellNumber,
  countedCells,
  MEASURE,
  SPAN,
  type CellGroup,
  type Lattice,
  type Measure,
  type Span,
} from './lattice.ts'
import type { LatticeCounts } from './lattice-counts.ts'
import { candidatesIn, differenceInterval, HIDDEN, type Printed } from './printed.ts'
import { demandUsableSettings, type DisclosureSettings } from './settings.ts'

/**
 * From exact counts to what would be printed: small counts hidden, others rounded; what was
 * published kept; then every difference of two printed figures looked at. What sums of three and
 * more give away is found by the attack and hidden by the repair: attack/repair.ts.
 */

/** What stands in a list of printed values where a value is hidden, or was never published. */
export const HIDDEN_CELL = -1
export const UNPUBLISHED_CELL = -2

/** Figures that are printed each for itself; bounds follow their people. */
const FIGURES = ['people', 'children', 'adults', 'families', 'new', 'returning'] as const

/**
 * Prints a lattice. `published` holds what earlier releases printed for the same cells,
 * UNPUBLISHED_CELL where there is none. Result by number of cell: 0, a multiple of the base, or
 * HIDDEN_CELL. Throws a RangeError for unusable settings.
 */
export function printLattice(
  lattice: Lattice,
  { counts }: LatticeCounts,
  settings: DisclosureSettings,
  published?: Int32Array,
): Int32Array {
  demandUsableSettings(settings)
  const printed = new Int32Array(lattice.cells)
  eachRow(lattice, (cell, { attribute }) => {
    for (const measure of attribute === '' ? FIGURES : (['people'] as const)) {
      const number = cell(measure)
      const earlier = earlierOf(published, number)
      printed[number] = writeCell(keepPublished(counts[number] ?? 0, earlier, settings))
    }
  })
  hideDifferences(lattice, counts, printed, settings)
  eachRow(lattice, (cell, { attribute }) => {
    if (attribute !== '') return
    printBounds(cell, printed, (measure) => {
      const earlier = earlierOf(published, cell(measure))
      // A bound of nobody is no bound of those who have come since.
      return keepPublished(
        counts[cell(measure)] ?? 0,
        earlier === 0 ? undefined : earlier,
        settings,
      )
    })
  })
  return printed
}

/** Whether a release prints anything of anybody, were it that nobody is somewhere; by number of cell. */
export function printsAnything(lattice: Lattice, printed: Int32Array): boolean {
  for (const cell of countedCells(lattice)) if ((printed[cell] ?? 0) >= 0) return true
  return false
}

/** A stored value as it is printed. */
export function readCell(stored: number): Printed {
  return stored === HIDDEN_CELL ? HIDDEN : stored
}

/** A printed value as it is stored. */
function writeCell(printed: Printed): number {
  return printed === HIDDEN ? HIDDEN_CELL : printed
}

type CellOf = (measure: Measure) => number

function eachRow(lattice: Lattice, work: (cell: CellOf, group: CellGroup) => void): void {
  for (const [group, described] of lattice.groups.entries()) {
    for (const quarter of lattice.lists.quarters.keys()) {
      for (const span of Object.values(SPAN)) {
        work((measure) => cellNumber(lattice, group, quarter, span, MEASURE[measure]), described)
      }
    }
  }
}

/** What was printed before for a cell; undefined when it never was. */
function earlierOf(published: Int32Array | undefined, number: number): Printed | undefined {
  const before = published?.[number] ?? UNPUBLISHED_CELL
  return before === UNPUBLISHED_CELL ? undefined : readCell(before)
}

/**
 * Bounds are hidden with their people, never cross them, and are otherwise printed by the same
 * rule.
 */
function printBounds(
  cell: CellOf,
  printed: Int32Array,
  blurred: (measure: Measure) => Printed,
): void {
  const people = readCell(printed[cell('people')] ?? 0)
  const print = (measure: Measure, value: Printed): void => {
    printed[cell(measure)] = writeCell(value)
  }
  const doubtful = blurred('doubtful')
  if (people === HIDDEN || people === 0) {
    for (const measure of ['lower', 'upper'] as const) print(measure, people)
    // No record in doubt is nothing to hide.
    print('doubtful', doubtful === 0 ? 0 : people)
    return
  }
  const lower = blurred('lower')
  const upper = blurred('upper')
  print('lower', lower === HIDDEN ? HIDDEN : Math.min(lower, people))
  print('upper', upper === HIDDEN ? people : Math.max(upper, people))
  print('doubtful', doubtful)
}

/**
 * Hides one of two printed figures where their difference is truly 1 to the threshold and they
 * leave it too few values. Of a whole and its part the part gives way; of two dates the later,
 * since the earlier may have been published before.
 */
function hideDifferences(
  lattice: Lattice,
  counts: Int32Array,
  printed: Int32Array,
  settings: DisclosureSettings,
): void {
  for (const { whole, part, givesWay } of differencesOf(lattice)) {
    const difference = (counts[whole] ?? 0) - (counts[part] ?? 0)
    if (difference < 1 || difference > settings.threshold) continue
    const left = differenceInterval(
      readCell(printed[whole] ?? 0),
      readCell(printed[part] ?? 0),
      settings,
    )
    if (candidatesIn(left) < settings.candidates) {
      printed[givesWay === 'part' ? part : whole] = HIDDEN_CELL
    }
  }
}

/** Two cells of which one is part of the other. */
export interface Difference {
  readonly whole: number
  readonly part: number
  readonly givesWay: 'whole' | 'part'
}

/**
 * Every pair of cells of a release of which one is part of the other; what they differ by is a
 * figure too.
 */
export function* differencesOf(lattice: Lattice): Generator<Difference> {
  const quarters = lattice.lists.quarters.length
  const first = Number(lattice.lists.quarters[0]?.slice(6)) - 1
  const cell = (group: number, quarter: number, span: Span, measure: Measure): number =>
    cellNumber(lattice, group, quarter, SPAN[span], MEASURE[measure])
  for (let quarter = 0; quarter < quarters; quarter++) {
    for (const measure of ['people', 'children', 'adults', 'families'] as const) {
      for (const [whole, part] of lattice.parts) {
        for (const span of ['quarter', 'year', 'start'] as const) {
          yield {
            whole: cell(whole, quarter, span, measure),
            part: cell(part, quarter, span, measure),
            givesWay: 'part',
          }
        }
      }
      for (let group = 0; group < lattice.groups.length; group++) {
        const now = (span: Span): number => cell(group, quarter, span, measure)
        yield { whole: now('year'), part: now('quarter'), givesWay: 'part' }
        if (quarter === 0) continue
        const before = (span: Span): number => cell(group, quarter - 1, span, measure)
        yield { whole: now('start'), part: before('start'), givesWay: 'whole' }
        if ((first + quarter) % 4 === 0) continue
        yield { whole: now('year'), part: before('year'), givesWay: 'whole' }
      }
    }
    for (let group = 0; group < lattice.groups.length; group++) {
      for (const span of ['quarter', 'year', 'start'] as const) {
        const people = cell(group, quarter, span, 'people')
        for (const measure of ['children', 'adults'] as const) {
          yield { whole: people, part: cell(group, quarter, span, measure), givesWay: 'part' }
        }
      }
      for (const measure of ['new', 'returning'] as const) {
        yield {
          whole: cell(group, quarter, 'quarter', 'people'),
          part: cell(group, quarter, 'quarter', measure),
          givesWay: 'part',
        }
      }
    }
  }
}
