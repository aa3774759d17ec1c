import type { Database } from '#server/platform/db/database.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import { Fault } from '#server/platform/faults/fault.ts'

/**
 * Tells the planner what the partitioned tables hold, once a change of links is committed: within
 * it, a change of the other dataset would wait for this one, and this for that. Given up where
 * somebody is changing a partition: that change ends with the same.
 */
export async function refreshStatistics(database: Database): Promise<void> {
  try {
    await withTransaction(database, async (client) => {
      await client.query(`set local lock_timeout = '1s'`)
      await client.query('set local default_statistics_target = 10')
      await run(client, 'linkage/refresh-statistics', [])
    })
  } catch (error) {
    if (!(error instanceof Fault && error.code === 'database-busy')) throw error
  }
}
