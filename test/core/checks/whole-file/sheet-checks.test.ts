import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checkTable } from '#core/checks/check-table.ts'
import { NO_AREAS } from '#core/standard/area.ts'
import { compileMapping } from '#core/mapping/compile-mapping.ts'
import type { Mapping } from '#core/mapping/mapping.ts'
import { readingBasis, type CorrectionsToApply } from '#core/preparation/corrections/corrections.ts'
import { openPrepared } from '#core/preparation/open-prepared.ts'
import { openTable } from '#core/tabular/open-table.ts'
import type { ReadingChoices, Table } from '#core/tabular/table.ts'
import { bytesSource } from '../../tabular/byte-sources.ts'
import { row as odsRow, table as odsTable, typed, writeOds } from '../../tabular/ods/ods-writer.ts'
import {
  cell,
  relationships,
  rowXmlOf,
  sheetXml,
  workbookParts,
  writeWorkbook,
  type CellValue,
} from '../../tabular/workbook/workbook-writer.ts'

const HEADER = [
  'Client ID',
  'First name',
  'Surname',
  'Date of birth',
  'Gender',
  'Sessions attended',
]
const MAPPING: Mapping = {
  columns: {
    client_ref: 'Client ID',
    first_name: 'First name',
    last_name: 'Surname',
    date_of_birth: 'Date of birth',
    gender: 'Gender',
    contacts: 'Sessions attended',
  },
}

/** Findings that are questions about the sheet, as `row field code severity`. */
async function ask(
  bytes: Uint8Array,
  {
    mapping = MAPPING,
    corrections,
    ...choices
  }: ReadingChoices & {
    readonly mapping?: Mapping
    readonly corrections?: CorrectionsToApply
  } = {},
): Promise<{ found: string[]; accepted: number; table: Table }> {
  const table = await openPrepared({
    ...{ source: bytesSource(bytes), choices },
    ...(corrections === undefined ? {} : { corrections }),
  })
  const compiled = compileMapping(mapping, table.header)
  if (!compiled.ok) throw new Error(compiled.refusals.map(({ code }) => code).join())
  const found: string[] = []
  const context = { quarter: '2024-Q1', live: false, date1904: false, areas: NO_AREAS } as const
  const outcome = await checkTable(table, compiled.mapper, context, {
    accept: () => undefined,
    finding(row, field, code, severity) {
      if (/^(row-|rows-look|cell-|formula-|date-shown|rows-struck)/.test(code))
        found.push([row, field, code, severity].join(' '))
    },
  })
  return { found, accepted: outcome.rows.accepted, table }
}

const STYLES = {
  struck: 1,
  greyText: 2,
  greyGround: 3,
  white: 4,
  hidden: 5,
  whiteOnBlue: 6,
  padded: 7,
  prefixed: 8,
  words: 9,
  percent: 10,
  whole: 11,
  month: 12,
  unit: 13,
} as const

const STYLES_XML =
  '<styleSheet><numFmts><numFmt numFmtId="164" formatCode=";;;"/><numFmt numFmtId="165" formatCode="000000;-000000"/><numFmt numFmtId="166" formatCode="&quot;AB-&quot;0000"/><numFmt numFmtId="167" formatCode="[=1]&quot;Male&quot;;[=2]&quot;Female&quot;;General"/><numFmt numFmtId="168" formatCode="mmm\\-yy"/><numFmt numFmtId="169" formatCode="0&quot; sessions&quot;"/></numFmts>' +
  '<fonts><font/><font><strike/></font><font><color rgb="FFA6A6A6"/></font><font><color theme="0"/></font></fonts>' +
  '<fills><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor theme="0" tint="-0.249"/></patternFill></fill><fill><patternFill patternType="solid"><fgColor rgb="FF4472C4"/></patternFill></fill></fills>' +
  '<cellXfs><xf numFmtId="0"/><xf fontId="1"/><xf fontId="2"/><xf fillId="2"/><xf fontId="3"/><xf numFmtId="164"/><xf fontId="3" fillId="3"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="167"/><xf numFmtId="9"/><xf numFmtId="1"/><xf numFmtId="168"/><xf numFmtId="169"/></cellXfs><dxfs><dxf><font><strike/></font></dxf><dxf><fill><patternFill><bgColor rgb="FFD9D9D9"/></patternFill></fill><border><left><color rgb="FF808080"/></left></border></dxf><dxf><font><color theme="0" tint="-0.35"/></font></dxf><dxf><font><strike val="0"/></font></dxf></dxfs></styleSheet>'

