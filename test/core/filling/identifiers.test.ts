import { expect, it, test } from 'vitest'
import { checkTable } from '#core/checks/check-table.ts'
import { fillGaps } from '#core/filling/fill-gaps.ts'
import type { FillingRule } from '#core/filling/rules.ts'
import { compileMapping } from '#core/mapping/compile-mapping.ts'
import type { Mapping } from '#core/mapping/mapping.ts'
import { PEOPLE_FIELD_NAMES } from '#core/standard/fields.ts'
import { NO_AREAS } from '#core/standard/area.ts'
import { fillingOf, tableOf } from './tables.ts'

const HEADER = ['Ref', 'First', 'Last', 'DOB', 'NHS', 'Email', 'Postcode', 'Status', 'Other']
const MAPPING: Mapping = {
  columns: {
    ...{ client_ref: 'Ref', first_name: 'First', last_name: 'Last', date_of_birth: 'DOB' },
    ...{ nhs_number: 'NHS', email: 'Email', postcode: 'Postcode', status: 'Status' },
  },
}

function mappingWith(rules: readonly FillingRule[]): Mapping {
  return { ...MAPPING, preparation: { filling: fillingOf(rules) } }
}

/** Fields that a mapping may not fill by these rules. */
function refusedBy(...rules: readonly FillingRule[]): readonly string[] {
  const compiled = compileMapping(mappingWith(rules), HEADER)
  if (compiled.ok) return []
  return compiled.refusals.map(({ code, field }) => `${code} ${field}`)
}

const ONE_PERSONS_OWN = ['Ref', 'First', 'DOB', 'NHS', 'Email']

test('what is one person’s own is never typed, copied from above or replaced by a rule', () => {
  for (const column of ONE_PERSONS_OWN) {
    const words = [{ word: 'a', becomes: 'b' }]
    const refusing: readonly FillingRule[] = [
      { kind: 'default', column, value: '9990000018' },
      { kind: 'look-up', column, from: 'Other', words },
      { kind: 'translate', column, words },
      { kind: 'copy-above', column },
      { kind: 'take-from', column, from: 'Other', when: 'always' },
    ]
    for (const rule of refusing)
      expect([column, rule.kind, refusedBy(rule).length]).toEqual([column, rule.kind, 1])
    expect(refusedBy({ kind: 'take-from', column, from: 'Other' })).toEqual([])
    expect(refusedBy({ kind: 'join', column, from: ['Other', 'Status'], separator: '' })).toEqual(
      [],
    )
  }
})

test('it does not come by a roundabout way either', () => {
  expect(
    refusedBy(
      { kind: 'default', column: 'Spare', value: '9990000018' },
      { kind: 'join', column: 'Other', from: ['Spare', 'Status'], separator: '' },
      { kind: 'take-from', column: 'nhs', from: 'other' },
    ),
  ).toEqual(['mapping-filled-not-allowed nhs_number'])
  // The rule that types comes after the one that takes: nothing typed is in it.
  expect(
    refusedBy(
      { kind: 'take-from', column: 'NHS', from: 'Other' },
      { kind: 'default', column: 'Other', value: 'x' },
    ),
  ).toEqual([])
})

test('a family’s surname may come from above, a postcode also from a list, both to be confirmed', () => {
  expect(refusedBy({ kind: 'copy-above', column: 'Last' })).toEqual([])
  expect(refusedBy({ kind: 'default', column: 'Last', value: 'Lane' })).toHaveLength(1)
  expect(refusedBy({ kind: 'default', column: 'Postcode', value: 'SW9 8AA' })).toEqual([])
  expect(refusedBy({ kind: 'default', column: 'Status', value: 'active', when: 'always' })).toEqual(
    [],
  )
})

it('asks about every identifier that a rule filled, and says how many rows share it', async () => {
  const rules: readonly FillingRule[] = [
    { kind: 'default', column: 'Postcode', value: 'SW9 8AA' },
    { kind: 'take-from', column: 'NHS', from: 'Other' },
    { kind: 'default', column: 'Status', value: 'active' },
  ]
  const rows = [
    ['R1', 'Ada', 'Lane', '01/02/2019', '', 'a@mail.test', '', '', '999 000 0018'],
    ['R2', 'Bea', 'Moss', '01/02/1990', '9990000026', 'b@mail.test', '', 'active', ''],
    ['R3', 'Cara', 'Nye', '03/04/1990', '', 'c@mail.test', 'SW9 8AB', '', ''],
  ]
  const mapping = mappingWith(rules)
  const table = fillGaps(tableOf(HEADER, rows), mapping.preparation?.filling)
  const compiled = compileMapping(mapping, table.header)
  if (!compiled.ok) throw new Error('the mapping cannot be used')
  const context = { quarter: '2024-Q3', live: false, date1904: false, areas: NO_AREAS } as const
  const outcome = await checkTable(table, compiled.mapper, context, { accept: () => undefined })
  expect(
    outcome.findings
      .filter(({ code }) => code.startsWith('filled-'))
      .map(({ code, field, severity, rows: many }) => `${code} ${field} ${severity} ${many}`),
  ).toEqual(['filled-own nhs_number confirm 1', 'filled-shared postcode confirm 2'])
  expect(outcome.filled).toEqual({
    nhs_number: { given: 1, filled: 1 },
    postcode: { given: 1, filled: 2 },
    status: { given: 1, filled: 2 },
  })
})

it('marks on each record which of its fields a rule filled: the child’s, the carer’s, or both', async () => {
  const header = ['Ref', 'First', 'Last', 'DOB', 'Carer', 'Carer email', 'Language', 'Spare']
  const mapping: Mapping = {
    shape: 'child-and-carer',
    columns: {
      ...{ client_ref: 'Ref', first_name: 'First', last_name: 'Last', date_of_birth: 'DOB' },
      ...{ carer_first_name: 'Carer', carer_email: 'Carer email', main_language: 'Language' },
    },
    preparation: {
      filling: fillingOf([
        { kind: 'take-from', column: 'Last', from: 'Spare' },
        { kind: 'take-from', column: 'Carer', from: 'Spare' },
        { kind: 'default', column: 'Language', value: 'Somali' },
      ]),
    },
  }
  const rows = [
    ['R1', 'Ada', '', '01/02/2019', '', 'a@mail.test', '', 'Lane'],
    ['R2', 'Bea', 'Moss', '01/02/2019', 'Dee', 'b@mail.test', 'English', ''],
    ['R3', 'Cara', 'Nye', '01/02/2019', 'Eve', 'c@mail.test', 'no language', ''],
  ]
  const table = fillGaps(tableOf(header, rows), mapping.preparation?.filling)
  const compiled = compileMapping(mapping, table.header)
  if (!compiled.ok) throw new Error('the mapping cannot be used')
  const marks: string[] = []
  await checkTable(
    table,
    compiled.mapper,
    { quarter: '2024-Q3', live: false, date1904: false, areas: NO_AREAS },
    {
      accept: ({ sourceRow, role, filled }) => {
        const fields = PEOPLE_FIELD_NAMES.filter((_, bit) => ((filled ?? 0) & (1 << bit)) !== 0)
        marks.push(`${sourceRow} ${role}: ${fields.join(' ')}`.trim())
      },
    },
  )
  expect(marks).toEqual([
    '1 child: last_name main_language',
    '1 parent: main_language carer_first_name',
    ...['2 child:', '2 parent:', '3 child:', '3 parent:'],
  ])
})
