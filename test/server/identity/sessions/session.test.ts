import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sweepExpired } from '#server/identity/accounts/sweep-expired.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { planCookies } from '#server/identity/sessions/cookie-names.ts'
import {
  endSession,
  readSession,
  readSessionLeft,
  startSession,
} from '#server/identity/sessions/session.ts'
import { openAccountSetting, sha256, type AccountSetting } from '../accounts/account-setting.ts'

let setting: AccountSetting
beforeAll(async () => {
  setting = await openAccountSetting()
})
afterAll(() => setting.close())

async function newSession(): Promise<string> {
  const user = await setting.makeUser()
  return withTransaction(setting.owner, (client) =>
    startSession(client, user.id, setting.clock.now),
  )
}

async function isSignedIn(ticket: string): Promise<boolean> {
  return (await readSession(setting.context, ticket)) !== undefined
}

function minutesLater(minutes: number): void {
  setting.clock.now = new Date(setting.clock.now.getTime() + minutes * 60_000)
}

test('[S11] ends after 30 minutes without use, and not before', async () => {
  const ticket = await newSession()
  minutesLater(29)
  expect(await isSignedIn(ticket)).toBe(true)
  minutesLater(29)
  expect(await isSignedIn(ticket)).toBe(true)
  minutesLater(30)
  expect(await isSignedIn(ticket)).toBe(false)
})

test('ends after 10 minutes where people are looked up, and with the next sign-in', async () => {
  // A deployment keeps its purpose, but for this test.
  const purpose = (of: string): Promise<unknown> =>
    withTransaction(setting.owner, async (client) => {
      await client.query('set local session_replication_role = replica')
      await client.query('update programme set purpose = $1', [of])
    })
  await purpose('look-up')
  try {
    const user = await setting.makeUser()
    const begin = () =>
      withTransaction(setting.owner, (client) => startSession(client, user.id, setting.clock.now))
    const first = await begin()
    expect((await readSession(setting.context, first))?.actor.purpose).toBe('look-up')
    const second = await begin()
    expect(await isSignedIn(first)).toBe(false)
    minutesLater(9)
    expect(await isSignedIn(second)).toBe(true)
    expect(await readSessionLeft(setting.context, second)).toMatchObject({ seconds: 600 })
    minutesLater(10)
    expect(await isSignedIn(second)).toBe(false)
  } finally {
    await purpose('reach')
  }
})

test('[S11] ends after 12 hours however much it is used', async () => {
  const ticket = await newSession()
  for (let minutes = 20; minutes < 12 * 60; minutes += 20) {
    minutesLater(20)
    expect(await isSignedIn(ticket)).toBe(true)
  }
  minutesLater(20)
  expect(await isSignedIn(ticket)).toBe(false)
})

test('[S11] is asked how long it goes on without that being use of it', async () => {
  const ticket = await newSession()
  const left = () => readSessionLeft(setting.context, ticket)
  expect(await left()).toMatchObject({ seconds: 30 * 60, isLast: false })
  for (let minutes = 0; minutes < 29; minutes += 1) {
    minutesLater(1)
    await left()
  }
  expect(await left()).toMatchObject({ seconds: 60 })
  minutesLater(1)
  expect(await left()).toBeUndefined()
  expect(await isSignedIn(ticket)).toBe(false)
})

test('[S11] says when it ends in any case, however much it is used', async () => {
  const ticket = await newSession()
  for (let minutes = 0; minutes < 12 * 60 - 15; minutes += 15) {
    minutesLater(15)
    await isSignedIn(ticket)
  }
  minutesLater(5)
  await isSignedIn(ticket)
  expect(await readSessionLeft(setting.context, ticket)).toMatchObject({
    ...{ seconds: 10 * 60, isLast: true },
  })
})

test('[S11] has a new id of 256 bits at every sign-in, stored as a digest', async () => {
  const [one, other] = [await newSession(), await newSession()]
  expect(one).not.toBe(other)
  expect(Buffer.from(one, 'base64url')).toHaveLength(32)
  const { rows } = await setting.owner.query('select from portal_session where digest = $1', [
    sha256(one),
  ])
  expect(rows).toHaveLength(1)
})

