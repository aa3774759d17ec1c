import fc from 'fast-check'
import { strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { cpuTime } from '../../../setup/cpu-time.ts'
import { bytesSource } from '../byte-sources.ts'
import { ODS_TYPE, row, table, typed, writeOds } from './ods-writer.ts'
import type { OdsDraft } from './ods-writer.ts'
import { readWhole, refusalOf } from '../reading.ts'
import { writeWorkbook } from '../workbook/workbook-writer.ts'

const HEADER = row(['Client', 'Name', 'DOB'])
/** What LibreOffice writes after the last row. */
const REST =
  '<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'

function read(draft: OdsDraft, piece = Infinity) {
  return readWhole(bytesSource(writeOds(draft), piece))
}

function readTable(rows: string, styles = '') {
  return read({ tables: [table('Data', rows)], styles })
}

function refused(draft: OdsDraft) {
  return refusalOf(bytesSource(writeOds(draft)))
}

/** One cell of XML below a heading, read; the cell after it holds something. */
async function readCell(xml: string, styles = ''): Promise<string | undefined> {
  const rows = row(['Client', 'Cell', 'Last']) + row(['A1', { xml }, 'x'])
  return (await readTable(rows, styles)).rows[0]?.[1]
}

/** A cell of text as LibreOffice writes it: lines as paragraphs, spaces and tabs as elements. */
function asCell(text: string): { readonly xml: string } {
  const lines = text.split('\n').map((line) =>
    line
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replace(/ +/g, ({ length }) => `<text:s text:c="${String(length)}"/>`)
      .replaceAll('\t', '<text:tab/>'),
  )
  if (text === '') return { xml: '<table:table-cell/>' }
  const paragraphs = lines.map((line) => `<text:p>${line}</text:p>`).join('')
  return { xml: `<table:table-cell office:value-type="string">${paragraphs}</table:table-cell>` }
}

describe('reading ODS', () => {
  it('reads what LibreOffice writes, in pieces of any size', async () => {
    const rows =
      row(['Quarterly return']) +
      row([{ xml: '<table:table-cell table:number-columns-repeated="16384"/>' }]) +
      `<table:table-header-rows>${HEADER}</table:table-header-rows>` +
      row(['A1', 'Amara', typed('date', '2019-06-01', '01/06/2019')]) +
      row(['A2', 'Ben &amp; Jo', '02/07/2020']) +
      REST
    for (const piece of [Infinity, 50]) {
      const { header, rows: below, receipt } = await read({ tables: [table('Data', rows)] }, piece)
      expect(header).toEqual(['Client', 'Name', 'DOB'])
      expect(below).toEqual([
        ['A1', 'Amara', '2019-06-01'],
        ['A2', 'Ben & Jo', '02/07/2020'],
      ])
      expect(receipt).toMatchObject({ format: 'ods', sheet: 'Data', headerRow: 3, date1904: false })
    }
  })

  it('gives every cell the text that an XLSX workbook gives it', async () => {
    const cells = [
      ['float', '7700900123', '7700900123', '<v>7700900123</v>', 0],
      ['float', '0.1', '0.10', '<v>0.10000000000000001</v>', 0],
      ['float', '101', '000101', '<v>101</v>', 1],
      ['date', '2019-02-14T18:00:00', '14/02/2019', '<v>43510.75</v>', 2],
      ['time', 'PT10H30M00S', '10:30', '<v>0.4375</v>', 0],
      ['percentage', '0.5', '50%', '<v>0.5</v>', 0],
      ['currency', '12.5', '£12.50', '<v>12.5</v>', 0],
      ['float', '1E9', '1E+09', '<v>1E9</v>', 0],
    ] as const
    const header = ['Mobile', 'Score', 'Client ID', 'Date of birth', 'Time', 'Rate', 'Cost', 'Size']
    const ods = await readTable(
      row(header) + row(cells.map(([type, value, shown]) => typed(type, value, shown))),
    )
    const xlsx = await readWhole(
      bytesSource(
        writeWorkbook({
          formats: ['000000', 'dd/mm/yyyy'],
          sheets: [
            {
              name: 'Data',
              rows: [
                header,
                cells.map(([, , , xml, style]) => ({ xml: ` s="${String(style)}">${xml}</c>` })),
              ],
            },
          ],
        }),
      ),
    )
    expect(ods.rows).toEqual(xlsx.rows)
    expect(ods.rows[0]).toEqual([
      ...['7700900123', '0.1', '000101', '2019-02-14', '0.4375', '0.5', '12.5', '1000000000'],
    ])
  })

  it.each([
    ['paragraphs as lines', '<text:p>a</text:p><text:p/><text:p>b</text:p>', 'a\n\nb'],
    [
      'spaces, tabs and breaks',
      '<text:p>a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d<text:s/></text:p>',
      'a   b\tc\nd ',
    ],
    ['runs and links', '<text:p>a<text:span>b</text:span><text:a>c</text:a></text:p>', 'abc'],
    [
      'no phonetic reading',
      '<text:p><text:ruby><text:ruby-base>a</text:ruby-base><text:ruby-text>b</text:ruby-text></text:ruby></text:p>',
      'a',
    ],
    [
      'no comment',
      '<office:annotation><text:p>duplicate of row 9</text:p></office:annotation><text:p>a</text:p>',
      'a',
    ],
    [
      'no comment inside a paragraph',
      '<text:p>a<office:annotation><text:p>left</text:p></office:annotation>b</text:p>',
      'ab',
    ],
    [
      'no text of a drawing',
      '<draw:frame><draw:text-box><text:p>logo</text:p></draw:text-box></draw:frame><text:p>a</text:p>',
      'a',
    ],
  ])('reads %s', async (_, content, text) => {
    const xml = `<table:table-cell office:value-type="string">${content}</table:table-cell>`
    expect(await readCell(xml)).toBe(text)
  })

  it('reads booleans, a value without its text, and text that says no type', async () => {
    const cells = [
      typed('boolean', 'true', 'WAHR').xml,
      '<table:table-cell office:value-type="string" office:string-value="s"/>',
      '<table:table-cell office:value-type="float" office:value="5"/>',
      '<table:table-cell><text:p>plain</text:p></table:table-cell>',
    ]
    const values = []
    for (const xml of cells) values.push(await readCell(xml))
    expect(values).toEqual(['TRUE', 's', '5', 'plain'])
  })

  it('repeats rows and cells as often as the file says, and passes over the empty ones', async () => {
    const repeated = {
      xml: '<table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell>',
    }
    const { rows, receipt } = await readTable(
      HEADER +
        row(['A1', repeated], ' table:number-rows-repeated="3"') +
        row([''], ' table:number-rows-repeated="2"') +
        row(['A2', { xml: '<table:table-cell table:number-columns-repeated="2"/>' }]) +
        REST,
    )
    expect(rows).toEqual([
      ...Array.from({ length: 3 }, () => ['A1', '1', '1']),
      ['', '', ''],
      ['', '', ''],
      ['A2', '', ''],
    ])
    expect(receipt.headerRow).toBe(1)
  })

  it('reads a formula as empty whatever result it keeps, and reports it where it shows one', async () => {
    const formula = (shown: string) => ({
      xml: `<table:table-cell table:formula="of:=[.A1]" office:value-type="string"${shown === '' ? '' : ` office:string-value="${shown}"`}><text:p>${shown}</text:p></table:table-cell>`,
    })
    const { rows, receipt } = await readTable(
      HEADER + row(['A1', formula('Ann'), 'x']) + row(['A2', formula(''), 'y']),
    )
    expect(rows).toEqual([
      ['A1', '', 'x'],
      ['A2', '', 'y'],
    ])
    expect(receipt.formulas).toEqual([{ column: 'Name', cells: 1, firstFileRow: 2 }])
  })

  it('lists hidden sheets, rows and columns, merged cells and comments, and reads the rows', async () => {
    const styles =
      '<style:style style:name="hid" style:family="table"><style:table-properties table:display="false"/></style:style>'
    const rows =
      HEADER +
      row(['A1', 'Ann', 'x'], ' table:visibility="collapse"') +
      row(['A2', 'Bo', 'y'], ' table:visibility="filter"') +
      row([
        {
          xml: '<table:table-cell table:number-columns-spanned="2" office:value-type="string"><office:annotation><text:p>ask Jo</text:p></office:annotation><text:p>A3</text:p></table:table-cell><table:covered-table-cell/>',
        },
        'z',
      ])
    const { rows: below, receipt } = await read({
      styles,
      tables: [
        table('Old', HEADER + row(['A9', 'Zed', 'z']), ' table:style-name="hid"'),
        table(
          'Data',
          rows,
          '',
          '<table:table-column/><table:table-column table:visibility="collapse"/>',
        ),
      ],
    })
    expect(below.map(([client]) => client)).toEqual(['A1', 'A2', 'A3'])
    expect(receipt).toMatchObject({
      ...{ sheet: 'Data', hiddenRows: 2, hiddenColumns: ['Name'], mergedCells: 1, comments: 1 },
      sheets: [
        { name: 'Old', hidden: true, veryHidden: false, holdsData: true },
        { name: 'Data', hidden: false, veryHidden: false, holdsData: true },
      ],
    })
  })

  it('reads the sheet that was chosen, and knows when its days count from 1904', async () => {
    const bytes = writeOds({
      before:
        '<table:calculation-settings><table:null-date table:date-value="1904-01-01"/></table:calculation-settings>',
      tables: [
        table('One', HEADER + row(['A1', 'Ann', 'x'])),
        table('Two', row(['Code']) + row(['M'])),
      ],
    })
    const { rows, receipt } = await readWhole(bytesSource(bytes), { sheet: 'Two' })
    expect(rows).toEqual([['M']])
    expect(receipt).toMatchObject({ sheet: 'Two', date1904: true })
  })

  it('reads back any table of text, wherever its pieces end', async () => {
    const text = fc.string({
      // Without #: three of them are a column that was too narrow.
      unit: fc.constantFrom('a', 'é', ' ', '\n', '\t', '<', '&', '0', '%', '☃'),
      maxLength: 8,
    })
    const rows = fc.array(fc.array(text, { minLength: 2, maxLength: 2 }), { maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 40, max: 400 }), async (drawn, piece) => {
        const below = [...drawn, ['end', 'end']]
        const xml = [['Client ID', 'First name'], ...below].map((cells) => row(cells.map(asCell)))
        const whole = await read({ tables: [table('Data', xml.join('') + REST)] }, piece)
        expect(whole.rows).toEqual(below)
      }),
      { numRuns: 100 },
    )
  })

  it('is read without a mimetype, and without a list of parts', async () => {
    const tables = [table('Data', HEADER + row(['A1', 'Ann', 'x']))]
    for (const parts of [{ mimetype: '' }, { 'META-INF/manifest.xml': '' }])
      expect((await read({ tables, parts })).rows).toEqual([['A1', 'Ann', 'x']])
  })
})

