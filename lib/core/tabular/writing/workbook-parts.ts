/**
 * The parts of a workbook that say what is in it and how it looks. Source: ECMA-376, Office Open
 * XML, part 1 and part 2 (packages).
 */

/** What every part begins with. */
export const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
/** The namespace of sheets. */
export const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'

/** How a cell looks, by its place in `stylesPart`. */
export const CELL_STYLES = {
  ...{ plain: 0, date: 1, title: 2, text: 3 },
  ...{ wrapped: 4, heading: 5, number: 6, link: 7 },
} as const

/** Every part of a workbook but its sheets and its shared strings, by path. */
export function frameParts(
  sheets: readonly { readonly name: string }[],
  { hasStrings, tables = [], title }: FrameFacts,
): Record<string, string> {
  return {
    '[Content_Types].xml': contentTypes(sheets.length, { hasStrings, tables, title }),
    '_rels/.rels': relations([['officeDocument', 'xl/workbook.xml']], title !== undefined),
    ...(title === undefined ? {} : { 'docProps/core.xml': propertiesPart(title) }),
    'xl/workbook.xml': workbookPart(sheets),
    'xl/_rels/workbook.xml.rels': relations([
      ...sheets.map((_, index): [string, string] => [
        'worksheet',
        `worksheets/sheet${index + 1}.xml`,
      ]),
      ['styles', 'styles.xml'],
      ...(hasStrings ? [['sharedStrings', 'sharedStrings.xml'] as const] : []),
    ]),
    'xl/styles.xml': stylesPart(),
  }
}

/** What the frame has to know of its sheets. */
interface FrameFacts {
  readonly hasStrings: boolean
  /** Places, from 1, of the sheets with a table. */
  readonly tables?: readonly number[]
  /** Of the document, for who is told it before they open it. */
  readonly title?: string | undefined
}

/** The path of a sheet's part, by its place from 1. */
export function sheetPath(place: number): string {
  return `xl/worksheets/sheet${place}.xml`
}

/** The path of the part of a sheet's table, and of what leads there. */
function tablePaths(place: number): { readonly table: string; readonly relations: string } {
  return {
    table: `xl/tables/table${place}.xml`,
    relations: `xl/worksheets/_rels/sheet${place}.xml.rels`,
  }
}

/** The parts of a sheet's table: what it is called, where it lies, its columns. */
export function tableParts(
  place: number,
  table: { readonly name: string; readonly range: string; readonly columns: readonly string[] },
): Record<string, string> {
  const paths = tablePaths(place)
  const columns = table.columns.map(
    (name, index) => `<tableColumn id="${index + 1}" name="${escaped(name)}"/>`,
  )
  return {
    [paths.relations]: relations([['table', `../tables/table${place}.xml`]]),
    [paths.table]:
      `${XML}<table xmlns="${MAIN}" id="${place}" name="${escaped(table.name)}" displayName="${escaped(table.name)}" ref="${table.range}" totalsRowShown="0">` +
      `<tableColumns count="${columns.length}">${columns.join('')}</tableColumns></table>`,
  }
}

function propertiesPart(title: string): string {
  return (
    `${XML}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">` +
    `<dc:title>${escaped(title)}</dc:title><dc:creator>Count Once</dc:creator><dc:language>en-GB</dc:language></cp:coreProperties>`
  )
}

function workbookPart(sheets: readonly { readonly name: string }[]): string {
  const list = sheets.map(
    (sheet, index) =>
      `<sheet name="${escaped(sheet.name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  )
  return `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${list.join('')}</sheets></workbook>`
}

function relations(
  targets: readonly (readonly [kind: string, target: string])[],
  hasProperties = false,
): string {
  const list = targets.map(
    ([kind, target], index) =>
      `<Relationship Id="rId${index + 1}" Type="${RELATIONS}/${kind}" Target="${target}"/>`,
  )
  if (hasProperties) {
    list.push(
      `<Relationship Id="rId${list.length + 1}" Type="${PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>`,
    )
  }
  return `${XML}<Relationships xmlns="${PACKAGE}/relationships">${list.join('')}</Relationships>`
}

function contentTypes(sheets: number, { hasStrings, tables = [], title }: FrameFacts): string {
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  const overrides = [
    ['/xl/workbook.xml', 'sheet.main'],
    ...Array.from({ length: sheets }, (_, index) => [
      `/xl/worksheets/sheet${index + 1}.xml`,
      'worksheet',
    ]),
    ['/xl/styles.xml', 'styles'],
    ...(hasStrings ? [['/xl/sharedStrings.xml', 'sharedStrings']] : []),
    ...tables.map((place) => [`/${tablePaths(place).table}`, 'table']),
  ].map(
    ([part, kind]) =>
      `<Override PartName="${part ?? ''}" ContentType="${type}.${kind ?? ''}+xml"/>`,
  )
  return (
    `${XML}<Types xmlns="${PACKAGE}/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    `<Default Extension="xml" ContentType="application/xml"/>${overrides.join('')}` +
    (title === undefined
      ? ''
      : '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>') +
    '</Types>'
  )
}

function stylesPart(): string {
  return (
    `${XML}<styleSheet xmlns="${MAIN}">` +
    '<fonts count="4"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="14"/><name val="Calibri"/></font>' +
    '<font><b/><sz val="11"/><name val="Calibri"/></font><font><u/><sz val="11"/><color rgb="FF1A65A6"/><name val="Calibri"/></font></fonts>' +
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
    '<cellXfs count="8"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
    // 14 is the built-in short date, which a British spreadsheet shows as dd/mm/yyyy.
    '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' +
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>' +
    // 49 is text.
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' +
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>' +
    '<xf numFmtId="0" fontId="2" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>' +
    // 3 is a whole number with a comma between thousands.
    '<xf numFmtId="3" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment horizontal="right" vertical="top"/></xf>' +
    '<xf numFmtId="0" fontId="3" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs></styleSheet>'
  )
}

/**
 * Text as it stands in a part. What XML cannot hold or would change is written as Office writes it:
 * `_x000D_` for a carriage return, `_x005F_` for an underscore that looks like the beginning of one
 * (ECMA-376 part 1, 22.9.2.19).
 */
export function escaped(text: string): string {
  if (!MAY_NEED_ESCAPE.test(text)) return text
  return text
    .replace(/_(?=x[0-9a-fA-F]{4}_)/g, '_x005F_')
    .replace(UNWRITABLE, (character) => {
      const hex = character.charCodeAt(0).toString(16).toUpperCase()
      return `_x${hex.padStart(4, '0')}_`
    })
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
}

const UNWRITABLE = /[^\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu
/** Told at a glance; half of a pair may be without the other. */
const MAY_NEED_ESCAPE = /[^\t\n\u0020!#-%'-;=?-\ud7ff\ue000-\ufffd]|_x/
