import { expect, test } from 'vitest'
import { row, table, writeOds } from '../tabular/ods/ods-writer.ts'
import { cell, writeWorkbook, type CellValue } from '../tabular/workbook/workbook-writer.ts'
import { comesTo } from './files.ts'

/**
 * Workbooks whose rows are coloured, whose cells took in other rows or hold a word for an error, and
 * whose people stand on sheets that are not read: each is asked about, or refused with the row.
 */

type Row = readonly CellValue[]

const HEADINGS: Row = ['Client ID', 'First name', 'Surname', 'Date of birth', 'Gender', 'Sessions']
const PEOPLE: readonly (readonly [string, string, string, string, string, number])[] = [
  ['C-11', 'Amara', 'Okafor', '01/06/2019', 'F', 3],
  ['C-14', 'Ben', 'Hall', '22/07/2020', 'M', 2],
  ['C-17', 'Cara', 'Lowe', '13/08/2018', 'F', 4],
  ['C-20', 'Dev', 'Patel', '14/09/2019', 'M', 1],
  ['C-23', 'Eve', 'Stone', '05/10/2017', 'F', 2],
  ['C-26', 'Finn', 'Grey', '28/02/2021', 'M', 6],
]
const AS_READ = [
  'C-11 AMARA OKAFOR 2019-06-01 child F 3',
  'C-14 BENJAMIN HALL 2020-07-22 child M 2',
  'C-17 CARA LOWE 2018-08-13 child F 4',
  'C-20 DEV PATEL 2019-09-14 child M 1',
  'C-23 EVE STONE 2017-10-05 child F 2',
  'C-26 FINN GREY 2021-02-28 child M 6',
]

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'

/** A workbook some of whose people have a look: a font and a fill as XML. */
function looking(places: readonly number[], font: string, fill: string): Uint8Array {
  const rows = PEOPLE.map((person, place) => (places.includes(place) ? person.map(styled) : person))
  const styles = `<styleSheet xmlns="${MAIN}"><fonts><font/><font>${font}</font></fonts><fills><fill><patternFill patternType="none"/></fill><fill>${fill}</fill></fills><cellXfs><xf numFmtId="0"/><xf numFmtId="0" fontId="1" fillId="1"/></cellXfs></styleSheet>`
  const sheets = [{ name: 'Data', rows: [HEADINGS, ...rows] }]
  return writeWorkbook({ sheets, parts: { 'xl/styles.xml': styles } })
}

function styled(value: string | number): CellValue {
  return cell('s="1" t="inlineStr"', `<is><t>${String(value)}</t></is>`)
}

const NO_FILL = '<patternFill patternType="none"/>'
const solid = (colour: string): string =>
  `<patternFill patternType="solid"><fgColor ${colour}/></patternFill>`

/** An OpenDocument workbook whose third person has a style. */
function odsLooking(properties: string): Uint8Array {
  const xml = (value: string | number): string =>
    `<table:table-cell table:style-name="m" office:value-type="string"><text:p>${String(value)}</text:p></table:table-cell>`
  const rows = PEOPLE.map((person, place) =>
    row(place === 2 ? person.map((value) => ({ xml: xml(value) })) : person),
  )
  return writeOds({
    styles: `<style:style style:name="m" style:family="table-cell">${properties}</style:style>`,
    tables: [
      table('Data', [row(['Client ID', ...HEADINGS.slice(1).map(String)]), ...rows].join('')),
    ],
  })
}

const STRUCK_OUT =
  '<style:style style:name="Left_20_us" style:family="table-cell"><style:text-properties style:text-line-through-style="solid"/></style:style>'

/** An OpenDocument workbook with styles that people name, whose third person has the style `m`. */
function odsNamed(styles: string, afterRows = '', named = STRUCK_OUT): Uint8Array {
  const xml = (value: string | number): string =>
    `<table:table-cell table:style-name="m" office:value-type="string"><text:p>${String(value)}</text:p></table:table-cell>`
  const rows = PEOPLE.map((person, place) =>
    row(place === 2 ? person.map((value) => ({ xml: xml(value) })) : person),
  )
  const headings = row(['Client ID', ...HEADINGS.slice(1).map(String)])
  const page = '<style:page-layout style:name="m"/><style:style style:name="m"/>'
  return writeOds({
    styles,
    tables: [table('Our data', `${headings}${rows.join('')}${afterRows}`)],
    parts: {
      'styles.xml': `<office:document-styles><office:styles>${named}</office:styles><office:automatic-styles>${page}</office:automatic-styles></office:document-styles>`,
    },
  })
}

function odsRule(value: string, style: string): string {
  return `<calcext:conditional-formats><calcext:conditional-format calcext:target-range-address="'Our data'.A2:'Our data'.F7"><calcext:condition calcext:apply-style-name="${style}" calcext:value="${value}" calcext:base-cell-address="'Our data'.A2"/></calcext:conditional-format></calcext:conditional-formats>`
}

