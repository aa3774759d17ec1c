import { cellNumber, MEASURE, SPAN, type Lattice, type Measure } from './lattice.ts'

/**
 * Exact counts of the cells of a release, while it is being made. They are counted by pattern:
 * somebody seen in the first and third quarter of a year is in both quarters, and in the year to
 * date from the first on.
 */
export interface LatticeCounts {
  /** By number of cell. */
  readonly counts: Int32Array
}

/** Counts of 0 everywhere. */
export function emptyCounts(lattice: Lattice): LatticeCounts {
  return { counts: new Int32Array(lattice.cells) }
}

/**
 * Adds people who were reached in the same quarters of one financial year: bit 0 of `mask` is its
 * first quarter. `count` may be negative, where others are counted in their stead.
 */
export function addYear(
  lattice: Lattice,
  { counts }: LatticeCounts,
  group: number,
  measure: Measure,
  pattern: { readonly year: number; readonly mask: number; readonly count: number },
): void {
  const { year, mask, count } = pattern
  if (mask === 0) return
  for (let turn = 0; turn < 4; turn++) {
    const quarter = quarterNumber(lattice, year * 4 + turn)
    if (quarter === undefined) continue
    if ((mask >> turn) & 1) bump(counts, cell(lattice, group, quarter, 'quarter', measure), count)
    if (mask & ((2 << turn) - 1))
      bump(counts, cell(lattice, group, quarter, 'year', measure), count)
  }
}

/**
 * Adds people who were reached for the first time in a quarter, counted through as year × 4 + 0 to
 * 3.
 */
export function addStart(
  lattice: Lattice,
  { counts }: LatticeCounts,
  group: number,
  measure: Measure,
  start: { readonly quarter: number; readonly count: number },
): void {
  const first = Math.max(0, start.quarter - firstQuarter(lattice))
  for (let quarter = first; quarter < lattice.lists.quarters.length; quarter++) {
    bump(counts, cell(lattice, group, quarter, 'start', measure), start.count)
  }
}

/** Adds to one cell. */
export function addCell(
  lattice: Lattice,
  { counts }: LatticeCounts,
  group: number,
  at: {
    readonly quarter: number
    readonly span: 'quarter' | 'year'
    readonly measure: Measure
    readonly count: number
  },
): void {
  const quarter = quarterNumber(lattice, at.quarter)
  if (quarter !== undefined)
    bump(counts, cell(lattice, group, quarter, at.span, at.measure), at.count)
}

/**
 * Works out who was new in the year and who returned, once everybody is counted: new = year to date
 * − year to date before.
 */
export function countNew(lattice: Lattice, { counts }: LatticeCounts): void {
  const first = firstQuarter(lattice)
  for (const [group, { attribute }] of lattice.groups.entries()) {
    if (attribute !== '') continue
    for (let quarter = 0; quarter < lattice.lists.quarters.length; quarter++) {
      const at = (span: 'quarter' | 'year', of: number): number =>
        counts[cell(lattice, group, of, span, 'people')] ?? 0
      const beginsYear = (first + quarter) % 4 === 0 || quarter === 0
      const newcomers = at('year', quarter) - (beginsYear ? 0 : at('year', quarter - 1))
      counts[cell(lattice, group, quarter, 'quarter', 'new')] = newcomers
      counts[cell(lattice, group, quarter, 'quarter', 'returning')] =
        at('quarter', quarter) - newcomers
    }
  }
}

function cell(
  lattice: Lattice,
  group: number,
  quarter: number,
  span: keyof typeof SPAN,
  measure: Measure,
): number {
  return cellNumber(lattice, group, quarter, SPAN[span], MEASURE[measure])
}

function bump(counts: Int32Array, number: number, by: number): void {
  counts[number] = (counts[number] ?? 0) + by
}

/** The first quarter of the release, counted through. */
function firstQuarter(lattice: Lattice): number {
  const [first = '0-Q1'] = lattice.lists.quarters
  return Number(first.slice(0, 4)) * 4 + Number(first.slice(6)) - 1
}

/** The place of a quarter in the release's list; undefined when it is not in it. */
function quarterNumber(lattice: Lattice, counted: number): number | undefined {
  const number = counted - firstQuarter(lattice)
  return number >= 0 && number < lattice.lists.quarters.length ? number : undefined
}
