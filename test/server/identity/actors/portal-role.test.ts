import { createHmac, randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPortalRole } from '#server/identity/actors/portal-role.ts'
import { migrate } from '#server/platform/db/migrate.ts'
import { createTestDatabase, type TestDatabase } from '../../setup/database.ts'

/** What a hostile reader of this repository, who reaches the database, can try. */

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  await migrate(database.url)
})
afterAll(() => database.drop())

async function signIn(url: string): Promise<string> {
  const client = new pg.Client(url)
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ name: string }>('select current_user::text as name')
    return rows[0]?.name ?? ''
  } finally {
    await client.end().catch(() => undefined)
  }
}

function at(url: string, user: string, password: string): string {
  const changed = new URL(url)
  changed.username = user
  changed.password = password
  return changed.href
}

describe('[S71] the portal’s role signs in', () => {
  test('with random bytes, and with nothing that follows from the owner’s password', async () => {
    const opened = new URL(await openPortalRole(database.url, randomBytes(32)))
    const login = await signIn(opened.href)
    expect(login).toBe(opened.username)
    const owner = decodeURIComponent(new URL(database.url).password)
    const guesses = [owner, '', login, 'countonce'].flatMap((key) => [
      key,
      createHmac('sha256', key).update('role countonce_app').digest('base64url'),
      createHmac('sha256', key).update(`role ${login}`).digest('base64url'),
    ])
    for (const guess of guesses)
      for (const user of [login, 'countonce_app'])
        await expect(signIn(at(database.url, user, guess))).rejects.toThrow()
  })

  test('with one password whoever asks first, and not with that of before once it is another', async () => {
    const secret = randomBytes(32)
    const [first, second] = await Promise.all([
      openPortalRole(database.url, secret),
      openPortalRole(database.url, secret),
    ])
    expect(second).toBe(first)
    await signIn(first)
    const next = await openPortalRole(database.url, randomBytes(32))
    await signIn(next)
    await expect(signIn(first)).rejects.toThrow()
  })

  test('and another programme on the same server is another role with another password', async () => {
    const other = await createTestDatabase()
    try {
      await migrate(other.url)
      const mine = new URL(await openPortalRole(database.url, randomBytes(32)))
      const theirs = new URL(await openPortalRole(other.url, randomBytes(32)))
      expect(theirs.username).not.toBe(mine.username)
      await signIn(mine.href)
      await signIn(theirs.href)
    } finally {
      await other.drop()
    }
  })
})
