import { describe, expect, test } from 'vitest'
import { checkTable } from '#core/checks/check-table.ts'
import { whatStops } from '#core/checks/what-stops.ts'
import { compileMapping } from '#core/mapping/compile-mapping.ts'
import type { Mapping } from '#core/mapping/mapping.ts'
import { NO_AREAS } from '#core/standard/area.ts'
import { tableOf } from '../tables.ts'

const COLUMNS = {
  ...{ client_ref: 'Ref', first_name: 'First name', last_name: 'Surname' },
  ...{ date_of_birth: 'DOB', gender: 'Gender', postcode: 'Postcode' },
}
const HEADINGS = Object.values(COLUMNS)
const PEOPLE = [
  ['R1', 'Ann', 'Smith-Lane', '01/02/2019', 'F', 'SE11 6AA'],
  ['R2', 'Zoë', 'Moss', '03/04/2020', 'M', 'SE11 6AB'],
  ['R3', 'April', 'Hope', '05/06/2020', 'F', 'SE11 6AD'],
  ['R4', 'Cal', 'Smith', '07/08/2021', 'M', 'SE11 6AA'],
]

interface Asked {
  readonly columns?: Mapping['columns']
  readonly shape?: NonNullable<Mapping['shape']>
  readonly rows?: readonly (readonly string[])[]
}

/** The questions about headings, as `row field severity`; `further` are columns beside the usual ones. */
async function ask(
  further: Readonly<Record<string, readonly string[]>>,
  { columns = COLUMNS, shape, rows = PEOPLE }: Asked = {},
): Promise<string[]> {
  const header = [...HEADINGS, ...Object.keys(further)]
  const cells = rows.map((row, at) => [
    ...row,
    ...Object.values(further).map((column) => column[at] ?? ''),
  ])
  const mapping = { columns, ...(shape === undefined ? {} : { shape }) }
  const compiled = compileMapping(mapping, header)
  if (!compiled.ok) throw new Error(compiled.refusals.map(({ code }) => code).join())
  const found: string[] = []
  const { findings } = await checkTable(
    tableOf(header, cells),
    compiled.mapper,
    { quarter: '2024-Q1', live: false, date1904: false, areas: NO_AREAS },
    {
      accept: () => undefined,
      finding(row, field, code, severity) {
        if (code === 'heading-among-values') found.push(`${String(row)} ${field} ${severity}`)
      },
    },
  )
  const isAsked = findings.some(({ code }) => code === 'heading-among-values')
  if (isAsked)
    expect(whatStops(findings, { leaveOut: true, confirmed: false })?.rung).toBe('confirm')
  return found
}

describe('[S73] a heading that occurs among the values', () => {
  test.each([
    ['one person’s whole name', { 'Ann Smith': ['1', '2', '3', ''] }],
    ['the name after another word', { 'Mum Ann': ['yes', '', 'yes', ''] }],
    ['a name with an accent, written without it', { ZOE: ['1', '', '', '2'] }],
    ['the name last name first', { 'MOSS, Zoë': ['x', '', '', ''] }],
    ['a place that other rows have', { Larkhall: ['Larkhall', 'Angell', '', 'Angell'] }],
    ['a day that other rows have', { '12/03/2024': ['12/03/2024', '14/03/2024', '', ''] }],
  ])('stops the file until a person has looked: %s', async (_what, further) => {
    expect(await ask(further)).toEqual(['0  confirm'])
  })

  test('is told with the field that the column is matched to', async () => {
    const people = PEOPLE.map(([ref, ...others]) => [ref ?? '', ...others])
    const header = ['R9', 'Ann', 'Smith', '09/09/2019', 'F', 'SE11 6AA']
    const columns = Object.fromEntries(
      Object.keys(COLUMNS).map((field, at) => [field, header[at] ?? '']),
    )
    const compiled = compileMapping({ columns }, header)
    if (!compiled.ok) throw new Error('the mapping cannot be used')
    const found: string[] = []
    const context = { quarter: '2024-Q1', live: false, date1904: false, areas: NO_AREAS } as const
    await checkTable(tableOf(header, people), compiled.mapper, context, {
      accept: () => undefined,
      finding: (_row, field, code) => code === 'heading-among-values' && found.push(field),
    })
    // The first row was a person: their name, surname and postcode are others’ too.
    expect(found).toEqual(['first_name', 'last_name', 'postcode'])
  })

  test('is asked about rows of contacts as well', async () => {
    const columns = { ...COLUMNS, contact_date: 'Seen' }
    const seen = { Seen: ['02/04/2024', '03/04/2024', '04/04/2024', '05/04/2024'] }
    const further = { ...seen, 'Ann Smith': ['1', '2', '3', ''] }
    expect(await ask(further, { columns, shape: 'contacts' })).toEqual(['0  confirm'])
  })
})

describe('is nobody’s name and not asked about', () => {
  test.each([
    [
      'a code that its column is ticked with',
      { F: ['F', '', 'F', ''], Yes: ['Yes', 'No', '', ''] },
    ],
    ['a word of a code list', { 'White British': ['White British', 'Irish', '', ''] }],
    [
      'what a column is ticked with and nothing else',
      { 'Stay and Play': ['Stay and Play', '', '', ''] },
    ],
    [
      'a month, though a child is called so',
      { April: ['1', '2', '3', '4'], Hope: ['', '', '', '1'] },
    ],
    ['the number of a week', { 'Week 1': ['1', '2', '', ''], 2: ['2', '1', '1', ''] }],
    ['a day of a register with its marks', { '12/03/2024': ['/', '/', 'L', ''] }],
    ['a heading that is known', { Forename: ['Forename', 'x', '', ''] }],
    ['a heading with a name in a longer word', { Annexe: ['a', 'b', '', ''] }],
  ])('%s', async (_what, further) => {
    expect(await ask(further)).toEqual([])
  })

  test('the row of the headings once more, as on every page of a list', async () => {
    const again = [...HEADINGS.slice(0, 6)]
    const rows = [...PEOPLE.slice(0, 2), again, ...PEOPLE.slice(2)]
    const further = { Larkhall: ['a', 'b', 'Larkhall', 'c', 'd'] }
    expect(await ask(further, { rows })).toEqual([])
  })
})
