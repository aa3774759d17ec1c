import { strToU8, zipSync } from 'fflate'

/**
 * Writes workbooks as tests need them: ordinary ones from values, odd ones by giving a part as XML.
 */

/** A cell: text, a number with a style, or the XML of a `<c>` without its reference. */
export type CellValue = string | number | null | { readonly xml: string }

/** A sheet by its rows, or by the whole of its XML. */
export interface SheetDraft {
  readonly name: string
  readonly state?: 'hidden' | 'veryHidden'
  readonly rows?: readonly (readonly CellValue[])[]
  readonly xml?: string
}

/**
 * What a workbook is written from; `parts` replaces or adds parts by name, an empty one is left
 * out.
 */
export interface WorkbookDraft {
  readonly sheets: readonly SheetDraft[]
  readonly date1904?: boolean
  /** Number format codes: style n + 1 has the nth, style 0 is General. */
  readonly formats?: readonly string[]
  readonly shared?: boolean
  readonly parts?: Readonly<Record<string, string>>
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'

/** The bytes of a workbook. */
export function writeWorkbook(draft: WorkbookDraft): Uint8Array {
  return zipSync(
    Object.fromEntries(
      Object.entries(workbookParts(draft))
        .filter(([, xml]) => xml !== '')
        .map(([name, xml]) => [name, strToU8(xml)]),
    ),
  )
}

/** The parts of a workbook as XML, by name. */
export function workbookParts(draft: WorkbookDraft): Record<string, string> {
  const strings = draft.shared === true ? new Map<string, number>() : undefined
  const parts: Record<string, string> = {
    '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`,
    '_rels/.rels': relationships([['rId1', 'officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><workbookPr${draft.date1904 === true ? ' date1904="1"' : ''}/><sheets>${draft.sheets
      .map(
        ({ name, state }, index) =>
          `<sheet name="${escapeXml(name)}" sheetId="${index + 1}"${state === undefined ? '' : ` state="${state}"`} r:id="rId${index + 1}"/>`,
      )
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relationships([
      ...draft.sheets.map(
        (_, index) => [`rId${index + 1}`, 'worksheet', `worksheets/sheet${index + 1}.xml`] as const,
      ),
      ['rIdStyles', 'styles', 'styles.xml'],
      ...(strings === undefined
        ? []
        : [['rIdStrings', 'sharedStrings', 'sharedStrings.xml'] as const]),
    ]),
    'xl/styles.xml': stylesXml(draft.formats ?? []),
  }
  for (const [index, sheet] of draft.sheets.entries()) {
    parts[`xl/worksheets/sheet${index + 1}.xml`] =
      sheet.xml ??
      sheetXml((sheet.rows ?? []).map((row, at) => rowXml(row, at + 1, strings)).join(''))
  }
  if (strings !== undefined) {
    parts['xl/sharedStrings.xml'] =
      `<sst xmlns="${MAIN}">${[...strings.keys()].map((text) => `<si>${textXml(text)}</si>`).join('')}</sst>`
  }
  return { ...parts, ...draft.parts }
}

/** A sheet around the XML of its rows. */
export function sheetXml(rows: string, before = '', after = ''): string {
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="${MAIN}" xmlns:r="${RELATIONS}">${before}<sheetData>${rows}</sheetData>${after}</worksheet>`
}

/** A part of relationships. */
export function relationships(
  list: readonly (readonly [id: string, type: string, target: string])[],
): string {
  return `<Relationships xmlns="${PACKAGE}/relationships">${list
    .map(
      ([id, type, target]) =>
        `<Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`,
    )
    .join('')}</Relationships>`
}

/** A cell of any kind as XML, for `{ xml }`: what stands after the reference of the `<c>`. */
export function cell(attributes: string, content: string): CellValue {
  return { xml: ` ${attributes}>${content}</c>` }
}

/** The letters of a column, from 0. */
export function letters(column: number): string {
  return (
    (column >= 26 ? letters(Math.floor(column / 26) - 1) : '') +
    String.fromCharCode(65 + (column % 26))
  )
}

/** A row as XML. */
export function rowXmlOf(row: readonly CellValue[], number: number): string {
  return rowXml(row, number, undefined)
}

function rowXml(
  row: readonly CellValue[],
  number: number,
  strings: Map<string, number> | undefined,
): string {
  return `<row r="${number}">${row.map((value, column) => cellXml(value, `${letters(column)}${number}`, strings)).join('')}</row>`
}

function cellXml(
  value: CellValue,
  reference: string,
  strings: Map<string, number> | undefined,
): string {
  if (value === null) return ''
  if (typeof value === 'number') return `<c r="${reference}"><v>${value}</v></c>`
  if (typeof value === 'object') return `<c r="${reference}"${value.xml}`
  if (strings === undefined)
    return `<c r="${reference}" t="inlineStr"><is>${textXml(value)}</is></c>`
  const index = strings.get(value) ?? strings.size
  strings.set(value, index)
  return `<c r="${reference}" t="s"><v>${index}</v></c>`
}

function textXml(text: string): string {
  return `<t xml:space="preserve">${escapeXml(text)}</t>`
}

/**
 * Escapes as Excel does: what XML cannot hold, and what would look like an escape, as `_xHHHH_`.
 */
function escapeXml(text: string): string {
  return text
    .replace(/_(?=x[0-9a-fA-F]{4}_)/g, '_x005F_')
    .replace(/[\p{Cc}\ufffe\uffff]/gu, escapeControl)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

function escapeControl(character: string): string {
  if (character === '\t' || character === '\n') return character
  return `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`
}

function stylesXml(formats: readonly string[]): string {
  const own = formats.map(
    (code, index) => `<numFmt numFmtId="${164 + index}" formatCode="${escapeXml(code)}"/>`,
  )
  const styles = formats.map((_, index) => `<xf numFmtId="${164 + index}"/>`)
  return `<styleSheet xmlns="${MAIN}"><numFmts>${own.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${styles.join('')}</cellXfs></styleSheet>`
}
