import { strToU8, zipSync } from 'fflate'

/** Writes OpenDocument spreadsheets as tests need them, with their cells as XML. */

/** What an ODS workbook is written from; an empty part is left out. */
export interface OdsDraft {
  /** The sheets as XML: `table` makes one. */
  readonly tables: readonly string[]
  /** Automatic styles as XML. */
  readonly styles?: string
  /** What stands before the sheets. */
  readonly before?: string
  readonly parts?: Readonly<Record<string, string>>
}

export const ODS_TYPE = 'application/vnd.oasis.opendocument.spreadsheet'

const NAMESPACES = [
  ['office', 'urn:oasis:names:tc:opendocument:xmlns:office:1.0'],
  ['table', 'urn:oasis:names:tc:opendocument:xmlns:table:1.0'],
  ['text', 'urn:oasis:names:tc:opendocument:xmlns:text:1.0'],
  ['style', 'urn:oasis:names:tc:opendocument:xmlns:style:1.0'],
  ['number', 'urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0'],
  ['fo', 'urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0'],
  ['calcext', 'urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0'],
]
  .map(([prefix = '', uri = '']) => ` xmlns:${prefix}="${uri}"`)
  .join('')

/** The bytes of an ODS workbook. */
export function writeOds({ tables, styles = '', before = '', parts = {} }: OdsDraft): Uint8Array {
  const all: Record<string, string> = {
    mimetype: ODS_TYPE,
    'META-INF/manifest.xml': `<manifest:manifest xmlns:manifest="m"><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>`,
    'content.xml': `<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content${NAMESPACES}><office:scripts/><office:automatic-styles>${styles}</office:automatic-styles><office:body><office:spreadsheet>${before}${tables.join('')}</office:spreadsheet></office:body></office:document-content>`,
    'styles.xml': `<office:document-styles${NAMESPACES}/>`,
    ...parts,
  }
  return zipSync(
    Object.fromEntries(
      Object.entries(all)
        .filter(([, content]) => content !== '')
        .map(([name, content]) => [name, strToU8(content)]),
    ),
  )
}

/** A sheet of rows given as XML. */
export function table(name: string, rows: string, attributes = '', before = ''): string {
  return `<table:table table:name="${name}"${attributes}>${before}<table:table-column table:number-columns-repeated="16384"/>${rows}</table:table>`
}

/** A row of cells: text, a number, or XML. */
export function row(
  cells: readonly (string | number | { readonly xml: string })[],
  attributes = '',
): string {
  return `<table:table-row${attributes}>${cells.map(cellXml).join('')}</table:table-row>`
}

/** A cell of a type with its value and what is shown of it, for `row`. */
export function typed(
  type: string,
  value: string,
  shown: string,
  attributes = '',
): { readonly xml: string } {
  const name = ['date', 'time', 'boolean'].includes(type) ? `${type}-value` : 'value'
  return {
    xml: `<table:table-cell office:value-type="${type}" office:${name}="${value}" calcext:value-type="${type}"${attributes}><text:p>${shown}</text:p></table:table-cell>`,
  }
}

function cellXml(cell: string | number | { readonly xml: string }): string {
  if (typeof cell === 'object') return cell.xml
  if (cell === '') return '<table:table-cell/>'
  if (typeof cell === 'number') return typed('float', String(cell), String(cell)).xml
  return `<table:table-cell office:value-type="string" calcext:value-type="string"><text:p>${cell}</text:p></table:table-cell>`
}
