import { afterAll, beforeAll, expect, test } from 'vitest'
import type pg from 'pg'
import { readingBeside } from '#server/linkage/links/reading-beside.ts'
import { openPool, withTransaction } from '#server/platform/db/pool.ts'
import { openSmallStore, type OpenSmallStore } from '../small-programme.ts'

let open: OpenSmallStore
let two: pg.Pool

beforeAll(async () => {
  open = await openSmallStore()
  two = openPool(open.store.databaseUrl, { max: 2 })
})

afterAll(async () => {
  await two.end()
  await open.close()
})

const isBeside = (client: pg.PoolClient): Promise<boolean> =>
  readingBeside(client, two, async ({ reader }) => {
    await reader.query('insert into scope (record_id) values (1)')
    return reader !== client
  })

test('what is read comes by a connection of its own, which keeps nothing of it', async () => {
  const seen = await withTransaction(two, async (client) => {
    const first = await isBeside(client)
    // The same connection again: its relations are gone.
    return [first, await isBeside(client)]
  })
  expect(seen).toEqual([true, true])
})

test('and by the one that writes where the others are taken, as by those who wait for its lock', async () => {
  const seen = await withTransaction(two, (client) =>
    withTransaction(two, () =>
      readingBeside(client, two, ({ reader }) => Promise.resolve(reader === client)),
    ),
  )
  expect(seen).toBe(true)
})
