import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  readLink,
  requestPasswordLink,
  setPasswordByLink,
} from '#server/identity/accounts/password-links.ts'
import { changePassword } from '#server/identity/accounts/own-account.ts'
import { passwordProblem } from '#server/identity/accounts/passwords.ts'
import { checkPassword, finishSignIn } from '#server/identity/accounts/sign-in.ts'
import { readSession } from '#server/identity/sessions/session.ts'
import {
  ADDRESS,
  PASSWORD,
  codeOf,
  openAccountSetting,
  sha256,
  ticketIn,
  type AccountSetting,
} from './account-setting.ts'

const NEW_PASSWORD = 'orchid ladle quarry pigeon'

let setting: AccountSetting
beforeAll(async () => {
  setting = await openAccountSetting()
})
afterAll(() => setting.close())
beforeEach(() => {
  setting.mails.length = 0
  setting.clock.now = new Date(setting.clock.now.getTime() + 24 * 60 * 60 * 1000)
})

async function askForLink(email: string): Promise<string> {
  requestPasswordLink(setting.context, { email })
  await setting.settle()
  return ticketIn(setting.mails.at(-1))
}

test('[S8] has 256 random bits, is stored as a digest, and leads to the configured host', async () => {
  const user = await setting.makeUser()
  const ticket = await askForLink(user.email)
  expect(Buffer.from(ticket, 'base64url')).toHaveLength(32)
  expect(setting.mails.at(-1)?.text).toContain(`https://portal.example/set-password?link=${ticket}`)
  const { rows } = await setting.owner.query<{ digest: Buffer }>(
    'select digest from password_link where user_id = $1',
    [user.id],
  )
  expect(rows).toEqual([{ digest: sha256(ticket) }])
})

test('[S8] sets a password once', async () => {
  const user = await setting.makeUser()
  const ticket = await askForLink(user.email)
  expect(await readLink(setting.context, ticket)).toMatchObject({ mayHavePassword: true })
  expect(await setPasswordByLink(setting.context, { ticket, password: NEW_PASSWORD })).toEqual({
    ok: true,
  })
  expect(await readLink(setting.context, ticket)).toBeUndefined()
  expect(
    await setPasswordByLink(setting.context, { ticket, password: NEW_PASSWORD }),
  ).toMatchObject({ code: 'link-over' })
  const done = await checkPassword(setting.context, {
    email: user.email,
    password: NEW_PASSWORD,
    address: ADDRESS,
  })
  expect(done.ok).toBe(true)
  const old = await checkPassword(setting.context, {
    email: user.email,
    password: PASSWORD,
    address: ADDRESS,
  })
  expect(old.ok).toBe(false)
})

test('tells whoever had none that a password was set, and whoever had one that it was changed', async () => {
  const user = await setting.makeUser({ passwordSet: false })
  for (const told of ['Your password was set', 'Your password was changed']) {
    const ticket = await askForLink(user.email)
    await setPasswordByLink(setting.context, { ticket, password: `${NEW_PASSWORD} ${told}` })
    await setting.settle()
    expect(setting.mails.at(-1)?.subject).toBe(`${told} – Count Once`)
  }
})

test('[S8] used at the same moment by ten sets one password', async () => {
  const user = await setting.makeUser()
  const ticket = await askForLink(user.email)
  const tries = Array.from({ length: 10 }, (_, index) =>
    setPasswordByLink(setting.context, { ticket, password: `${NEW_PASSWORD} ${index}` }),
  )
  expect((await Promise.all(tries)).filter(({ ok }) => ok)).toHaveLength(1)
})

test('[S8] is over after an hour', async () => {
  const user = await setting.makeUser()
  const ticket = await askForLink(user.email)
  setting.clock.now = new Date(setting.clock.now.getTime() + 60 * 60 * 1000)
  expect(
    await setPasswordByLink(setting.context, { ticket, password: NEW_PASSWORD }),
  ).toMatchObject({ code: 'link-over' })
})

test('[S7] a password of the programme’s own words is refused wherever one is set', async () => {
  const user = await setting.makeUser()
  const password = `${setting.context.programme.words.join('-').replaceAll(' ', '')}-2026`
  // Anywhere else it would do.
  expect(await passwordProblem(password, [])).toBeUndefined()
  const ticket = await askForLink(user.email)
  expect(await setPasswordByLink(setting.context, { ticket, password })).toMatchObject({
    code: 'password-common',
  })
  const present = PASSWORD
  expect(await changePassword(setting.context, user.actor, { present, password })).toMatchObject({
    code: 'password-common',
  })
})

test('[S8] ends the other sessions, signs nobody in, and does not skip the code', async () => {
  const user = await setting.makeUser()
  const first = await checkPassword(setting.context, {
    email: user.email,
    password: PASSWORD,
    address: ADDRESS,
  })
  if (!first.ok) throw new Error('refused')
  const session = await finishSignIn(setting.context, {
    ticket: first.ticket,
    code: codeOf(setting, user),
    kind: 'one-time',
    address: ADDRESS,
  })
  if (!session.ok) throw new Error('refused')
  const done = await setPasswordByLink(setting.context, {
    ticket: await askForLink(user.email),
    password: NEW_PASSWORD,
  })
  expect(done).toEqual({ ok: true })
  expect(await readSession(setting.context, session.ticket)).toBeUndefined()
  await setting.settle()
  expect(setting.mails.at(-1)?.subject).toMatch(/password was changed/i)
})

test('[S6] mails nothing to an address that nobody has, and nothing to one that is disabled', async () => {
  const user = await setting.makeUser()
  await setting.owner.query('update portal_user set disabled_at = now() where id = $1', [user.id])
  expect(await askForLink('nobody@example.org')).toBe('')
  expect(await askForLink(user.email)).toBe('')
  expect(setting.mails).toEqual([])
})

test('[S74] strangers who ask for links time and again do not end the one its owner follows', async () => {
  const user = await setting.makeUser()
  const own = await askForLink(user.email)
  const ofStrangers = await askForLink(user.email)
  for (let asked = 0; asked < 40; asked += 1) await askForLink(user.email)
  expect(await setPasswordByLink(setting.context, { ticket: own, password: NEW_PASSWORD })).toEqual(
    { ok: true },
  )
  // Once a password is set, none of the others serves.
  expect(await readLink(setting.context, ofStrangers)).toBeUndefined()
})

test('is mailed at most five times a quarter of an hour', async () => {
  const user = await setting.makeUser()
  for (let asked = 0; asked < 12; asked += 1) await askForLink(user.email)
  expect(setting.mails).toHaveLength(5)
})

test('lets an owner who was locked out by others back in', async () => {
  const user = await setting.makeUser()
  for (let wrong = 0; wrong < 6; wrong += 1) {
    await checkPassword(setting.context, {
      email: user.email,
      password: 'wrong',
      address: '203.0.113.9',
    })
  }
  const ticket = await askForLink(user.email)
  await setPasswordByLink(setting.context, { ticket, password: NEW_PASSWORD })
  const done = await checkPassword(setting.context, {
    email: user.email,
    password: NEW_PASSWORD,
    address: ADDRESS,
  })
  expect(done.ok).toBe(true)
})

test.each(['', '{"not":""}', '%', '\u0000', 'x'.repeat(10_000)])(
  '[S8] %j is no link',
  async (ticket) => {
    expect(await readLink(setting.context, ticket)).toBeUndefined()
  },
)
