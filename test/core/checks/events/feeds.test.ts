import { describe, expect, test } from 'vitest'
import { readStaff } from '#core/checks/events/staff-values.ts'
import { eventLines } from '#core/messages/submissions/kind-words.ts'
import { templateHeadings } from '#core/standard/dictionary.ts'
import { FEED_KINDS } from '#core/standard/feeds/feed-kinds.ts'
import { compileMapping } from '#core/mapping/compile-mapping.ts'
import { suggestFurther } from '#core/mapping/suggestions/suggest-further.ts'
import { checkEventRows, type Row } from './check-file.ts'

const AMARA: Row = {
  ...{ client_ref: 'H-1', first_name: 'Amara', last_name: 'Okafor', gender: 'F' },
  ...{ date_of_birth: '03/02/1990', postcode: 'SW9 9SL', nhs_number: '', email: '', mobile: '' },
  ...{ involvement: 'Open', start_date: '09/01/2023', last_contact_date: '01/06/2024' },
  ...{ end_date: '', as_of: '19/06/2024' },
  ...{ staff_name: 'Sam  Carter', staff_role: 'Housing officer', staff_phone: '020 7946 0123' },
  ...{ staff_email: 'S.Carter@council.example', staff_team: 'North Team 4' },
  ...{ landlord: 'Oak Homes', tenancy: 'Secure', rent_arrears: 'Yes, open', eviction: 'no' },
}
const BO: Row = {
  ...AMARA,
  ...{ client_ref: 'H-2', first_name: 'Bo', last_name: 'Lindqvist', date_of_birth: '11/11/1980' },
}

const row = (part: Row, of: Row = AMARA): Row => ({ ...of, ...part })

test('keeps what a source says of each involvement, and counts how good the file is', async () => {
  const { outcome, findings, events } = await checkEventRows('housing', [
    AMARA,
    row({ involvement: 'closed', end_date: '01/02/2024', staff_phone: '', rent_arrears: 'maybe' }),
    row({ involvement: 'none', first_name: '', postcode: '' }, BO),
  ])
  expect(findings).toEqual(['2 rent_arrears not-in-list note'])
  expect(outcome.records).toBe(2)
  const kept = {
    ...{ state: 'current', startDate: '2023-01-09', lastDate: '2024-06-01', endDate: '' },
    ...{ staffName: 'Sam Carter', staffRole: 'housing_officer', staffPhone: '020 7946 0123' },
    ...{ staffEmail: 's.carter@council.example', staffTeam: 'North Team 4' },
    details: { landlord: 'Oak Homes', tenancy: 'secure', eviction: 'no', rent_arrears: 'open' },
  }
  const { rent_arrears: _, ...withoutArrears } = kept.details
  expect(events[0]?.involvements).toEqual([
    kept,
    {
      ...{ ...kept, state: 'historic', endDate: '2024-02-01', staffPhone: '' },
      details: withoutArrears,
    },
  ])
  expect(outcome.feed).toEqual({
    ...{ people: 2, withName: 1, withBirth: 2, withAddress: 1 },
    ...{ involvements: 3, current: 1, historic: 1, none: 1, asOf: '2024-06-19' },
    roles: { housing_officer: { involvements: 2, name: 2, phone: 1, email: 2 } },
    outside: { rent_arrears: 1 },
  })
  expect(eventLines({ ...(outcome.feed === undefined ? {} : { feed: outcome.feed }) })).toEqual([
    '2 people: with a name 1 of 2 (50 %), with a date of birth 2 of 2 (100 %), with a postcode 1 of 2 (50 %)',
    '3 rows: current 1, historic 1, none 1',
    'Whom to phone, Housing officer: 2 of 2 (100 %) rows; with a name 2 of 2 (100 %), a number 1 of 2 (50 %), an email 2 of 2 (100 %)',
    'Rent arrears: 1 row has a word that is in no list, which is not kept',
  ])
})

test.each<[what: string, finding: string, rows: readonly Row[]]>([
  ['no involvement', '1 involvement involvement-missing must-fix', [row({ involvement: '' })]],
  [
    'a word for it that nobody knows',
    '1 involvement not-in-list must-fix',
    [row({ involvement: 'perhaps' })],
  ],
  ['a day to come', '1 as_of as-of-later must-fix', [row({ as_of: '21/06/2024' })]],
  [
    'an involvement that is current and over',
    '1 end_date current-has-ended confirm',
    [row({ end_date: '19/06/2024' })],
  ],
  [
    'an involvement that is over and ends later',
    '1 end_date historic-not-ended confirm',
    [row({ involvement: 'past', end_date: '21/06/2024' })],
  ],
  [
    'a beginning to come',
    '1 start_date involvement-later confirm',
    [row({ start_date: '21/06/2024', last_contact_date: '' })],
  ],
  ['the same row twice', '2 involvement involvement-repeated note', [AMARA, AMARA]],
  [
    'the person’s name as their staff’s',
    '1 staff_name staff-is-the-person must-fix',
    [row({ staff_name: 'Ms OKAFOR, Amara' })],
  ],
  [
    'the person’s name as a team',
    '1 staff_team staff-is-the-person must-fix',
    [row({ staff_team: 'Amara Okafor' })],
  ],
  [
    'the person’s name as a landlord',
    '1 landlord staff-is-the-person must-fix',
    [row({ landlord: 'amara okafor' })],
  ],
  [
    'the person’s number as their staff’s',
    '1 staff_phone staff-is-the-person must-fix',
    [row({ mobile: '+44 7700 900123', staff_phone: '07700 900123' })],
  ],
  [
    'the person’s address as their staff’s',
    '1 staff_email staff-is-the-person must-fix',
    [row({ email: 'amara@mail.example', staff_email: 'Amara@Mail.example' })],
  ],
  [
    'a private address',
    '1 staff_email staff-email-private confirm',
    [row({ staff_email: 'sam@gmail.com' })],
  ],
])('finds %s', async (_, finding, rows) => {
  const { findings } = await checkEventRows('housing', rows)
  expect(findings).toEqual([finding])
})

