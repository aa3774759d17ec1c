import { expect, test } from 'vitest'
import { readPopulations } from '#core/populations/population-file.ts'

const WARDS = [
  { code: 'brook', name: 'Brook', gss: ['E05000001', 'E05000002'] },
  { code: 'hill', name: 'Hill End', gss: ['E05000003'] },
]
const AGES = Array.from({ length: 91 }, (_, age) => age)
const OWN = ['ward', 'year', 'age', 'people']

function own(ward: string, people: (age: number) => number | string): string[][] {
  return AGES.map((age) => [ward, '2024', String(age), String(people(age))])
}

/** A ward sheet of the ONS as CSV, with notes above its headings. */
function ons(rows: readonly (readonly [code: string, each: string])[]): string[][] {
  const sexes = ['F', 'M'].flatMap((sex) => AGES.map((age) => `${sex}${String(age)}`))
  return [
    ['Mid-2022 population estimates by ward'],
    [],
    ['LAD 2023 Code', 'LAD 2023 Name', 'Ward 2023 Code', 'Ward 2023 Name', 'Total', ...sexes],
    ...rows.map(([code, each]) => ['E09000022', 'X', code, 'Y', '9', ...sexes.map(() => each)]),
  ]
}

test('reads the programme’s own columns, whatever a ward is called, and tells what is of others', () => {
  const rows = [OWN, ...own('BROOK', (age) => age), ['', ''], ...own('Elsewhere', () => 1)]
  const read = readPopulations(rows, WARDS)
  expect(read).toMatchObject({ ok: true, years: [2024], others: 91, missing: ['hill'] })
  expect(read.ok ? read.people.slice(0, 2) : []).toEqual([
    { ward: 'brook', year: 2024, age: 0, people: 0 },
    { ward: 'brook', year: 2024, age: 1, people: 1 },
  ])
})

test('reads a ward sheet of the ONS: women and men of each age, and the parts of a ward together', () => {
  const rows = ons([
    ['E05000001', '1,002'],
    ['E05000002', '3'],
    ['E05000003', '5'],
    ['E05999999', '7'],
  ])
  const read = readPopulations(rows, WARDS, 2022)
  expect(read).toMatchObject({ ok: true, years: [2022], others: 1, missing: [] })
  const old = read.ok ? read.people.filter(({ age }) => age === 90) : []
  expect(old).toEqual([
    { ward: 'brook', year: 2022, age: 90, people: 2 * 1_002 + 2 * 3 },
    { ward: 'hill', year: 2022, age: 90, people: 10 },
  ])
})

test.each<[what: string, problem: RegExp, rows: readonly (readonly string[])[], year?: number]>([
  ['no headings', /headings/, [['a', 'b']]],
  ['bands of ages for columns', /single years of age/, [['Ward 2022 Code', '0-4', '5-9']]],
  ['a band of ages', /Row 2: the age is not one year/, [OWN, ['brook', '2024', '0-4', '9']]],
  ['a sheet without a year', /of which year/, ons([['E05000001', '1']])],
  ['a year that is said twice', /name none/, [OWN, ...own('brook', () => 1)], 2024],
  ['other wards', /No row is of a ward of the programme/, [OWN, ...own('Elsewhere', () => 1)]],
  ['a number in words', /Row 2: the number/, [OWN, ...own('brook', () => 'few')]],
  ['a blank of the ONS', /Row 4: the number/, ons([['E05000001', '']]), 2022],
  [
    'an age twice',
    /Row 93: an earlier row/,
    [OWN, ...own('brook', () => 1), ...own('brook', () => 1)],
  ],
  [
    'an age that lacks',
    /no age 3 of brook in 2024/,
    [OWN, ...own('brook', () => 1)].filter((_, at) => at !== 4),
  ],
  [
    'an age above 90',
    /Row 93: the age/,
    [OWN, ...own('brook', () => 1), ['brook', '2024', '91', '1']],
  ],
  [
    'a year in words',
    /Row 93: the year/,
    [OWN, ...own('brook', () => 1), ['brook', 'mid-24', '1', '1']],
  ],
])('refuses %s, and keeps nothing', (_, problem, rows, year) => {
  const read = readPopulations(rows, WARDS, year)
  expect(read.ok ? [] : read.problems.join('; ')).toMatch(problem)
})
