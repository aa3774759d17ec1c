import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readRowList } from '#core/checks/row-list.ts'
import { PSEUDONYM_COLUMNS } from '#core/pseudonym/kinds.ts'
import { check, type Checked } from './tables.ts'

const PERSON = [
  'client_ref',
  'role',
  'first_name',
  'last_name',
  'date_of_birth',
  'gender',
  'nhs_number',
  'postcode',
  'contacts',
]

function codes({ outcome }: Checked, severity: string): string[] {
  return outcome.findings
    .filter((finding) => finding.severity === severity)
    .map(({ code, rows }) => `${code} ${rows}`)
}

test('gives the facts of a person, and nothing else of the row', async () => {
  const areas = {
    find: (postcode: string) =>
      postcode === 'SW99SL'
        ? { ward: 'stockwell', imdDecile: 2, inArea: 'yes' as const }
        : undefined,
  }
  const fields = [
    ...PERSON,
    'ethnicity',
    'main_language',
    'send_or_disability',
    'referral_date',
    'start_date',
    'end_date',
    'referral_source',
    'status',
    'last_contact_date',
  ]
  const row = [
    'A1',
    '',
    'Amara',
    'Okafor',
    '03/02/2021',
    'F',
    '',
    'SW9 9SL',
    '3',
    'Black African',
    'Somali',
    'No',
    '01/03/24',
    '45383',
    '2024-06-28T10:00',
    'HV',
    'Open',
    '21 Jun 2024',
  ]
  const { facts, outcome } = await check(fields, [row], { areas })
  expect(facts).toEqual([
    {
      sourceRow: 1,
      role: 'child',
      birth: '2021-02',
      gender: 'F',
      ward: 'stockwell',
      imdDecile: 2,
      inArea: 'yes',
      ethnicity: 'N',
      mainLanguage: 'so',
      sendOrDisability: 'no',
      referralDate: '2024-03-01',
      startDate: '2024-04-01',
      endDate: '2024-06-28',
      referralSource: 'health_visitor',
      status: 'active',
      contacts: 3,
      lastContactDate: '2024-06-21',
      filled: null,
    },
  ])
  expect(outcome.rows).toEqual({ read: 1, accepted: 1, rejected: 0, blank: 0, leftOut: 0 })
})

test('[S28] counts every row once: read = accepted + rejected + blank, for any table of any shape', async () => {
  const cell = fc.constantFrom(
    '',
    ' ',
    '-',
    'A1',
    'A2',
    'a1',
    'Amara',
    'Tom',
    '03/02/2021',
    '31/02/2021',
    '04/05/1990',
    'child',
    'F',
    'M',
    '9434765919',
    'SW9 9SL',
    '3',
    '\uFFFD',
    'yes',
    '05/05/2024',
    '05/05/2025',
  )
  const shapes = [
    { shape: 'person', fields: [...PERSON, 'start_date', 'end_date'] },
    {
      shape: 'child-and-carer',
      fields: [
        'client_ref',
        'date_of_birth',
        'first_name',
        'carer_first_name',
        'carer_email',
        'start_date',
        'end_date',
      ],
    },
    {
      shape: 'contacts',
      fields: ['client_ref', 'contact_date', 'attended', 'first_name', 'date_of_birth', 'gender'],
    },
  ] as const
  const file = fc.constantFrom(...shapes).chain(({ shape, fields }) =>
    fc.tuple(
      fc.constant(shape),
      fc.constant(fields),
      fc.array(
        fc.oneof(
          {
            weight: 5,
            arbitrary: fc.array(cell, { minLength: fields.length, maxLength: fields.length }),
          },
          // By chance no row would be blank in all of its cells.
          { weight: 1, arbitrary: fc.constant(fields.map(() => ' ')) },
        ),
        { maxLength: 12 },
      ),
    ),
  )
  await fc.assert(
    fc.asyncProperty(file, async ([shape, fields, rows]) => {
      const { outcome, facts } = await check(fields, rows, { shape })
      const { read, accepted, rejected, blank } = outcome.rows
      expect(blank).toBe(rows.filter((cells) => cells.every((cell) => cell.trim() === '')).length)
      expect(read).toBe(rows.length)
      expect(read).toBe(accepted + rejected + blank)
      expect(outcome.rejectedRows.length).toBe(rejected)
      const recalled = new Set(outcome.recalledRows)
      const rejectedRows = [...outcome.rejectedRows]
      expect(rejectedRows).toEqual([...new Set(rejectedRows)].sort((left, right) => left - right))
      for (const row of recalled) expect(rejectedRows).toContain(row)
      // The rows with a must-fix finding are the rejected ones, and every one of them is listed.
      const found = outcome.findings.flatMap(({ severity, rowList, rows }) => {
        const listed = readRowList(rowList.toBytes())
        expect(listed.length).toBe(rows)
        return severity === 'must-fix' ? listed : []
      })
      expect([...new Set(found)].sort((left, right) => left - right)).toEqual(rejectedRows)
      // What is left after the recalled rows is what the outcome counts.
      const kept = facts.filter(({ sourceRow }) => !recalled.has(sourceRow))
      expect(outcome.records).toBe(kept.length)
      expect(outcome.familyTies).toBe(
        kept.length - new Set(kept.map(({ sourceRow }) => sourceRow)).size,
      )
      expect(kept.every(({ sourceRow }) => !rejectedRows.includes(sourceRow))).toBe(true)
      const { strong, weak, none } = outcome.linkability
      expect(strong + weak + none).toBe(outcome.records)
      for (const { column } of PSEUDONYM_COLUMNS) {
        const count = outcome.columns[column]
        const blanks = Object.values(count?.blank ?? {}).reduce((sum, one) => sum + one, 0)
        expect((count?.made ?? 0) + blanks).toBe(outcome.records)
      }
      if (shape !== 'contacts')
        expect(new Set(kept.map(({ sourceRow }) => sourceRow)).size).toBe(accepted)
    }),
    { numRuns: 300 },
  )
})

