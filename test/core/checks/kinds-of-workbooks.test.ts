import { expect, test } from 'vitest'
import { comesTo } from './files.ts'
import { strToU8, zipSync } from 'fflate'
import {
  writeWorkbook,
  cell,
  sheetXml,
  rowXmlOf,
  workbookParts,
} from '../tabular/workbook/workbook-writer.ts'
import { writeOds, table, row, typed } from '../tabular/ods/ods-writer.ts'
const HEADINGS = [
  'Client ID',
  'First name',
  'Surname',
  'Date of birth',
  'Gender',
  'Sessions attended',
]
type Person = readonly [string, string, string, string, string, number]
const PEOPLE: readonly [Person, Person, Person, Person] = [
  ['C-11', 'Amara', 'Okafor', '01/06/2019', 'F', 3],
  ['C-12', 'Ben', 'Hall', '22/07/2020', 'M', 2],
  ['C-13', 'Cara', 'Lowe', '13/08/2018', 'F', 4],
  ['C-14', 'Dev', 'Patel', '14/09/2019', 'M', 1],
]
const workbook = (rows: readonly (readonly unknown[])[], extra: object = {}) =>
  writeWorkbook({ sheets: [{ name: 'Data', rows: rows as never }], ...extra })
const formula = (f: string, v: string, t = 'str') =>
  cell(t === 'str' ? ' t="str"'.slice(1) : '', `<f>${f}</f><v>${v}</v>`)
const strikeStyles = (extra: string) =>
  `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts><font/><font>${extra}</font></fonts><fills><fill/><fill/></fills><cellXfs><xf numFmtId="0"/><xf numFmtId="0" fontId="1" applyFont="1"/></cellXfs></styleSheet>`
const styledRow = (r: readonly (string | number)[], which = [0, 1, 2, 3, 4, 5]) =>
  r.map((v, i) => (which.includes(i) ? cell('s="1" t="inlineStr"', `<is><t>${v}</t></is>`) : v))
const sheet = (xml: string, before = '', after = '') => ({
  sheets: [{ name: 'Data', xml: sheetXml(xml, before, after) }],
})
const rowsXml = (rows: readonly (readonly unknown[])[], attr: Record<number, string> = {}) =>
  rows
    .map((r, i) => rowXmlOf(r as never, i + 1).replace('<row ', `<row ${attr[i + 1] ?? ''} `))
    .join('')

