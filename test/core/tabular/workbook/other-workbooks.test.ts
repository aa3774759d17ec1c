import { readFileSync } from 'node:fs'
import { strToU8, Zip, ZipDeflate, ZipPassThrough, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { bytesSource, utf16 } from '../byte-sources.ts'
import { readWhole, refusalOf } from '../reading.ts'
import { cell, relationships, sheetXml, workbookParts, writeWorkbook } from './workbook-writer.ts'
import type { CellValue, WorkbookDraft } from './workbook-writer.ts'
import { withLargeEntries } from '../zip/zip-forging.ts'

/**
 * Workbooks as other tools write them: each reads as the same table, or is refused with words that
 * help.
 */

const ROWS: CellValue[][] = [
  ['Client ID', 'First name', 'Date of birth', 'Sessions'],
  ['000101', 'Amara', '01/06/2019', 3],
  ['000102', 'Zoë', '02/07/2020', 2],
]
const READ = [
  ['000101', 'Amara', '01/06/2019', '3'],
  ['000102', 'Zoë', '02/07/2020', '2'],
]
const DRAFT: WorkbookDraft = { sheets: [{ name: 'Data', rows: ROWS }], shared: true }

/** The parts of the ordinary workbook, changed. */
function partsWith(change: (parts: Map<string, string>) => void): Record<string, Uint8Array> {
  const parts = new Map(Object.entries(workbookParts(DRAFT)))
  change(parts)
  return Object.fromEntries([...parts].map(([name, xml]) => [name, strToU8(xml)]))
}

function renamed(rename: (name: string) => string): Uint8Array {
  const parts = Object.entries(workbookParts(DRAFT))
  return zipSync(Object.fromEntries(parts.map(([name, xml]) => [rename(name), strToU8(xml)])))
}

function changed(name: string, change: (xml: string) => string): Uint8Array {
  return zipSync(
    partsWith((parts) => {
      parts.set(name, change(parts.get(name) ?? ''))
    }),
  )
}

function without(...names: string[]): Uint8Array {
  return zipSync(
    partsWith((parts) => {
      for (const name of names) parts.delete(name)
    }),
  )
}

/** As a stream is packed: the sizes follow the data, with a signature before them. */
function streamed(pack: (name: string) => ZipDeflate | ZipPassThrough): Uint8Array {
  const pieces: Uint8Array[] = []
  const zip = new Zip((_error, piece) => pieces.push(piece))
  for (const [name, xml] of Object.entries(workbookParts(DRAFT))) {
    const part = pack(name)
    zip.add(part)
    part.push(strToU8(xml), true)
  }
  zip.end()
  return Uint8Array.from(pieces.flatMap((piece) => [...piece]))
}

const SHEET = 'xl/worksheets/sheet1.xml'
const WORKBOOK_RELS = 'xl/_rels/workbook.xml.rels'

function prefixed(xml: string): string {
  return xml
    .replace('<worksheet xmlns=', '<x:worksheet xmlns:x=')
    .replace(/<(\/?)(?!\?|x:|\/?x:)([a-zA-Z])/g, '<$1x:$2')
}

function bigEndian(text: string): Uint8Array {
  return Uint8Array.from([0xfe, 0xff, ...utf16(text, false, false)])
}

describe('a workbook of another tool', () => {
  it.each([
    ['parts its folders by backslashes', renamed((name) => name.replaceAll('/', '\\'))],
    ['writes part names in capitals', renamed((name) => name.toUpperCase())],
    ['writes part names from the root', renamed((name) => `/${name}`)],
    [
      'names its sheets from the root',
      changed(WORKBOOK_RELS, (xml) => xml.replaceAll('"worksheets/', '"/xl/worksheets/')),
    ],
    [
      'names its sheets from the root without saying so',
      changed(WORKBOOK_RELS, (xml) => xml.replaceAll('"worksheets/', '"xl/worksheets/')),
    ],
    [
      'names its sheets by dots',
      changed(WORKBOOK_RELS, (xml) => xml.replaceAll('"worksheets/', '"./../xl/worksheets/')),
    ],
    [
      'names its sheets with backslashes',
      changed(WORKBOOK_RELS, (xml) => xml.replaceAll('"worksheets/', '"worksheets\\')),
    ],
    [
      'writes the address of a sheet with a space in its name',
      zipSync(
        partsWith((parts) => {
          parts.set('xl/worksheets/Data 1.xml', parts.get(SHEET) ?? '')
          parts.delete(SHEET)
          const relations = parts.get(WORKBOOK_RELS) ?? ''
          parts.set(WORKBOOK_RELS, relations.replace('sheet1.xml', 'Data%201.xml'))
        }),
      ),
    ],
    [
      'is strict',
      zipSync(
        partsWith((parts) => {
          for (const [name, xml] of parts) {
            const strict = xml
              .replaceAll(
                'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
                'http://purl.oclc.org/ooxml/officeDocument/relationships',
              )
              .replaceAll(
                'http://schemas.openxmlformats.org/spreadsheetml/2006/main',
                'http://purl.oclc.org/ooxml/spreadsheetml/main',
              )
            parts.set(name, strict)
          }
        }),
      ),
    ],
    ['prefixes every element', changed(SHEET, prefixed)],
    [
      'leaves out where its cells and rows are',
      changed(SHEET, (xml) => xml.replace(/ r="[A-Z]*[0-9]+"/g, '')),
    ],
    [
      'is wrong about its dimension',
      changed(SHEET, (xml) => xml.replace('<sheetData>', '<dimension ref="A1:B1"/><sheetData>')),
    ],
    ['has no styles', without('xl/styles.xml')],
    [
      'has strings and styles that no relationship names',
      changed(WORKBOOK_RELS, (xml) => xml.replace(/<Relationship Id="rIdSt[^>]*>/g, '')),
    ],
    ['does not say where its workbook is', without('_rels/.rels')],
    [
      'gives its workbook no type',
      changed('[Content_Types].xml', (xml) => xml.replace(/<Override[^>]*>/g, '')),
    ],
    ['is packed as a stream', streamed((name) => new ZipDeflate(name))],
    ['writes its sizes as large files do', withLargeEntries(writeWorkbook(DRAFT))],
    ['is not packed', streamed((name) => new ZipPassThrough(name))],
    ['begins its parts with a byte order mark', changed(SHEET, (xml) => `\uFEFF${xml}`)],
    [
      'has processing instructions, comments and other markup',
      changed(SHEET, (xml) =>
        xml
          .replace('<sheetData>', '<?made by hand?><!-- <row> --><sheetData>')
          .replace('</sheetData>', '</sheetData><extLst><ext><a><row/></a></ext></extLst>'),
      ),
    ],
    [
      'writes its text in CDATA and by numbers',
      changed('xl/sharedStrings.xml', (xml) =>
        xml.replace('Amara', '<![CDATA[Am]]>&#97;&#x72;a').replace('Zoë', 'Zo&#xEB;'),
      ),
    ],
    [
      'tells how its text is spoken',
      changed('xl/sharedStrings.xml', (xml) =>
        xml.replace('</si>', '<rPh sb="0" eb="2"><t>klient</t></rPh><phoneticPr fontId="1"/></si>'),
      ),
    ],
  ])('that %s is read as any other', async (_, bytes) => {
    const read = await readWhole(bytesSource(bytes))
    expect(read.header).toEqual(['Client ID', 'First name', 'Date of birth', 'Sessions'])
    expect(read.rows).toEqual(READ)
    expect(read.receipt).toMatchObject({ format: 'xlsx', sheet: 'Data', headerRow: 1 })
  })

  it('is read when its parts are UTF-16, or of one byte and say so', async () => {
    const parts = workbookParts(DRAFT)
    const strings = parts['xl/sharedStrings.xml'] ?? ''
    const latin = `<?xml version="1.0" encoding="ISO-8859-1"?>${strings}`
    for (const bytes of [
      bigEndian(strings),
      Uint8Array.from([0xff, 0xfe, ...utf16(strings, true, false)]),
      Uint8Array.from(latin, (character) => character.charCodeAt(0)),
    ]) {
      const other = { ...partsWith(() => undefined), 'xl/sharedStrings.xml': bytes }
      expect((await readWhole(bytesSource(zipSync(other)))).rows).toEqual(READ)
    }
  })

  it('is read past a cover, a chart sheet and a dialogue sheet', async () => {
    const sheets = [
      { name: 'Read me', rows: [['Please fill in the sheet “Data”']] },
      { name: 'Chart', rows: [] },
      { name: 'Data', rows: ROWS },
    ]
    const relations = workbookParts({ sheets })[WORKBOOK_RELS] ?? ''
    const bytes = writeWorkbook({
      sheets,
      parts: {
        'xl/worksheets/sheet2.xml': '',
        'xl/chartsheets/sheet1.xml': '<chartsheet/>',
        [WORKBOOK_RELS]: relations.replace(
          'relationships/worksheet" Target="worksheets/sheet2',
          'relationships/chartsheet" Target="chartsheets/sheet1',
        ),
      },
    })
    const read = await readWhole(bytesSource(bytes))
    expect(read.rows).toEqual(READ)
    expect(read.receipt.sheets?.map(({ name, holdsData }) => [name, holdsData])).toEqual([
      ['Read me', true],
      ['Chart', false],
      ['Data', true],
    ])
  })

  it('reads the cells that other tools write', async () => {
    const xml = sheetXml(
      '<row><c t="inlineStr"><is><r><t>Client</t></r><r><rPr><b/></rPr><t xml:space="preserve"> ID</t></r></is></c><c t="str"><v>When</v></c><c t="str"><v>Is</v></c><c t="inlineStr"><v>Note</v></c></row>' +
        '<row><c t="str"><v>_x0041_1</v></c><c t="d"><v>2019-02-14T00:00:00.000</v></c><c t="b"><v>0</v></c><c t="inlineStr"><is><t>two&#10;lines_x000D_</t></is></c></row>' +
        '<row><c t="str"><v>A2</v></c><c t="d"><v>10:30:00</v></c><c t="b"><v>true</v></c></row>',
    )
    const read = await readWhole(bytesSource(writeWorkbook({ sheets: [{ name: 'Data', xml }] })))
    expect(read.header).toEqual(['Client ID', 'When', 'Is', 'Note'])
    expect(read.rows).toEqual([
      ['A1', '2019-02-14', 'FALSE', 'two\nlines\r'],
      ['A2', '10:30:00', 'TRUE', ''],
    ])
  })

  it.each([
    ['TT.MM.JJJJ', true],
    ['[$-407]TT. MMMM JJJJ', true],
    ['jj/mm/aaaa', true],
    ['gg/MM/aaaa', true],
    ['pp.kk.vvvv', true],
    ['ДД.ММ.ГГГГ', true],
    ['åååå-MM-DD', true],
    ['éééé.hh.nn', true],
    ['[$-809]dd mmmm yyyy', true],
    ['[$-F800]dddd, mmmm dd, yyyy', true],
    ['yyyy"年"m"月"d"日"', true],
    ['Standard', false],
    ['Estándar', false],
    ['0 "Tage"', false],
    ['[<=9999999]###-####;(###) ###-####', false],
  ])('takes the format %s for a date: %s', async (format, isDate) => {
    const rows: CellValue[][] = [
      ['Client', 'When'],
      ['A1', cell('s="1"', '<v>43510</v>')],
    ]
    const read = await readWhole(
      bytesSource(writeWorkbook({ sheets: [{ name: 'Data', rows }], formats: [format] })),
    )
    expect(read.rows[0]?.[1]).toBe(isDate ? '2019-02-14' : '43510')
  })

  it('is read below its notes, and with births that are dates and births that are text', async () => {
    const noted = await readWhole(
      bytesSource(new Uint8Array(readFileSync('test/files/04-notes-above-table.xlsx'))),
    )
    expect(noted.receipt.headerRow).toBe(4)
    expect(noted.header.slice(0, 2)).toEqual(['Client ID', 'First name'])
    expect(noted.rows[0]?.slice(0, 4)).toEqual(['C-1', 'Amara', 'Okafor', '2019-06-01'])
    const births = await readWhole(
      bytesSource(new Uint8Array(readFileSync('test/files/05-births-half-swapped.xlsx'))),
    )
    expect(births.rows.slice(0, 3).map((row) => row[3])).toEqual([
      ...['2019-01-06', '2020-02-07', '13/08/2018'],
    ])
  })

  it('is read from the file that came', async () => {
    const bytes = readFileSync('test/files/21-backslash-parts.xlsx')
    const read = await readWhole(bytesSource(new Uint8Array(bytes)))
    expect(read.rows).toEqual([
      ['C-1', 'Amara', 'Okafor', '2019-06-01', 'F', 'SE11 6AB', '3'],
      ['C-2', 'Ben', 'Hall', '2020-07-02', 'M', 'SE11 6AB', '2'],
    ])
  })
})

describe('[S24] what only looks like a workbook', () => {
  const latin = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0))

  it.each([
    ['a packed Numbers document', zipSync({ 'Index/Document.iwa': strToU8('x') }), 'kind-numbers'],
    [
      'a text document',
      zipSync({
        '[Content_Types].xml': strToU8(
          '<Types><Override PartName="/d.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        ),
        '_rels/.rels': strToU8(relationships([['r', 'officeDocument', 'd.xml']])),
        'd.xml': strToU8('<document/>'),
      }),
      'kind-document',
    ],
    [
      'XML Spreadsheet 2003',
      latin(
        '<?xml version="1.0"?>\r\n<?mso-application progid="Excel.Sheet"?>\r\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
      ),
      'kind-xml-spreadsheet',
    ],
    [
      'a flat OpenDocument spreadsheet',
      latin(
        '<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>',
      ),
      'kind-xml-spreadsheet',
    ],
    ['a page', latin('<html><table><tr><td>Client</td></tr></table></html>'), 'kind-html'],
    [
      'a Google Sheets shortcut',
      latin('{"url": "https://docs.google.com/open?id=1", "doc_id": "1", "email": "a@b.test"}'),
      'kind-shortcut',
    ],
    [
      'an internet shortcut',
      latin('[InternetShortcut]\r\nURL=https://docs.google.com/spreadsheets/d/1'),
      'kind-shortcut',
    ],
    ['other JSON', latin('{"clients": []}'), 'kind-json'],
  ])('is refused as what it is: %s', async (_, bytes, code) => {
    expect((await refusalOf(bytesSource(bytes, Infinity, 'clients.xls'))).code).toBe(code)
  })
})
