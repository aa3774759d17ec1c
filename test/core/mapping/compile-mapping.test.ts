import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SLOT, type PeopleFieldName } from '#core/standard/fields.ts'
import { compileMapping } from '#core/mapping/compile-mapping.ts'
import type { MappingRefusal } from '#core/mapping/field-claims.ts'
import type { Mapping } from '#core/mapping/mapping.ts'
import { mappedRow, type RowMapper } from '#core/mapping/row-mapper.ts'

function refusals(
  mapping: Mapping,
  header: readonly string[],
): readonly Pick<MappingRefusal, 'code' | 'field'>[] {
  const compiled = compileMapping(mapping, header)
  return compiled.ok ? [] : compiled.refusals.map(({ code, field }) => ({ code, field }))
}

function compiled(mapping: Mapping, header: readonly string[]): RowMapper {
  const result = compileMapping(mapping, header)
  if (!result.ok) throw new Error(result.refusals.map(({ code }) => code).join())
  return result.mapper
}

function cellsOf(
  mapping: Mapping,
  row: Readonly<Record<string, string>>,
): Partial<Record<PeopleFieldName, string>> {
  const mapper = compiled(mapping, Object.keys(row))
  const mapped = mappedRow()
  mapper.fill(Object.values(row), mapped)
  return Object.fromEntries(
    Object.entries(SLOT).flatMap(([name, slot]) =>
      mapped.cells[slot] === '' ? [] : [[name, mapped.cells[slot]]],
    ),
  )
}

const REF = { client_ref: 'ID' }

test('refuses a column the file does not have, and lists each', () => {
  const result = compileMapping({ columns: { ...REF, email: 'Mail', mobile: 'Tel' } }, ['ID'])
  expect(result).toEqual({
    ok: false,
    refusals: [
      { code: 'mapping-column-missing', field: 'email', columns: ['Mail'] },
      { code: 'mapping-column-missing', field: 'mobile', columns: ['Tel'] },
    ],
  })
})

test('finds a column by its letters and digits when it is not written alike, unless two match', () => {
  expect(compiled({ columns: { client_ref: 'client id' } }, ['Client_ID ']).has('client_ref')).toBe(
    true,
  )
  expect(refusals({ columns: { client_ref: 'client id' } }, ['Client_ID', 'CLIENT ID'])).toEqual([
    { code: 'mapping-column-ambiguous', field: 'client_ref' },
  ])
})

test('refuses a mapping that cannot mean anything, with a code', () => {
  const header = ['ID', 'A', 'B', 'C']
  const cases: [Mapping, string, string][] = [
    [{ columns: { ...REF, shoe_size: 'A' } }, 'mapping-field-unknown', 'shoe_size'],
    [{ columns: { ...REF, toString: 'A' } }, 'mapping-field-unknown', 'toString'],
    [{ columns: {} }, 'mapping-field-missing', 'client_ref'],
    [{ shape: 'contacts', columns: REF }, 'mapping-field-missing', 'contact_date'],
    [
      { shape: 'child-and-carer', columns: { ...REF, carer_email: 'A' } },
      'mapping-field-missing',
      'date_of_birth',
    ],
    [{ columns: REF, constants: { role: 'child' } }, 'mapping-field-missing', 'date_of_birth'],
    [
      { shape: 'person', columns: { ...REF, carer_first_name: 'A' } },
      'mapping-field-not-for-shape',
      'carer_first_name',
    ],
    [
      { shape: 'person', columns: { ...REF, attended: 'A' } },
      'mapping-field-not-for-shape',
      'attended',
    ],
    [
      { shape: 'contacts', columns: { ...REF, contact_date: 'A', contacts: 'B' } },
      'mapping-field-not-for-shape',
      'contacts',
    ],
    [{ columns: { ...REF, email: 'A', mobile: 'A' } }, 'mapping-column-used-twice', 'mobile'],
    [
      { columns: { ...REF, first_name: 'A' }, split: { B: ['first_name', 'last_name'] } },
      'mapping-field-mapped-twice',
      'first_name',
    ],
    [
      { columns: { ...REF, status: 'A' }, constants: { status: 'active' } },
      'mapping-field-mapped-twice',
      'status',
    ],
    [{ columns: REF, constants: { email: 'a@b.org' } }, 'mapping-constant-not-allowed', 'email'],
    [{ columns: REF, constants: { status: 'sleeping' } }, 'mapping-code-not-in-list', 'status'],
    [
      { columns: { ...REF, gender: 'A' }, values: { gender: { Boy: 'male' } } },
      'mapping-code-not-in-list',
      'gender',
    ],
    [
      { columns: { ...REF, email: 'A' }, values: { email: { none: '' } } },
      'mapping-values-not-allowed',
      'email',
    ],
    [
      { columns: REF, split: { A: ['email', 'mobile'] } },
      'mapping-split-unusable',
      'email, mobile',
    ],
    [
      { columns: REF, join: { date_of_birth: ['A', 'B'] } },
      'mapping-join-unusable',
      'date_of_birth',
    ],
  ]
  for (const [mapping, code, field] of cases)
    expect(refusals(mapping, header)).toContainEqual({ code, field })
})

test('lets a family’s surname and two dates of one event share a column', () => {
  const header = ['ID', 'Born', 'Surname', 'Mother', 'Date']
  const columns = {
    ...REF,
    date_of_birth: 'Born',
    last_name: 'Surname',
    carer_first_name: 'Mother',
    carer_last_name: 'Surname',
    referral_date: 'Date',
    start_date: 'Date',
  }
  const mapper = compiled({ columns }, header)
  expect(mapper.shape).toBe('child-and-carer')
  expect(mapper.hasCarer(['1', '03/02/2021', 'Okafor', '', ''])).toBe(false)
  expect(mapper.hasCarer(['1', '03/02/2021', 'Okafor', 'Ngozi', ''])).toBe(true)
})