/** Workbooks as people mark them and other tools write them: each is read right, or stops with a question. */
const FILES: Readonly<Record<string, Uint8Array>> = {
  'births by formula': workbook([
    HEADINGS,
    ...PEOPLE.map((p) => [p[0], p[1], p[2], formula('DATE(2019,6,1)', '43617', 'n'), p[4], p[5]]),
  ]),
  'references by formula': workbook([
    HEADINGS,
    ...PEOPLE.map((p, i) => [formula('"C-"&amp;ROW()', `C-${i + 11}`), ...p.slice(1)]),
  ]),
  'contacts by formula': workbook([
    HEADINGS,
    ...PEOPLE.map((p) => [...p.slice(0, 5), formula('SUM(H2:J2)', String(p[5]), 'n')]),
  ]),
  'names by formula': workbook([
    HEADINGS,
    ...PEOPLE.map((p) => [p[0], formula('PROPER(H2)', p[1]), p[2], p[3], p[4], p[5]]),
  ]),
  'gender by VLOOKUP': workbook([
    HEADINGS,
    ...PEOPLE.map((p) => [...p.slice(0, 4), formula('VLOOKUP(H2,Z:Z,1)', p[4]), p[5]]),
  ]),
  'one birth by formula': workbook([
    HEADINGS,
    ...PEOPLE.map((p, i) =>
      i === 1 ? [p[0], p[1], p[2], formula('D2', '43617', 'n'), p[4], p[5]] : p,
    ),
  ]),
  'formula errors': workbook([
    HEADINGS,
    ...PEOPLE.map((p, i) =>
      i === 1 ? [p[0], p[1], p[2], cell('t="e"', '<f>1/0</f><v>#DIV/0!</v>'), p[4], p[5]] : p,
    ),
  ]),
  'one name struck out': workbook(
    [HEADINGS, PEOPLE[0], styledRow(PEOPLE[1], [1]), PEOPLE[2], PEOPLE[3]],
    {
      parts: { 'xl/styles.xml': strikeStyles('<strike/>') },
    },
  ),
  'row struck out': workbook([HEADINGS, PEOPLE[0], styledRow(PEOPLE[1]), PEOPLE[2], PEOPLE[3]], {
    parts: { 'xl/styles.xml': strikeStyles('<strike/>') },
  }),
  'strike val=0 is none': workbook(
    [HEADINGS, PEOPLE[0], styledRow(PEOPLE[1]), PEOPLE[2], PEOPLE[3]],
    {
      parts: { 'xl/styles.xml': strikeStyles('<strike val="0"/>') },
    },
  ),
  'grey text row': workbook([HEADINGS, PEOPLE[0], styledRow(PEOPLE[1]), PEOPLE[2], PEOPLE[3]], {
    parts: { 'xl/styles.xml': strikeStyles('<color rgb="FF808080"/>') },
  }),
  'white text row': workbook([HEADINGS, PEOPLE[0], styledRow(PEOPLE[1]), PEOPLE[2], PEOPLE[3]], {
    parts: { 'xl/styles.xml': strikeStyles('<color rgb="FFFFFFFF"/>') },
  }),
  'rich text struck': workbook([
    HEADINGS,
    PEOPLE[0],
    [
      'C-12',
      cell('t="inlineStr"', '<is><r><rPr><strike/></rPr><t>Ben</t></r></is>'),
      cell('t="inlineStr"', '<is><r><rPr><strike/></rPr><t>Hall</t></r></is>'),
      '22/07/2020',
      'M',
      2,
    ],
    PEOPLE[2],
    PEOPLE[3],
  ]),
  'filtered rows': writeWorkbook(
    sheet(
      rowsXml([HEADINGS, ...PEOPLE], { 3: 'hidden="1"', 4: 'hidden="1"' }),
      '',
      '<autoFilter ref="A1:F5"/>',
    ),
  ),
  'row of height zero': writeWorkbook(
    sheet(rowsXml([HEADINGS, ...PEOPLE], { 3: 'ht="0" customHeight="1"' })),
  ),
  'hidden column of births': writeWorkbook(
    sheet(
      rowsXml([HEADINGS, ...PEOPLE]),
      '<cols><col min="4" max="4" hidden="1" width="9"/></cols>',
    ),
  ),
  'grouped rows collapsed': writeWorkbook(
    sheet(rowsXml([HEADINGS, ...PEOPLE], { 3: 'outlineLevel="1" hidden="1"' })),
  ),
  'birth shown as month': workbook(
    [
      HEADINGS,
      ...PEOPLE.map((p, i) => [
        p[0],
        p[1],
        p[2],
        cell('s="1"', `<v>${43617 + i * 30}</v>`),
        p[4],
        p[5],
      ]),
    ],
    { formats: ['mmm-yy'] },
  ),
  'ref shown with zeros': workbook(
    [HEADINGS, ...PEOPLE.map((p, i) => [cell('s="1"', `<v>${101 + i * 7}</v>`), ...p.slice(1)])],
    { formats: ['000000'] },
  ),
  'ref shown with prefix': workbook(
    [HEADINGS, ...PEOPLE.map((p, i) => [cell('s="1"', `<v>${101 + i * 7}</v>`), ...p.slice(1)])],
    { formats: ['"LEAP-"0000'] },
  ),
  'contacts shown rounded': workbook(
    [HEADINGS, ...PEOPLE.map((p, i) => [...p.slice(0, 5), cell('s="1"', `<v>${i + 0.6}</v>`)])],
    { formats: ['0'] },
  ),
  'contacts as percent': workbook(
    [HEADINGS, ...PEOPLE.map((p, i) => [...p.slice(0, 5), cell('s="1"', `<v>0.${i + 5}</v>`)])],
    { formats: ['0%'] },
  ),
  'ISO dates t=d': workbook([
    HEADINGS,
    ...PEOPLE.map((p, i) => [
      p[0],
      p[1],
      p[2],
      cell('t="d"', `<v>2019-06-0${i + 1}T00:00:00</v>`),
      p[4],
      p[5],
    ]),
  ]),
  booleans: workbook([
    [...HEADINGS, 'SEND'],
    ...PEOPLE.map((p, i) => [...p, cell('t="b"', `<v>${i % 2}</v>`)]),
  ]),
  'pandas to_excel': workbook([['', ...HEADINGS], ...PEOPLE.map((p, i) => [i, ...p])]),
  'merged surname over siblings': writeWorkbook(
    sheet(
      rowsXml([
        HEADINGS,
        PEOPLE[0],
        ['C-12', 'Ben', null, '22/07/2020', 'M', 2],
        ['C-13', 'Cara', null, '13/08/2018', 'F', 4],
        PEOPLE[3],
      ]),
      '',
      '<mergeCells count="1"><mergeCell ref="C2:C4"/></mergeCells>',
    ),
  ),
  'merged title above': writeWorkbook(
    sheet(
      rowsXml([['Stay and play, Q1'], [], HEADINGS, ...PEOPLE]),
      '',
      '<mergeCells count="1"><mergeCell ref="A1:F1"/></mergeCells>',
    ),
  ),
  'UTF-16 sheet part': zipSync({
    ...Object.fromEntries(
      Object.entries(
        workbookParts({ sheets: [{ name: 'Data', rows: [HEADINGS, ...PEOPLE] as never }] }),
      ).map(([n, x]) => [n, strToU8(x)]),
    ),
  }),
  'xls (biff)': Uint8Array.from([
    0xd0,
    0xcf,
    0x11,
    0xe0,
    0xa1,
    0xb1,
    0x1a,
    0xe1,
    ...new Array<number>(600).fill(0),
  ]),
  'html called xls': strToU8(
    '<html><head><meta charset="utf-8"></head><body><table><tr><td>Client ID</td><td>DOB</td></tr><tr><td>C-1</td><td>01/06/2019</td></tr></table></body></html>',
  ),
  'xml spreadsheet 2003': strToU8(
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table><Row><Cell><Data>Client ID</Data></Cell></Row></Table></Worksheet></Workbook>',
  ),
  json: strToU8('[{"Client ID":"C-1","DOB":"2019-06-01"},{"Client ID":"C-2","DOB":"2019-06-02"}]'),
  pdf: strToU8('%PDF-1.7\n1 0 obj\n'),
  sqlite: strToU8('SQLite format 3\0aaaa'),
  parquet: strToU8('PAR1aaaaPAR1'),
  rtf: strToU8('{\\rtf1\\ansi Client ID}'),
  gzip: Uint8Array.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3]),
  'spss sav': strToU8('$FL2@(#) SPSS DATA FILE'),
  'access mdb': Uint8Array.from([0, 1, 0, 0, ...strToU8('Standard ACE DB'), 0, 1, 2]),
  'ods plain': writeOds({
    tables: [table('Data', [HEADINGS, ...PEOPLE].map((r) => row(r as never)).join(''))],
  }),
  'ods dates typed': writeOds({
    tables: [
      table(
        'Data',
        [
          row(HEADINGS),
          ...PEOPLE.map((p, i) =>
            row([
              p[0],
              p[1],
              p[2],
              typed('date', `2019-06-0${i + 1}`, '01/06/19'),
              p[4],
              p[5],
            ] as never),
          ),
        ].join(''),
      ),
    ],
  }),
  'ods births by formula': writeOds({
    tables: [
      table(
        'Data',
        [
          row(HEADINGS),
          ...PEOPLE.map((p, i) =>
            row([
              p[0],
              p[1],
              p[2],
              typed('date', `2019-06-0${i + 1}`, '01/06/19', ' table:formula="of:=DATE(2019;6;1)"'),
              p[4],
              p[5],
            ] as never),
          ),
        ].join(''),
      ),
    ],
  }),
  'ods hidden by filter': writeOds({
    tables: [
      table(
        'Data',
        [
          row(HEADINGS),
          ...PEOPLE.map((p, i) => row(p as never, i === 1 ? ' table:visibility="filter"' : '')),
        ].join(''),
      ),
    ],
  }),
  'ods annotation duplicate': writeOds({
    tables: [
      table(
        'Data',
        [
          row(HEADINGS),
          ...PEOPLE.map((p, i) =>
            row(
              i === 1
                ? ([
                    {
                      xml: '<table:table-cell office:value-type="string"><office:annotation><text:p>duplicate, do not count</text:p></office:annotation><text:p>C-12</text:p></table:table-cell>',
                    },
                    ...p.slice(1),
                  ] as never)
                : (p as never),
            ),
          ),
        ].join(''),
      ),
    ],
  }),
  'ods repeated rows': writeOds({
    tables: [
      table(
        'Data',
        [
          row(HEADINGS),
          ...PEOPLE.map((p) => row(p as never)),
          row(['', ''], ' table:number-rows-repeated="1048570"'),
        ].join(''),
      ),
    ],
  }),
}

