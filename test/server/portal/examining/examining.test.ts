import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPool } from '#server/platform/db/pool.ts'
import { listPending, migrate } from '#server/platform/db/migrate.ts'
import { examineClock } from '#server/portal/examining/examine-database.ts'
import { examineDisk, examineVersions } from '#server/portal/examining/examine-machine.ts'
import { isBelow } from '#server/portal/examining/package-floors.ts'
import { createTestDatabase, type TestDatabase } from '../../setup/database.ts'

/** What `countonce doctor` finds that a whole installation does not show. */

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase({ empty: true })
})
afterAll(() => database.drop())

test('a clock that is off is told before one-time codes are lost, and after', async () => {
  const pool = openPool(database.url)
  try {
    const apart = async (milliseconds: number): Promise<string> =>
      (await examineClock({ pool }, () => Date.now() + milliseconds)).state
    expect(await apart(0)).toBe('met')
    expect(await apart(5_000)).toBe('weak')
    expect(await apart(-60_000)).toBe('missing')
  } finally {
    await pool.end()
  }
})

test('migrations that are not applied are counted, and nothing is applied by looking', async () => {
  const before = await listPending(database.url)
  expect(before.length).toBeGreaterThan(50)
  expect(await listPending(database.url)).toEqual(before)
  await migrate(database.url)
  expect(await listPending(database.url)).toEqual([])
})

test('a data folder that the first start will make has the room of where it will be', async () => {
  const folder = join(tmpdir(), 'not-yet', 'data')
  expect((await examineDisk(folder)).found).toMatch(/^[0-9.]+ GB are free\.$/)
})

test('an older Node, and a package below its floor, are told', async () => {
  expect(await examineVersions()).toMatchObject({ state: 'met' })
  expect(await examineVersions('22.20.0')).toMatchObject({
    ...{ state: 'missing', found: 'Too old: Node.js 22.20.0.' },
  })
  expect(isBelow('16.4.4', '16.4.5') && !isBelow('16.10.0', '16.4.5')).toBe(true)
})
