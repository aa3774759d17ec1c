import type { Table } from '../tabular/table.ts'
import type { Preparation } from './preparation.ts'

/** One thing that is changed in a table; a step with nothing to do answers the table itself. */
type Step = (table: Table, preparation: Preparation) => Table

/** What is changed within a sheet, in this order whatever the order in the preparation. */
const STEPS: readonly Step[] = []

/** A table as its preparation changes it; the table itself where there is nothing to change. */
export function prepareTable(table: Table, preparation: Preparation | undefined): Table {
  if (preparation === undefined) return table
  return STEPS.reduce((changed, step) => step(changed, preparation), table)
}
