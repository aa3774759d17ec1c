import type pg from 'pg'
import { buildIndexes, setIndexesAside } from '#server/platform/db/bulk-indexes.ts'
import { run, runForRow } from '#server/platform/db/run.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'
import { PSEUDONYM_NAMES } from '#server/store/record-columns.ts'

/** Evidence is kept in two tables: one large and settled, and a small one for what came since. */
type Level = 'evidence' | 'recent_evidence'

/**
 * Brings the evidence tables up to a change. In bulk the index of the large one is taken away and
 * built again after the load; only linking reads them, and linking holds the lock. A store that has
 * no evidence yet is truncated first, which costs nothing and lets PostgreSQL load it without its
 * write-ahead log where that is allowed. Few rows go to the small table: pseudonyms are spread
 * evenly, so in a large index nearly every row would read, change and log a page of its own.
 */
export async function moveEvidence(
  client: pg.PoolClient,
  change: { dataset: Dataset; arriving: readonly string[]; leaving: readonly string[] },
  how: { bulk: boolean; recentShare: number },
): Promise<void> {
  const { dataset, arriving, leaving } = change
  if (leaving.length > 0) {
    for (const level of ['evidence', 'recent_evidence'] satisfies Level[]) {
      const names = { dataset, level, ...PSEUDONYM_NAMES }
      await run(client, 'evidence/remove-evidence', [leaving], names)
    }
  }
  if (arriving.length === 0) return
  if (how.bulk) {
    // What the insert asks about, and what every question of the parent does: a whole analysis of
    // wide rows takes longer than the insert saves by it.
    const columns = ['id', 'submission_id', 'dataset']
    await run(client, 'tables/analyze-kept', [`record_${dataset}`, columns])
    await settleEvidence(client, dataset, arriving)
    return
  }
  await addEvidence(client, 'recent_evidence', dataset, arriving)
  await run(client, 'tables/analyze-kept', [`recent_evidence_${dataset}`, []])
  // Of the large one its last analysis says how many rows it has: it is analysed when it is filled.
  const recent = await runForRow(client, 'evidence/has-recent-grown', [how.recentShare], {
    dataset,
  })
  if (recent.grown) await settleEvidence(client, dataset, [])
}

/**
 * Makes the evidence of `submissions`, and of nothing else, anew: every pseudonym has changed, or
 * much of what there was leaves.
 */
export async function rebuildEvidence(
  client: pg.PoolClient,
  dataset: Dataset,
  submissions: readonly string[],
): Promise<void> {
  await truncate(client, `evidence_${dataset}, recent_evidence_${dataset}`)
  await settleEvidence(client, dataset, submissions)
}

/** Puts recent evidence and that of arriving submissions into the large table. */
async function settleEvidence(
  client: pg.PoolClient,
  dataset: Dataset,
  arriving: readonly string[],
): Promise<void> {
  const table = `evidence_${dataset}`
  if (await isEmpty(client, table)) await truncate(client, table)
  await setIndexesAside(client, table)
  if (!(await isEmpty(client, `recent_${table}`))) {
    await run(client, 'evidence/settle-evidence', [], { dataset })
    await truncate(client, `recent_${table}`)
  }
  if (arriving.length > 0) await addEvidence(client, 'evidence', dataset, arriving)
  await buildIndexes(client, table)
  await run(client, 'tables/analyze-kept', [table, []])
}

async function addEvidence(
  client: pg.PoolClient,
  level: Level,
  dataset: Dataset,
  arriving: readonly string[],
): Promise<void> {
  await run(client, 'evidence/add-evidence', [arriving], { dataset, level, ...PSEUDONYM_NAMES })
}

async function isEmpty(client: pg.PoolClient, table: string): Promise<boolean> {
  return (await runForRow(client, 'tables/is-empty', [], { table })).is_empty
}

async function truncate(client: pg.PoolClient, tables: string): Promise<void> {
  await run(client, 'tables/truncate', [], { tables })
}
