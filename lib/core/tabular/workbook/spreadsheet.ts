import type { SheetFindings } from './sheet-findings.ts'
import type { RowSign } from './sheet-signs.ts'
import type { ReadingReceipt } from '#core/tabular/table.ts'

/**
 * A workbook of any format as its sheets and their rows: what a format has to give to be read as a
 * table.
 */

/** A sheet as the workbook lists it. */
export interface Sheet {
  readonly name: string
  readonly hidden: boolean
  readonly veryHidden: boolean
}

/** A row that a sheet mentions; rows between two of them are blank. */
export interface SheetRow {
  readonly fileRow: number
  /** From column A to the last that is mentioned. */
  readonly cells: string[]
  /** Whether a value, or a formula or error read as empty, stands in it. */
  readonly filled: boolean
  /** How many rows from this one on are the same: 1, or as many as the file says. */
  readonly times: number
}

/** How the rows of a sheet are read. */
export interface SheetReading {
  /** Most columns; the first filled cell beyond refuses the file. */
  readonly columnLimit: number
  /** What is found is counted below this row. */
  readonly headerRow: number
  /** Rows that look so are given as rows that hold nothing. */
  readonly leaveOut: readonly RowSign[]
}

/** The rows at the top of a sheet that can hold any. */
export interface SheetTop {
  readonly sheet: Sheet
  /** Row n of the sheet is `rows[n − 1]`. */
  readonly rows: readonly string[][]
  readonly holdsData: boolean
  /** How much is in it, to be held against the other sheets of the workbook. */
  readonly size: number
}

/** An open workbook. Its methods throw FileRefused. */
export interface Spreadsheet {
  readonly format: Exclude<ReadingReceipt['format'], 'csv'>
  /** Whether serial dates count from 1904. */
  readonly date1904: boolean
  /** All sheets in their order, those too that hold no cells. */
  readonly sheets: readonly Sheet[]
  /** The sheets that can hold cells, with the rows at their top. */
  tops(): Promise<readonly SheetTop[]>
  /** The rows of a sheet as they unpack; `findings` grows with them. */
  rows(sheet: Sheet, reading: SheetReading, findings: SheetFindings): AsyncIterable<SheetRow[]>
}
