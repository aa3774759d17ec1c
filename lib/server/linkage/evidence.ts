import type pg from 'pg'
import { createIndexes, dropIndexes } from '#server/db/bulk-indexes.ts'
import { namedQuery } from '#server/db/queries.ts'
import type { Dataset } from '#server/submissions/dataset.ts'

/**
 * Brings the evidence table up to a change. In bulk its index is taken away and built again after the load; only linking
 * reads it, and linking holds the lock. A store that has no evidence yet is truncated first, which costs nothing and lets
 * PostgreSQL load it without its write-ahead log where that is allowed.
 */
export async function moveEvidence(
  client: pg.PoolClient,
  change: { dataset: Dataset; arriving: readonly string[]; leaving: readonly string[] },
  how: { bulk: boolean },
): Promise<void> {
  const { dataset, arriving, leaving } = change
  if (leaving.length > 0)
    await client.query(namedQuery('linkage', 'remove-evidence'), [dataset, leaving])
  if (arriving.length === 0) return
  if (!how.bulk) {
    await client.query(namedQuery('linkage', 'add-evidence'), [dataset, arriving])
    return
  }
  const table = `evidence_${dataset}`
  // What the insert asks about: a whole analysis of wide rows takes longer than the insert saves by it.
  await client.query(`analyze record_${dataset} (id, submission_id)`)
  await truncateEmpty(client, table)
  const indexes = await dropIndexes(client, table)
  await client.query(namedQuery('linkage', 'add-evidence'), [dataset, arriving])
  await createIndexes(client, indexes)
  await client.query(`analyze ${table}`)
}

async function truncateEmpty(client: pg.PoolClient, table: string): Promise<void> {
  const { rowCount } = await client.query(`select from ${table} limit 1`)
  if (rowCount === 0) await client.query(`truncate ${table}`)
}
