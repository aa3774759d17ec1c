import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allowEmbedded, refuseEmbedded } from '#server/platform/opening/open-database.ts'
import { initProgramme } from '#server/programme/setting-up/init-programme.ts'
import { demandRegister } from '#server/programme/register/register.ts'
import { openStore, readProgrammeStore, type Store } from '#server/store/store.ts'
import leap from '#server/programme/register/leap.json' with { type: 'json' }
import { createTestDatabase, type TestDatabase } from '../../setup/database.ts'

let database: TestDatabase
let store: Store
let dataDir: string
beforeAll(async () => {
  database = await createTestDatabase()
  dataDir = await mkdtemp(join(tmpdir(), 'countonce-test-'))
  store = await openStore({ dataDir, env: { DATABASE_URL: database.url } })
  const { programme, ...parts } = leap
  const live = JSON.stringify({ ...parts, programme: { ...programme, live: true } })
  expect(await initProgramme(store.pool, 'test', demandRegister(live), [])).toMatchObject({
    ok: true,
  })
})
afterAll(async () => {
  await store.close()
  await database.drop()
  await rm(dataDir, { recursive: true, force: true })
})

describe('a live programme on the embedded database', () => {
  test('is refused wherever a programme is opened, and a demonstration is not', async () => {
    await expect(readProgrammeStore({ ...store, env: {} })).rejects.toThrow('database-embedded')
    await store.pool.query('update programme set live = false')
    await expect(readProgrammeStore({ ...store, env: {} })).rejects.toThrow('keys-missing')
    await store.pool.query('update programme set live = true')
  })

  test('is taken by whoever says so, and a server that is named is none', () => {
    const env = {}
    expect(() => {
      refuseEmbedded(env)
    }).toThrow('database-embedded')
    allowEmbedded(env)
    for (const known of [env, { DATABASE_URL: 'x' }, { WORKER_DATABASE_URL: 'x' }]) {
      expect(() => {
        refuseEmbedded(known)
      }).not.toThrow()
    }
  })
})