const OUTCOMES: Readonly<Record<string, readonly string[]>> = {
  'births by formula': ['must-fix formula-cell 4', 'confirm nobody-told-child 1'],
  'references by formula': ['must-fix formula-cell 4', 'must-fix ref-missing 4'],
  'contacts by formula': ['must-fix formula-cell 4'],
  'names by formula': ['must-fix formula-cell 4'],
  'gender by VLOOKUP': ['must-fix formula-cell 4'],
  'one birth by formula': ['must-fix formula-cell 1', 'confirm adults-for-want-of-birth 1'],
  'formula errors': ['must-fix formula-cell 1', 'confirm adults-for-want-of-birth 1'],
  'one name struck out': ['confirm cell-struck-out 1'],
  'row struck out': ['confirm row-struck-out 1'],
  'strike val=0 is none': [
    'C-11 AMARA OKAFOR 2019-06-01 child F 3',
    'C-12 BENJAMIN HALL 2020-07-22 child M 2',
    'C-13 CARA LOWE 2018-08-13 child F 4',
    'C-14 DEV PATEL 2019-09-14 child M 1',
  ],
  'grey text row': ['confirm row-greyed-out 1'],
  'white text row': ['confirm row-unseen 1'],
  'rich text struck': ['confirm cell-struck-out 1', 'confirm cell-struck-out 1'],
  'filtered rows': ['confirm row-hidden 2'],
  'row of height zero': ['confirm row-hidden 1'],
  'hidden column of births': [
    'C-11 AMARA OKAFOR 2019-06-01 child F 3',
    'C-12 BENJAMIN HALL 2020-07-22 child M 2',
    'C-13 CARA LOWE 2018-08-13 child F 4',
    'C-14 DEV PATEL 2019-09-14 child M 1',
  ],
  'grouped rows collapsed': ['confirm row-hidden 1'],
  'birth shown as month': ['confirm date-shown-in-part 4'],
  'ref shown with zeros': [
    '000101 AMARA OKAFOR 2019-06-01 child F 3',
    '000108 BENJAMIN HALL 2020-07-22 child M 2',
    '000115 CARA LOWE 2018-08-13 child F 4',
    '000122 DEV PATEL 2019-09-14 child M 1',
  ],
  'ref shown with prefix': ['confirm cell-shown-otherwise 4'],
  'contacts shown rounded': ['confirm contacts-not-mapped 1'],
  'contacts as percent': ['confirm contacts-not-mapped 1'],
  'ISO dates t=d': [
    'C-11 AMARA OKAFOR 2019-06-01 child F 3',
    'C-12 BENJAMIN HALL 2019-06-02 child M 2',
    'C-13 CARA LOWE 2019-06-03 child F 4',
    'C-14 DEV PATEL 2019-06-04 child M 1',
  ],
  booleans: [
    'C-11 AMARA OKAFOR 2019-06-01 child F 3',
    'C-12 BENJAMIN HALL 2020-07-22 child M 2',
    'C-13 CARA LOWE 2018-08-13 child F 4',
    'C-14 DEV PATEL 2019-09-14 child M 1',
  ],
  'pandas to_excel': [
    'C-11 AMARA OKAFOR 2019-06-01 child F 3',
    'C-12 BENJAMIN HALL 2020-07-22 child M 2',
    'C-13 CARA LOWE 2018-08-13 child F 4',
    'C-14 DEV PATEL 2019-09-14 child M 1',
  ],
  'merged surname over siblings': ['confirm shape-family-blocks 1'],
  'merged title above': [
    'C-11 AMARA OKAFOR 2019-06-01 child F 3',
    'C-12 BENJAMIN HALL 2020-07-22 child M 2',
    'C-13 CARA LOWE 2018-08-13 child F 4',
    'C-14 DEV PATEL 2019-09-14 child M 1',
  ],
  'UTF-16 sheet part': [
    'C-11 AMARA OKAFOR 2019-06-01 child F 3',
    'C-12 BENJAMIN HALL 2020-07-22 child M 2',
    'C-13 CARA LOWE 2018-08-13 child F 4',
    'C-14 DEV PATEL 2019-09-14 child M 1',
  ],
  'xls (biff)': ['refused kind-document'],
  'html called xls': ['refused kind-html'],
  'xml spreadsheet 2003': ['refused kind-xml-spreadsheet'],
  json: ['refused kind-json'],
  pdf: ['refused kind-pdf'],
  sqlite: ['refused binary-content'],
  parquet: ['refused binary-content'],
  rtf: ['refused kind-document'],
  gzip: ['refused kind-zip'],
  'spss sav': ['refused header-not-found'],
  'access mdb': ['refused binary-content'],
  'ods plain': [
    'C-11 AMARA OKAFOR 2019-06-01 child F 3',
    'C-12 BENJAMIN HALL 2020-07-22 child M 2',
    'C-13 CARA LOWE 2018-08-13 child F 4',
    'C-14 DEV PATEL 2019-09-14 child M 1',
  ],
  'ods dates typed': [
    'C-11 AMARA OKAFOR 2019-06-01 child F 3',
    'C-12 BENJAMIN HALL 2019-06-02 child M 2',
    'C-13 CARA LOWE 2019-06-03 child F 4',
    'C-14 DEV PATEL 2019-06-04 child M 1',
  ],
  'ods births by formula': ['must-fix formula-cell 4', 'confirm nobody-told-child 1'],
  'ods hidden by filter': ['confirm row-hidden 1'],
  'ods annotation duplicate': ['confirm row-remark 1'],
  'ods repeated rows': [
    'C-11 AMARA OKAFOR 2019-06-01 child F 3',
    'C-12 BENJAMIN HALL 2020-07-22 child M 2',
    'C-13 CARA LOWE 2018-08-13 child F 4',
    'C-14 DEV PATEL 2019-09-14 child M 1',
  ],
}

test.each(Object.entries(FILES))('%s comes to what is right', async (name, bytes) => {
  expect(await comesTo(bytes)).toEqual(OUTCOMES[name])
})
