import type { Quarter } from '#core/standard/quarter.ts'
import type { Table } from '#core/tabular/table.ts'
import { childrenAcross } from './shapes/children-across.ts'
import { fillDown } from './shapes/fill-down.ts'
import type { Preparation } from './preparation.ts'
import { countSessions } from './shapes/register.ts'

/** One thing that is changed in a table; a step with nothing to do answers the table itself. */
type Step = (table: Table, preparation: Preparation, quarter: Quarter | undefined) => Table

/** What is changed within a sheet, in this order whatever the order in the preparation. */
const STEPS: readonly Step[] = [fillDown, countSessions, childrenAcross]

/** A table as its preparation changes it; the table itself where there is nothing to change. */
export function prepareTable(
  table: Table,
  preparation: Preparation | undefined,
  quarter: Quarter | undefined,
): Table {
  if (preparation === undefined) return table
  return STEPS.reduce((changed, step) => step(changed, preparation, quarter), table)
}
