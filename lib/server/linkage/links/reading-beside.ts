import type pg from 'pg'
import { poolOf, type Database } from '#server/platform/db/database.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'

/**
 * What a change of links reads and writes by. They are one connection, or two where what is read was
 * committed before: then the server reads for one while it writes for the other.
 */
export interface LinkConnections {
  /** Holds the lock and the transaction in which everything is written. */
  readonly client: pg.PoolClient
  /** Has the scope and its parts. */
  readonly reader: pg.PoolClient
}

/** Readies a connection for a change of links: room to sort, and the relations that it works on. */
export async function beginChange(client: pg.PoolClient): Promise<void> {
  await client.query(`set local work_mem = '192MB'`)
  await client.query(`set local maintenance_work_mem = '384MB'`)
  // Tables are analysed for their sizes here; how values are spread is the same everywhere.
  await client.query('set local default_statistics_target = 10')
  await run(client, 'linkage/create-change', [])
}

/**
 * Does `work` with a connection of `beside` to read by, or with `client` where none is given or free:
 * whoever holds the lock must not wait for those who wait for it. What it leaves is given up.
 */
export async function readingBeside<T>(
  client: pg.PoolClient,
  beside: Database | undefined,
  work: (connections: LinkConnections) => Promise<T>,
): Promise<T> {
  if (beside === undefined || !isOneFree(poolOf(beside).pool))
    return work({ client, reader: client })
  return withTransaction(beside, async (reader, giveUp) => {
    await beginChange(reader)
    return giveUp(await work({ client, reader }))
  })
}

function isOneFree({ waitingCount, idleCount, totalCount, options }: pg.Pool): boolean {
  return waitingCount === 0 && (idleCount > 0 || totalCount < options.max)
}
