import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { changePassword, renewRecoveryCodes } from '#server/identity/accounts/own-account.ts'
import {
  agreeFactorReset,
  askFactorReset,
  inviteAgain,
  inviteUser,
  listUsers,
  readUser,
  setUserDisabled,
} from '#server/identity/accounts/users.ts'
import { setPasswordByLink } from '#server/identity/accounts/password-links.ts'
import { readSession, startSession } from '#server/identity/sessions/session.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import {
  PASSWORD,
  openAccountSetting,
  ticketIn,
  type AccountSetting,
  type TestUser,
} from './account-setting.ts'

let setting: AccountSetting
let administrator: TestUser
let second: TestUser
beforeAll(async () => {
  setting = await openAccountSetting()
  administrator = await setting.makeUser({ role: 'administrator' })
  second = await setting.makeUser({ role: 'administrator' })
})
afterAll(() => setting.close())
beforeEach(() => {
  setting.mails.length = 0
  setting.clock.now = new Date(setting.clock.now.getTime() + 24 * 60 * 60 * 1000)
})

const NEW_USER = {
  email: 'New.Person@Example.org',
  name: 'New Person',
  role: 'provider',
  providerCode: 'otter',
  mayExact: true,
} as const

function session(user: TestUser): Promise<string> {
  return withTransaction(setting.owner, (client) =>
    startSession(client, user.id, setting.clock.now),
  )
}

async function isSignedIn(ticket: string): Promise<boolean> {
  return (await readSession(setting.context, ticket)) !== undefined
}

test('everything about users is refused to all but administrators', async () => {
  const user = await setting.makeUser()
  for (const role of ['provider', 'analyst'] as const) {
    const { actor } = await setting.makeUser({ role })
    const answers = [
      await listUsers(setting.context, actor),
      await readUser(setting.context, actor, user.id),
      await inviteUser(setting.context, actor, { ...NEW_USER, email: 'other@example.org' }),
      await inviteAgain(setting.context, actor, user.id),
      await setUserDisabled(setting.context, actor, user.id, true),
      await askFactorReset(setting.context, actor, user.id),
      await agreeFactorReset(setting.context, actor, user.id),
    ]
    expect(answers).toEqual(answers.map(() => ({ ok: false, code: 'not-found' })))
  }
})

test('[S9] an administrator starts a password but never chooses it', async () => {
  const made = await inviteUser(setting.context, administrator.actor, NEW_USER)
  if (!made.ok) throw new Error(made.code)
  await setting.settle()
  expect(setting.mails).toHaveLength(1)
  expect(setting.mails[0]?.to).toBe('new.person@example.org')
  const read = await readUser(setting.context, administrator.actor, made.id)
  expect(read).toMatchObject({
    user: { state: 'invited', providerName: 'Otter House', mayExact: false },
  })
  expect(JSON.stringify(read)).not.toContain(ticketIn(setting.mails[0]))
  const ticket = ticketIn(setting.mails[0])
  expect(
    await setPasswordByLink(setting.context, { ticket, password: 'new person example' }),
  ).toMatchObject({
    code: 'password-common',
  })
  expect(await setPasswordByLink(setting.context, { ticket, password: PASSWORD })).toEqual({
    ok: true,
  })
  const after = await readUser(setting.context, administrator.actor, made.id)
  expect(after).toMatchObject({ user: { state: 'enrolling' } })
  const again = await inviteUser(setting.context, administrator.actor, {
    ...NEW_USER,
    email: 'new.person@example.org ',
  })
  expect(again).toMatchObject({ code: 'user-exists' })
})

test('a provider without an organisation of the register is refused', async () => {
  for (const providerCode of [null, 'nowhere']) {
    const made = await inviteUser(setting.context, administrator.actor, {
      ...NEW_USER,
      email: 'x@example.org',
      providerCode,
    })
    expect(made).toMatchObject({ code: 'provider-unknown' })
  }
})