test('rejects all rows of one reference that disagree about the person, and only those', async () => {
  const rows = [
    ['A1', '', 'Amara', 'Okafor', '03/02/2021', 'F', '', '', '1'],
    ['B1', '', 'Tom', 'Smith', '04/05/2022', 'M', '', '', '1'],
    ['a 1', '', 'Amara', '', '', '', '9434765919', '', '1'],
    ['A1', '', 'Amara', 'Okafor', '03/02/2020', 'F', '', '', '1'],
    ['B1', '', 'Thomas', '', '04/05/2022', 'X', '', '', '1'],
  ]
  const { outcome, findings } = await check(PERSON, rows)
  expect([...outcome.recalledRows]).toEqual([1, 3, 4])
  expect(outcome.rows).toEqual({ read: 5, accepted: 2, rejected: 3, blank: 0, leftOut: 0 })
  expect(outcome.records).toBe(2)
  expect(outcome.columns['client_pseudonym']?.made).toBe(2)
  expect(findings).toContain('2 client_ref ref-repeated note')
})

test('says the same of rows that disagree in whatever order they come', async () => {
  const names = fc.constantFrom('', 'Amara', 'Tom')
  const births = fc.constantFrom('', '03/02/2021', '04/02/2021')
  const rows = fc.array(fc.tuple(fc.constantFrom('A', 'B'), names, births), {
    minLength: 1,
    maxLength: 6,
  })
  await fc.assert(
    fc.asyncProperty(rows, async (people) => {
      const fields = ['client_ref', 'first_name', 'date_of_birth']
      const forward = await check(fields, people)
      const backward = await check(fields, [...people].reverse())
      expect(backward.outcome.rows).toEqual(forward.outcome.rows)
      const mirrored = [...backward.outcome.recalledRows]
        .map((row) => people.length + 1 - row)
        .reverse()
      expect(mirrored).toEqual([...forward.outcome.recalledRows])
    }),
    { numRuns: 200 },
  )
})

test('leaves a row that is rejected anyway out of the comparison', async () => {
  const rows = [
    ['A1', 'child', 'Amara', '', '03/02/2021', '', '', '', ''],
    ['A1', 'child', 'Tom', '', '', '', '', '', ''],
  ]
  const { outcome } = await check(PERSON, rows)
  expect([...outcome.rejectedRows]).toEqual([2])
})

const FAMILY = [
  'client_ref',
  'first_name',
  'date_of_birth',
  'ethnicity',
  'send_or_disability',
  'main_language',
  'status',
  'contacts',
  'carer_first_name',
  'carer_email',
  'carer_date_of_birth',
  'email',
]

test('gives a child and then its carer, with the row’s other cells but ethnicity and disability', async () => {
  const rows = [
    [
      'A1',
      'Amara',
      '03/02/2021',
      'N',
      'yes',
      'so',
      'active',
      '2',
      'Ngozi',
      'n@mail.leap.test',
      '14/09/91',
      '',
    ],
    ['A2', 'Tom', '04/02/2021', 'A', 'no', 'en', 'active', '1', ' ', "'", '', ''],
  ]
  const { facts, references, outcome } = await check(FAMILY, rows)
  expect(references).toEqual(['A1', 'A1#CARER', 'A2'])
  expect(facts[0]).toMatchObject({
    sourceRow: 1,
    role: 'child',
    birth: '2021-02',
    ethnicity: 'N',
    sendOrDisability: 'yes',
    contacts: 2,
  })
  expect(facts[1]).toMatchObject({
    sourceRow: 1,
    role: 'parent',
    birth: '1991',
    ethnicity: '',
    sendOrDisability: 'unknown',
    mainLanguage: 'so',
    status: 'active',
    contacts: 2,
  })
  expect(outcome.familyTies).toBe(1)
  expect(outcome.columns['carer_email_pseudonym']).toEqual({
    made: 1,
    blank: { 'email-missing': 1, 'not-for-role': 1 },
  })
  expect(outcome.columns['email_pseudonym']).toEqual({ made: 1, blank: { 'email-missing': 2 } })
})

