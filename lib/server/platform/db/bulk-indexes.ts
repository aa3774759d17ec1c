import type pg from 'pg'

/**
 * Takes the indexes of a table away for a bulk load, and answers their definitions for createIndexes: building an index
 * after a load is several times faster than keeping it up row by row. Primary keys stay. `table` is written in the code. Locks
 * the table until the transaction ends.
 */
export async function dropIndexes(client: pg.ClientBase, table: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select c.relname as name, pg_get_indexdef(i.indexrelid) as definition
     from pg_index i
     join pg_class c on c.oid = i.indexrelid
     where i.indrelid = $1::regclass and not i.indisprimary
       and not exists (select from pg_inherits where inhrelid = i.indexrelid)
     order by c.relname`,
    [table],
  )
  for (const { name } of rows) await client.query(`drop index ${name}`)
  return rows.map(({ definition }) => definition)
}

/** Builds the indexes that dropIndexes took away. */
export async function createIndexes(
  client: pg.ClientBase,
  definitions: readonly string[],
): Promise<void> {
  for (const definition of definitions) await client.query(definition)
}
