import { knownHeading } from '#core/standard/header-reading.ts'
import { cellKind } from './cell-kind.ts'
import { columnLetters } from '#core/tabular/column-letters.ts'
import { FileRefused, type ReadingReceipt } from '#core/tabular/table.ts'

/**
 * The header of a table, and how the rows below it are held against it. A column without a heading
 * is left out, as long as nothing stands in it; a cell that no heading covers refuses the file.
 */

/** The headed columns of a file, in file order. */
export interface Headings {
  /** Trimmed, a line break or tab inside made a space. */
  readonly names: readonly string[]
  /** Where each headed column stands in the file, from 0; as long as `names`. */
  readonly columns: readonly number[]
  /** How many cells the header row has, with or without a heading. */
  readonly cells: number
  readonly headerRow: number
}

/** Names that JavaScript gives a meaning of its own to: a column of that name would vanish. */
const RESERVED = new Set(['__proto__', 'constructor', 'prototype'])

/**
 * The headings of a header row. Throws FileRefused: `header-not-found` when it has none,
 * `header-duplicate`, `header-reserved`, `header-holds-data` when a heading looks like somebody's
 * identifier, `too-many-columns`.
 */
export function readHeadings(
  cells: readonly string[],
  headerRow: number,
  columnLimit: number,
): Headings {
  const names: string[] = []
  const columns: number[] = []
  const seen = new Map<string, number>()
  for (const [column, cell] of cells.entries()) {
    const given = headingName(cell)
    if (given === '') continue
    // Two sessions on one day are two columns.
    const name = seen.has(given) && cellKind(given) === 'date' ? numbered(given, seen) : given
    if (columns.length >= columnLimit) {
      throw new FileRefused('too-many-columns', { limit: columnLimit, fileRow: headerRow })
    }
    if (looksLikeIdentifier(name)) {
      throw new FileRefused('header-holds-data', {
        fileRow: headerRow,
        column: columnLetters(column),
      })
    }
    if (RESERVED.has(name.toLowerCase())) {
      throw new FileRefused('header-reserved', {
        heading: name,
        column: columnLetters(column),
        fileRow: headerRow,
      })
    }
    const first = seen.get(name)
    if (first !== undefined) {
      throw new FileRefused('header-duplicate', {
        heading: name.slice(0, 100),
        first: columnLetters(first),
        second: columnLetters(column),
        fileRow: headerRow,
      })
    }
    seen.set(name, column)
    names.push(name)
    columns.push(column)
  }
  if (names.length === 0) throw new FileRefused('header-not-found', { fileRow: headerRow })
  return { names, columns, cells: cells.length, headerRow }
}

/** “06/04/2024 (2)” for the second column of a day. */
function numbered(name: string, seen: ReadonlyMap<string, number>): string {
  let number = 2
  while (seen.has(`${name} (${number})`)) number += 1
  return `${name} (${number})`
}

/**
 * The cells of one row under the headings. A row with nothing in it is blank whatever its length;
 * empty cells after the last heading are dropped, since a separator at the end of a line says
 * nothing, and those that are left off are empty. `usualCells` is how many the rows of a file of
 * text have; a spreadsheet's row does not say. Throws FileRefused: `row-long`, `heading-missing`.
 */
export function fitRow(
  cells: string[],
  headings: Headings,
  fileRow: number,
  usualCells?: number,
): readonly string[] {
  const { columns } = headings
  const count = columns.length
  const width = (columns[count - 1] ?? -1) + 1
  if (cells.length === width && width === count) return cells
  while (cells.length < width) cells.push('')
  for (let column = width; column < cells.length; column += 1) {
    if (isBlankCell(cells[column] ?? '')) continue
    if (usualCells !== undefined && (column >= headings.cells || cells.length > usualCells)) {
      throw new FileRefused('row-long', {
        ...rowNumbers(headings, fileRow),
        cells: cells.length,
        expected: width,
      })
    }
    throw new FileRefused('heading-missing', {
      ...rowNumbers(headings, fileRow),
      column: columnLetters(column),
    })
  }
  if (cells.length > width) cells.length = width
  return width === count ? cells : headedCells(cells, headings, fileRow)
}

/** Which headed columns stand apart: a column without a heading is before them. */
export function columnsApart({ columns }: Headings): Pick<ReadingReceipt, 'columnsApart'> {
  const apart = columns.flatMap((column, index) =>
    index > 0 && column - (columns[index - 1] ?? 0) > 1 ? [index] : [],
  )
  return apart.length === 0 ? {} : { columnsApart: apart }
}

/** A row of empty cells under the headings. */
export function blankRow(headings: Headings): readonly string[] {
  return headings.columns.map(() => '')
}

/** Whether nothing but white space stands in any cell. */
export function isBlank(cells: readonly string[]): boolean {
  for (const cell of cells) if (!isBlankCell(cell)) return false
  return true
}

/** Row numbers for a refusal: in the file, as a spreadsheet shows it, and below the header. */
export function rowNumbers(
  headings: Headings | undefined,
  fileRow: number,
): { fileRow: number; row: number } {
  return { fileRow, row: headings === undefined ? 0 : Math.max(0, fileRow - headings.headerRow) }
}

/**
 * Whether a text has the shape of an email address, a telephone or an NHS number: never a heading,
 * never shown. A heading that is known may give one as an example, and a date is none.
 */
export function looksLikeIdentifier(text: string): boolean {
  if (!text.includes('@') && countDigits(text) < 9) return false
  const plain = text.replace(DATES_AND_TIMES, ' ')
  return (plain.includes('@') || countDigits(plain) >= 9) && knownHeading(text) === undefined
}

const DATES_AND_TIMES =
  /\b[0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]{1,4}\b|\b[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?\b/g

function countDigits(text: string): number {
  let digits = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code >= 48 && code <= 57) digits += 1
  }
  return digits
}

function headedCells(
  cells: readonly string[],
  headings: Headings,
  fileRow: number,
): readonly string[] {
  const headed: string[] = []
  let next = 0
  for (const column of headings.columns) {
    for (; next < column; next += 1) {
      if (!isBlankCell(cells[next] ?? '')) {
        throw new FileRefused('heading-missing', {
          ...rowNumbers(headings, fileRow),
          column: columnLetters(next),
        })
      }
    }
    headed.push(cells[column] ?? '')
    next = column + 1
  }
  return headed
}

function headingName(cell: string): string {
  return cell.replace(/[\t\n\v\f\r]+/g, ' ').trim()
}

function isBlankCell(cell: string): boolean {
  return cell === '' || cell.trim() === ''
}
