import { columnLetters } from '#core/tabular/column-letters.ts'
import { isBlank } from './headings.ts'

/** Columns without a heading that hold something are read, and told by a name of their own. */

/** Cells below no heading that are no slip of one row. */
const FEWEST_CELLS = 2

/**
 * The cells of the header, with a name for each column without a heading in which rows below have
 * something: “Column D” is asked about like any other. One filled cell alone is a row out of step.
 * `isText`: a file of text, whose rows have no more cells than its headings. More such columns than
 * headings are another table's.
 */
export function nameUnheaded(
  header: readonly string[],
  below: readonly (readonly string[])[],
  isText: boolean,
): readonly string[] {
  const headed = header.filter((cell) => cell.trim() !== '').length
  const rows = below.filter((row) => !isBlank(row))
  const width = isText
    ? header.length
    : Math.max(header.length, ...rows.map(({ length }) => length))
  const names = Array.from({ length: width }, (_, column) => {
    const heading = header[column] ?? ''
    if (heading.trim() !== '') return heading
    const filled = rows.filter((row) => (row[column] ?? '').trim() !== '').length
    return filled < FEWEST_CELLS ? heading : freeName(`Column ${columnLetters(column)}`, header)
  })
  const named = names.filter((name, column) => name !== (header[column] ?? '')).length
  return named === 0 || named >= headed ? header : names
}

function freeName(name: string, header: readonly string[]): string {
  return header.includes(name) ? freeName(`${name} (2)`, header) : name
}

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