test('fills constants, values, splits and joins', () => {
  const mapping: Mapping = {
    columns: { ...REF, gender: 'Sex', ethnicity: 'Eth' },
    constants: { status: 'Active', contacts: '1' },
    values: { gender: { Lad: 'M' } },
    split: { Name: ['first_name', 'last_name'], Address: ['postcode'] },
    join: { date_of_birth: ['D', 'M', 'Y'] },
  }
  const row = {
    ID: '7',
    Sex: ' LAD ',
    Eth: 'white - british',
    Name: 'Okafor, Amara',
    Address: '1 High St, London SW9 9SL',
    D: '3',
    M: '2',
    Y: '2021',
  }
  expect(cellsOf(mapping, row)).toEqual({
    client_ref: '7',
    gender: 'M',
    ethnicity: 'A',
    first_name: 'Amara',
    last_name: 'Okafor',
    postcode: 'SW9 9SL',
    date_of_birth: '3/2/2021',
    status: 'active',
    contacts: '1',
  })
})

test('leaves a joined date blank when all its parts are, and unreadable when one is', () => {
  const mapping: Mapping = { columns: REF, join: { start_date: ['D', 'M', 'Y'] } }
  expect(cellsOf(mapping, { ID: '7', D: ' ', M: '', Y: '' })).toEqual({ client_ref: '7' })
  expect(cellsOf(mapping, { ID: '7', D: '3', M: '', Y: '2024' })).toEqual({
    client_ref: '7',
    start_date: '3//2024',
  })
})

test('marks a word that its list does not know, and reads “not known” as a blank', () => {
  const mapper = compiled({ columns: { ...REF, ethnicity: 'E', status: 'S' } }, ['ID', 'E', 'S'])
  const mapped = mappedRow()
  mapper.fill(['1', 'Martian', 'Not known'], mapped)
  expect(mapped.cells[SLOT.ethnicity]).toBe('')
  expect(mapped.unlisted).toBe(1 << SLOT.ethnicity)
  mapper.fill(['1', 'N', ''], mapped)
  expect([mapped.cells[SLOT.ethnicity], mapped.unlisted]).toEqual(['N', 0])
})

test('leaves gender to the pseudonymiser, but for the words the mapping names', () => {
  const mapping: Mapping = { columns: { ...REF, gender: 'G' }, values: { gender: { G: 'F' } } }
  expect(cellsOf(mapping, { ID: '1', G: 'g' }).gender).toBe('F')
  expect(cellsOf(mapping, { ID: '1', G: 'B' }).gender).toBe('B')
})

test('reads values without regard to case and spaces around them, always', () => {
  const values = { status: { 'On Hold': 'waiting', 'ÉTÉ fini': 'completed' } }
  const mapper = compiled({ columns: { ...REF, status: 'S' }, values }, ['ID', 'S'])
  const mapped = mappedRow()
  const cased = (word: string) =>
    fc.array(fc.boolean(), { minLength: word.length, maxLength: word.length }).map((upper) =>
      Array.from(word)
        .map((letter, index) =>
          upper[index] === true ? letter.toUpperCase() : letter.toLowerCase(),
        )
        .join(''),
    )
  const padding = fc.constantFrom('', ' ', '  ', '\t')
  fc.assert(
    fc.property(
      fc
        .constantFrom(...Object.entries(values.status))
        .chain(([word, code]) => fc.tuple(cased(word), fc.constant(code))),
      padding,
      ([word, code], space) => {
        mapper.fill(['1', `${space}${word}${space}`], mapped)
        expect(mapped.cells[SLOT.status]).toBe(code)
      },
    ),
  )
})

test('calls a row blank when folding leaves nothing in any mapped cell, whatever lies in the others', () => {
  const mapper = compiled({ columns: { ...REF, first_name: 'N' } }, ['ID', 'N', 'Notes'])
  for (const cells of [
    ['', '', 'x'],
    [' ', "'", ''],
    ['\u00a0', '\u200b', 'x'],
    ['', '\u0007', ''],
  ])
    expect(mapper.isBlank(cells)).toBe(true)
  for (const cells of [
    ['-', '', ''],
    ['', '\uFFFD', ''],
    ['0', '', ''],
    ['\u2713', '', ''],
  ])
    expect(mapper.isBlank(cells)).toBe(false)
})

test('takes no constant for a sign of a row or of a carer', () => {
  const mapping: Mapping = {
    shape: 'child-and-carer',
    columns: { ...REF, date_of_birth: 'B', carer_email: 'E' },
    constants: { carer_gender: 'F' },
  }
  const mapper = compiled(mapping, ['ID', 'B', 'E'])
  expect(mapper.isBlank(['', '', ''])).toBe(true)
  expect(mapper.hasCarer(['1', '03/02/2021', ''])).toBe(false)
})

test('[S27] keeps identifiers strings as they came, leading zeros and hostile cells included', () => {
  const columns = { ...REF, nhs_number: 'N', email: 'E' }
  for (const hostile of [
    '007',
    '1e5',
    '=1+1',
    '__proto__',
    '\u0000',
    '{"a":1}',
    'x'.repeat(100_000),
  ]) {
    expect(cellsOf({ columns }, { ID: hostile, N: hostile, E: hostile })).toEqual({
      client_ref: hostile,
      nhs_number: hostile,
      email: hostile,
    })
  }
})
