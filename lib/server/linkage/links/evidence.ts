import type pg from 'pg'
import { createIndexes, dropIndexes } from '#server/platform/db/bulk-indexes.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'
import { datasetQuery } from './dataset-query.ts'

/** Evidence is kept in two tables: one large and settled, and a small one for what came since. */
type Level = 'evidence' | 'recent_evidence'

/**
 * Brings the evidence tables up to a change. In bulk the index of the large one is taken away and built again after the load; only
 * linking reads them, and linking holds the lock. A store that has no evidence yet is truncated first, which costs nothing and lets
 * PostgreSQL load it without its write-ahead log where that is allowed. Few rows go to the small table: pseudonyms are spread evenly, so in
 * a large index nearly every row would read, change and log a page of its own.
 */
export async function moveEvidence(
  client: pg.PoolClient,
  change: { dataset: Dataset; arriving: readonly string[]; leaving: readonly string[] },
  how: { bulk: boolean; recentShare: number },
): Promise<void> {
  const { dataset, arriving, leaving } = change
  if (leaving.length > 0) {
    await client.query(levelQuery('remove-evidence', 'evidence', dataset), [leaving])
    await client.query(levelQuery('remove-evidence', 'recent_evidence', dataset), [leaving])
  }
  if (arriving.length === 0) return
  if (how.bulk) {
    // What the insert asks about: a whole analysis of wide rows takes longer than the insert saves by it.
    await client.query(`analyze record_${dataset} (id, submission_id)`)
    await settleEvidence(client, dataset, arriving)
    return
  }
  await client.query(levelQuery('add-evidence', 'recent_evidence', dataset), [arriving])
  await client.query(`analyze recent_evidence_${dataset}`)
  if (await hasGrown(client, dataset, how.recentShare)) await settleEvidence(client, dataset, [])
}

/** Makes the evidence of `submissions`, and of nothing else, anew: every pseudonym has changed. */
export async function rebuildEvidence(
  client: pg.PoolClient,
  dataset: Dataset,
  submissions: readonly string[],
): Promise<void> {
  await client.query(`truncate evidence_${dataset}, recent_evidence_${dataset}`)
  await settleEvidence(client, dataset, submissions)
}

/** Puts recent evidence and that of arriving submissions into the large table. */
async function settleEvidence(
  client: pg.PoolClient,
  dataset: Dataset,
  arriving: readonly string[],
): Promise<void> {
  const table = `evidence_${dataset}`
  if (await isEmpty(client, table)) await client.query(`truncate ${table}`)
  const indexes = await dropIndexes(client, table)
  if (!(await isEmpty(client, `recent_${table}`))) {
    await client.query(datasetQuery('settle-evidence', dataset))
    await client.query(`truncate recent_${table}`)
  }
  if (arriving.length > 0)
    await client.query(levelQuery('add-evidence', 'evidence', dataset), [arriving])
  await createIndexes(client, indexes)
  await client.query(`analyze ${table}`)
}

/** Whether the small table is small no more. Of the large one its last analysis says how many rows it has: it is analysed when it is filled. */
async function hasGrown(client: pg.PoolClient, dataset: Dataset, share: number): Promise<boolean> {
  const { rows } = await client.query<{ grown: boolean }>(
    `select recent.reltuples > $3::float8 * greatest(settled.reltuples, 0) as grown
     from pg_class recent, pg_class settled
     where recent.oid = $1::regclass and settled.oid = $2::regclass`,
    [`recent_evidence_${dataset}`, `evidence_${dataset}`, share],
  )
  return rows[0]?.grown ?? false
}

async function isEmpty(client: pg.PoolClient, table: string): Promise<boolean> {
  const { rowCount } = await client.query(`select from ${table} limit 1`)
  return rowCount === 0
}

function levelQuery(name: string, level: Level, dataset: Dataset): string {
  return datasetQuery(name, dataset).replaceAll('{level}', level)
}
