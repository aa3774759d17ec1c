import type pg from 'pg'
import { run } from './run.ts'

/**
 * Takes the indexes of a table away for a bulk load, and answers their definitions for
 * createIndexes: building an index after a load is several times faster than keeping it up row by
 * row. Primary keys stay. `table` is written in the code. Locks the table until the transaction
 * ends.
 */
export async function dropIndexes(client: pg.ClientBase, table: string): Promise<string[]> {
  const rows = await run(client, 'tables/list-indexes', [table])
  for (const { name } of rows) await run(client, 'tables/drop-index', [], { index: name })
  return rows.map(({ definition }) => definition)
}

/** Builds the indexes that dropIndexes took away. */
export async function createIndexes(
  client: pg.ClientBase,
  definitions: readonly string[],
): Promise<void> {
  for (const definition of definitions) await client.query(definition)
}
