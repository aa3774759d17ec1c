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
  return {
    header: table.header,
    // Counts in it grow as the table is read.
    get receipt() {
      return table.receipt
    },
    get signs() {
      return table.signs
    },
    async *batches() {
      for await (const { firstRow, rows } of table.batches()) {
        yield {
          firstRow,
          rows: rows.map((row) =>
            row.map((cell, index) => (index === column ? '' : restoreCell(cell))),
          ),
        }
      }
    },
  }
}
