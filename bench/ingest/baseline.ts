import type pg from 'pg'
import { from, to } from 'pg-copy-streams'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { benchSql, runSql } from '../run-sql.ts'

/**
 * The fixed baseline: the same records and the same evidence, as they lie in the store, copied into
 * unindexed tables, and then the same indexes built. The bytes to be copied are held in memory, so
 * that nothing else is timed.
 */
export async function measureBaseline(
  pool: pg.Pool,
  submission: string,
): Promise<{ seconds: number; bytesPerRecord: number }> {
  const client = await pool.connect()
  try {
    const of = { submission: Number(submission) }
    const records = await dump(client, await benchSql('baseline-records', of))
    const evidence = await dump(client, await benchSql('baseline-evidence', of))
    await runSql(client, 'baseline-tables')
    const begun = performance.now()
    await client.query(`begin; set local maintenance_work_mem = '384MB'`)
    await load(client, 'baseline_record', records)
    await load(client, 'baseline_evidence', evidence)
    await runSql(client, 'baseline-indexes')
    await client.query('commit')
    const seconds = (performance.now() - begun) / 1000
    const [size] = await runSql<{ bytes: string; records: string }>(client, 'store-size')
    await runSql(client, 'baseline-drop')
    return { seconds, bytesPerRecord: Number(size?.bytes) / Number(size?.records) }
  } finally {
    client.release()
  }
}

async function dump(client: pg.PoolClient, query: string): Promise<Buffer[]> {
  const chunks: Buffer[] = []
  const stream = client.query(to(`copy (${query}) to stdout with (format binary)`))
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(Buffer.from(chunk))
  return chunks
}

async function load(
  client: pg.PoolClient,
  table: string,
  chunks: readonly Buffer[],
): Promise<void> {
  await pipeline(
    Readable.from(chunks),
    client.query(from(`copy ${table} from stdin with (format binary)`)),
  )
}
