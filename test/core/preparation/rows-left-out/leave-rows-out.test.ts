import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { whyLeftOut } from '#core/preparation/rows-left-out/left-out-row.ts'
import { openPrepared } from '#core/preparation/open-prepared.ts'
import { isNoRow } from '#core/tabular/no-row.ts'
import { textSource } from '../../tabular/byte-sources.ts'

const HEADINGS = 'Client ID,First name,Surname,Date of birth,Gender,Postcode,Status,Sessions'
const PEOPLE = [
  'C-1,Amara,Okafor,01/06/2019,F,SE11 6AB,Active,3',
  'C-2,Ben,Hall,02/07/2020,M,SE11 6AA,Active,2',
  'C-3,Cara,Lowe,13/08/2018,F,SE11 6AB,Ended,4',
  'C-4,Dev,Patel,14/09/2019,M,SE11 6AA,Active,1',
]

/** Rows of a file that are left out, in its own numbers, with why; and how many are kept. */
async function readPeople(lines: readonly string[]): Promise<{ left: string[]; kept: number }> {
  const table = await openPrepared({
    ...{ source: textSource(`${lines.join('\n')}\n`), choices: {}, quarter: '2024-Q3' },
  })
  const left: string[] = []
  let kept = 0
  let row = table.receipt.headerRow
  for await (const { rows } of table.batches()) {
    for (const cells of rows) {
      row += 1
      const why = whyLeftOut(cells)
      if (why !== undefined) left.push(`${row} ${why.code.slice(5)}${why.isSure ? ', sure' : ''}`)
      else if (!isNoRow(cells) && cells.some((cell) => cell.trim() !== '')) kept += 1
    }
  }
  return { left, kept }
}

/** A line of the table's width. */
const line = (...cells: string[]): string =>
  [...cells, ...Array.from({ length: 8 - cells.length }, () => '')].join(',')

