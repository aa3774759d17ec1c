import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withoutLeftovers } from '#core/tabular/leftovers.ts'
import { openTable } from '#core/tabular/open-table.ts'
import { bytesSource } from '../byte-sources.ts'
import { readRows, readWhole, refusalOf } from '../reading.ts'
import {
  cell,
  relationships,
  sheetXml,
  workbookParts,
  writeWorkbook,
} from '../workbook/workbook-writer.ts'
import type { CellValue, WorkbookDraft } from '../workbook/workbook-writer.ts'

const HEADER = ['Client', 'Name', 'DOB']

function readDraft(draft: WorkbookDraft, piece = Infinity) {
  return readWhole(bytesSource(writeWorkbook(draft), piece))
}

/** One data row below the ordinary header, read. */
async function readCells(row: readonly CellValue[], draft: Partial<WorkbookDraft> = {}) {
  const header = row.map((_, column) => `Heading ${column + 1}`)
  const read = await readDraft({
    sheets: [
      {
        name: 'Data',
        rows: [header, [...row, 'x']].map((cells, index) =>
          index === 0 ? [...cells, 'Last'] : cells,
        ),
      },
    ],
    ...draft,
  })
  return read.rows[0]?.slice(0, -1)
}

const anyText = fc.oneof(
  fc.string({ maxLength: 10 }),
  fc.string({ unit: 'binary', maxLength: 6 }).map((text) => text.toWellFormed()),
  fc.string({
    unit: fc.constantFrom('_', 'x', '0', '4', '1', '<', '&', '"', ']', '\n', '\r', ' '),
    maxLength: 12,
  }),
)