test('[S9] a second factor is reset by two administrators, and its user is told', async () => {
  const user = await setting.makeUser()
  const ticket = await session(user)
  await renewRecoveryCodes(setting.context, user.actor)
  const none = await agreeFactorReset(setting.context, second.actor, user.id)
  expect(none).toMatchObject({ code: 'second-person' })
  expect(await askFactorReset(setting.context, administrator.actor, user.id)).toEqual({ ok: true })
  const alone = await agreeFactorReset(setting.context, administrator.actor, user.id)
  expect(alone).toMatchObject({ code: 'second-person' })
  expect(await isSignedIn(ticket)).toBe(true)
  expect(await agreeFactorReset(setting.context, second.actor, user.id)).toEqual({ ok: true })
  expect(await isSignedIn(ticket)).toBe(false)
  await setting.settle()
  expect(setting.mails.at(-1)).toMatchObject({
    to: user.email,
    subject: expect.stringMatching(/was reset/) as string,
  })
  const { rows } = await setting.owner.query(
    'select code_seed, (select count(*)::integer from recovery_code where user_id = id) as codes from portal_user where id = $1',
    [user.id],
  )
  expect(rows).toEqual([{ code_seed: null, codes: 0 }])
})

test('[S9] nobody resets their own second factor or disables themself', async () => {
  expect(
    await askFactorReset(setting.context, administrator.actor, administrator.id),
  ).toMatchObject({ code: 'own-account' })
  await askFactorReset(setting.context, second.actor, administrator.id)
  expect(
    await agreeFactorReset(setting.context, administrator.actor, administrator.id),
  ).toMatchObject({ code: 'own-account' })
  expect(
    await setUserDisabled(setting.context, administrator.actor, administrator.id, true),
  ).toMatchObject({
    code: 'own-account',
  })
})

test('[S10] being disabled ends every session at the next request, and being let in again revives none', async () => {
  const user = await setting.makeUser()
  const ticket = await session(user)
  expect(await isSignedIn(ticket)).toBe(true)
  await setUserDisabled(setting.context, administrator.actor, user.id, true)
  expect(await isSignedIn(ticket)).toBe(false)
  await setUserDisabled(setting.context, administrator.actor, user.id, false)
  expect(await isSignedIn(ticket)).toBe(false)
})

test.each([
  ['role', `role = 'administrator'`],
  ['email address', `email = 'changed-' || email`],
  ['right to exact figures', 'may_see_exact = true'],
  ['second factor', `code_seed = '\\x00'`],
  ['password', 'password_hash = null'],
])('[S10] a changed %s ends every session, whoever changes it', async (_what, change) => {
  const user = await setting.makeUser()
  const ticket = await session(user)
  await setting.owner.query(`update portal_user set ${change} where id = $1`, [user.id])
  expect(await isSignedIn(ticket)).toBe(false)
})

test('[S10] a changed password ends the other sessions and gives this browser a new one', async () => {
  const user = await setting.makeUser()
  const [here, elsewhere] = [await session(user), await session(user)]
  const wrong = await changePassword(setting.context, user.actor, {
    present: 'wrong',
    password: 'x',
  })
  expect(wrong).toMatchObject({ code: 'password-wrong' })
  const done = await changePassword(setting.context, user.actor, {
    present: PASSWORD,
    password: 'orchid ladle quarry pigeon',
  })
  if (!done.ok) throw new Error(done.code)
  expect([
    await isSignedIn(here),
    await isSignedIn(elsewhere),
    await isSignedIn(done.ticket),
  ]).toEqual([false, false, true])
})

test('[S5] wrong present passwords are counted like tries to sign in', async () => {
  const user = await setting.makeUser()
  for (let wrong = 0; wrong < 5; wrong += 1) {
    await changePassword(setting.context, user.actor, {
      present: 'wrong',
      password: 'x',
    })
  }
  const right = await changePassword(setting.context, user.actor, {
    present: PASSWORD,
    password: 'orchid ladle quarry pigeon',
  })
  expect(right).toMatchObject({ code: 'password-wrong' })
})
