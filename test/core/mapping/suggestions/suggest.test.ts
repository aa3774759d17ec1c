import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PEOPLE_FIELDS } from '#core/standard/fields.ts'
import { compileMapping } from '#core/mapping/compile-mapping.ts'
import type { Mapping } from '#core/mapping/mapping.ts'
import { suggestMapping } from '#core/mapping/suggestions/suggest.ts'
import { HEADER_SETS } from './header-sets.ts'

function suggest(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  extra: { previous?: Mapping; others?: readonly Mapping[] } = {},
) {
  return suggestMapping({ header, sampleRows: rows, quarter: '2024-Q1', ...extra })
}

function certainty(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  field: string,
  column: string,
) {
  const found = suggest(header, rows).suggestions.filter(
    (one) => one.field === field && one.column === column,
  )
  return found.map((one) => one.certainty)
}

for (const set of HEADER_SETS) {
  test(`maps the file of ${set.of} with certainty`, () => {
    const { mapping, suggestions } = suggest(set.header, set.rows)
    expect(mapping).toEqual(set.mapping)
    expect(compileMapping(mapping, set.header).ok).toBe(true)
    for (const [field, column] of set.neverCertain ?? []) {
      const certain = suggestions.filter(
        (one) =>
          one.column === column &&
          (field === '' || one.field === field) &&
          one.certainty === 'certain',
      )
      expect(certain).toEqual([])
    }
  })
}

test('never takes a parent’s e-mail for the child’s own', () => {
  const header = ['Ref', 'Child DOB', 'Child email', 'Parent email']
  const rows = [
    ['a1', '03/02/2021', '', 'p@mail.leap.test'],
    ['a2', '04/02/2021', '', 'q@mail.leap.test'],
  ]
  expect(suggest(header, rows).mapping.columns).toMatchObject({
    email: 'Child email',
    carer_email: 'Parent email',
  })
})

test('does not choose whose a plain “E-mail address” is in a file of small children', () => {
  const header = ['Ref', 'First name', 'Surname', 'DOB', 'E-mail address', 'Phone']
  const rows = [['a1', 'Amara', 'Okafor', '03/02/2021', 'p@mail.leap.test', '07700900123']]
  expect(certainty(header, rows, 'email', 'E-mail address')).toEqual(['likely'])
  expect(certainty(header, rows, 'mobile', 'Phone')).toEqual(['likely'])
})

test('takes a plain “E-mail address” for the person’s own in a file of adults', () => {
  const header = ['Ref', 'First name', 'Surname', 'DOB', 'E-mail address', 'Phone']
  const rows = [['a1', 'Ngozi', 'Okafor', '03/02/1991', 'p@mail.leap.test', '07700900123']]
  expect(certainty(header, rows, 'email', 'E-mail address')).toEqual(['certain'])
  expect(certainty(header, rows, 'mobile', 'Phone')).toEqual(['certain'])
})

test('takes a column called “Number” for an NHS number at most as likely, and only when its digits pass the check', () => {
  const header = ['Client ID', 'Number']
  expect(
    certainty(
      header,
      [
        ['1', '9434765919'],
        ['2', '9990000018'],
      ],
      'nhs_number',
      'Number',
    ),
  ).toEqual(['likely'])
  expect(
    certainty(
      header,
      [
        ['1', '12'],
        ['2', '14'],
      ],
      'nhs_number',
      'Number',
    ),
  ).toEqual([])
})

test('chooses neither of two columns of NHS numbers', () => {
  const header = ['Client ID', 'NHS No', 'NHS Number']
  const { mapping, suggestions } = suggest(header, [['1', '9434765919', '9434765919']])
  expect(mapping.columns).toEqual({ client_ref: 'Client ID' })
  expect(
    suggestions.filter(({ field }) => field === 'nhs_number').map((one) => one.certainty),
  ).toEqual(['likely', 'likely'])
})

test('doubts a header that the values below it contradict', () => {
  const header = ['Client ID', 'DOB', 'NHS number']
  const rows = [
    ['1', 'a@mail.leap.test', 'Amara'],
    ['2', 'b@mail.leap.test', 'Tom'],
    ['3', 'c@mail.leap.test', 'Zoë'],
  ]
  expect(certainty(header, rows, 'date_of_birth', 'DOB')).toEqual(['guess'])
  expect(certainty(header, rows, 'nhs_number', 'NHS number')).toEqual(['likely'])
})

test('takes a column called “ID” for the client reference when its values are unique to a row, a row written twice aside', () => {
  const ids = Array.from({ length: 40 }, (_, index) => [`PC${index}`, 'Amara Okafor'])
  const of = (rows: readonly (readonly string[])[]) =>
    certainty(['ID', 'Name'], rows, 'client_ref', 'ID')
  expect(of(ids)).toEqual(['certain'])
  expect(of([...ids, ...ids.slice(0, 1)])).toEqual(['certain'])
  expect(of([...ids, ['PC0', 'Tom Smith']])).toEqual(['guess'])
  // So many are no slip: rows may be visits, and the column whatever they are of.
  expect(of([...ids, ...ids.slice(0, 10)])).toEqual(['guess'])
})

