import { neutraliseCell } from './neutralise-cell.ts'
import type { Separator } from '#core/tabular/table.ts'

/** How delimited text is written. */
export interface CsvForm {
  /** A comma unless it is told otherwise. */
  readonly separator?: Separator
  /** CRLF unless it is told otherwise. */
  readonly lineEnd?: '\r\n' | '\n'
  /**
   * False leaves texts as they are: for programs only, and for the demonstration's files, which
   * providers' systems write.
   */
  readonly neutral?: boolean
}

/** Without it at its start Excel reads UTF-8 as something else. */
export const BYTE_ORDER_MARK = '\ufeff'

/** What no reader may take for the end of a cell, whichever separator it expects, or trim away. */
const NEEDS_QUOTES = /[",;\t|\r\n]|^\s|\s$/

/**
 * One row of delimited text with its line end: quotes where they are needed, every text
 * neutralised.
 */
export function csvLine(cells: readonly (string | number)[], form: CsvForm = {}): string {
  const { separator = ',', lineEnd = '\r\n', neutral = true } = form
  const written = cells.map((cell) => {
    if (typeof cell === 'number') return String(cell)
    const text = neutral ? neutraliseCell(cell) : cell
    return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  })
  return written.join(separator) + lineEnd
}

/** A CSV file that opens in a spreadsheet as what it says. */
export function writeCsv(
  header: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  return BYTE_ORDER_MARK + [header, ...rows].map((row) => csvLine(row)).join('')
}

/**
 * A CSV file that nobody opens, as programs take it: texts as they are, no mark, lines as in UNIX.
 */
export function writePlainCsv(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => csvLine(row, { lineEnd: '\n', neutral: false })).join('')
}
