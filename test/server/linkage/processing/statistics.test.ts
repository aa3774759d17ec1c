import { afterAll, beforeAll, expect, test } from 'vitest'
import { readSubmission } from '#server/intake/submissions/read-submission.ts'
import { linkSubmission } from '#server/linkage/processing/link-submission.ts'
import { relink } from '#server/linkage/links/relink.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { queryText } from '#server/platform/db/queries.ts'
import type pg from 'pg'
import { keepFile } from '../programme-store.ts'
import { openSmallStore, type OpenSmallStore } from '../small-programme.ts'
import { fileOf } from '../small-world.ts'

/** Those that figures and screens join; linking reads evidence by its partitions. */
const PARENTS = ['record', 'link', 'beneficiary']
const RECORDS = 600

let open: OpenSmallStore
let pool: pg.Pool

beforeAll(async () => {
  open = await openSmallStore()
  pool = open.store.pool
})

afterAll(() => open.close())

async function link(quarter: '2024-Q1' | '2024-Q2', first: number, count: number): Promise<void> {
  const records = Array.from({ length: count }, (_, index) => ({
    client: `client ${first + index}`,
    nameBirth: `name ${first + index}`,
    sourceRow: index + 1,
  }))
  const kept = await withTransaction(pool, (client) =>
    keepFile(client, 'production', fileOf('s1', quarter, records)),
  )
  const submission = (await readSubmission(pool, kept.submission)) ?? expect.fail('none')
  expect(await linkSubmission(open.store, submission, 'test')).toMatchObject({ ok: true })
}

async function countedRows(): Promise<Record<string, number>> {
  const { rows } = await pool.query<{ name: string; rows: number }>(
    `select relname as name, reltuples::int as rows from pg_class where relname = any ($1) order by relname`,
    [PARENTS],
  )
  return Object.fromEntries(rows.map((row) => [row.name, row.rows]))
}

/** How many rows the planner expects of a statement. */
async function expectedRows(statement: string, values: unknown[]): Promise<number> {
  const { rows } = await pool.query<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>(
    `explain (format json) ${statement}`,
    values,
  )
  return rows[0]?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0
}

test('the planner knows what the partitioned tables hold after the first file, and after a small one', async () => {
  expect(await countedRows()).toMatchObject({ record: -1, link: -1 })
  await link('2024-Q1', 0, RECORDS)
  expect(await countedRows()).toMatchObject({
    record: RECORDS,
    link: RECORDS,
    beneficiary: RECORDS,
  })
  await link('2024-Q2', RECORDS, 20)
  expect(await countedRows()).toMatchObject({
    record: RECORDS + 20,
    link: RECORDS + 20,
    beneficiary: RECORDS + 20,
  })
  const { rows } = await pool.query<{ name: string; columns: number }>(
    `select tablename as name, count(*)::int as columns from pg_stats
     where tablename = any ($1) and inherited group by tablename`,
    [PARENTS],
  )
  expect(rows.map(({ name }) => name).sort()).toEqual([...PARENTS].sort())
})

test('and after every record was decided again under another policy', async () => {
  // Somebody's restore, or a server that lost its statistics.
  await pool.query(`update pg_class set reltuples = -1 where relname = any ($1)`, [PARENTS])
  await relink(pool, { dataset: 'production', policy: 'leap-2020', actor: 'test' })
  expect(await countedRows()).toMatchObject({ record: RECORDS + 20, link: RECORDS + 20 })
})

test('joins of the partitioned tables are guessed as large as they are', async () => {
  const joined = `select 1 from link l join record r on r.dataset = $1 and r.id = l.record_id where l.dataset = $1`
  expect(await expectedRows(joined, ['production'])).toBeGreaterThan(RECORDS / 2)
  const named = `select 1 from link l join beneficiary b on b.dataset = l.dataset and b.id = l.beneficiary_id where l.dataset = $1`
  expect(await expectedRows(named, ['production'])).toBeGreaterThan(RECORDS / 2)
  expect(await expectedRows(queryText('reach/list-reached'), [])).toBeGreaterThan(1)
})