function person(n: number): CellValue[] {
  return [`C-${String(n)}`, 'Amara', 'Okafor', '01/06/2019', 'F', 3]
}

/** The same cells in a style. */
function styled(cells: readonly CellValue[], style: keyof typeof STYLES): CellValue[] {
  return cells.map((value) =>
    cell(
      `s="${String(STYLES[style])}"${typeof value === 'number' ? '' : ' t="str"'}`,
      `<v>${typeof value === 'object' ? '' : String(value)}</v>`,
    ),
  )
}

function book(
  rows: readonly (readonly CellValue[])[],
  parts: Readonly<Record<string, string>> = {},
): Uint8Array {
  return writeWorkbook({
    sheets: [{ name: 'Data', rows: [HEADER, ...rows] }],
    parts: { 'xl/styles.xml': STYLES_XML, ...parts },
  })
}

const PEOPLE = Array.from({ length: 20 }, (_, index) => person(index + 1))

/** Twenty people, some of whose rows look as given. */
function with20(looks: Readonly<Record<number, keyof typeof STYLES>>): Uint8Array {
  return book(
    PEOPLE.map((cells, index) => {
      const look = looks[index + 1]
      return look === undefined ? cells : styled(cells, look)
    }),
  )
}

describe('a row that looks as if it did not count', () => {
  it.each([
    ['struck', 'row-struck-out'],
    ['greyText', 'row-greyed-out'],
    ['greyGround', 'row-greyed-out'],
    ['white', 'row-unseen'],
  ] as const)('is asked about and read when it is %s', async (look, code) => {
    const { found, accepted } = await ask(with20({ 3: look, 7: look }))
    expect(found).toEqual([`3  ${code} confirm`, `7  ${code} confirm`])
    expect(accepted).toBe(20)
  })

  it('is asked about when it is hidden, folded away or of no height, and when its runs are struck out', async () => {
    const cells = (n: number) => rowXmlOf(person(n), n + 1)
    const xml = sheetXml(
      rowXmlOf(HEADER, 1) +
        cells(1) +
        cells(2).replace('<row ', '<row hidden="1" ') +
        cells(3).replace('<row ', '<row ht="0" customHeight="1" ') +
        cells(4)
          .replaceAll('<is><t', '<is><r><rPr><strike/></rPr><t')
          .replaceAll('</t></is>', '</t></r></is>') +
        cells(5)
          .replaceAll('<is><t', '<is><r><rPr><strike val="0"/></rPr><t')
          .replaceAll('</t></is>', '</t></r></is>'),
      '',
      '<autoFilter ref="A1:F6"/>',
    )
    const bytes = writeWorkbook({ sheets: [{ name: 'Data', xml }] })
    const { found, accepted } = await ask(bytes)
    expect(found).toEqual([
      '2  row-hidden confirm',
      '3  row-hidden confirm',
      '4  row-struck-out confirm',
    ])
    expect(accepted).toBe(5)
  })

  const STRUCK_LEFT =
    '<cfRule type="expression" dxfId="0" priority="1"><formula>$G2="Left B9"</formula></cfRule>'

  it.each([
    [`<conditionalFormatting sqref="A2:F21">${STRUCK_LEFT}</conditionalFormatting>`, 'A2:F21', 'G'],
    [
      '<conditionalFormatting sqref="A2:C21 E2:F21"><cfRule type="containsText" dxfId="2" text="Left"><formula>NOT(ISERROR(SEARCH("Left",E2)))</formula></cfRule></conditionalFormatting>',
      ...(['A2:C21, E2:F21', 'Gender'] as const),
    ],
    [
      '<extLst><ext><x14:conditionalFormattings><x14:conditionalFormatting><x14:cfRule type="expression"><xm:f>Gone!$A$1=$A2</xm:f><x14:dxf><font><strike/></font></x14:dxf></x14:cfRule><xm:sqref>A:F</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst>',
      ...(['A:F', 'Client ID'] as const),
    ],
  ])('is asked about once where a rule strikes out or greys rows: %s', async (rule, range, by) => {
    const rows = [HEADER, ...PEOPLE].map((cells, index) => rowXmlOf(cells, index + 1)).join('')
    const { found, accepted, table } = await ask(
      writeWorkbook({
        sheets: [{ name: 'Data', xml: sheetXml(rows, '', rule) }],
        parts: { 'xl/styles.xml': STYLES_XML },
      }),
    )
    expect(found).toEqual(['0  rows-struck-by-rule confirm'])
    expect(table.receipt.strikingRules).toEqual([{ range, columns: [by] }])
    expect(accepted).toBe(20)
  })

  it.each([
    ['a ground', 'A2:F21', 'expression', 1],
    ['a font that takes strikes away', 'A2:F21', 'expression', 3],
    ['grey in two columns', 'E2:F21', 'expression', 2],
    ['grey for blank cells', 'A2:F21', 'containsBlanks', 2],
    ['the headings', 'A1:F1', 'expression', 0],
    ['columns beside', 'H2:K21', 'expression', 0],
  ])('is not asked about where a rule gives %s', async (_, range, type, format) => {
    const rule = `<conditionalFormatting sqref="${range}"><cfRule type="${type}" dxfId="${String(format)}"><formula>$A2=1</formula></cfRule></conditionalFormatting>`
    const rows = [HEADER, ...PEOPLE].map((cells, index) => rowXmlOf(cells, index + 1)).join('')
    const xml = sheetXml(rows, '', rule)
    const parts = { 'xl/styles.xml': STYLES_XML }
    expect((await ask(writeWorkbook({ sheets: [{ name: 'Data', xml }], parts }))).found).toEqual([])
  })

  it('is asked about when a comment says so, and its words are told to nobody', async () => {
    const comments =
      '<comments><commentList>' +
      '<comment ref="B3"><text><r><t>Jo: </t></r><r><t>duplicate of Quillfeather</t></r></text></comment>' +
      '<comment ref="B4"><text><t>[Threaded comment]\n\nedits to it will get removed if opened\n\nComment:\n    likes trains</t></text></comment>' +
      '</commentList></comments>'
    const threads =
      '<ThreadedComments><threadedComment ref="C6"><text>please do not count</text></threadedComment></ThreadedComments>'
    const { found, table } = await ask(
      book(PEOPLE, {
        'xl/comments1.xml': comments,
        'xl/threadedComments/threadedComment1.xml': threads,
        'xl/worksheets/_rels/sheet1.xml.rels': relationships([
          ['a', 'comments', '../comments1.xml'],
          ['b', 'threadedComment', '../threadedComments/threadedComment1.xml'],
        ]),
      }),
    )
    expect(found).toEqual(['2  row-remark confirm', '5  row-remark confirm'])
    expect(table.receipt).toMatchObject({ comments: 3, remarkedRows: 2 })
    expect(JSON.stringify(table.receipt)).not.toMatch(/Quillfeather|duplicate/)
  })

  it.each([
    ['struck', 'row-struck-out'],
    ['greyText', 'row-greyed-out'],
    ['greyGround', 'row-greyed-out'],
    ['white', 'row-unseen'],
  ] as const)(
    'is asked about in a small file where a cell of it was passed over: %s',
    async (look, code) => {
      const marked = [...styled(person(2).slice(0, 5), look), 2]
      expect((await ask(book([person(1), marked, person(3)]))).found).toEqual([
        `2  ${code} confirm`,
      ])
    },
  )

  it.each([
    [
      'every second row is grey',
      Object.fromEntries(PEOPLE.map((_, at) => [at * 2 + 1, 'greyGround'])),
    ],
    [
      'every fifth row is grey',
      { 5: 'greyGround', 10: 'greyGround', 15: 'greyGround', 20: 'greyGround' },
    ],
    ['all of it is grey', Object.fromEntries(PEOPLE.map((_, at) => [at + 1, 'greyText']))],
  ] as const)('is not asked about where %s', async (_, looks) => {
    expect((await ask(with20(looks as Parameters<typeof with20>[0]))).found).toEqual([])
  })

  it.each([
    ['one row is on blue', { 3: 'whiteOnBlue' }, [3]],
    [
      'a block of rows is on blue',
      { 4: 'whiteOnBlue', 5: 'whiteOnBlue', 6: 'whiteOnBlue' },
      [4, 5, 6],
    ],
  ] as const)('is asked about where %s and the others are not', async (_, looks, rows) => {
    const { found } = await ask(with20(looks))
    expect(found).toEqual(rows.map((row) => `${String(row)}  row-coloured confirm`))
  })

  it('is not asked about where every second row is on blue', async () => {
    const looks = Object.fromEntries(PEOPLE.map((_, at) => [at * 2 + 1, 'whiteOnBlue']))
    expect((await ask(with20(looks as Parameters<typeof with20>[0]))).found).toEqual([])
  })

  it('is left out, as a blank row, when somebody chose so; the rest keep their numbers', async () => {
    const bytes = with20({ 3: 'struck', 7: 'white' })
    const preparation = { leaveOutMarked: ['struck'] } as const
    const { found, accepted, table } = await ask(bytes, { preparation })
    expect(found).toEqual(['7  row-unseen confirm'])
    expect(accepted).toBe(19)
    expect(table.receipt.leftOutRows).toBe(1)
    expect(table.receipt.struckRows).toBeUndefined()
  })

  it('is asked about of one cell where the rest of the row is as any other', async () => {
    const rows = [
      person(1),
      [...person(2).slice(0, 3), ...styled(['02/07/2020'], 'struck'), 'M', 2],
    ]
    const { found } = await ask(book(rows))
    expect(found).toEqual(['2 date_of_birth cell-struck-out confirm'])
  })

  it.each([true, false])(
    'is asked about of a cell of which a part is struck out, shared: %s',
    async (shared) => {
      const struck =
        '<r><rPr><strike/></rPr><t>Hall</t></r><r><t xml:space="preserve"> Marlow</t></r>'
      const rows = [person(1), [...person(2).slice(0, 2), 'SURNAME', ...person(2).slice(3)]]
      const draft = { sheets: [{ name: 'Data', rows: [HEADER, ...rows] }], shared }
      const parts = Object.entries(workbookParts(draft)).map(([name, xml]): [string, string] => [
        name,
        xml.replace('<t xml:space="preserve">SURNAME</t>', struck),
      ])
      const { found } = await ask(writeWorkbook({ ...draft, parts: Object.fromEntries(parts) }))
      expect(found).toEqual(['2 last_name cell-struck-out confirm'])
    },
  )

  it('is asked about in the file that came', async () => {
    const bytes = new Uint8Array(readFileSync('test/files/23-struck-out-row.xlsx'))
    const { found } = await ask(bytes)
    expect(found).toEqual(['2  row-struck-out confirm'])
  })

  it('is asked about, and left out, on every sheet that is read together', async () => {
    const sheets = ['April', 'May'].map((name, sheet) => ({
      name,
      rows: [HEADER, person(sheet * 2 + 1), sheet === 1 ? styled(person(4), 'struck') : person(2)],
    }))
    const bytes = writeWorkbook({ sheets, parts: { 'xl/styles.xml': STYLES_XML } })
    const asked = await ask(bytes, { preparation: { sheets: 'alike' } })
    expect(asked.found).toEqual(['4  row-struck-out confirm'])
    expect(asked.table.receipt.struckRows).toBe(1)
    const left = await ask(bytes, { preparation: { sheets: 'alike', leaveOutMarked: ['struck'] } })
    expect(left).toMatchObject({ found: [], accepted: 3, table: { receipt: { leftOutRows: 1 } } })
  })

  it('is asked about of the whole file where a table was made of the sheet', async () => {
    const opened = await openTable(bytesSource(with20({ 3: 'struck' })))
    const compiled = compileMapping(MAPPING, opened.header)
    if (!compiled.ok) throw new Error('not mapped')
    const table: Table = {
      header: opened.header,
      get receipt() {
        return opened.receipt
      },
      batches: () => opened.batches(),
    }
    const context = { quarter: '2024-Q1', live: false, date1904: false, areas: NO_AREAS } as const
    const { findings } = await checkTable(table, compiled.mapper, context, {
      accept: () => undefined,
    })
    expect(findings.find(({ code }) => code === 'rows-look-left-out')).toMatchObject({
      ...{ severity: 'confirm', rows: 1, firstRows: [0] },
    })
  })
})

