import { expect, it } from 'vitest'
import { cellNumber, FIRST_WARD, groupNumber, MEASURE, SPAN } from '#core/disclosure/lattice.ts'
import { cellsOfTables, TABLES } from '#core/disclosure/attack/whole-tables.ts'
import { SMALL } from './lattices.ts'

interface At {
  readonly quarter: number
  readonly span: number
  readonly measure: number
}
const OWN: At = { quarter: 2, span: SPAN.year, measure: MEASURE.families }
/** Families of the first service in the first ward, in a year to date. */
const CELL = cellNumber(
  SMALL,
  groupNumber(SMALL, 2, 0, FIRST_WARD),
  OWN.quarter,
  OWN.span,
  OWN.measure,
)

it('withholds tables that widen from one measure of one service in one quarter to all but everybody everywhere', () => {
  const tables = TABLES.map((reach) => new Set(cellsOfTables(SMALL, [CELL], reach)))
  for (const [at, table] of tables.entries()) {
    expect(table).toContain(CELL)
    expect(table.size).toBeGreaterThan(tables[at - 1]?.size ?? 0)
    for (const cell of tables[at - 1] ?? []) expect(table).toContain(cell)
    // All services everywhere are never withheld by themselves.
    expect(table).not.toContain(cellNumber(SMALL, 0, OWN.quarter, OWN.span, OWN.measure))
  }
  const [measure, quarter, scope] = tables
  const beside = (place: number, { span, measure: of, quarter: at } = OWN): number =>
    cellNumber(SMALL, groupNumber(SMALL, 2, 0, place), at, span, of)
  expect(measure).toContain(beside(FIRST_WARD + 1, { ...OWN, span: SPAN.quarter }))
  expect(measure).not.toContain(beside(FIRST_WARD, { ...OWN, measure: MEASURE.people }))
  expect(quarter).toContain(beside(FIRST_WARD, { ...OWN, measure: MEASURE.people }))
  expect(quarter).not.toContain(beside(FIRST_WARD, { ...OWN, quarter: 1 }))
  expect(scope).toContain(beside(FIRST_WARD, { ...OWN, quarter: 1 }))
})
