import type { Table } from './table.ts'

/** The table with its rows changed one by one: same columns, same rows, same order. */
export function withChangedRows(
  table: Table,
  change: (row: readonly string[], at: number) => readonly string[],
): Table {
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
        yield { firstRow, rows: rows.map((row, index) => change(row, firstRow + index)) }
      }
    },
  }
}
