import { expect, test } from 'vitest'
import { isUnder, measureYoung, shareReached, type BornRow } from '#core/measures/young-children.ts'

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
    wards: [
      { ward: 'brook', people: 2, lower: 1, upper: 2 },
      { ward: 'hill', people: 1, lower: 1, upper: 1 },
    ],
    whole: { people: 2, lower: 1, upper: 2 },
    ...{ ofNoWard: 1, ofNoBirth: 1 },
  })
  expect(shareReached(young.whole, 8)).toEqual({ share: 25, lower: 12.5, upper: 25 })
  expect(shareReached(young.whole, 0)).toBeNull()
})

test('a birth that one record gives is the child’s in all; of two the earlier', () => {
  const rows = [
    { ...ROW, birth: '' },
    { ...ROW, ward: 'hill', birth: '2020-01' },
    { ...ROW, birth: '2023-01' },
  ]
  expect(measureYoung(rows, '2024-Q2', 4)).toMatchObject({ wards: [], ofNoBirth: 0 })
})

test('a child is younger than an age until the month of the birthday is over at the end of a quarter', () => {
  const births = ['2020-10', '2020-09', '2020', '']
  expect(births.map((birth) => isUnder(birth, 4, '2024-Q2'))).toEqual([true, false, false, false])
})
