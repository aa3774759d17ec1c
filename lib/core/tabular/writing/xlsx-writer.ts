import { strToU8, zipSync } from 'fflate'
import { columnLetters } from '#core/tabular/column-letters.ts'
import {
  CELL_STYLES,
  escaped,
  frameParts,
  MAIN,
  sheetPath,
  tableParts,
  XML,
} from './workbook-parts.ts'

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
  /**
   * The rows from `firstRow` to the end, counted from 1, are a table of this name (a letter, then letters and digits) whose
   * headings are the first of them: a screen reader then says in which column a cell stands.
   */
  readonly table?: { readonly name: string; readonly firstRow: number }
  /** Whether texts break where their column ends. */
  readonly isWrapped?: boolean
  /** Cells that lead to another sheet; `row` and `column` count from 1. */
  readonly links?: readonly {
    readonly row: number
    readonly column: number
    readonly sheet: string
  }[]
}

/** The bytes of a workbook; `title` is what the document is called. */
export function workbook(sheets: readonly WorkbookSheet[], title?: string): Uint8Array {
  const strings = new Map<string, number>()
  const parts: Record<string, string> = {}
  for (const [index, sheet] of sheets.entries()) {
    parts[sheetPath(index + 1)] = sheetPart(sheet, strings)
    Object.assign(parts, tableOf(sheet, index + 1))
  }
  const tables = [...sheets.keys()].filter((at) => sheets[at]?.table !== undefined)
  const files = {
    ...frameParts(sheets, { hasStrings: true, tables: tables.map((at) => at + 1), title }),
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
    const style = rowStyle(sheet, row)
    const { number: numbered, plain, link } = CELL_STYLES
    const number = sheet.table === undefined ? plain : numbered
    const led = new Set(sheet.links?.filter((to) => to.row === row).map(({ column }) => column - 1))
    return `<row r="${row}">${cells.map((cell, column) => cellPart(cell, `${columnLetters(column)}${row}`, { text: led.has(column) ? link : style, number }, strings)).join('')}</row>`
  })
  return (
    `${XML}<worksheet xmlns="${MAIN}">${columnsPart(sheet)}<sheetData>${rows.join('')}</sheetData>` +
    `${linksPart(sheet)}${tablePart(sheet)}</worksheet>`
  )
}

function rowStyle({ titleRows, table, isWrapped = false }: WorkbookSheet, row: number): number {
  if (row <= titleRows) return CELL_STYLES.title
  if (row === table?.firstRow) return CELL_STYLES.heading
  return isWrapped ? CELL_STYLES.wrapped : CELL_STYLES.plain
}

function linksPart({ links = [] }: WorkbookSheet): string {
  if (links.length === 0) return ''
  const list = links.map(
    ({ row, column, sheet }) =>
      `<hyperlink ref="${columnLetters(column - 1)}${row}" location="'${escaped(sheet.replaceAll("'", "''"))}'!A1"/>`,
  )
  return `<hyperlinks>${list.join('')}</hyperlinks>`
}

function tablePart({ table }: WorkbookSheet): string {
  return table === undefined
    ? ''
    : `<tableParts count="1"><tablePart xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId1"/></tableParts>`
}

/** A sheet's table: its headings differ from each other, as the format asks. */
function tableOf({ table, rows }: WorkbookSheet, place: number): Record<string, string> {
  const headings = table === undefined ? undefined : rows[table.firstRow - 1]
  if (table === undefined || headings === undefined) return {}
  const columns = headings.map(String)
  if (new Set(columns).size < columns.length) throw new RangeError('two columns of one name')
  const range = `A${table.firstRow}:${columnLetters(columns.length - 1)}${rows.length}`
  return tableParts(place, { name: table.name, range, columns })
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
  style: { readonly text: number; readonly number: number },
  strings: Map<string, number>,
): string {
  if (cell === undefined || cell === '') return ''
  if (typeof cell === 'number') {
    const number = style.number === CELL_STYLES.plain ? '' : ` s="${style.number}"`
    return `<c r="${place}"${number}><v>${cell}</v></c>`
  }
  if (typeof cell === 'object')
    return `<c r="${place}" s="${CELL_STYLES.date}"><v>${cell.serial}</v></c>`
  const known = strings.get(cell)
  const index = known ?? strings.size
  if (known === undefined) strings.set(cell, index)
  return `<c r="${place}" s="${style.text}" t="s"><v>${index}</v></c>`
}

function stringsPart(strings: ReadonlyMap<string, number>): string {
  const list = [...strings.keys()].map(
    (text) => `<si><t xml:space="preserve">${escaped(text)}</t></si>`,
  )
  return `${XML}<sst xmlns="${MAIN}" count="${strings.size}" uniqueCount="${strings.size}">${list.join('')}</sst>`
}
