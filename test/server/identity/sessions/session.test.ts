import { afterAll, beforeAll, expect, test } from 'vitest'
import { withTransaction } from '#server/platform/db/pool.ts'
import { planCookies } from '#server/identity/sessions/cookie-names.ts'
import { endSession, readSession, startSession } from '#server/identity/sessions/session.ts'
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

test('[S11] ends after 12 hours however much it is used', async () => {
  const ticket = await newSession()
  for (let minutes = 20; minutes < 12 * 60; minutes += 20) {
    minutesLater(20)
    expect(await isSignedIn(ticket)).toBe(true)
  }
  minutesLater(20)
  expect(await isSignedIn(ticket)).toBe(false)
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