function sheets(named: Readonly<Record<string, readonly Row[]>>, hidden = ''): Uint8Array {
  return writeWorkbook({
    sheets: Object.entries(named).map(([name, rows]) => ({
      ...{ name, rows },
      ...(name === hidden ? { state: 'hidden' as const } : {}),
    })),
  })
}

const one = (...rows: readonly Row[]): Uint8Array => sheets({ Data: rows })
const CHILDREN = { Children: [HEADINGS, ...PEOPLE] }

/** Everybody, with some cells of the second and third person in another way. */
function withCells(column: number, second: string, third: string): Uint8Array {
  const put = (person: Row, value: string): Row =>
    person.map((old, at) => (at === column ? value : old))
  return one(
    HEADINGS,
    ...PEOPLE.map((person, place) =>
      place === 1 ? put(person, second) : place === 2 ? put(person, third) : person,
    ),
  )
}

const FILES: Readonly<Record<string, readonly [bytes: Uint8Array, comesTo: readonly string[]]>> = {
  'a yellow row': [looking([2], '', solid('rgb="FFFFFF00"')), ['confirm row-coloured 1']],
  'two red rows': [looking([1, 4], '', solid('rgb="FFFF0000"')), ['confirm row-coloured 2']],
  'a colour of the theme': [
    looking([3], '', solid('theme="5" tint="0.6"')),
    ['confirm row-coloured 1'],
  ],
  'a colour of the palette': [looking([3], '', solid('indexed="13"')), ['confirm row-coloured 1']],
  'red letters': [looking([2], '<color rgb="FFFF0000"/>', NO_FILL), ['confirm row-coloured 1']],
  'a block that is coloured': [
    looking([0, 1, 2], '', solid('rgb="FFDDEBF7"')),
    ['confirm row-coloured 3'],
  ],
  'every second row in blue': [looking([0, 2, 4], '', solid('rgb="FFDDEBF7"')), AS_READ],
  'every row in blue': [looking([0, 1, 2, 3, 4, 5], '', solid('rgb="FFDDEBF7"')), AS_READ],
  'black letters on white': [
    looking([2], '<color rgb="FF000000"/>', solid('rgb="FFFFFFFF"')),
    AS_READ,
  ],
  'a yellow row of LibreOffice': [
    odsLooking('<style:table-cell-properties fo:background-color="#ffff00"/>'),
    ['confirm row-coloured 1'],
  ],
  'red letters of LibreOffice': [
    odsLooking('<style:text-properties fo:color="#ff0000"/>'),
    ['confirm row-coloured 1'],
  ],
  'struck out by a named style of LibreOffice': [
    odsNamed('', '', STRUCK_OUT.replace('Left_20_us', 'm')),
    ['confirm row-struck-out 1'],
  ],
  'struck out by the style that a style builds on': [
    odsNamed('<style:style style:name="m" style:parent-style-name="Left_20_us"/>'),
    ['confirm row-struck-out 1'],
  ],
  'a style that takes away what it builds on': [
    odsNamed(
      '<style:style style:name="m" style:parent-style-name="Left_20_us"><style:text-properties style:text-line-through-style="none"/></style:style>',
    ),
    AS_READ,
  ],
  'a rule of LibreOffice that strikes out': [
    odsNamed('', odsRule('formula-is([.$F2]&gt;5)', 'Left_20_us')),
    ['confirm rows-struck-by-rule 1'],
  ],
  'a rule whose style has its spaces': [
    odsNamed('', odsRule('formula-is([.$F2]&gt;5)', 'Left us')),
    ['confirm rows-struck-by-rule 1'],
  ],
  'a rule of LibreOffice for cells that hold nothing': [
    odsNamed('', odsRule('=&quot;&quot;', 'Left_20_us')),
    AS_READ,
  ],
  'a rule of LibreOffice that makes cells bold': [
    odsNamed('', odsRule('formula-is([.$F2]&gt;5)', 'Default')),
    AS_READ,
  ],
  'a style that strikes out while a condition holds': [
    odsNamed(
      '<style:style style:name="m" style:family="table-cell"><style:map style:condition="is-true-formula([.$F2]&gt;5)" style:apply-style-name="Left_20_us"/></style:style>',
    ),
    ['confirm rows-struck-by-rule 1'],
  ],
  'a row in a cell, with commas': [
    one(...[HEADINGS, PEOPLE[0] ?? []], [
      'C-14',
      'Ben,Hall,22/07/2020,M,2\nC-17,Cara',
      'Lowe',
      '13/08/2018',
      'F',
      4,
    ]),
    ['refused cell-swallows-row'],
  ],
  'a row in a cell, with tabs': [
    one(...[HEADINGS, PEOPLE[0] ?? []], [
      'C-14',
      'Ben\tHall\t22/07/2020\tM\t2\nC-17\tCara',
      'Lowe',
      '13/08/2018',
      'F',
      4,
    ]),
    ['refused cell-swallows-row'],
  ],
  'a row in the last cell': [
    withCells(5, '2\nC-17,Cara,Lowe,13/08/2018,F,4', '4'),
    ['refused cell-swallows-row'],
  ],
  'a row in a note': [
    one(
      [...HEADINGS, 'Notes'],
      ...PEOPLE.map((person, place) => [
        ...person,
        place === 1 ? 'came late\nC-17,Cara,Lowe,13/08/2018,F,4,' : '',
      ]),
    ),
    ['refused cell-swallows-row'],
  ],
  'an address over three lines': [
    one(
      [...HEADINGS, 'Address'],
      ...PEOPLE.map((person) => [...person, '1 High St, Brixton\nLondon, SW9\nUK']),
    ),
    AS_READ,
  ],
  'cells inserted in a row': [
    one(
      [...HEADINGS, 'Notes'],
      ...PEOPLE.map(([reference, first, last, ...rest], place) =>
        place === 2
          ? [reference, first, last, null, ...rest]
          : [reference, first, last, ...rest, null],
      ),
    ),
    ['refused row-shifted'],
  ],
  'mobiles of carers in the place of children’s': [
    one(
      [...HEADINGS.slice(0, 4), 'Mobile', 'Carer mobile', 'Sessions', 'Notes'],
      ...PEOPLE.map(([reference, first, last, birth, , contacts], place) => {
        const mobile = `0770090001${String(place)}`
        const cells = place === 2 ? [mobile, contacts] : [null, mobile, contacts]
        return [reference, first, last, birth, ...cells]
      }),
    ),
    ['refused row-shifted'],
  ],
  'errors typed as references': [withCells(0, '#N/A', 'Err:502'), ['must-fix ref-missing 2']],
  'errors typed as references in German': [
    withCells(0, '#NV', '#BEZUG!'),
    ['must-fix ref-missing 2'],
  ],
  'errors typed as names': [withCells(1, '#VALUE!', '#REF!'), ['confirm cell-error 2']],
  'errors typed as births': [
    withCells(3, '#VALUE!', '#NUM!'),
    ['confirm cell-error 2', 'confirm adults-for-want-of-birth 1'],
  ],
  'parents on a sheet of their own': [
    sheets({
      ...CHILDREN,
      Parents: [
        ['Parent name', 'Child', 'Email', 'Sessions'],
        ['Grace Okafor', 'C-11', 'g@mail.leap.test', 2],
      ],
    }),
    ['confirm sheets-of-others 1'],
  ],
  'parents on a hidden sheet': [
    sheets(
      {
        ...CHILDREN,
        Parents: [
          ['Name', 'DOB'],
          ['Grace Okafor', '01/02/1990'],
        ],
      },
      'Parents',
    ),
    ['confirm sheets-of-others 1'],
  ],
  'people without headings on another sheet': [
    sheets({
      ...CHILDREN,
      More: [
        ['Grace Okafor', '01/02/1990'],
        ['Sue Hall', '03/04/1991'],
        ['Kim Lowe', '05/06/1992'],
      ],
    }),
    ['confirm sheets-of-others 1'],
  ],
  'a month with other columns': [
    sheets({
      April: [HEADINGS, ...PEOPLE],
      May: [
        ['Client ID', 'Name', 'DOB'],
        ['C-29', 'Gus Marsh', '14/09/2019'],
      ],
    }),
    ['confirm sheets-of-others 1'],
  ],
  'lists of words on another sheet': [
    sheets({
      ...CHILDREN,
      Lists: [
        ['Gender', 'Ethnicity'],
        ['F', 'White'],
        ['M', 'Asian'],
      ],
    }),
    AS_READ,
  ],
  'how to fill it in on another sheet': [
    sheets({ Help: [['How to fill this in'], ['Enter one row per child']], ...CHILDREN }),
    AS_READ,
  ],
  'sums on another sheet': [
    sheets({
      ...CHILDREN,
      Summary: [
        ['Ward', 'Children', 'Sessions'],
        ['Larkhall', 3, 9],
      ],
    }),
    AS_READ,
  ],
  'postcodes on another sheet': [
    sheets({
      ...CHILDREN,
      Postcodes: [
        ['Postcode', 'Ward'],
        ['SE11 6AB', 'Princes'],
      ],
    }),
    AS_READ,
  ],
  'staff on another sheet': [
    sheets({
      ...CHILDREN,
      Staff: [
        ['Staff name', 'Email'],
        ['Grace Marsh', 'g@leap.test'],
      ],
    }),
    AS_READ,
  ],
}

test.each(Object.entries(FILES))('%s: read right, or asked about', async (_, [bytes, outcome]) => {
  expect(await comesTo(bytes)).toEqual(outcome)
})
