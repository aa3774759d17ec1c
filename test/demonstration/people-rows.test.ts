import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { normaliseNhsNumber } from '#core/pseudonym/normalising/nhs-number.ts'

import {
  PEOPLE_HEADER,
  type PeopleFile,
  clientRefOf,
  countTruePeople,
  generatePeopleRows,
  peopleFiles,
  personOfRow,
} from '#demonstration/people-rows.ts'

const SERVICES = [
  { code: 'bfps', provider: 'breastfeeding-network' },
  { code: 'can', provider: 'guys-and-st-thomas' },
  { code: 'och', provider: 'lambeth-housing' },
]

function lines(file: PeopleFile): string[] {
  const text = Buffer.concat([...generatePeopleRows(file)]).toString('utf8')
  expect(text.endsWith('\n')).toBe(true)
  return text.slice(0, -1).split('\n')
}

function files(rows: number, population: number, quarters: number): PeopleFile[] {
  return peopleFiles({
    seed: 3,
    rows,
    population,
    services: SERVICES,
    firstQuarter: '2024-Q1',
    quarters,
  })
}

describe('a large file', () => {
  const [file] = files(60_000, 30_000, 1)
  if (file === undefined) throw new Error('no file')
  const [header = '', ...rows] = lines(file)
  const cells = rows.map((row) => row.split(','))
  const at = (name: string): number => header.split(',').indexOf(name)

  test('has a header, the rows asked for, and as many cells in each', () => {
    expect(header).toBe(PEOPLE_HEADER)
    expect(rows.length).toBe(file.rows)
    expect(cells.every((row) => row.length === header.split(',').length)).toBe(true)
  })

  test('names in each row the reference of the person the truth says', () => {
    for (const [row, text] of rows.entries()) {
      expect(text.startsWith(`${clientRefOf(file, personOfRow(file, row))},`)).toBe(true)
    }
  })

  test('is the same for the same seed and another for another', () => {
    expect(lines({ ...file, rows: 50 })).toEqual(lines({ ...file, rows: 50 }))
    expect(lines({ ...file, rows: 50, seed: 4 })).not.toEqual(lines({ ...file, rows: 50 }))
  })

  test('holds right NHS numbers, mostly children, and rows of less than a kilobyte', () => {
    const numbers = cells.map((row) => row[at('nhs_number')] ?? '')
    expect(
      numbers.every((number) => number === '' || normaliseNhsNumber(number, false).code === ''),
    ).toBe(true)
    expect(numbers.filter((number) => number === '').length / rows.length).toBeCloseTo(0.08, 1)
    const children = cells.filter((row) => row[at('role')] === 'child').length / rows.length
    expect(children).toBeGreaterThan(0.5)
    expect(children).toBeLessThan(0.75)
    expect(Math.max(...rows.map((row) => Buffer.byteLength(row)))).toBeLessThan(1_000)
  })

  test('tells twins apart by name and number although they share a birth', () => {
    const families = new Map<string, string[][]>()
    for (const [row, values] of cells.entries()) {
      const family = String(Math.floor(personOfRow(file, row) / 4))
      families.set(family, [...(families.get(family) ?? []), values])
    }
    const twins = [...families.values()].filter(
      ([, one, two]) => one?.[at('date_of_birth')] === two?.[at('date_of_birth')],
    )
    expect(twins.length).toBeGreaterThan(10)
    for (const [, one, two] of twins) expect(one?.[0]).not.toBe(two?.[0])
  })

  test('shows a person alike to a service in two quarters', () => {
    const [first = '', again = ''] = [file, { ...file, quarter: '2024-Q2' as const }].map(
      (each) => lines(each)[1] ?? '',
    )
    expect(again.split(',').slice(0, 12)).toEqual(first.split(',').slice(0, 12))
  })
})

describe('the files of many services', () => {
  test('always hold the rows asked for and the number of people that the truth says', () => {
    const sizes = fc.record({
      rows: fc.integer({ min: 12, max: 900 }),
      population: fc.integer({ min: 400, max: 2_000 }),
      quarters: fc.integer({ min: 1, max: 4 }),
    })
    fc.assert(
      fc.property(sizes, ({ rows, population, quarters }) => {
        const all = files(rows, population, quarters)
        expect(all.reduce((sum, file) => sum + file.rows, 0)).toBe(rows)
        const people = new Set<number>()
        for (const file of all) {
          const inFile = Array.from({ length: file.rows }, (_, row) => personOfRow(file, row))
          expect(new Set(inFile).size).toBe(file.rows)
          for (const person of inFile) people.add(person)
        }
        expect(countTruePeople(all)).toBe(people.size)
      }),
    )
  })

  test('refuse more rows in one file than there are people', () => {
    expect(() => files(3_000, 100, 1)).toThrow(RangeError)
  })
})
