import pg from 'pg'
import { expect, test } from 'vitest'
import { run } from '#server/platform/db/run.ts'
import { isDemonstrationBeingMade } from '#server/programme/setting-up/is-demonstration-being-made.ts'
import { createTestDatabase } from '../../setup/database.ts'

test('a demonstration is being made while a start has its lock, and no longer', async () => {
  const database = await createTestDatabase()
  const [start, portal] = [new pg.Client(database.url), new pg.Client(database.url)]
  try {
    await start.connect()
    await portal.connect()
    expect(await isDemonstrationBeingMade(portal)).toBe(false)
    expect(await run(start, 'programme/try-demonstration', [])).toEqual([{ mine: true }])
    expect(await isDemonstrationBeingMade(portal)).toBe(true)
    await start.end()
    await expect.poll(() => isDemonstrationBeingMade(portal)).toBe(false)
  } finally {
    await start.end()
    await portal.end()
    await database.drop()
  }
})