test('splits a column of whole names, and leaves one of single words to a person', () => {
  expect(
    suggest(
      ['ID', 'Name'],
      [
        ['1', 'Amara Okafor'],
        ['2', 'Tom Smith'],
      ],
    ).mapping.split,
  ).toEqual({ Name: ['first_name', 'last_name'] })
  expect(
    suggest(
      ['ID', 'Name'],
      [
        ['1', 'Amara'],
        ['2', 'Tom'],
      ],
    ).mapping.split,
  ).toBeUndefined()
  expect(
    suggest(
      ['ID', 'Name', 'Surname'],
      [
        ['1', 'Amara', 'Okafor'],
        ['2', 'Tom', 'Smith'],
      ],
    ).mapping.columns,
  ).toMatchObject({ first_name: 'Name', last_name: 'Surname' })
})

test('never preselects an identifier by a near miss', () => {
  const header = ['Client ID', 'Forname', 'Surmane', 'Pstcode', 'Date of brith']
  const { mapping, suggestions } = suggest(header, [
    ['1', 'Amara', 'Okafor', 'SW9 9SL', '03/02/2021'],
  ])
  expect(mapping.columns).toEqual({ client_ref: 'Client ID' })
  expect(suggestions.find(({ field }) => field === 'first_name')).toMatchObject({
    column: 'Forname',
    certainty: 'guess',
  })
})

test('never takes columns of months for a count of contacts', () => {
  const header = ['Client ID', 'April', 'May', 'June']
  const { mapping } = suggest(header, [['1', '2', '3', '0']])
  expect(mapping.columns).toEqual({ client_ref: 'Client ID' })
})

test('reads “Attended” as a count where rows are people, and as yes or no where rows are contacts', () => {
  expect(
    suggest(
      ['Client ID', 'Attended'],
      [
        ['1', '4'],
        ['2', '11'],
      ],
    ).mapping,
  ).toMatchObject({ shape: 'person', columns: { contacts: 'Attended' } })
  const contacts = suggest(
    ['Client ID', 'Date', 'Attended'],
    [
      ['1', '03/05/2024', 'Y'],
      ['1', '10/05/2024', 'N'],
    ],
  ).mapping
  expect(contacts).toMatchObject({
    shape: 'contacts',
    columns: { contact_date: 'Date', attended: 'Attended' },
    values: { attended: { Y: 'yes', N: 'no' } },
  })
})

test('takes the last mapping first, with its values and constants, and adds nothing it left out', () => {
  const previous: Mapping = {
    shape: 'person',
    columns: { client_ref: 'Case', gender: 'Sex' },
    constants: { status: 'active' },
    values: { gender: { Lass: 'F' } },
  }
  const { mapping, suggestions } = suggest(
    ['Case', 'Sex', 'NHS number'],
    [['1', 'Boy', '9434765919']],
    { previous },
  )
  expect(mapping).toEqual({
    shape: 'person',
    columns: { client_ref: 'Case', gender: 'Sex' },
    constants: { status: 'active' },
    values: { gender: { Lass: 'F', Boy: 'M' } },
  })
  expect(suggestions.find(({ field }) => field === 'nhs_number')?.certainty).toBe('likely')
})

test('maps a renamed column anew when the last mapping no longer finds it', () => {
  const previous: Mapping = { columns: { client_ref: 'Case', date_of_birth: 'Born' } }
  const { mapping } = suggest(['Case', 'DOB'], [['1', '03/02/2021']], { previous })
  expect(mapping.columns).toEqual({ client_ref: 'Case', date_of_birth: 'DOB' })
})

test('takes another service’s mapping of an identifier as likely only', () => {
  const others: Mapping[] = [{ columns: { client_ref: 'Zuordnung', status: 'Stand' } }]
  const { mapping, suggestions } = suggest(
    ['Zuordnung', 'Stand'],
    [
      ['1', 'active'],
      ['2', 'waiting'],
    ],
    { others },
  )
  expect(mapping.columns).toEqual({ status: 'Stand' })
  expect(suggestions.find(({ field }) => field === 'client_ref')?.certainty).toBe('likely')
})

test('joins a birth date that is spread over three columns', () => {
  const header = ['Client ID', 'Birth year', 'Birth month', 'Birth day']
  expect(suggest(header, [['1', '2021', '2', '3']]).mapping.join).toEqual({
    date_of_birth: ['Birth day', 'Birth month', 'Birth year'],
  })
})

test('maps nobody’s column whose owner the dataset has no field for', () => {
  const header = [
    'Client ID',
    'GP name',
    'School postcode',
    'Emergency contact number',
    'Keyworker email',
    'Sibling DOB',
    'Second parent email',
    'Email 2',
  ]
  const { mapping } = suggest(header, [
    [
      '1',
      'Dr Ann Lee',
      'SW9 9SL',
      '07700900123',
      'k@mail.leap.test',
      '03/02/2021',
      'p@mail.leap.test',
      'q@mail.leap.test',
    ],
  ])
  expect(mapping.columns).toEqual({ client_ref: 'Client ID' })
})

