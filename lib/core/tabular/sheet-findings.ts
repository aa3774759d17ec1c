import { columnLetters } from './column-letters.ts'
import type { Headings } from './headings.ts'
import type { CellsReported } from './table.ts'

/**
 * What a person is told about a sheet beside its cells; grows while the sheet is read.
 */

/** Counts of one pass over one sheet. */
export class SheetFindings {
  hiddenRows = 0
  mergedCells = 0
  readonly formulas = new CellCounts()
  readonly errors = new CellCounts()
  readonly #hiddenColumns: { first: number; last: number }[] = []

  /** Notes that the columns from `first` to `last`, counted from 0, are hidden. */
  hideColumns(first: number, last: number): void {
    if (last >= first) this.#hiddenColumns.push({ first, last })
  }

  /** The hidden columns among the headed ones, by heading. */
  hiddenColumns(headings: Headings): string[] {
    return headings.names.filter((_, index) => {
      const column = headings.columns[index] ?? -1
      return this.#hiddenColumns.some(({ first, last }) => first <= column && column <= last)
    })
  }
}

/** How many cells of each column, and the first of them. */
export class CellCounts {
  total = 0
  readonly #columns = new Map<number, { cells: number; firstFileRow: number }>()

  count(column: number, fileRow: number): void {
    this.total += 1
    const counted = this.#columns.get(column)
    if (counted === undefined) this.#columns.set(column, { cells: 1, firstFileRow: fileRow })
    else counted.cells += 1
  }

  /** The counts by column in file order. */
  report(headings: Headings): CellsReported[] {
    return [...this.#columns]
      .toSorted(([a], [b]) => a - b)
      .map(([column, counted]) => ({
        column: headings.names[headings.columns.indexOf(column)] ?? columnLetters(column),
        ...counted,
      }))
  }
}