describe('[S24] an OpenDocument file that is no plain workbook', () => {
  const tables = [table('Data', HEADER + row(['A1', 'Ann', 'x']))]
  const encrypted = '<m:manifest><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'

  it.each<[string, OdsDraft, string]>([
    [
      'a text',
      { tables, parts: { mimetype: ODS_TYPE.replace('spreadsheet', 'text') } },
      'kind-document',
    ],
    [
      'one with a password',
      { tables, parts: { 'META-INF/manifest.xml': encrypted } },
      'kind-encrypted',
    ],
    [
      'one with a password around all of it',
      { tables, parts: { 'content.xml': '', 'encrypted-package': 'x' } },
      'kind-encrypted',
    ],
    ['one with macros', { tables, parts: { 'Basic/Standard/Module1.xml': '<x/>' } }, 'kind-macros'],
    ['one with scripts', { tables, parts: { 'Scripts/python/a.py': 'x' } }, 'kind-macros'],
    [
      'one that takes values from another file',
      { tables: [...tables, table('Kept', '<table:table-source/>')] },
      'kind-external-links',
    ],
    ['one without content', { tables, parts: { 'content.xml': '' } }, 'xlsx-damaged'],
    ['one without sheets', { tables: [] }, 'xlsx-damaged'],
    ['one that is cut off', { tables, parts: { 'content.xml': '<a><b>' } }, 'xlsx-damaged'],
    [
      'one with an entity of its own',
      { tables, parts: { 'content.xml': '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>' } },
      'xlsx-dtd',
    ],
    ['one without rows', { tables: [table('Data', HEADER)] }, 'no-rows'],
  ])('refuses %s', async (_, draft, code) => {
    expect((await refused(draft)).code).toBe(code)
  })

  it('accepts the empty lists of libraries that LibreOffice keeps', async () => {
    const parts = { 'Basic/script-lc.xml': '<x/>', 'Basic/Standard/script-lb.xml': '<x/>' }
    expect((await read({ tables, parts })).rows.length).toBe(1)
  })
})