describe('reading XLSX', () => {
  it('reads back any table of text, shared or inline, wherever its pieces end', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(anyText, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 5 }),
        fc.boolean(),
        fc.integer({ min: 40, max: 400 }),
        async (drawn, shared, piece) => {
          const rows = [...drawn, ['end', 'end', 'end']]
          const read = await readDraft(
            { sheets: [{ name: 'Data', rows: [HEADER, ...rows] }], shared },
            piece,
          )
          expect(read.header).toEqual(HEADER)
          expect(read.rows).toEqual(rows.map((row) => row.map(withoutLeftovers)))
        },
      ),
      { numRuns: 100 },
    )
  })

  it('writes numbers as the shortest decimal, without exponent', async () => {
    const values = [
      '7700900123',
      '1.23E+9',
      '0.10000000000000001',
      '1E-7',
      '-0',
      '12.50',
      '1E21',
      '123456789012345678',
      '-3.0',
    ]
    expect(await readCells(values.map((value) => cell('', `<v>${value}</v>`)))).toEqual([
      '7700900123',
      '1230000000',
      '0.1',
      '0.0000001',
      '0',
      '12.5',
      '1000000000000000000000',
      '123456789012345680',
      '-3',
    ])
  })

  it('pads a number whose format is zeros alone', async () => {
    const formats = ['0000000000', '0', '000 000 0000', '0000.0']
    const styles = [1, 2, 3, 4].map((style) => cell(`s="${style}"`, '<v>123456</v>'))
    expect(await readCells([...styles, cell('s="1"', '<v>1.5</v>')], { formats })).toEqual([
      '0000123456',
      '123456',
      '123456',
      '123456',
      '1.5',
    ])
  })

  it('[S26] gives the same dates from a workbook that counts from 1900 and one that counts from 1904', async () => {
    const formats = ['dd/mm/yyyy']
    const from1900 = await readCells(
      [cell('s="1"', '<v>43510</v>'), cell('s="1"', '<v>43510.75</v>')],
      { formats },
    )
    const from1904 = await readCells(
      [cell('s="1"', '<v>42048</v>'), cell('s="1"', '<v>42048.75</v>')],
      { formats, date1904: true },
    )
    expect(from1900).toEqual(['2019-02-14', '2019-02-14'])
    expect(from1904).toEqual(from1900)
  })

  it('keeps the leap day that 1900 did not have apart from the days around it', async () => {
    const serials = [0, 1, 59, 60, 61, 2_958_465, 2_958_466, -1]
    expect(
      await readCells(
        serials.map((serial) => cell('s="1"', `<v>${serial}</v>`)),
        { formats: ['yyyy-mm-dd'] },
      ),
    ).toEqual([
      '1900-01-00',
      '1900-01-01',
      '1900-02-28',
      '1900-02-29',
      '1900-03-01',
      '9999-12-31',
      '2958466',
      '-1',
    ])
  })

  it.each([
    ['d mmmm yyyy', true],
    ['[$-809]dd mmmm yyyy;@', true],
    ['mmm-yy', true],
    ['yyyy', true],
    ['dd/mm/yyyy hh:mm', true],
    ['h:mm AM/PM', false],
    ['[h]:mm:ss', false],
    ['mm:ss.0', false],
    ['General', false],
    ['0 "days"', false],
    ['#,##0.00_);[Red]-0', false],
    ['0.00E+00', false],
    ['\\d0', false],
    ['@', false],
  ])('takes the format %s for a date: %s', async (format, date) => {
    const [text] = (await readCells([cell('s="1"', '<v>43510</v>')], { formats: [format] })) ?? []
    expect(text).toBe(date ? '2019-02-14' : '43510')
  })

  it('knows the built-in date formats, which no workbook spells out', async () => {
    const styles =
      '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="20"/></cellXfs></styleSheet>'
    const row = [1, 2, 3].map((style) => cell(`s="${style}"`, '<v>43510.5</v>'))
    expect(await readCells(row, { parts: { 'xl/styles.xml': styles } })).toEqual([
      '2019-02-14',
      '2019-02-14',
      '43510.5',
    ])
  })

  it('reads booleans, ISO dates, rich text without its phonetic reading, and text that is no formula', async () => {
    expect(
      await readCells([
        cell('t="b"', '<v>1</v>'),
        cell('t="d"', '<v>2019-02-14T10:00:00</v>'),
        cell(
          't="inlineStr"',
          '<is><r><t>A</t></r><r><rPr><b/></rPr><t xml:space="preserve"> b</t></r><rPh sb="0" eb="1"><t>no</t></rPh></is>',
        ),
        cell('t="str"', '<v>a &amp; &#x62;</v>'),
        cell('t="inlineStr"', '<is><t><![CDATA[<c>]]></t></is>'),
      ]),
    ).toEqual(['TRUE', '2019-02-14', 'A b', 'a & b', '<c>'])
  })

  it('[S26] reads a formula as empty whatever result it keeps, and reports it', async () => {
    const rows: CellValue[][] = [
      HEADER,
      ['C1', 'Ann', cell('', '<f>TODAY()-1</f><v>43510</v>')],
      [
        'C2',
        cell('t="str"', '<f>"B"&amp;"o"</f><v>Bo</v>'),
        cell('', '<f t="shared" si="0"/><v>43511</v>'),
      ],
      ['C3', cell('t="e"', '<v>#N/A</v>'), '2019-02-14'],
    ]
    const read = await readDraft({ sheets: [{ name: 'Data', rows }] })
    expect(read.rows).toEqual([
      ['C1', 'Ann', ''],
      ['C2', '', ''],
      ['C3', '', '2019-02-14'],
    ])
    expect(read.receipt).toMatchObject({
      formulaCells: 3,
      formulas: [
        { column: 'Name', cells: 1, firstFileRow: 3 },
        { column: 'DOB', cells: 2, firstFileRow: 2 },
      ],
      errorCells: 1,
      errors: [{ column: 'Name', cells: 1, firstFileRow: 4 }],
    })
  })

  it('[S26] takes the cells that an array formula fills for formulas too', async () => {
    const rows: CellValue[][] = [
      HEADER,
      ['C1', cell('', '<f t="array" ref="B2:C3">X1:Y2</f><v>1</v>'), 5],
      ['C2', 6, 7],
      ['C3', 8, 9],
    ]
    const read = await readDraft({ sheets: [{ name: 'Data', rows }] })
    expect(read.rows).toEqual([
      ['C1', '', ''],
      ['C2', '', ''],
      ['C3', '8', '9'],
    ])
    expect(read.receipt.formulaCells).toBe(4)
  })

  it('[S25] lists hidden sheets, rows and columns and merged cells, and reads the rows and columns', async () => {
    const xml = sheetXml(
      '<row r="1"><c r="A1" t="str"><v>Client</v></c><c r="B1" t="str"><v>Name</v></c></row>' +
        '<row r="2" hidden="1"><c r="A2" t="str"><v>C1</v></c><c r="B2" t="str"><v>Ann</v></c></row>' +
        '<row r="3"><c r="A3" t="str"><v>C2</v></c></row><row r="4" hidden="1"/>',
      '<cols><col min="2" max="3" hidden="1"/></cols>',
      '<mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells>',
    )
    const other = [
      ['Client', 'Name'],
      ['C9', 'Zed'],
    ]
    const read = await readDraft({
      sheets: [
        { name: 'Old', state: 'hidden', rows: other },
        { name: 'Data', xml },
        { name: 'Older', state: 'veryHidden', rows: other },
        { name: 'Empty', rows: [] },
      ],
    })
    expect(read.rows).toEqual([
      ['C1', 'Ann'],
      ['C2', ''],
    ])
    expect(read.receipt).toMatchObject({
      sheet: 'Data',
      hiddenRows: 1,
      hiddenColumns: ['Name'],
      mergedCells: 1,
      mergedDown: 1,
    })
    expect(read.receipt.sheets).toEqual([
      { name: 'Old', hidden: true, veryHidden: false, holdsData: true },
      { name: 'Data', hidden: false, veryHidden: false, holdsData: true },
      { name: 'Older', hidden: true, veryHidden: true, holdsData: true },
      { name: 'Empty', hidden: false, veryHidden: false, holdsData: false },
    ])
  })

  it('reads the sheet that looks like a table, and the one a person chose instead', async () => {
    const bytes = writeWorkbook({
      sheets: [
        {
          name: 'Read me',
          rows: Array.from({ length: 30 }, () => [
            'Please fill in the next sheet and send it back to us.',
          ]),
        },
        { name: 'Data', rows: [HEADER, ['C1', 'Ann', 'x']] },
        {
          name: 'Codes',
          rows: [
            ['Code', 'Meaning'],
            ['M', 'Male'],
          ],
        },
      ],
    })
    const found = await readWhole(bytesSource(bytes))
    expect(found.receipt.sheet).toBe('Data')
    const chosen = await readWhole(bytesSource(bytes), { sheet: 'Codes' })
    expect(chosen.rows).toEqual([['M', 'Male']])
    expect(await refusalOf(bytesSource(bytes), { sheet: 'Nowhere' })).toMatchObject({
      code: 'sheet-not-found',
    })
  })

  it('finds the header under merged titles and beside empty columns, and numbers blank rows', async () => {
    const read = await readDraft({
      sheets: [
        {
          name: 'Data',
          rows: [
            [null, 'Quarterly return'],
            [],
            [null, 'Client', 'Name', null, 'DOB'],
            [null, 'C1', 'Ann', null, 'x'],
            [],
            [null, 'C2'],
            [null, '', ''],
          ],
        },
      ],
    })
    expect(read.receipt.headerRow).toBe(3)
    expect(read.header).toEqual(HEADER)
    expect(read.rows.slice(0, 3)).toEqual([
      ['C1', 'Ann', 'x'],
      ['', '', ''],
      ['C2', '', ''],
    ])
    expect(read.rows.length).toBe(3)
  })

  it('reads what other writers make: prefixes, no references, no styles, absolute names, strict namespaces', async () => {
    const names = Object.keys(workbookParts({ sheets: [{ name: 'Data' }] }))
    expect(names).toContain('xl/styles.xml')
    const read = await readDraft({
      sheets: [{ name: 'Data' }],
      parts: {
        'xl/styles.xml': '',
        'xl/worksheets/sheet1.xml': '',
        'xl/_rels/workbook.xml.rels': relationships([
          ['rId1', 'worksheet', '/xl/Worksheets/../worksheets/Blatt%201.xml'],
        ])
          .replaceAll(
            'http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet',
            'http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet',
          )
          .replace('Blatt%201', 'blatt1'),
        'xl/worksheets/blatt1.xml':
          "<?xml version='1.0'?><!-- made --><x:worksheet xmlns:x='http://purl.oclc.org/ooxml/spreadsheetml/main'><x:sheetData><x:row ><x:c t = 'inlineStr'><x:is><x:t>Client</x:t></x:is></x:c><x:c t='inlineStr'><x:is><x:t>Score > 1</x:t></x:is></x:c></x:row><x:row><x:c><x:v>1</x:v></x:c><x:c><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>",
      },
    })
    expect(read.header).toEqual(['Client', 'Score > 1'])
    expect(read.rows).toEqual([['1', '2']])
  })

  it('refuses a cell under no heading and names row and column', async () => {
    const bytes = writeWorkbook({
      sheets: [{ name: 'Data', rows: [HEADER, ['C1', 'Ann', 'x'], ['C2', 'Bo', 'y', 'z']] }],
    })
    expect(await refusalOf(bytesSource(bytes))).toEqual({
      code: 'heading-missing',
      detail: { fileRow: 3, row: 2, column: 'D' },
    })
  })

  it('[S28] makes each limit an error that names it', async () => {
    const wide = Array.from({ length: 16_384 }, (_, column) => `h${column}`)
    expect(
      await refusalOf(bytesSource(writeWorkbook({ sheets: [{ name: 'Wide', rows: [wide] }] }))),
    ).toMatchObject({
      code: 'too-many-columns',
      detail: { limit: 500 },
    })
    const rows = [['Client'], ...Array.from({ length: 11 }, (_, row) => [`C${row}`])]
    const bytes = writeWorkbook({ sheets: [{ name: 'Data', rows }] })
    expect(await refusalOf(bytesSource(bytes), {}, { rows: 10 })).toMatchObject({
      code: 'too-many-rows',
      detail: { limit: 10, row: 11 },
    })
    const far = sheetXml(
      '<row r="1"><c r="A1" t="str"><v>Client</v></c></row><row r="1048576"><c r="A1048576"><v>1</v></c></row>',
    )
    expect(
      await refusalOf(
        bytesSource(writeWorkbook({ sheets: [{ name: 'Far', xml: far }] })),
        {},
        { rows: 1000 },
      ),
    ).toMatchObject({ code: 'too-many-rows' })
  })

  it('counts anew each time the rows are read', async () => {
    const written: CellValue[][] = [HEADER, ['C1', 'Ann', cell('', '<f>1</f><v>1</v>')]]
    const table = await openTable(
      bytesSource(writeWorkbook({ sheets: [{ name: 'Data', rows: written }] })),
    )
    for (const time of [1, 2]) {
      const rows = await readRows(table)
      expect([time, rows.length, table.receipt.formulaCells]).toEqual([time, 1, 1])
    }
  })
})
