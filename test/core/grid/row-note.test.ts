import { expect, test } from 'vitest'
import type { GridRow } from '#core/grid/grid-rows.ts'
import { rowNote } from '#core/grid/row-note.ts'

const COLUMNS = [
  { place: 0, heading: 'Client ID' },
  { place: 2, heading: 'Date of birth' },
]
const titleOf = (code: string): string => `what ${code} is`

function note(row: Pick<GridRow, 'findings' | 'originals'>): string {
  return rowNote(row, COLUMNS, titleOf)
}

test('each finding of a row is said with its column, one of the row as a whole without', () => {
  const findings = [
    { column: 2, code: 'birth-impossible', severity: 'must-fix' },
    { column: -1, code: 'rows-total', severity: 'confirm' },
  ] as const
  expect(note({ findings, originals: {} })).toBe(
    'Date of birth: what birth-impossible is; what rows-total is',
  )
})

test('a row that was corrected and in which nothing is left says so, any other says nothing', () => {
  expect(note({ findings: [], originals: { 2: '31/02/2021' } })).toBe(
    'Corrected: nothing is left to fix',
  )
  expect(note({ findings: [], originals: {} })).toBe('')
})
