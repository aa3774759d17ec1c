import { columnLetters } from '#core/tabular/column-letters.ts'
import type { Headings } from '#core/tabular/header/headings.ts'
import { StrikingRules } from './striking-rules.ts'
import type { LookRule } from './striking-rules.ts'
import type { CellSign, RowSign, SheetSigns } from './sheet-signs.ts'
import type { CellsReported, ReadingReceipt } from '#core/tabular/table.ts'

/**
 * What a person is told about a sheet beside its cells; grows while the sheet is read.
 */

/** Most row numbers that are kept of a sheet; counts go on. */
const MOST_LISTED = 500_000
const MOST_MERGED = 10_000

/** Counts of one pass over one sheet. */
export class SheetFindings {
  mergedCells = 0
  /** First rows of areas that are merged over several rows. */
  readonly #mergedFrom: number[] = []
  /** Cells with a comment, wherever they are. */
  comments = 0
  leftOutRows = 0
  /** Of the grey rows, those whose text is grey. */
  fadedTexts = 0
  /** Rows below the header that hold something. */
  filledRows = 0
  readonly #listed = { count: 0 }
  readonly rows: Readonly<Record<RowSign, RowCount>> = {
    struck: new RowCount(this.#listed),
    hidden: new RowCount(this.#listed),
    faded: new RowCount(this.#listed),
    coloured: new RowCount(this.#listed),
    unseen: new RowCount(this.#listed),
    remark: new RowCount(this.#listed),
  }
  readonly cells: Readonly<Record<CellSign, CellCounts>> = {
    formula: new CellCounts(this.#listed),
    error: new CellCounts(this.#listed),
    'shown-otherwise': new CellCounts(this.#listed),
    'part-date': new CellCounts(this.#listed),
    late: new CellCounts(this.#listed),
    struck: new CellCounts(this.#listed),
  }
  readonly #rules = new StrikingRules()
  readonly #hiddenColumns: { first: number; last: number }[] = []

  /** Notes an area that is merged from a row of the file to another. */
  mergeRows(first: number, last: number): void {
    this.mergedCells += 1
    if (last > first && this.#mergedFrom.length < MOST_MERGED) this.#mergedFrom.push(first)
  }

  /** Notes a rule that changes how cells look. */
  addRule(rule: LookRule): void {
    this.#rules.add(rule)
  }

  /** Notes that the columns from `first` to `last`, counted from 0, are hidden. */
  hideColumns(first: number, last: number): void {
    if (last >= first) this.#hiddenColumns.push({ first, last })
  }

  /** The signs of the rows read so far. */
  signs(headings: Headings): SheetSigns {
    return {
      isWhole: this.#listed.count < MOST_LISTED,
      rowsWith: (sign) => this.rows[sign].listed,
      isTelling: (sign) => this.#isTelling(sign),
      cellsWith: (sign, column) => this.cells[sign].rowsOf(headings.columns[column] ?? -1),
    }
  }

  /** What the receipt says of all this. */
  receipt(headings: Headings): Partial<ReadingReceipt> {
    const { formula, error } = this.cells
    const mergedDown = this.#mergedFrom.filter((row) => row > headings.headerRow).length
    const strikingRules = this.#rules.told(headings)
    const shownOtherwise = this.cells['shown-otherwise'].report(headings)
    return {
      hiddenRows: this.rows.hidden.total,
      hiddenColumns: this.#hiddenAmong(headings),
      mergedCells: this.mergedCells,
      ...(mergedDown === 0 ? {} : { mergedDown }),
      formulaCells: formula.total,
      formulas: formula.report(headings),
      errorCells: error.total,
      errors: error.report(headings),
      ...(shownOtherwise.length === 0 ? {} : { shownOtherwise }),
      ...(strikingRules.length === 0 ? {} : { strikingRules }),
      ...rowCounts({
        struckRows: this.rows.struck.total,
        fadedRows: this.#isTelling('faded') ? this.rows.faded.total : 0,
        colouredRows: this.#isTelling('coloured') ? this.rows.coloured.total : 0,
        unseenRows: this.rows.unseen.total,
        remarkedRows: this.rows.remark.total,
        comments: this.comments,
        leftOutRows: this.leftOutRows,
      }),
    }
  }

  #isTelling(sign: RowSign): boolean {
    const { total, listed } = this.rows[sign]
    if (sign === 'coloured') return total * 2 <= this.filledRows && !areEvenlySpaced(listed)
    if (sign !== 'faded') return true
    if (total === this.fadedTexts) return total * 2 <= this.filledRows
    return total * 3 <= this.filledRows && !areEvenlySpaced(listed)
  }

  /** The hidden columns among the headed ones, by heading. */
  #hiddenAmong(headings: Headings): string[] {
    return headings.names.filter((_, index) => {
      const column = headings.columns[index] ?? -1
      return this.#hiddenColumns.some(({ first, last }) => first <= column && column <= last)
    })
  }
}

interface Listed {
  count: number
}

/** How many rows, and which. */
class RowCount {
  total = 0
  readonly listed: number[] = []
  readonly #all: Listed

  constructor(all: Listed) {
    this.#all = all
  }

  /** Counts a row below the header, from 1. */
  add(row: number): void {
    this.total += 1
    if (this.#all.count >= MOST_LISTED) return
    this.#all.count += 1
    this.listed.push(row)
  }
}

const NO_ROWS: readonly number[] = []

/** How many cells of each column, the first of them, and their rows. */
export class CellCounts {
  total = 0
  readonly #columns = new Map<number, { cells: number; firstFileRow: number; rows: RowCount }>()
  readonly #all: Listed

  constructor(all: Listed = { count: 0 }) {
    this.#all = all
  }

  /** Counts a cell; its row is listed where it lies below the header. */
  add(column: number, fileRow: number, headerRow: number): void {
    this.total += 1
    let counted = this.#columns.get(column)
    if (counted === undefined) {
      counted = { cells: 0, firstFileRow: fileRow, rows: new RowCount(this.#all) }
      this.#columns.set(column, counted)
    }
    counted.cells += 1
    if (fileRow > headerRow) counted.rows.add(fileRow - headerRow)
  }

  /** Rows of a column of the sheet. */
  rowsOf(column: number): readonly number[] {
    return this.#columns.get(column)?.rows.listed ?? NO_ROWS
  }

  /** The counts by column in file order. */
  report(headings: Headings): CellsReported[] {
    return [...this.#columns]
      .toSorted(([a], [b]) => a - b)
      .map(([column, { cells, firstFileRow }]) => ({
        column: headings.names[headings.columns.indexOf(column)] ?? columnLetters(column),
        ...{ cells, firstFileRow },
      }))
  }
}

type RowCounts = Pick<
  ReadingReceipt,
  | 'struckRows'
  | 'fadedRows'
  | 'colouredRows'
  | 'unseenRows'
  | 'remarkedRows'
  | 'comments'
  | 'leftOutRows'
>

/** Only what there is. */
function rowCounts(counts: Readonly<Record<keyof RowCounts, number>>): RowCounts {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0))
}

/** Shading for the eye alone: every second row, every fifth. */
function areEvenlySpaced(rows: readonly number[]): boolean {
  const [first = 0, second = 0] = rows
  const step = second - first
  return rows.length > 2 && step > 1 && rows.every((row, index) => row === first + index * step)
}