describe('rows that are not people', () => {
  const under: [string, string, string][] = [
    [
      'how to fill in',
      'Keep as is,Any text,Any text,DD/MM/YYYY,One of M F,Full postcode,One of active or ended,',
      'instructions',
    ],
    [
      'what is mandatory',
      'Mandatory,Optional,Optional,Mandatory,Mandatory,Optional,Optional,Optional',
      'instructions',
    ],
    ['not to be edited', line('KEEPASIS', 'DO NOT EDIT', '', 'dd/mm/yyyy'), 'instructions'],
    [
      'formats',
      line('', 'text', 'text', 'dd/mm/yyyy', 'M/F', '', 'text', 'number'),
      'instructions',
    ],
    ['lengths', line('max 10 characters', 'max 50 characters', '', 'dd/mm/yyyy'), 'instructions'],
    [
      'an example',
      line('e.g. 1234', 'e.g. Jane', 'e.g. Smith', 'e.g. 01/02/2019', 'F'),
      'instructions',
    ],
    [
      'a person who is an example',
      'EXAMPLE,Joe,Bloggs,01/01/2019,M,SW1A 1AA,Active,2',
      'instructions',
    ],
    ['Test Test', 'C-0,Test,Test,01/01/2019,M,SW1A 1AA,Active,2', 'instructions'],
    [
      'units in brackets',
      '(unique),(text),(text),(dd/mm/yyyy),(M/F),,(list),(number)',
      'instructions',
    ],
    [
      'types of a database',
      'VARCHAR(10),VARCHAR(50),VARCHAR(50),DATE,CHAR(1),VARCHAR(8),VARCHAR(20),INT',
      'instructions',
    ],
    ['dashes', '---------,------,-------,----------,------,--------,------,------', 'instructions'],
    ['stars', '*,*,*,*,,,,', 'instructions'],
    ['numbers of columns', '1,2,3,4,5,6,7,8', 'instructions'],
    ['letters of columns', 'A,B,C,D,E,F,G,H', 'instructions'],
    ['yes and no', 'Yes,Yes,Yes,Yes,No,No,No,No', 'instructions'],
    ['crosses', 'XXXX,XXXX,XXXX,XX/XX/XXXX,X,XXX XXX,XXXX,X', 'instructions'],
    [
      'another language',
      'Clé,Prénom,Nom,Date de naissance,Sexe,Code postal,Statut,Séances',
      'instructions',
    ],
    ['somebody who has the whole group', ',Caseload of Sam Jones,,,,,,', 'titles'],
    [
      'the names that a system has for the columns',
      'client_ref,first_name,last_name,dob,gender,postcode,status,contacts',
      'instructions',
    ],
  ]

  it.each(under)('under the headings: %s', async (_, row, code) => {
    expect(await readPeople([HEADINGS, row, ...PEOPLE])).toEqual({ left: [`2 ${code}`], kept: 4 })
  })

  const below: [string, string, string][] = [
    ['the headings again', HEADINGS, 'repeat-headings, sure'],
    ['the headings again but for one', HEADINGS.replace('Gender', 'Sex'), 'repeat-headings'],
    ['a total', line('Total', '', '', '', '', '', '', '10'), 'total'],
    ['a total that says of what', line('TOTAL', '4 children'), 'total'],
    ['a sub-total', line('Sub-total', '', '', '', '', '', '', '5'), 'total'],
    ['a grand total in another column', line('', 'Grand Total', '', '', '', '', '', '10'), 'total'],
    ['a count', line('Count: 4'), 'total'],
    ['a count of records', line('12 records'), 'total'],
    ['sums without a word', line('', '', '', '', '', '', '', '10'), 'total'],
    ['a group’s title', line('Monday group'), 'titles'],
    ['a group’s title under the names', line('', 'Monday group'), 'titles'],
    ['a venue', line('Venue:', 'Stockwell'), 'titles'],
    ['the end', line('End of report'), 'titles'],
    ['when it was made', line('Report generated on 01/07/2024 by jmarsh'), 'titles'],
    ['a page number', line('Page 1 of 2'), 'titles'],
    ['stars', line('*** END ***'), 'titles'],
    ['a day it was printed', line('Printed', '01/02/2024'), 'titles'],
    ['a database’s last word', line('(8 rows affected)'), 'total'],
    ['an average', line('Average', '', '', '', '', '', '', '2.5'), 'total'],
    ['how many were present', line('', 'Present', '', '', '', '', '', '10'), 'total'],
    ['how many came', line('Attendance:', '', '', '', '', '', '', '10'), 'total'],
    ['a total beside its sum', line('', '', '', '', '', '', 'Total', '10'), 'total'],
    ['a group’s total', line('', 'Group total', '', '', '', '', '', '10'), 'total'],
    ['how many came', line('No. attending', '', '', '', '', '', '', '10'), 'total'],
    ['a total with many counts', line('Grand Total', '5', '', '', '3F 2M', '', '', '15'), 'total'],
    ['whoever made it', line('Prepared by Jo Marsh'), 'titles'],
    ['a line for a signature', line('Signed:', '', '', 'Date:'), 'titles'],
    ['pages', line('1 of 3'), 'titles'],
    ['a line of a list beside it', line('Ferndale', '3'), 'total'],
    ['a line of a key', line('M', 'Male'), 'titles'],
    [
      'a note',
      line('Please note that the figures of the last week are not complete yet'),
      'titles',
    ],
    ['a reference that waits for a person', line('C-5'), 'no-person'],
    [
      'a reference with set values',
      line('C-5', '', '', '', 'Please select', '', 'No', '0'),
      'no-person',
    ],
    [
      'set values without a reference',
      line('', '', '', '', 'Please select', '', '', '0'),
      'no-person',
    ],
  ]

  it.each(below)('among people and below them: %s', async (_, row, code) => {
    expect(await readPeople([HEADINGS, ...PEOPLE, row])).toEqual({ left: [`6 ${code}`], kept: 4 })
    const between = [HEADINGS, ...PEOPLE.slice(0, 2), row, ...PEOPLE.slice(2)]
    expect(await readPeople(between)).toEqual({ left: [`4 ${code}`], kept: 4 })
  })

  it('are references down to row 500', async () => {
    const waiting = Array.from({ length: 495 }, (_, index) =>
      line(`C-${index + 5}`, '', '', '', '', '', 'No'),
    )
    const { left, kept } = await readPeople([HEADINGS, ...PEOPLE, ...waiting])
    expect([left.length, left[0], kept]).toEqual([495, '6 no-person', 4])
  })

  it('are a second table below, with or without a title, whoever is in it', async () => {
    const volunteers = [
      'No,Volunteer name,Hours,DBS date,,,,',
      '1,Jo Marsh,4.5,01/02/2023,,,,',
      '2,Sam Reed,2,03/04/2023,,,,',
    ]
    const titled = await readPeople([
      HEADINGS,
      ...PEOPLE,
      line(),
      line('VOLUNTEERS'),
      ...volunteers,
    ])
    expect(titled).toEqual({
      left: ['7 titles', '8 second-table', '9 second-table', '10 second-table'],
      kept: 4,
    })
    const staff = [
      'First name,Surname,Email,Role,Start date,,,',
      'Jo,Marsh,jo@a.test,Manager,01/02/2020,,,',
    ]
    expect((await readPeople([HEADINGS, ...PEOPLE, line(), ...staff])).kept).toBe(4)
    const others = ['Surname,First name,DOB,Client ID,,,,', 'Reed,Sam,03/04/2019,C-9,,,,']
    expect(await readPeople([HEADINGS, ...PEOPLE, line(), ...others])).toEqual({
      left: ['7 second-table', '8 second-table'],
      kept: 4,
    })
  })

  it('end where the headings come again', async () => {
    const blocks = [
      line('Tuesday group'),
      HEADINGS,
      ...PEOPLE.map((row) => row.replace('C-', 'D-')),
    ]
    expect(await readPeople([HEADINGS, ...PEOPLE, line(), ...blocks])).toEqual({
      left: ['7 titles', '8 repeat-headings, sure'],
      kept: 8,
    })
  })
})

