import type pg from 'pg'
import { run } from './run.ts'

/**
 * Takes the indexes of a partition away for a bulk load, until buildIndexes: building an index after
 * a load is several times faster than keeping it up row by row. Primary keys stay. Locks the table
 * until the transaction ends. Who loads need not own it.
 */
export async function setIndexesAside(client: pg.ClientBase, table: string): Promise<void> {
  await run(client, 'tables/set-indexes-aside', [table])
}

/** Builds the indexes that setIndexesAside took away. */
export async function buildIndexes(client: pg.ClientBase, table: string): Promise<void> {
  await run(client, 'tables/build-indexes', [table])
}