test('rejects a child’s rows that name different carers', async () => {
  const rows = [
    ['A1', 'Amara', '03/02/2021', '', '', '', '', '', 'Ngozi', '', '', ''],
    ['A1', 'Amara', '03/02/2021', '', '', '', '', '', 'Emeka', '', '', ''],
  ]
  const checked = await check(FAMILY, rows)
  expect(codes(checked, 'must-fix')).toEqual(['ref-carers-disagree 2'])
  expect(checked.outcome).toMatchObject({ records: 0, familyTies: 0 })
})

const CONTACTS = ['client_ref', 'first_name', 'contact_date', 'attended']

test('adds contacts up to one record a person, with the attended ones of the quarter and the last of them', async () => {
  const rows = [
    ['A1', 'Amara', '03/05/2024', 'Y'],
    ['B1', 'Tom', '01/04/2024', 'DNA'],
    ['a1', 'Amara', '10/05/2024', 'Attended'],
    ['A1', '', '17/05/2024', 'N'],
    ['', '', '', ''],
    ['A1', 'Amara', '31/03/2024', 'Y'],
    ['A1', 'Amara', '01/07/2024', 'Y'],
    ['C1', 'Zoe', '', 'Y'],
  ]
  const { facts, references, outcome } = await check(CONTACTS, rows)
  expect(references).toEqual(['A1', 'B1', 'C1'])
  expect(
    facts.map(({ sourceRow, contacts, lastContactDate }) => [sourceRow, contacts, lastContactDate]),
  ).toEqual([
    [1, 2, '2024-05-10'],
    [2, 0, ''],
    [8, 0, ''],
  ])
  expect(outcome.rows).toEqual({ read: 8, accepted: 7, rejected: 0, blank: 1, leftOut: 0 })
  expect(outcome.contactsCounted).toBe(2)
})

test('begins a person of contacts at the first row that is accepted, and leaves disagreeing ones out', async () => {
  const rows = [
    ['A1', 'Amara', '31/04/2024', 'Y'],
    ['A1', 'Amara', '03/05/2024', 'Y'],
    ['B1', 'Tom', '03/05/2024', 'Y'],
    ['B1', 'Zoe', '04/05/2024', 'Y'],
  ]
  const { facts, outcome } = await check(CONTACTS, rows)
  expect(facts.map(({ sourceRow, contacts }) => [sourceRow, contacts])).toEqual([[2, 1]])
  expect([...outcome.rejectedRows]).toEqual([1, 3, 4])
  expect([...outcome.recalledRows]).toEqual([])
})

test('refuses a file of contacts of another quarter, and one without rows', async () => {
  const other = await check(CONTACTS, [
    ['A1', 'Amara', '03/05/2023', 'Y'],
    ['B1', 'Tom', '03/06/2023', 'Y'],
  ])
  expect(codes(other, 'file')).toEqual(['quarter-mismatch 1'])
  expect(codes(await check(['client_ref'], []), 'file')).toEqual(['no-rows 1'])
  expect(codes(await check(['client_ref'], [[''], [' ']]), 'file')).toEqual(['no-rows 1'])
})

test('refuses a file whose birth dates are written month first, of child or carer', async () => {
  const month = await check(
    ['client_ref', 'date_of_birth'],
    [
      ['A1', '01/13/2021'],
      ['A2', '02/03/2021'],
    ],
  )
  expect(codes(month, 'file')).toEqual(['birth-month-first 1'])
  const carer = await check(
    ['client_ref', 'date_of_birth', 'carer_date_of_birth'],
    [['A1', '13/01/2021', '01/13/1991']],
  )
  expect(codes(carer, 'file')).toEqual(['birth-month-first 1'])
  const stray = Array.from({ length: 21 }, (_, n) => [
    `A${n}`,
    n === 0 ? '01/13/2021' : '02/03/2021',
  ])
  expect(codes(await check(['client_ref', 'date_of_birth'], stray), 'file')).toEqual([])
})

test('refuses a file whose service dates are month first as a habit, not for one slip', async () => {
  const fields = ['client_ref', 'start_date']
  expect(
    codes(
      await check(fields, [
        ['A1', '05/13/2024'],
        ['A2', '04/14/2024'],
      ]),
      'file',
    ),
  ).toEqual(['date-month-first 1'])
  expect(
    codes(
      await check(fields, [
        ['A1', '05/13/2024'],
        ['A2', '04/04/2024'],
      ]),
      'file',
    ),
  ).toEqual([])
})

