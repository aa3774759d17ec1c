import Papa from 'papaparse'
import { neutraliseCell } from './neutralise-cell.ts'

/**
 * A CSV file that opens in a spreadsheet as what it says: CRLF, quotes where they are needed, every text neutralised. With a
 * byte order mark, without which Excel reads UTF-8 as something else.
 */
export function writeCsv(
  header: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  const safe = [header, ...rows].map((row) =>
    row.map((cell) => (typeof cell === 'number' ? String(cell) : neutraliseCell(cell))),
  )
  return `\ufeff${Papa.unparse(safe, { newline: '\r\n' })}\r\n`
}
