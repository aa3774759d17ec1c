import type { Table } from '#core/tabular/table.ts'

/** Somebody asked to stop. */
export class Cancelled extends Error {}

/** Who watches a table being read. */
export interface TableWatch {
  /** A reading from the top has begun; checks and hashing may take several. */
  begun(): void
  /** Told after every batch how many rows of this reading were read. */
  progress(rows: number): void
  /** Asked before every batch; true stops the reading with `Cancelled`. */
  isCancelled(): boolean
}

/** The same table, watched. */
export function watchTable(table: Table, watch: TableWatch): Table {
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
      watch.begun()
      for await (const batch of table.batches()) {
        if (watch.isCancelled()) throw new Cancelled()
        yield batch
        watch.progress(batch.firstRow + batch.rows.length - 1)
      }
    },
  }
}