describe('a cell that shows what is not read', () => {
  const formula = (shown: string) => cell('t="str"', `<f>A1&amp;"x"</f><v>${shown}</v>`)

  it('must be fixed where a formula was read as empty, and is only asked about where it describes', async () => {
    const rows = [
      [...person(1).slice(0, 3), formula('2019-06-01'), 'F', 3],
      [...person(2).slice(0, 5), cell('', '<f>SUM(A1:A9)</f><v>4</v>')],
      [...person(3).slice(0, 4), formula(''), 3],
    ]
    const { found, accepted, table } = await ask(book(rows))
    expect(found).toEqual([
      '1 date_of_birth formula-cell must-fix',
      '2 contacts formula-cell must-fix',
    ])
    expect(accepted).toBe(1)
    expect(table.receipt.formulaCells).toBe(2)
  })

  it('is asked about no more when somebody put a value there', async () => {
    const bytes = book([[...person(1).slice(0, 3), formula('2019-06-01'), 'F', 3]])
    const basis = readingBasis(await openTable(bytesSource(bytes)), {})
    const corrected = { row: 1, column: 3, text: '01/06/2019', original: '' }
    const corrections = { basis, cells: new Map([[1, new Map([[3, corrected]])]]) }
    expect((await ask(bytes)).found).toEqual(['1 date_of_birth formula-cell must-fix'])
    expect((await ask(bytes, { corrections })).found).toEqual([])
  })

  it('is no row without a person where all that tells who it is are formulas', async () => {
    const built = ['C-21', formula('Amara'), formula('Okafor'), formula('2019-06-01'), null, null]
    const { found } = await ask(book([...PEOPLE, built]))
    expect(found).toEqual([
      '21 first_name formula-cell must-fix',
      '21 last_name formula-cell must-fix',
      '21 date_of_birth formula-cell must-fix',
    ])
  })

  it('is no blank row where every cell is a formula, and is one where a reference alone waits', async () => {
    const all = ['C-1', 'Amara', 'Okafor', '2019-06-01', 'F', '3'].map(formula)
    const waiting = [formula('C-2'), formula(' '), null, null, null, formula('0')]
    const { found, accepted } = await ask(book([...PEOPLE, all, waiting]))
    expect(found).toHaveLength(6)
    expect(found.every((text) => text.startsWith('21 ') && text.includes('formula-cell'))).toBe(
      true,
    )
    expect(accepted).toBe(20)
  })

  it('is asked about where a column of formulas is used for nothing that its heading says', async () => {
    const rows = [1, 2, 3].map((n) => [...person(n).slice(0, 3), formula('2019-06-01'), 'F', 3])
    const { date_of_birth: birth, ...columns } = MAPPING.columns
    expect(birth).toBe('Date of birth')
    const { found } = await ask(book(rows), { mapping: { columns } })
    expect(found).toEqual(['0 date_of_birth formula-column-unused confirm'])
  })

  it.each([
    ['padded', 101, 0, 'client_ref'],
    ['prefixed', 101, 0, 'client_ref'],
    ['words', 1, 4, 'gender'],
    ['percent', 0.5, 5, 'contacts'],
    ['whole', 2.6, 5, 'contacts'],
  ] as const)('is asked about where its format is %s', async (style, value, column, field) => {
    const cells = person(1)
    cells[column] = cell(`s="${String(STYLES[style])}"`, `<v>${String(value)}</v>`)
    expect((await ask(book([cells]))).found).toEqual([`1 ${field} cell-shown-otherwise confirm`])
  })

  it('is asked about where a reference has more digits than a spreadsheet keeps', async () => {
    const cells = person(1)
    cells[0] = cell('', '<v>1234567890123450</v>')
    expect((await ask(book([cells]))).found).toEqual(['1 client_ref cell-shown-otherwise confirm'])
    cells[0] = cell('', '<v>123456789012345</v>')
    expect((await ask(book([cells]))).found).toEqual([])
  })

  it('is asked about where a date of birth is shown as a month', async () => {
    const cells = person(1)
    cells[3] = cell(`s="${String(STYLES.month)}"`, '<v>43617</v>')
    expect((await ask(book([cells]))).found).toEqual(['1 date_of_birth date-shown-in-part confirm'])
  })

  it.each([
    ['padded', 123456, 0],
    ['whole', 3, 5],
    ['unit', 3, 5],
    ['percent', '', 5],
  ] as const)(
    'is not asked about where its format is %s and changes nothing',
    async (style, value, column) => {
      const cells = person(1)
      cells[column] = cell(`s="${String(STYLES[style])}"`, `<v>${String(value)}</v>`)
      expect((await ask(book([cells]))).found).toEqual([])
    },
  )

  it('is named where it shows an error', async () => {
    const cells = person(1)
    cells[3] = cell('t="e"', '<v>#N/A</v>')
    expect((await ask(book([cells]))).found).toEqual(['1 date_of_birth cell-error confirm'])
  })
})