describe('people with little about them, or with such names', () => {
  const rows: [string, string][] = [
    ['a reference and a first name', line('C-5', 'Ola')],
    ['a reference and a date of birth', line('C-5', '', '', '01/02/2019')],
    ['a surname Present', line('C-5', 'Anna', 'Present', '', 'F')],
    ['somebody who attended', line('', 'Anna', 'Lowe', '02/02/2020', 'F', '', 'Attended', '1')],
    ['a surname Total', line('C-5', 'Anna', 'Total', '', 'F')],
    ['a first name Count', line('C-5', 'Count', 'Bassey')],
    ['a surname Page', line('C-5', 'Amy', 'Page', '', '', '', '', '')],
    ['a surname End', line('C-5', 'Amy', 'End')],
    ['a surname Test', line('C-5', 'Anna', 'Test', '03/02/2019', 'F', '', 'Active', '1')],
    ['a surname Monday', line('C-5', 'Joy', 'Monday', '03/02/2019')],
    ['a surname Sample', line('C-5', 'Joy', 'Sample', '03/02/2019')],
    ['no reference', line('', 'Ola', 'Reed', '03/02/2019')],
    ['words for a date of birth', line('C-5', 'Ola', 'Reed', 'unborn', 'F', 'not known')],
    ['everything unknown but the sessions', line('C-5', '', '', '', '', '', 'Active', '7')],
  ]

  it.each(rows)('stay: %s', async (_, row) => {
    expect(await readPeople([HEADINGS, ...PEOPLE, row])).toEqual({ left: [], kept: 5 })
    expect(await readPeople([HEADINGS, row, ...PEOPLE])).toEqual({ left: [], kept: 5 })
  })
})

