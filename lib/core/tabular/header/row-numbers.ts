import { isBlank } from './headings.ts'

/**
 * A first column without a heading that only numbers the rows, as pandas, R and SPSS write it before
 * the table: with an empty heading, or with none, so that every row has a cell more than the header.
 */

/** What the column is called; it is matched to nothing. */
const ROW = 'Row'
const FEWEST_ROWS = 2

/** The cells of the header, with a name for such a column where the rows below it have one. */
export function nameRowNumbers(
  header: readonly string[],
  below: readonly (readonly string[])[],
): readonly string[] {
  const rows = below.filter((row) => !isBlank(row))
  const isUnnamed = (header[0] ?? '').trim() === '' && header.some((cell) => cell.trim() !== '')
  const isLeftOff = rows.every((row) => row.length === header.length + 1) && header.length > 1
  if ((!isUnnamed && !isLeftOff) || !countsRows(rows)) return header
  const name = header.includes(ROW) ? `${ROW} (2)` : ROW
  return [name, ...(isUnnamed ? header.slice(1) : header)]
}

/**
 * Whether first cells begin at 0 or 1 and go up by one, in every row but those that have none: a
 * line of totals, a second child of a family.
 */
function countsRows(rows: readonly (readonly string[])[]): boolean {
  const numbers = rows.map(([cell = '']) => cell.trim()).filter((cell) => cell !== '')
  const first = Number(numbers[0])
  return (
    numbers.length >= FEWEST_ROWS &&
    numbers.length * 2 > rows.length &&
    (first === 0 || first === 1) &&
    numbers.every((cell, index) => cell === String(first + index))
  )
}