test('[S10] is over the moment it is ended', async () => {
  const ticket = await newSession()
  await withTransaction(setting.owner, (client) => endSession(client, ticket))
  expect(await isSignedIn(ticket)).toBe(false)
})

test('[S10] is nobody’s while its user is disabled, had one been started all the same', async () => {
  const user = await setting.makeUser()
  const { clock, context, owner } = setting
  await owner.query('update portal_user set disabled_at = now() where id = $1', [user.id])
  const ticket = await withTransaction(owner, (client) => startSession(client, user.id, clock.now))
  expect(await isSignedIn(ticket)).toBe(false)
  expect(await readSessionLeft(context, ticket)).toBeUndefined()
})

test.each(['', 'x', '%00', '\u0000', 'é'.repeat(5_000), '{"ticket":{"not":""}}'])(
  '%j is nobody’s',
  async (ticket) => {
    expect(await isSignedIn(ticket)).toBe(false)
  },
)

test('is noted at most once a minute', async () => {
  const ticket = await newSession()
  const seen = async (): Promise<unknown> =>
    (
      await setting.owner.query('select seen_at from portal_session where digest = $1', [
        sha256(ticket),
      ])
    ).rows[0]
  const first = await seen()
  setting.clock.now = new Date(setting.clock.now.getTime() + 30_000)
  await isSignedIn(ticket)
  expect(await seen()).toEqual(first)
})

test('[S69] has cookies that are __Host-, Secure, HttpOnly and SameSite under https', () => {
  const { session, step, csrf, callback } = planCookies('https://portal.example')
  for (const { name, options } of [session, step, csrf, callback]) {
    expect(name).toMatch(/^__Host-countonce-/)
    expect(options).toMatchObject({ httpOnly: true, secure: true, path: '/' })
    expect(['lax', 'strict']).toContain(options.sameSite)
    expect(options).not.toHaveProperty('domain')
  }
})

test('[S69] on http loopback lacks only what browsers would not keep there', () => {
  const { session, step, csrf, callback } = planCookies('http://127.0.0.1:3000')
  for (const { name, options } of [session, step, csrf, callback]) {
    expect(name).toMatch(/^countonce-/)
    expect(options).toMatchObject({ httpOnly: true, secure: false, path: '/' })
  }
})

test('is removed an hour after it is over, with steps, links and counts, and nothing before', async () => {
  const { owner, clock } = setting
  const user = await setting.makeUser()
  const at = (minutes: number): Date => new Date(clock.now.getTime() + minutes * 60_000)
  const days = 24 * 60
  await owner.query('delete from portal_session')
  for (const [table, columns, over, standing] of [
    ['portal_session', 'digest, user_id, started_at, seen_at', [-120, -91], [-120, -89]],
    ['portal_session', 'digest, user_id, started_at, seen_at', [-13 * 60 - 1, -1], [-760, -1]],
    ['sign_in_step', 'digest, user_id, expires_at', [-1], [1]],
    ['password_link', 'digest, user_id, expires_at', [-1], [1]],
    ['sign_in_attempt', 'subject, at', [-days - 1], [-days + 1]],
  ] as const) {
    for (const times of [over, standing]) {
      const values: unknown[] = [randomBytes(32), ...(columns.includes('user_id') ? [user.id] : [])]
      values.push(...times.map(at))
      const places = values.map((_, place) => `$${place + 1}`).join(', ')
      await owner.query(`insert into ${table} (${columns}) values (${places})`, values)
    }
  }
  expect(await sweepExpired(owner, clock.now)).toBe(5)
  expect(await sweepExpired(owner, clock.now)).toBe(0)
  for (const [table, left] of [
    ['portal_session', 2],
    ['sign_in_step', 1],
    ['password_link', 1],
    ['sign_in_attempt', 1],
  ] as const) {
    expect([table, (await owner.query(`select from ${table}`)).rowCount]).toEqual([table, left])
  }
})
