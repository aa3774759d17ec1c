import type pg from 'pg'
import { from, to } from 'pg-copy-streams'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

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
    const records = await dump(
      client,
      `select * from record_production where submission_id = ${Number(submission)}`,
    )
    const evidence = await dump(
      client,
      `select e.* from evidence_production e join record_production r on r.id = e.record_id where r.submission_id = ${Number(submission)}`,
    )
    await client.query('create table baseline_record (like record_production including defaults)')
    await client.query(
      'create table baseline_evidence (like evidence_production including defaults)',
    )
    const begun = performance.now()
    await client.query(`begin; set local maintenance_work_mem = '384MB'`)
    await load(client, 'baseline_record', records)
    await load(client, 'baseline_evidence', evidence)
    await client.query('create unique index on baseline_record (id)')
    await client.query('create index on baseline_record (submission_id)')
    await client.query('create index on baseline_evidence (value)')
    await client.query('commit')
    const seconds = (performance.now() - begun) / 1000
    const { rows } = await client.query<{ bytes: string; records: string }>(
      `select (pg_total_relation_size('record_production') + pg_total_relation_size('evidence_production') + pg_total_relation_size('recent_evidence_production')
         + pg_total_relation_size('link_production') + pg_total_relation_size('beneficiary_production'))::text as bytes,
         (select count(*) from record_production)::text as records`,
    )
    await client.query('drop table baseline_record, baseline_evidence')
    return { seconds, bytesPerRecord: Number(rows[0]?.bytes) / Number(rows[0]?.records) }
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