describe('any file of people', () => {
  const first = fc.constantFrom(
    ...['Amara', 'Zoë', 'Ng', 'Nguyễn', '李', 'Mohammed-Ali', 'Total', 'Count', 'Sunday', 'Joe'],
    ...['Mary Jane', 'Óscar', 'X', 'Test', 'Page', 'May', 'June', 'April', 'Client', 'Sample'],
  )
  const last = fc.constantFrom(
    ...['Okafor', "O'Neil", 'van Dyke', 'Total', 'End', 'Page', 'Null', 'Report', 'Post'],
    ...['Al-Hassan', 'Nguyễn', 'de la Cruz', 'Ng', 'Smith Jones', 'Monday', 'Group', 'Key', ''],
  )
  const birth = fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 1, max: 28 }).map((day) => `${day}/03/2019`) },
    fc.constantFrom('', '', 'unborn', '2 yrs', 'not known', 'Jun 2020'),
  )
  const others = fc.tuple(
    fc.constantFrom('F', 'M', '', 'Female'),
    fc.constantFrom('SE11 6AB', 'SW9 9SL', '', 'n/k'),
    fc.constantFrom('Active', 'Ended', '', 'Waiting'),
    fc.constantFrom('0', '1', '12', '', '3'),
    fc.constantFrom(
      '',
      '',
      'Total of 3 visits',
      'Please call',
      'e.g. see GP',
      'End of term',
      'Example',
    ),
  )
  const people = fc
    .array(fc.tuple(first, last, birth, others), { minLength: 3, maxLength: 40 })
    .map((drawn) =>
      drawn.map(([given, family, born, rest], index) => [
        `C-${index + 1}`,
        ...[given, family, born, ...rest],
      ]),
    )
  const header = `${HEADINGS},Notes`
  const asLine = (cells: readonly string[]): string => cells.join(',')

  it('loses nobody and raises nothing', async () => {
    await fc.assert(
      fc.asyncProperty(people, async (rows) => {
        expect(await readPeople([header, ...rows.map(asLine)])).toEqual({
          left: [],
          kept: rows.length,
        })
      }),
      { numRuns: 200 },
    )
  })

  it('loses nobody where it has numbers for references, and names in one cell', async () => {
    await fc.assert(
      fc.asyncProperty(people, async (rows) => {
        const lines = rows.map(([, given = '', family = '', ...rest], index) =>
          asLine([String(index + 1), `${given} ${family}`.trim(), ...rest]),
        )
        const named = ['No,Name,DOB,M/F,Postcode,Status,Sessions,Comments', ...lines]
        expect(await readPeople(named)).toEqual({ left: [], kept: rows.length })
      }),
      { numRuns: 200 },
    )
  })

  it('has nobody more for a row that is not a person, wherever it stands, and nobody less', async () => {
    const row = fc.constantFrom(
      header,
      'Total,,,,,,,40,',
      ',Sub-total,,,,,,12,',
      ',,,,,,,40,',
      'Monday group,,,,,,,,',
      'Venue:,Stockwell,,,,,,,',
      'End of report,,,,,,,,',
      'Page 1 of 3,,,,,,,,',
      'Printed on 01/07/2024,,,,,,,,',
      '(12 rows affected),,,,,,,,',
      'C-999,,,,,,,,',
      'C-999,,,,Please select,,No,0,',
      'Mandatory,text,text,dd/mm/yyyy,M/F,optional,One of Active or Ended,number,',
    )
    await fc.assert(
      fc.asyncProperty(people, row, fc.nat(), async (rows, other, at) => {
        const lines = rows.map(asLine)
        lines.splice(at % (lines.length + 1), 0, other)
        const { left, kept } = await readPeople([header, ...lines])
        expect([left.length, kept]).toEqual([1, rows.length])
      }),
      { numRuns: 300 },
    )
  })
})
