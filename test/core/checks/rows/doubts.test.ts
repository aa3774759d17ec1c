import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { checkFile, checkText, type FileOutcome } from '../files.ts'

/** Rows of the columns most files have: reference, names, birth, gender, postcode, contacts. */
const HEADER = 'Client ID,First name,Surname,Date of birth,Gender,Postcode,Sessions attended'
const PEOPLE = [
  ['Amara', 'Okafor', '01/06/2019', 'F', 'SE11 6AB', '3'],
  ['Ben', 'Hall', '22/07/2020', 'M', 'SE11 6AB', '2'],
  ['Cara', 'Lowe', '13/08/2018', 'F', 'SE11 6AA', '4'],
  ['Dev', 'Patel', '14/09/2019', 'M', 'SE11 6AA', '1'],
  ['Eve', 'Stone', '05/10/2017', 'F', 'SW9 9SL', '0'],
  ['Finn', 'Grey', '28/02/2021', 'M', 'SW9 9SL', '6'],
]

/** The file above with one column's cells in the place of its own. */
function fileWith(column: string, cells: readonly string[]): string[] {
  const at = HEADER.split(',').indexOf(column)
  return [
    HEADER,
    ...PEOPLE.map((person, index) => {
      const row = [`C-${String(index + 11)}`, ...person]
      row[at] = cells[index] ?? row[at] ?? ''
      return row
        .map((cell) => (/[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
        .join(',')
    }),
  ]
}

async function stopsOf(column: string, cells: readonly string[]): Promise<readonly string[]> {
  return (await checkText(fileWith(column, cells))).stops
}

test.each([
  [fileWith('Client ID', [])],
  [fileWith('Client ID', ['1001', '1002', '1003', '1007', '1010', '1004'])],
  [fileWith('Client ID', ['AO010619', 'BH220720', 'CL130818', 'DP140919', 'ES051017', 'FG280221'])],
  [fileWith('Gender', ['1', '2', '1', '2', '0', '9'])],
  [fileWith('Gender', ['Girl', 'Boy', 'girl', 'boy', 'G', 'B'])],
  [
    fileWith('Date of birth', [
      '2019-06-01',
      '2020-07-22',
      '2018-08-13',
      '2019-09-14',
      '2017-10-05',
      '2021-02-28',
    ]),
  ],
  [
    fileWith('Surname', [
      'O’Neil-Smith',
      "D'Arcy",
      'van der Berg',
      'St. John',
      'Al Hassan',
      'Anderson',
    ]),
  ],
  [
    [
      'Client ID,Name,DOB,Sessions',
      'C-1,Amara Okafor,01/06/2019,1',
      'C-2,Ben van Dyke,22/07/2020,2',
    ],
  ],
  [
    [
      'Client ID,Date of birth,Contact date,Attended',
      'C-1,01/06/2019,03/05/2024,5',
      'C-1,01/06/2019,10/05/2024,3',
    ],
  ],
  [
    [
      'Client ID,Date of birth,Ethnicity,SEND,Sessions',
      'C-1,01/06/2019,A,Y,1',
      'C-2,22/07/2020,M,N,2',
      'C-3,23/07/2020,N,U,2',
    ],
  ],
  [['Client ID,Role,Sessions', 'C-1,Parent,1', 'C-2,Adult,2']],
])('raises nothing on a clean file', async (lines) => {
  const { refused, stops } = await checkText(lines)
  expect(refused).toBe('')
  expect(stops).toEqual([])
})

test.each([
  [['1.00012E+11', '1.00013E+11'], 'ref-exponent must-fix 2'],
  [['TBC', 'n/a', 'See notes', '0000', 'NEW', 'awaiting ref'], 'ref-placeholder must-fix 6'],
  [['1001.0', '1002.0', '1003.0', '1004.0', '1005.0', '1006.0'], 'ref-as-number confirm 6'],
  [['1,001', '1,002'], 'ref-as-number confirm 2'],
  [['01-Mar', '2024-03-02'], 'ref-as-date confirm 2'],
  [['1', '2', '3', '4', '5', '6'], 'refs-count-rows confirm 1'],
  [['001', '002', '003', '004', '005', '006'], 'refs-count-rows confirm 1'],
  [
    ['Amara Okafor', 'Ben Hall', 'Cara Lowe', 'Dev Patel', 'Eve Stone', 'Finn Grey'],
    'refs-are-names confirm 1',
  ],
  [['Amara', 'Ben', 'Cara', 'Dev', 'Eve', 'Finn'], 'refs-are-names confirm 1'],
  [['C-1', 'C-2', 'C-3', 'C-4', 'C-5', 'ask Sam'], 'refs-of-two-kinds confirm 1'],
  [['C-1', 'C-2', '\u0421-3'], 'refs-of-two-alphabets confirm 1'],
  [['C-1', 'C-2', '\u03a7-3'], 'refs-of-two-alphabets confirm 1'],
])('asks about references that a tool or a person damaged: %j', async (cells, finding) => {
  expect(await stopsOf('Client ID', cells)).toEqual([finding])
})

test('asks whether references that differ in capitals alone are one person, unless the rows say so', async () => {
  const ids = ['0031r00002AbCdE', '0031r00002aBcDe', '0031r00002ABcdE']
  const bare = ids.map((id) => `${id},Parent,3`)
  expect((await checkText(['Client ID,Role,Sessions', ...bare])).stops).toEqual([
    'ref-differs-in-case confirm 3',
  ])
  const same = ids.map((id) => `${id},Parent,Amara,04/05/1990,3`)
  expect((await checkText(['Client ID,Role,First name,DOB,Sessions', ...same])).stops).toEqual([])
  const contacts = ['C-1', 'c-1', 'C-2'].map((id) => `${id},03/05/2024,Y,Parent`)
  expect((await checkText(['Client ID,Contact date,Attended,Role', ...contacts])).stops).toEqual([
    'ref-differs-in-case confirm 2',
  ])
})

test.each([
  ['First name', ['Bob and Jane', 'Ali / Sara', 'Ben + Amy'], 'name-of-two-people confirm 3'],
  ['First name', ['Robert (Bob)', 'Amara2'], 'name-holds-remark confirm 2'],
  ['First name', ['Jos?', 'N??ez'], 'name-letter-lost confirm 2'],
  ['Surname', ['Jones née Smith'], 'name-holds-remark confirm 1'],
  ['Postcode', ['Amara', 'Ben', 'Cara', 'Dev', 'Eve', 'Finn'], 'most-values-unusable confirm 1'],
  [
    'Gender',
    ['Okafor', 'Hall', 'Lowe', 'Patel', 'Stone', 'Grey'],
    'most-values-unusable confirm 1',
  ],
  ['Gender', ['0', '1', '0', '1', '1', '0'], 'codes-read-two-ways confirm 1'],
  ['Gender', ['M', 'F', 'T', 'F', 'M', 'F'], 'codes-read-two-ways confirm 1'],
])('asks about %s that hold %j', async (column, cells, finding) => {
  const { stops } = await checkText(fileWith(column, cells))
  expect(stops).toEqual([finding])
})

test('asks about codes that can mean two things, until it is said what each means', async () => {
  const doubtful: [string, readonly string[]][] = [
    ['Ethnicity', ['W', 'B', 'A', 'M', 'O']],
    ['Ethnicity', ['B', 'A', 'M', 'A']],
    ['SEND', ['1', '2', '1', '2']],
    ['SEND', ['Y', 'N', 'X', 'N']],
    ['Role', ['P', 'C', 'P', 'C']],
  ]
  for (const [heading, words] of doubtful) {
    const lines = words.map(
      (word, index) => `C-${String(index)},1${String(index)}/05/2007,${word},1`,
    )
    const outcome = await checkText([`Client ID,DOB,${heading},Sessions`, ...lines])
    expect([heading, outcome.stops]).toEqual([heading, ['codes-read-two-ways confirm 1']])
    const [field = ''] =
      Object.entries(outcome.mapping.columns).find(([, column]) => column === heading) ?? []
    expect(outcome.mapping.values?.[field]).toBeUndefined()
    const values = { [field]: Object.fromEntries(words.map((word) => [word, ''])) }
    const settled = await checkText([`Client ID,DOB,${heading},Sessions`, ...lines], {
      mapping: { values },
    })
    expect(settled.stops).toEqual([])
  }
  const contacts = ['2', '3', '2'].map(
    (word, index) => `C-${String(index)},04/05/1990,03/05/2024,${word}`,
  )
  expect(
    (
      await checkText(['Client ID,DOB,Contact date,Attended', ...contacts], {
        mapping: {
          shape: 'contacts',
          columns: {
            client_ref: 'Client ID',
            date_of_birth: 'DOB',
            contact_date: 'Contact date',
            attended: 'Attended',
          },
        },
      })
    ).stops,
  ).toEqual(['codes-read-two-ways confirm 1'])
})

test('asks about a whole name that is written or split the wrong way round', async () => {
  const lines = (names: readonly string[]) => [
    'Client ID,Name,DOB,Sessions',
    ...names.map((name, index) => `C-${String(index)},${name},14/06/2019,1`),
  ]
  const split = { split: { Name: ['first_name', 'last_name'] } }
  const names = ['OKAFOR Amara', 'HALL Ben', 'VAN DYKE Cara']
  expect((await checkText(lines(names), { mapping: split })).stops).toEqual([
    'name-order-doubtful confirm 1',
  ])
  expect((await checkText(lines(['Bob & Jane Marlow', 'Grace Okafor']))).stops).toEqual([
    'name-of-two-people confirm 1',
  ])
})

test.each([
  ['Child 2 first name,Child 2 surname,Child 2 DOB', 'Obi,Okafor,03/04/2021', ',,'],
  ['Sibling DOB', '03/04/2021', ''],
  ['Twin name', 'Obi Okafor', ''],
  ['Second parent', 'Tom Okafor', ''],
  ['Partner', 'Tom Okafor', ''],
  ['Name 2,DOB 2', 'Tom Okafor,03/04/1990', ','],
  ['Date of birth.1', '03/04/2021', ''],
])('says that the rows with %s hold a person who is not used', async (further, filled, blank) => {
  const lines = fileWith('Client ID', []).map((line, row) =>
    row === 0 ? `${line},${further}` : `${line},${row % 3 === 1 ? filled : blank}`,
  )
  expect((await checkText(lines)).stops).toEqual(['further-person-ignored confirm 2'])
})

test.each([
  ['Mobile 2', '07700 900123', ['further-contact-ignored']],
  ['Second email', 'a@mail.leap.test', ['further-contact-ignored']],
  ['GP name', 'Dr Ann Lee', []],
  ['Keyworker 2', 'Sam Jones', []],
  ['Forename 2', 'Grace', []],
  ['Address line 2', 'Brixton', []],
  ['Other names', 'Grace', []],
  ['Second language', 'Somali', []],
  ['Partner agency', 'Home-Start', []],
])('stops nothing for a column called %s', async (further, cell, notes) => {
  const lines = fileWith('Client ID', []).map((line, row) =>
    row === 0 ? `${line},${further}` : `${line},${cell}`,
  )
  const outcome = await checkText(lines)
  expect(outcome.stops).toEqual([])
  expect(outcome.notes).toEqual(notes)
})

test('makes nobody an adult whose birth cannot be read, where age is to tell', async () => {
  const cells = ['2 yrs', 'unborn', 'EDD 03/2024', 'Jun 2020', '31/06/2019', '2109-01-02']
  const { facts, stops } = await checkText(fileWith('Date of birth', cells))
  expect(facts).toEqual([])
  expect(stops.filter((stop) => stop.includes('must-fix')).length).toBeGreaterThan(2)
})

test('says that nobody can be told a child where hardly anybody has a birth date', async () => {
  const lines = (heading: string) => [`Client ID,${heading},Sessions`, 'C-1,Amara,3', 'C-2,Ben,1']
  expect((await checkText(lines('First name'))).stops).toEqual(['nobody-told-child confirm 1'])
  expect((await checkText(lines('Child first name'))).stops).toEqual([
    'children-without-births file 1',
  ])
  const grown = { mapping: { constants: { role: 'adult' } } }
  expect((await checkText(lines('First name'), grown)).stops).toEqual([])
  // One of six without a birth, among children.
  expect(await stopsOf('Date of birth', ['', '01/01/2020'])).toEqual([
    'adults-for-want-of-birth confirm 1',
  ])
})

test('asks about births that are the day of a contact', async () => {
  const lines = fileWith('Date of birth', []).map((line, row) =>
    row === 0 ? `${line},Start date` : `${line},${line.split(',')[3] ?? ''}`,
  )
  expect((await checkText(lines)).stops).toEqual(['birth-is-service-date confirm 1'])
})

test('reads a reference wrapped as a formula as the quarter before, and error words as empty', async () => {
  const read = async (name: string) =>
    checkFile(new Uint8Array(await readFile(`test/files/${name}`)))
  const before = await read('10-equals-refs-q1.csv')
  const after = await read('10-equals-refs-q2.csv')
  expect(after.people).toEqual(before.people)
  expect(after.people).toHaveLength(12)
  const errors = await read('26-error-words.csv')
  expect(errors.people).toEqual(['C-1|AMARA|OKAFOR|2019-06-01', 'C-4|DEV||2019-09-14'])
  expect(errors.stops).toContain('ref-missing must-fix 2')
})

test('reads names with the surname in capitals first the right way round', async () => {
  const file = 'test/files/18-surname-in-capitals-first.csv'
  const { people, stops } = await checkFile(new Uint8Array(await readFile(file)))
  expect(stops).toEqual([])
  expect(people).toEqual([
    'C-1|AMARA|OKAFOR|2019-06-01',
    'C-2|BENJAMIN|HALL|2020-07-02',
    'C-3|CARA|VANDYKE|2018-08-13',
  ])
})

const SAMPLES: readonly [file: string, stops: readonly string[]][] = [
  [
    '05-births-half-swapped.xlsx',
    ['birth-order-doubtful confirm 1', 'postcode-of-everybody confirm 1'],
  ],
  ['06-births-utc.csv', ['birth-before-midnight confirm 1']],
  ['11-exponent-refs.csv', ['ref-exponent must-fix 4', 'nobody-told-child confirm 1']],
  ['13-case-sensitive-ids.csv', ['ref-differs-in-case confirm 3', 'nobody-told-child confirm 1']],
  ['17-two-people-in-a-name.csv', ['name-of-two-people confirm 2', 'nobody-told-child confirm 1']],
  ['19-gender-0-1.csv', ['codes-read-two-ways confirm 1']],
  ['24-second-child-columns.csv', ['further-person-ignored confirm 2']],
  [
    '25-births-without-leading-zero.csv',
    ['birth-digits-short file 1', 'birth-unreadable must-fix 2', 'birth-very-old confirm 1'],
  ],
  ['28-placeholder-ref-q1.csv', ['ref-placeholder must-fix 1']],
  ['28-placeholder-ref-q2.csv', ['ref-placeholder must-fix 1']],
]

test.each(SAMPLES)('stops %s with a question or a row to fix', async (name, stops) => {
  const outcome: FileOutcome = await checkFile(new Uint8Array(await readFile(`test/files/${name}`)))
  expect(outcome.stops).toEqual(stops)
})
