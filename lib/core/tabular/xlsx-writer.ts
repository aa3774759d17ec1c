import { strToU8, zipSync } from 'fflate'
import { columnLetters } from './column-letters.ts'

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

const STYLE_DATE = 1
const STYLE_TITLE = 2
const STYLE_TEXT = 3
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'

/** The bytes of a workbook. */
export function workbook(sheets: readonly WorkbookSheet[]): Uint8Array {
  const strings = new Map<string, number>()
  const parts: Record<string, string> = {}
  for (const [index, sheet] of sheets.entries()) {
    parts[`xl/worksheets/sheet${index + 1}.xml`] = sheetPart(sheet, strings)
  }
  const files = {
    '[Content_Types].xml': contentTypes(sheets.length),
    '_rels/.rels': relations([['officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': workbookPart(sheets),
    'xl/_rels/workbook.xml.rels': relations([
      ...sheets.map((_, index): [string, string] => [
        'worksheet',
        `worksheets/sheet${index + 1}.xml`,
      ]),
      ['styles', 'styles.xml'],
      ['sharedStrings', 'sharedStrings.xml'],
    ]),
    'xl/styles.xml': stylesPart(),
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
    const style = index < sheet.titleRows ? STYLE_TITLE : 0
    return `<row r="${row}">${cells.map((cell, column) => cellPart(cell, `${columnLetters(column)}${row}`, style, strings)).join('')}</row>`
  })
  return `${XML}<worksheet xmlns="${MAIN}">${columnsPart(sheet)}<sheetData>${rows.join('')}</sheetData></worksheet>`
}

/** How wide the columns are, and what is typed into them. */
function columnsPart({ widths = [], isText = false }: WorkbookSheet): string {
  if (widths.length === 0) return ''
  const style = isText ? ` style="${STYLE_TEXT}"` : ''
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
  if (typeof cell === 'object') return `<c r="${place}" s="${STYLE_DATE}"><v>${cell.serial}</v></c>`
  const known = strings.get(cell)
  const index = known ?? strings.size
  if (known === undefined) strings.set(cell, index)
  return `<c r="${place}" s="${style}" t="s"><v>${index}</v></c>`
}

function workbookPart(sheets: readonly WorkbookSheet[]): string {
  const list = sheets.map(
    (sheet, index) =>
      `<sheet name="${escaped(sheet.name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  )
  return `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${list.join('')}</sheets></workbook>`
}

function relations(targets: readonly (readonly [kind: string, target: string])[]): string {
  const list = targets.map(
    ([kind, target], index) =>
      `<Relationship Id="rId${index + 1}" Type="${RELATIONS}/${kind}" Target="${target}"/>`,
  )
  return `${XML}<Relationships xmlns="${PACKAGE}/relationships">${list.join('')}</Relationships>`
}

function contentTypes(sheets: number): string {
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  const overrides = [
    ['/xl/workbook.xml', 'sheet.main'],
    ...Array.from({ length: sheets }, (_, index) => [
      `/xl/worksheets/sheet${index + 1}.xml`,
      'worksheet',
    ]),
    ['/xl/styles.xml', 'styles'],
    ['/xl/sharedStrings.xml', 'sharedStrings'],
  ].map(
    ([part, kind]) =>
      `<Override PartName="${part ?? ''}" ContentType="${type}.${kind ?? ''}+xml"/>`,
  )
  return (
    `${XML}<Types xmlns="${PACKAGE}/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    `<Default Extension="xml" ContentType="application/xml"/>${overrides.join('')}</Types>`
  )
}

function stylesPart(): string {
  return (
    `${XML}<styleSheet xmlns="${MAIN}">` +
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="14"/><name val="Calibri"/></font></fonts>' +
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
    '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
    // 14 is the built-in short date, which a British spreadsheet shows as dd/mm/yyyy.
    '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' +
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>' +
    // 49 is text.
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>'
  )
}

function stringsPart(strings: ReadonlyMap<string, number>): string {
  const list = [...strings.keys()].map(
    (text) => `<si><t xml:space="preserve">${escaped(text)}</t></si>`,
  )
  return `${XML}<sst xmlns="${MAIN}" count="${strings.size}" uniqueCount="${strings.size}">${list.join('')}</sst>`
}

function escaped(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
}
