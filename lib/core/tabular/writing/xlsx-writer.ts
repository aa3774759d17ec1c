import { strToU8, zipSync } from 'fflate'
import { columnLetters } from '#core/tabular/column-letters.ts'
import { CELL_STYLES, escaped, frameParts, MAIN, sheetPath, XML } from './workbook-parts.ts'

/**
 * A small workbook writer: text, numbers, dates and bold titles, laid out as spreadsheet programs
 * do. Source: ECMA-376, Office Open XML, part 1. The same cells give the same bytes.
 */

/**
 * A cell: text, a number, or a day as a spreadsheet's serial number shown as dd/mm/yyyy; undefined
 * is empty.
 */
export type WorkbookCell = string | number | { readonly serial: number } | undefined

export interface WorkbookSheet {
  readonly name: string
  readonly rows: readonly (readonly WorkbookCell[])[]
  /** How many of the first rows are titles, shown bold. */
  readonly titleRows: number
  /**
   * Every column as text, so that a spreadsheet program leaves digits and dates as they are typed.
   */
  readonly isText?: boolean
  /** Widths of the columns in characters. */
  readonly widths?: readonly number[]
}

/** The bytes of a workbook. */
export function workbook(sheets: readonly WorkbookSheet[]): Uint8Array {
  const strings = new Map<string, number>()
  const parts: Record<string, string> = {}
  for (const [index, sheet] of sheets.entries())
    parts[sheetPath(index + 1)] = sheetPart(sheet, strings)
  const files = {
    ...frameParts(sheets, { hasStrings: true }),
    ...parts,
    'xl/sharedStrings.xml': stringsPart(strings),
  }
  const bytes = Object.fromEntries(
    Object.entries(files).map(([name, text]) => [name, strToU8(text)]),
  )
  // A fixed time, so that the same population gives the same file.
  return zipSync(bytes, { level: 6, mtime: new Date(2024, 0, 1) })
}

function sheetPart(sheet: WorkbookSheet, strings: Map<string, number>): string {
  const rows = sheet.rows.map((cells, index) => {
    const row = index + 1
    const style = index < sheet.titleRows ? CELL_STYLES.title : CELL_STYLES.plain
    return `<row r="${row}">${cells.map((cell, column) => cellPart(cell, `${columnLetters(column)}${row}`, style, strings)).join('')}</row>`
  })
  return `${XML}<worksheet xmlns="${MAIN}">${columnsPart(sheet)}<sheetData>${rows.join('')}</sheetData></worksheet>`
}

/** How wide the columns are, and what is typed into them. */
function columnsPart({ widths = [], isText = false }: WorkbookSheet): string {
  if (widths.length === 0) return ''
  const style = isText ? ` style="${CELL_STYLES.text}"` : ''
  const list = widths.map(
    (width, index) =>
      `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"${style}/>`,
  )
  return `<cols>${list.join('')}</cols>`
}

function cellPart(
  cell: WorkbookCell,
  place: string,
  style: number,
  strings: Map<string, number>,
): string {
  if (cell === undefined || cell === '') return ''
  if (typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`
  if (typeof cell === 'object')
    return `<c r="${place}" s="${CELL_STYLES.date}"><v>${cell.serial}</v></c>`
  const known = strings.get(cell)
  const index = known ?? strings.size
  if (known === undefined) strings.set(cell, index)
  return `<c r="${place}" s="${style}" t="s"><v>${index}</v></c>`
}

function stringsPart(strings: ReadonlyMap<string, number>): string {
  const list = [...strings.keys()].map(
    (text) => `<si><t xml:space="preserve">${escaped(text)}</t></si>`,
  )
  return `${XML}<sst xmlns="${MAIN}" count="${strings.size}" uniqueCount="${strings.size}">${list.join('')}</sst>`
}
