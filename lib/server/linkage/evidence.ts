import type pg from 'pg'
import { namedQuery } from '#server/db/queries.ts'
import type { Dataset } from '#server/submissions/dataset.ts'

/**
 * Brings the evidence table up to a change. In bulk its index is dropped and built again after the load, which is
 * several times faster than keeping it up entry by entry; only linking reads it, and linking holds the lock.
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
  if (how.bulk) await client.query(`drop index evidence_${dataset}_value`)
  await client.query(namedQuery('linkage', 'add-evidence'), [dataset, arriving])
  if (!how.bulk) return
  await client.query(`create index evidence_${dataset}_value on evidence_${dataset} (value)`)
  await client.query(`analyze evidence_${dataset}`)
}
