import { afterAll, beforeAll, expect, test } from 'vitest'
import { readOwnAccount } from '#server/identity/accounts/own-account.ts'
import {
  endOtherSessions,
  endOwnSession,
  listOwnSessions,
} from '#server/identity/accounts/own-sessions.ts'
import { readBrowser, type BrowserFamily } from '#server/identity/sessions/browser-family.ts'
import { readSession, startSession } from '#server/identity/sessions/session.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { openAccountSetting, type AccountSetting, type TestUser } from './account-setting.ts'

let setting: AccountSetting
beforeAll(async () => {
  setting = await openAccountSetting()
})
afterAll(() => setting.close())

function sessionOf(user: TestUser, browser?: BrowserFamily): Promise<string> {
  return withTransaction(setting.owner, (client) =>
    startSession(client, user.id, setting.clock.now, browser),
  )
}

async function isSignedIn(ticket: string): Promise<boolean> {
  return (await readSession(setting.context, ticket)) !== undefined
}

function minutesLater(minutes: number): void {
  setting.clock.now = new Date(setting.clock.now.getTime() + minutes * 60_000)
}

test('lists where somebody is signed in and nobody else’s, the one that asks marked, without what is over', async () => {
  const [user, other] = [await setting.makeUser(), await setting.makeUser()]
  await sessionOf(user)
  minutesLater(31)
  await sessionOf(other)
  const phone = await sessionOf(user, { browser: 'safari', system: 'ios' })
  minutesLater(1)
  const here = await sessionOf(user, { browser: 'firefox', system: 'windows' })
  const listed = await listOwnSessions(setting.context, user.actor, here)
  expect(listed).toMatchObject([
    { browser: 'firefox', system: 'windows', isThis: true },
    { browser: 'safari', system: 'ios', isThis: false },
  ])
  expect(JSON.stringify(listed)).not.toContain(phone)
  expect(await readOwnAccount(setting.context, user.actor)).toMatchObject({ sessions: 2 })
})

test('[S10] signs out of one, which ends at its next request, and of nobody else’s', async () => {
  const [user, other] = [await setting.makeUser(), await setting.makeUser()]
  const [here, there, others] = [
    await sessionOf(user),
    await sessionOf(user),
    await sessionOf(other),
  ]
  const idOf = async (whose: TestUser, ticket: string): Promise<bigint> => {
    const listed = await listOwnSessions(setting.context, whose.actor, ticket)
    return BigInt(listed.find(({ isThis }) => isThis)?.id ?? '')
  }
  await endOwnSession(setting.context, user.actor, await idOf(user, there))
  await endOwnSession(setting.context, user.actor, await idOf(other, others))
  expect([await isSignedIn(here), await isSignedIn(there), await isSignedIn(others)]).toEqual([
    true,
    false,
    true,
  ])
})

test('[S10] signs out of all but this one, and it is written down', async () => {
  const user = await setting.makeUser()
  const [here, ...elsewhere] = [await sessionOf(user), await sessionOf(user), await sessionOf(user)]
  await endOtherSessions(setting.context, user.actor, here)
  expect(await isSignedIn(here)).toBe(true)
  for (const ticket of elsewhere) expect(await isSignedIn(ticket)).toBe(false)
  const { rows } = await setting.owner.query<{ event: string; detail: object }>(
    'select event, detail from audit_event where subject = $1',
    [user.id],
  )
  expect(rows).toEqual([{ event: 'session.ended', detail: { by: 'another-session', sessions: 2 } }])
})

test.each([
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0',
    'edge',
    'windows',
  ],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0', 'firefox', 'linux'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
    'safari',
    'ios',
  ],
  [
    'Mozilla/5.0 (Linux; Android 15; SM-S931B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36',
    'samsung',
    'android',
  ],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
    'chrome',
    'mac',
  ],
  ['curl/8.5.0', 'other', 'other'],
  ['', 'other', 'other'],
  [null, 'other', 'other'],
  [`${'<script>'.repeat(200)} Firefox/1`, 'other', 'other'],
])('tells the family of %s, and keeps no more of it', (header, browser, system) => {
  expect(readBrowser(header)).toEqual({ browser, system })
})
