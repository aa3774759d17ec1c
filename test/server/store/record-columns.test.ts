import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { RECORD_COLUMNS } from '#server/store/record-columns.ts'
import { createTestDatabase } from '../setup/database.ts'

test('the columns of a record are described as the migrated database has them', async () => {
  const database = await createTestDatabase()
  const client = new pg.Client(database.url)
  await client.connect()
  onTestFinished(async () => {
    await client.end()
    await database.drop()
  })
  const { rows } = await client.query<{ name: string; type: string }>(
    `select a.attname as name, t.typname as type
     from pg_attribute a join pg_type t on t.oid = a.atttypid
     where a.attrelid = 'record'::regclass and a.attnum > 0 and not a.attisdropped and a.attname <> 'dataset'`,
  )
  expect(RECORD_COLUMNS).toEqual(Object.fromEntries(rows.map(({ name, type }) => [name, type])))
})