test('maps the standard names themselves, whatever their case and marks', () => {
  const people = PEOPLE_FIELDS.filter((field) => field.for === 'all' || field.for === 'child')
  for (const write of [
    (name: string) => name,
    (name: string) => name.toUpperCase(),
    (name: string) => name.replaceAll('_', ' '),
  ]) {
    const header = people.map(({ name }) => write(name))
    const row = people.map(({ examples }) => examples[0] ?? '')
    const { mapping } = suggest(header, [row])
    const expected = people.map(({ name }) => [name, write(name)])
    expect(Object.entries(mapping.columns).sort()).toEqual(expected.sort())
  }
})

test('never names one column for two fields or one field twice, whatever the headers and values', () => {
  const headers = HEADER_SETS.flatMap(({ header }) => header)
  const values = [
    '',
    'Amara',
    'Amara Okafor',
    '03/02/2021',
    '9434765919',
    'a@mail.leap.test',
    '07700900123',
    'SW9 9SL',
    '3',
    'Y',
    'White British',
    '__proto__',
    '=1+1',
  ]
  const file = fc
    .uniqueArray(fc.oneof(fc.constantFrom(...headers), fc.string({ maxLength: 30 })), {
      maxLength: 12,
    })
    .chain((header) =>
      fc.tuple(
        fc.constant(header),
        fc.array(
          fc.array(fc.constantFrom(...values), {
            minLength: header.length,
            maxLength: header.length,
          }),
          { maxLength: 6 },
        ),
      ),
    )
  fc.assert(
    fc.property(file, ([header, rows]) => {
      const { mapping, suggestions } = suggest(header, rows)
      const compiled = compileMapping(mapping, header)
      const codes = compiled.ok ? [] : compiled.refusals.map(({ code }) => code)
      // A file may lack what every file needs; nothing else may be wrong with what was suggested.
      expect(codes.filter((code) => code !== 'mapping-field-missing')).toEqual([])
      for (const { column } of suggestions) expect(header).toContain(column)
    }),
    {
      numRuns: 300,
      examples: [
        [[['Packs Given', 'Care Contact Date', 'Attended or Did Not Attend'], []]],
        [[['Care Contact Date', 'Attended', 'Mother first name'], []]],
      ],
    },
  )
})

test('splits no column of whole names whose first names have a column of their own', () => {
  const { mapping, suggestions } = suggest(
    ['Client ID', 'First name(s)', 'Full name'],
    [
      ['R-1', 'Amara', 'Amara Okafor'],
      ['R-2', 'Tom', 'Tom Silva'],
    ],
  )
  expect(mapping.split).toBeUndefined()
  expect(mapping.columns['first_name']).toBe('First name(s)')
  expect(suggestions).toContainEqual(
    expect.objectContaining({ field: 'last_name', column: 'Full name', certainty: 'likely' }),
  )
})

test('gives reasons without any value of the file', () => {
  const values = ['Quetzalcoatl', 'zq.xv@mail.leap.test', '9434765919']
  const { suggestions } = suggest(
    ['Client ID', 'First name', 'Email', 'Number'],
    [['R-77', ...values]],
  )
  const text = JSON.stringify(suggestions)
  for (const value of [...values, 'R-77']) expect(text).not.toContain(value)
})

test('takes the postcode from addresses that end in one, unless all are one venue’s', () => {
  const header = ['Ref', 'First name', 'Surname', 'DOB', 'Address']
  const rows = Array.from({ length: 14 }, (_, at) => [
    ...[`a${String(at)}`, 'Amara', 'Okafor', `03/02/20${String(10 + at)}`],
    `${String(at)} Brixton Road, London, SW9 ${String(at % 10)}AB`,
  ])
  expect(suggest(header, rows).mapping.split).toEqual({ Address: ['postcode'] })
  const venue = rows.map((row) => [...row.slice(0, 4), '1 High Street, London SE11 6AB'])
  expect(suggest(header, venue).mapping.split).toBeUndefined()
  expect(certainty(header, venue, 'postcode', 'Address')).toEqual(['likely'])
})

test('asks nothing of a total that says what the counted sessions say', () => {
  const header = ['Ref', 'First name', 'Surname', 'DOB', 'Total', 'Sessions attended']
  const person = ['a1', 'Amara', 'Okafor', '03/02/2021']
  const rows = ['5', '7', '8'].map((count, at) => [`a${String(at)}`, ...person.slice(1), count])
  const agreeing = rows.map((row) => [...row, row[4] ?? ''])
  expect(certainty(header, agreeing, 'contacts', 'Total')).toEqual([])
  const differing = agreeing.map((row, at) => (at === 1 ? [...row.slice(0, 5), '6'] : row))
  expect(certainty(header, differing, 'contacts', 'Total')).toEqual(['likely'])
})