test('[S26] asks about a column of NHS numbers that a spreadsheet rounded, and uses none of them', async () => {
  const rows = [
    ['A1', '9.43E+09'],
    ['A2', '9,43477E+09'],
    ['A3', '9434765919'],
  ]
  const checked = await check(['client_ref', 'nhs_number'], rows, { constants: { role: 'adult' } })
  expect(codes(checked, 'confirm')).toEqual(['contacts-not-mapped 1', 'nhs-column-exponent 1'])
  expect(checked.outcome.columns['nhs_number_pseudonym']).toEqual({
    made: 1,
    blank: { 'nhs-exponent': 2 },
  })
})

test('asks for a confirmation that active enrolment counts when no column tells of contacts', async () => {
  const confirms = async (fields: readonly string[], row: readonly string[]) =>
    codes(await check(fields, [row], { constants: { role: 'adult' } }), 'confirm')
  expect(await confirms(['client_ref'], ['A1'])).toEqual(['contacts-not-mapped 1'])
  expect(await confirms(['client_ref', 'contacts'], ['A1', '1'])).toEqual([])
  expect(await confirms(['client_ref', 'contact_date'], ['A1', '01/05/2024'])).toEqual([
    'attended-not-mapped 1',
  ])
})

test('tells what can be matched from what cannot', async () => {
  const fields = [
    'client_ref',
    'role',
    'first_name',
    'last_name',
    'date_of_birth',
    'gender',
    'postcode',
    'nhs_number',
    'email',
    'carer_email',
  ]
  const rows = [
    ['A1', '', '', '', '', '', '', '9434765919', '', ''],
    ['A2', 'child', 'Amara', '', '03/02/2021', 'F', '', '', '', 'n@mail.leap.test'],
    ['A3', '', 'Ngozi', 'Okafor', '03/02/1991', '', 'SW9 9SL', '', '', ''],
    ['A4', '', '', '', '', '', '', '', 'n@mail.leap.test', ''],
    ['A5', '', 'Ngozi', 'Okafor', '03/02/1991', '', '', '', '', ''],
    ['A6', '', '', '', '', '', '', '', '', ''],
  ]
  const { outcome, findings } = await check(fields, rows)
  expect(outcome.linkability).toEqual({ strong: 3, weak: 1, none: 2 })
  expect(findings.filter((finding) => finding.includes('cannot-be-matched'))).toEqual([
    '5  cannot-be-matched note',
    '6  cannot-be-matched note',
  ])
})

test('[S41] makes nothing of placeholders, so that a thousand rows that share them stay a thousand people', async () => {
  const fields = [
    'client_ref',
    'first_name',
    'last_name',
    'date_of_birth',
    'nhs_number',
    'email',
    'mobile',
    'postcode',
  ]
  const rows = Array.from({ length: 1000 }, (_, n) => [
    `R${n}`,
    'Unknown',
    'Unknown',
    '01/01/1900',
    '0000000000',
    'none@none.org',
    '07000000000',
    'ZZ99 3VZ',
  ])
  const { outcome } = await check(fields, rows)
  expect(outcome.records).toBe(1000)
  expect(outcome.linkability.none).toBe(1000)
  for (const { column } of PSEUDONYM_COLUMNS)
    expect(outcome.columns[column]?.made).toBe(column === 'client_pseudonym' ? 1000 : 0)
})

test('holds no value of the file in its outcome or its findings', async () => {
  const fields = [
    'client_ref',
    'first_name',
    'last_name',
    'date_of_birth',
    'nhs_number',
    'email',
    'mobile',
    'postcode',
    'ethnicity',
    'start_date',
  ]
  const values = [
    'REF-XYZZY',
    'Quetzalcoatl',
    'Zyxwvut',
    '31/02/2021',
    '943476591',
    'zyx@@mail.test',
    '0777zyx',
    'QQ1 1QQ',
    'Martianish',
    'someday',
  ]
  const { outcome, findings } = await check(fields, [values, values])
  const text = JSON.stringify([outcome, [...outcome.rejectedRows], findings]).toLowerCase()
  for (const value of values) expect(text).not.toContain(value.toLowerCase())
})

test('shows the first rows of a finding and never caps its total', async () => {
  const rows = Array.from({ length: 250 }, (_, n) => [`A${n}`, ''])
  const { outcome } = await check(['client_ref', 'nhs_number'], rows)
  const missing = outcome.findings.find(({ code }) => code === 'nhs-missing')
  expect(missing).toMatchObject({ rows: 250, severity: 'note' })
  expect(missing?.firstRows).toEqual(Array.from({ length: 100 }, (_, n) => n + 1))
})
