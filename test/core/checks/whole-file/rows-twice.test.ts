import { expect, test } from 'vitest'
import { RowsTwice } from '#core/checks/whole-file/rows-twice.ts'

const HEADER = ['Client ID', 'First name', 'Contacts']
const PEOPLE = ['Amara', 'Ben', 'Cara', 'Dev', 'Esme', 'Finn', 'Grace', 'Hamza'].map(
  (name, index) => [`C-${index}`, name, String((index % 3) + 1)],
)
const isAsked = (header: readonly string[], rows: readonly (readonly string[])[]): boolean => {
  const twice = new RowsTwice(header)
  for (const row of rows) twice.add(row)
  const asked: string[] = []
  twice.report((_, code) => asked.push(code))
  return asked.includes('rows-twice')
}
const of = (sheet: string, rows: readonly (readonly string[])[]) =>
  rows.map((row) => [...row, sheet])

test('asks about a list that was pasted twice, and about a part of one', () => {
  expect(isAsked(HEADER, [...PEOPLE, ...PEOPLE])).toBe(true)
  expect(isAsked(HEADER, [...PEOPLE, ...PEOPLE.slice(0, 5)])).toBe(true)
})

test('asks nothing of a few rows that come again, nor of clients who come again otherwise', () => {
  expect(isAsked(HEADER, [...PEOPLE, ...PEOPLE.slice(0, 4)])).toBe(false)
  expect(
    isAsked(HEADER, [...PEOPLE, ...PEOPLE.map(([id, name]) => [`${id}`, `${name}`, '9'])]),
  ).toBe(false)
})

test('asks about a sheet and its copy read together, and not about months that are alike', () => {
  const header = [...HEADER, 'Sheet']
  expect(isAsked(header, [...of('Data', PEOPLE), ...of('Data (2)', PEOPLE)])).toBe(true)
  const may = PEOPLE.map(([id, name, contacts], index) =>
    index < 2 ? [`${id}`, `${name}`, '5'] : [`${id}`, `${name}`, `${contacts}`],
  )
  expect(isAsked(header, [...of('April', PEOPLE), ...of('May', may)])).toBe(false)
})

test('asks about a copy among three sheets and more', () => {
  const header = [...HEADER, 'Sheet']
  const november = PEOPLE.map(([id, name]) => [`${id}`, `${name}`, '7'])
  const december = PEOPLE.map(([id, name]) => [`${id}`, `${name}`, '8'])
  const months = [...of('October', PEOPLE), ...of('November', november)]
  expect(isAsked(header, [...months, ...of('December', december)])).toBe(false)
  const copied = [...months, ...of('November (2)', november), ...of('December', december)]
  expect(isAsked(header, copied)).toBe(true)
})