describe('[S23] an ODS file that says more than it holds', () => {
  const long = 'x'.repeat(10_000)

  it.each<[string, string, string]>([
    [
      'rows',
      HEADER + row(['A1', long, 'x'], ' table:number-rows-repeated="1000000"'),
      'xlsx-unpacks-too-large',
    ],
    [
      'cells',
      HEADER +
        row([
          'A1',
          {
            xml: `<table:table-cell table:number-columns-repeated="499" office:value-type="string"><text:p>${long}</text:p></table:table-cell>`,
          },
        ]).repeat(3),
      'xlsx-unpacks-too-large',
    ],
    [
      'cells beyond the columns there may be',
      HEADER +
        row([
          {
            xml: '<table:table-cell table:number-columns-repeated="16000" office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell>',
          },
        ]),
      'too-many-columns',
    ],
    [
      'spaces',
      HEADER +
        row([
          {
            xml: '<table:table-cell office:value-type="string"><text:p><text:s text:c="999999999"/></text:p></table:table-cell>',
          },
        ]),
      'cell-too-long',
    ],
    [
      'formulas',
      HEADER +
        row(
          [
            'A1',
            {
              xml: '<table:table-cell table:formula="a" table:number-columns-repeated="16000" office:value-type="float" office:value="1"/>',
            },
          ],
          ' table:number-rows-repeated="1000000"',
        ),
      'xlsx-unpacks-too-large',
    ],
    [
      'rows past the last',
      HEADER +
        row(['']).replace('-row>', '-row table:number-rows-repeated="1048574">') +
        row(['A1', 'Ann'], ' table:number-rows-repeated="9"'),
      'xlsx-damaged',
    ],
    ['half a row', HEADER + row(['A1'], ' table:number-rows-repeated="1.5"'), 'xlsx-damaged'],
  ])('is refused for its %s, at once', async (_, rows, code) => {
    const taken = await cpuTime(async () => {
      const source = bytesSource(writeOds({ tables: [table('Data', rows)] }))
      expect((await refusalOf(source, { headerRow: 1 })).code).toBe(code)
    })
    expect(taken).toBeLessThan(3000)
  })

  it('is refused when any byte of it is changed, or reads the same', async () => {
    const plain = writeOds({ tables: [table('Data', HEADER + row(['A1', 'Ann', 'x']) + REST)] })
    const { rows } = await readWhole(bytesSource(plain))
    let refusals = 0
    for (let at = 0; at < plain.length; at += 5) {
      const bytes = plain.slice()
      bytes[at] = (bytes[at] ?? 0) ^ 0x10
      const code = await refusalOf(bytesSource(bytes)).catch(() => undefined)
      if (code === undefined) expect((await readWhole(bytesSource(bytes))).rows).toEqual(rows)
      else refusals += 1
    }
    expect(refusals).toBeGreaterThan(plain.length / 10)
  })

  it('is read when it is a large register, which packs better than any list', async () => {
    const ticks = Array.from({ length: 100 }, (_, at) => (at % 20 === 0 ? '' : 'x'))
    const header = row([
      'Client ID',
      'First name',
      ...ticks.map((_, at) => `Session ${String(at)}`),
    ])
    const rows = Array.from({ length: 300 }, (_, at) => row([`C-${String(at)}`, 'Amara', ...ticks]))
    const bytes = writeOds({ tables: [table('Data', header + rows.join(''))] })
    expect(bytes.length * 100).toBeLessThan(rows.join('').length)
    expect((await readWhole(bytesSource(bytes))).rows).toHaveLength(300)
  })

  it('is held to the rows there may be when it repeats short ones', async () => {
    const rows = HEADER + row(['A1'], ' table:number-rows-repeated="5000"')
    const source = bytesSource(writeOds({ tables: [table('Data', rows)] }))
    expect((await readWhole(source)).rows.length).toBe(5000)
    expect(await refusalOf(source, {}, { rows: 100 })).toMatchObject({ code: 'too-many-rows' })
  })
})

it('tells an OpenDocument file from a packed folder', async () => {
  const folder = zipSync({ 'clients.csv': strToU8('a,b') })
  expect((await refusalOf(bytesSource(folder))).code).toBe('kind-zip')
})
