import type pg from 'pg'

/** The names of those of these references that are users; what a part of the portal did has no user. */
export async function readUserNames(
  client: pg.Pool | pg.ClientBase,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await client.query<{ id: string; name: string }>(
    'select id, name from portal_user where id = any ($1::text[])',
    [[...new Set(ids)]],
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}