describe('a sheet of LibreOffice', () => {
  const header = odsRow(HEADER)
  const ordinary = ['Amara', 'Okafor', '01/06/2019', 'F', 3] as const
  const styles =
    '<number:date-style style:name="N1"><number:month/><number:year/></number:date-style>' +
    '<style:style style:name="struck" style:family="table-cell"><style:text-properties style:text-line-through-style="solid"/></style:style>' +
    '<style:style style:name="grey" style:family="table-cell"><style:table-cell-properties fo:background-color="#cccccc"/></style:style>' +
    '<style:style style:name="month" style:family="table-cell" style:data-style-name="N1"/>' +
    '<style:style style:name="T1" style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style>'

  it('is asked about as one of Excel is', async () => {
    const look = (style: string) => (text: string) => ({
      xml: `<table:table-cell table:style-name="${style}" office:value-type="string"><text:p>${text}</text:p></table:table-cell>`,
    })
    const rows = [
      odsRow(['C-1', ...ordinary]),
      odsRow(['C-2', 'Ben', 'Hall', '02/07/2020', 'M', '1'].map(look('struck'))),
      odsRow(['C-3', 'Ben', 'Hall', '02/07/2020', 'M', '1'].map(look('grey'))),
      odsRow(['C-4', ...ordinary], ' table:visibility="filter"'),
      odsRow([
        {
          xml: '<table:table-cell office:value-type="string"><office:annotation><text:p>duplicate</text:p></office:annotation><text:p>C-5</text:p></table:table-cell>',
        },
        ...ordinary,
      ]),
      odsRow([typed('float', '101', 'AB-0101'), ...ordinary]),
      odsRow([
        'C-7',
        'Amara',
        'Okafor',
        typed('date', '2019-06-01', 'Jun 19', ' table:style-name="month"'),
        'F',
        3,
      ]),
      odsRow([
        ...['C-8', 'Amara', 'Okafor'],
        {
          xml: '<table:table-cell office:value-type="string"><text:p><text:span text:style-name="T1">01/06/2019</text:span></text:p></table:table-cell>',
        },
        ...['F', 3],
      ]),
    ]
    const { found } = await ask(
      writeOds({ styles, tables: [odsTable('Data', header + rows.join(''))] }),
    )
    expect(found).toEqual([
      '2  row-struck-out confirm',
      '4  row-hidden confirm',
      '5  row-remark confirm',
      '6 client_ref cell-shown-otherwise confirm',
      '7 date_of_birth date-shown-in-part confirm',
      '8 date_of_birth cell-struck-out confirm',
      '3  row-greyed-out confirm',
    ])
  })

  it('has the style of its column where a cell names none', async () => {
    const columns =
      '<table:table-column table:number-columns-repeated="3"/><table:table-column table:default-cell-style-name="month"/>'
    const cells = ['C-1', 'Amara', 'Okafor', typed('date', '2019-06-01', 'Jun 19'), 'F', 3]
    const rows = header + odsRow(cells)
    const { found } = await ask(writeOds({ styles, tables: [odsTable('Data', rows, '', columns)] }))
    expect(found).toEqual(['1 date_of_birth date-shown-in-part confirm'])
  })
})
