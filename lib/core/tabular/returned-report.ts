import { withChangedRows } from './changed-rows.ts'
import { isFindingsHeading } from './findings-column.ts'
import { restoreCell } from './writing/neutralise-cell.ts'
import type { Table } from './table.ts'

/**
 * A report of findings that came back is read as the file it was made from: without our column, and
 * without what neutralised it.
 */
export function asReturned(table: Table): Table {
  const column = table.header.findIndex(isFindingsHeading)
  if (column < 0) return table
  return withChangedRows(table, (row) =>
    row.map((cell, index) => (index === column ? '' : restoreCell(cell))),
  )
}
