import { createHash } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { describe, expect, onTestFinished, test } from 'vitest'
import { migrate } from '#server/platform/db/migrate.ts'
import { makeDataFolder } from '../../setup/data-folder.ts'
import { createTestDatabase } from '../../setup/database.ts'

async function emptyDatabase(): Promise<{ url: string; client: pg.Client }> {
  const database = await createTestDatabase({ empty: true })
  const client = new pg.Client(database.url)
  await client.connect()
  onTestFinished(async () => {
    await client.end()
    await database.drop()
  })
  return { url: database.url, client }
}

async function folderOf(migrations: Record<string, string>): Promise<string> {
  const folder = await makeDataFolder()
  await writeFile(join(folder, 'migration_lock.toml'), 'provider = "postgresql"\n')
  for (const [name, sql] of Object.entries(migrations)) {
    await mkdir(join(folder, name))
    await writeFile(join(folder, name, 'migration.sql'), sql)
  }
  return folder
}

const first = 'create table a (id int);\ninsert into a values (1);\n'

describe('migrations', () => {
  test('are applied once, in the order of their names, and recorded as Prisma does', async () => {
    const { url, client } = await emptyDatabase()
    const folder = await folderOf({ '2_second': 'alter table a add words text;', '1_first': first })
    expect(await migrate(url, { folder })).toEqual(['1_first', '2_second'])
    expect(await migrate(url, { folder })).toEqual([])
    const { rows } = await client.query<Record<string, unknown>>(
      'select * from _prisma_migrations order by migration_name',
    )
    expect(Object.keys(rows[0] ?? {})).toEqual([
      'id',
      'checksum',
      'finished_at',
      'migration_name',
      'logs',
      'rolled_back_at',
      'started_at',
      'applied_steps_count',
    ])
    expect(rows[0]).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      checksum: createHash('sha256').update(first).digest('hex'),
      finished_at: expect.any(Date) as Date,
      migration_name: '1_first',
      // Where Prisma notes why one failed: of one that finished it reads nothing there.
      logs: 'expands',
      rolled_back_at: null,
      applied_steps_count: 1,
    })
  })

  test('of this repository build the store from nothing', async () => {
    const { url, client } = await emptyDatabase()
    expect(await migrate(url)).toContain('20261121000200_audit')
    expect((await client.query('select from audit_head')).rowCount).toBe(1)
  })

  test('that were changed after they were applied are refused, and nothing more is applied', async () => {
    const { url, client } = await emptyDatabase()
    await migrate(url, { folder: await folderOf({ '1_first': first }) })
    const changed = await folderOf({ '1_first': `${first} `, '2_second': 'create table b ()' })
    await expect(migrate(url, { folder: changed })).rejects.toMatchObject({
      code: 'migration-changed',
      detail: { migration: '1_first' },
    })
    expect((await client.query(`select to_regclass('b') as b`)).rows).toEqual([{ b: null }])
  })

  test('that this version does not know are refused', async () => {
    const { url } = await emptyDatabase()
    const folder = await folderOf({ '1_first': first, '2_second': 'select 1' })
    await migrate(url, { folder })
    await rm(join(folder, '2_second'), { recursive: true })
    await expect(migrate(url, { folder })).rejects.toMatchObject({ code: 'migration-unknown' })
  })

  test('that this version does not know stop no worker where they only expand', async () => {
    const { url } = await emptyDatabase()
    const expanding = await folderOf({ '1_first': first, '2_more': 'create table b ()' })
    await migrate(url, { folder: expanding })
    const older = await folderOf({ '1_first': first })
    expect(await migrate(url, { folder: older, mayBeAhead: true })).toEqual([])
    await expect(migrate(url, { folder: older })).rejects.toMatchObject({
      code: 'migration-unknown',
      detail: { migration: '2_more' },
    })
    // One that lacks what the older version would still bring is of another line altogether.
    const other = await folderOf({ '1_first': first, '1_other': 'create table c ()' })
    await expect(migrate(url, { folder: other, mayBeAhead: true })).rejects.toMatchObject({
      code: 'migration-unknown',
    })
    const contracting = await folderOf({
      '1_first': first,
      '2_more': 'create table b ()',
      '3_less': '-- Contracts: 2_more. Nothing reads words any more.\ndrop table a',
    })
    await migrate(url, { folder: contracting })
    await expect(migrate(url, { folder: older, mayBeAhead: true })).rejects.toMatchObject({
      code: 'migration-unknown',
    })
    // The version that contracts knows what it took away.
    expect(await migrate(url, { folder: contracting, mayBeAhead: true })).toEqual([])
  })

  test('that somebody else applied, without a note, are taken for ones that contract', async () => {
    const { url, client } = await emptyDatabase()
    const folder = await folderOf({ '1_first': first })
    await migrate(url, { folder })
    await client.query(
      `insert into _prisma_migrations (id, checksum, migration_name, finished_at) values ('x', 'y', '2_more', now())`,
    )
    await expect(migrate(url, { folder, mayBeAhead: true })).rejects.toMatchObject({
      code: 'migration-unknown',
    })
  })

  test('that their owner may not apply say what it has to be let do', async () => {
    const { url } = await emptyDatabase()
    const folder = await folderOf({
      '1_first': "do $$ begin raise insufficient_privilege using message = 'no'; end $$",
    })
    await expect(migrate(url, { folder })).rejects.toMatchObject({ code: 'owner-may-not' })
  })

  test('that fail leave nothing of themselves, and what came before stays', async () => {
    const { url, client } = await emptyDatabase()
    const folder = await folderOf({
      '1_first': first,
      '2_second': 'create table b (); insert into nowhere values (1)',
    })
    await expect(migrate(url, { folder })).rejects.toMatchObject({
      code: 'migration-failed',
      detail: { migration: '2_second', state: '42P01' },
    })
    const { rows } = await client.query(
      `select to_regclass('a') is not null as a, to_regclass('b') is not null as b`,
    )
    expect(rows).toEqual([{ a: true, b: false }])
    await writeFile(join(folder, '2_second', 'migration.sql'), 'create table b ()')
    expect(await migrate(url, { folder })).toEqual(['2_second'])
  })

  test('are applied once by five processes that start together', async () => {
    const { url } = await emptyDatabase()
    const folder = await folderOf({ '1_first': first, '2_second': 'create table b ()' })
    const applied = await Promise.all(Array.from({ length: 5 }, () => migrate(url, { folder })))
    expect(applied.flat().sort()).toEqual(['1_first', '2_second'])
  })
})