describe('asks about a column of staff names that may hold relatives', () => {
  const people = (count: number, staff: (index: number) => string): Row[] =>
    Array.from({ length: count }, (_, index) => ({
      ...row({ client_ref: `H-${index}`, staff_name: staff(index), staff_email: '' }),
      last_name: `Okafor${letters(index)}`,
    }))
  const letters = (index: number) =>
    String.fromCharCode(97 + (index % 26)) + String.fromCharCode(97 + Math.floor(index / 26))
  const found = async (rows: Row[]) =>
    (await checkEventRows('housing', rows)).outcome.findings
      .filter(({ field, severity }) => field === 'staff_name' && severity === 'confirm')
      .map(({ code }) => code)

  test('when there are as many as people', async () => {
    expect(await found(people(30, (index) => `Sam Carter${letters(index)}`))).toEqual([
      'staff-names-many',
    ])
    expect(await found(people(30, (index) => `Sam Carter${letters(index % 5)}`))).toEqual([])
  })

  test('when they are called as the people are', async () => {
    const staff = (index: number) =>
      index % 3 === 0 ? `Ngozi Okafor${letters(index)}` : 'Sam Carter'
    expect(await found(people(12, staff))).toEqual(['staff-names-alike'])
    expect(await found(people(12, () => 'Sam Carter'))).toEqual([])
  })
})

test.each<[form: Parameters<typeof readStaff>[0], cell: string, value: string]>([
  ['name', 'Dr A. O’Neil-Smith', 'Dr A. O’Neil-Smith'],
  ['name', 'Zoë  Ån', 'Zoë Ån'],
  ['name', '07700 900123', ''],
  ['name', 'sam@council.example', ''],
  ['name', 'n/a', ''],
  ['name', 'Vacant', ''],
  ['name', 'A', ''],
  ['phone', '020 7946 0123', '020 7946 0123'],
  ['phone', '+44 (0)20 7946 0123 ext 12', '+44 (0)20 7946 0123 ext 12'],
  ['phone', 'ext 4512', 'ext 4512'],
  ['phone', '101', ''],
  // An NHS number, a date, a postcode, a name.
  ['phone', '999 000 0018', ''],
  ['phone', '03/02/1990', ''],
  ['phone', 'SW9 9SL', ''],
  ['phone', 'Amara Okafor', ''],
  ['email', 'Sam.Carter@Council.example', 'sam.carter@council.example'],
  ['email', 'Sam Carter', ''],
  ['organisation', 'Year 6, Hilltop Primary', 'Year 6, Hilltop Primary'],
  ['organisation', 'sam@council.example', ''],
  ['organisation', '12 Oak Road SW9 9SL', ''],
  ['organisation', '9990000018', ''],
  ['organisation', '03/02/1990', ''],
])('reads a %s of “%s”', (form, cell, value) => {
  expect(readStaff(form, cell).value).toBe(value)
})

describe('every kind of source', () => {
  test.each(FEED_KINDS)('understands its own template, and has nothing else: %s', (kind) => {
    const header = templateHeadings(kind)
    const { mapping } = suggestFurther(kind, { header, sampleRows: [], quarter: '2024-Q1' })
    expect(Object.values(mapping.columns).sort()).toEqual([...header].sort())
    expect(compileMapping(mapping, header, undefined, kind)).toMatchObject({ ok: true })
  })

  test('never takes a column for staff that only may be', () => {
    const header = [
      'Client ID',
      'Forename',
      'Surname',
      'DOB',
      'Status',
      'Contact name',
      'Contact tel',
    ]
    const { mapping, suggestions } = suggestFurther('housing', {
      ...{ header, sampleRows: [], quarter: '2024-Q1' },
    })
    expect(mapping.columns).toMatchObject({ involvement: 'Status' })
    expect(Object.keys(mapping.columns).filter((field) => field.startsWith('staff'))).toEqual([])
    expect(suggestions).toContainEqual(
      expect.objectContaining({ field: 'staff_name', column: 'Contact name', certainty: 'guess' }),
    )
  })
})
