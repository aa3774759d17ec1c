import { expect, test } from 'vitest'
import {
  ageAt,
  besidePopulation,
  measureYoung,
  notReached,
  profileOf,
  shareReached,
  type BornRow,
  type ReachedOf,
} from '#core/measures/young-children.ts'

const ROW: BornRow = {
  ...{ beneficiary: 1, family: 1, upper: 1, lower: 1, nhs: null, service: 's1', strand: '' },
  ...{ ward: 'brook', quarter: '2024-Q1', role: 'child', birth: '2021-05' },
}

test('is what docs/measures.md says of its example', () => {
  const rows: BornRow[] = [
    ROW,
    // Moved within the period: in both wards, and once among all.
    { ...ROW, ward: 'hill', quarter: '2024-Q2' },
    // Perhaps the same as the first.
    { ...ROW, beneficiary: 2, upper: 2, birth: '2020-10' },
    // Her fourth birthday was in the last month of the period.
    { ...ROW, beneficiary: 3, upper: 3, lower: 3, birth: '2020-09' },
    // A file that says no ward takes nobody out of the one that another says.
    { ...ROW, ward: '', quarter: '2024-Q2' },
    { ...ROW, beneficiary: 4, upper: 4, lower: 4, ward: '' },
    { ...ROW, beneficiary: 5, upper: 5, lower: 5, birth: '' },
    { ...ROW, beneficiary: 6, upper: 6, lower: 6, role: 'parent', birth: '1990' },
  ]
  const young = measureYoung(rows, '2024-Q2', 4)
  expect(young).toEqual({
    cells: [
      { ward: '', age: 3, people: 2, lower: 1, upper: 2 },
      { ward: '', age: null, people: 2, lower: 1, upper: 2 },
      { ward: 'brook', age: 3, people: 2, lower: 1, upper: 2 },
      { ward: 'brook', age: null, people: 2, lower: 1, upper: 2 },
      { ward: 'hill', age: 3, people: 1, lower: 1, upper: 1 },
      { ward: 'hill', age: null, people: 1, lower: 1, upper: 1 },
    ],
    ...{ ofNoWard: 1, ofNoBirth: 1 },
  })
  const populations = [
    ...['brook', 'hill'].flatMap((ward) => [
      { ...{ ward, year: 2024, age: 2 }, people: 1 },
      { ...{ ward, year: 2024, age: 3 }, people: 3 },
    ]),
  ]
  const of = besidePopulation(young, populations, { wards: ['brook', 'hill'], age: 4 })
  const cell = (ward: string, age: number | null): ReachedOf =>
    of.find((one) => one.ward === ward && one.age === age) ?? expect.fail()
  const whole = cell('', null)
  expect(whole).toMatchObject({ reached: { people: 2, lower: 1, upper: 2 }, living: 8 })
  expect(shareReached(whole)).toEqual({ share: 25, lower: 12.5, upper: 25 })
  expect(notReached(whole)).toEqual({ people: 6, lower: 6, upper: 7 })
  // Of the two-year-olds nobody was reached.
  expect(notReached(cell('', 2))).toEqual({ people: 2, lower: 2, upper: 2 })
  expect(profileOf(cell('', 3), whole)).toEqual({ reached: 100, living: 75, gap: 25 })
  expect(profileOf(cell('brook', null), whole)).toEqual({ reached: 100, living: 50, gap: 50 })
})

test('nothing is said of a ward without a population, nor of all wards with one that has none', () => {
  const young = measureYoung([ROW], '2024-Q2', 4)
  const populations = [{ ward: 'brook', year: 2024, age: 3, people: 0 }]
  const of = besidePopulation(young, populations, { wards: ['brook', 'hill'], age: 4 })
  expect(of.filter(({ age }) => age === 3).map(notReached)).toEqual([
    null,
    { people: 0, lower: 0, upper: 0 },
    null,
  ])
  expect(of.filter(({ age }) => age === null).map(shareReached)).toEqual([null, null, null])
  expect(of.map((one) => profileOf(one, of[4] ?? one))).toEqual(of.map(() => null))
})

test('a birth that one record gives is the child’s in all; of two the earlier', () => {
  const rows = [
    { ...ROW, birth: '' },
    { ...ROW, ward: 'hill', birth: '2020-01' },
    { ...ROW, birth: '2023-01' },
  ]
  expect(measureYoung(rows, '2024-Q2', 4)).toMatchObject({ cells: [], ofNoBirth: 0 })
})

test('a birthday counts from the month it is in, once the quarter that ends with it is over', () => {
  const births = ['2020-10', '2020-09', '2024-12', '2020', '']
  expect(births.map((birth) => ageAt(birth, '2024-Q2'))).toEqual([3, 4, 0, undefined, undefined])
})
