import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { momentWords } from '#core/standard/london-time.ts'
import { changePassword, renewRecoveryCodes } from '#server/identity/accounts/own-account.ts'
import { RECOVERY_CODES } from '#server/identity/accounts/recovery-codes.ts'
import {
  askAboutUser,
  askNewUser,
  doForUser,
  type UserApprovalKind,
} from '#server/identity/accounts/user-approvals.ts'
import { APPROVAL_KINDS } from '#server/identity/approvals/approval-kinds.ts'
import { approvingAct, askingAct, usingAct } from '#server/identity/approvals/approval.ts'
import { approve } from '#server/identity/approvals/approvals.ts'
import { inviteFirstAdministrator } from '#server/identity/accounts/first-administrators.ts'
import {
  inviteAgain,
  INVITING,
  inviteUser,
  listUsers,
  readUser,
  setUserDisabled,
  type NewUser,
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
import { freshFor } from '../approvals/fresh-for.ts'

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
  // After everything that the database dated by its own clock.
  setting.clock.now = new Date(Math.max(setting.clock.now.getTime() + DAY, Date.now() + DAY))
})

const DAY = 24 * 60 * 60 * 1000

/** Asks as one administrator, for something about a user. */
function askAbout(
  kind: UserApprovalKind,
  user: string,
  by = administrator,
): ReturnType<typeof askAboutUser> {
  const fresh = freshFor(by.actor, askingAct(kind), setting.clock.now)
  const wanted = { kind, user, reason: APPROVAL_KINDS[kind].reasons[0] }
  return askAboutUser(setting.context, by.actor, wanted, fresh)
}

function invite(wanted: NewUser, by = administrator.actor): ReturnType<typeof inviteUser> {
  return inviteUser(setting.context, by, wanted, freshFor(by, INVITING, setting.clock.now))
}

/** Approves as another administrator what was asked; answers its reference. */
async function approved(asked: Awaited<ReturnType<typeof askAboutUser>>): Promise<string> {
  if (!asked.ok) throw new Error(asked.code)
  const { reference, boundTo } = asked.approval
  const fresh = freshFor(second.actor, approvingAct(reference), setting.clock.now)
  const done = await approve(setting.context, second.actor, { reference, boundTo }, fresh)
  if (!done.ok) throw new Error(done.code)
  return reference
}

function carryOut(reference: string, by = administrator): ReturnType<typeof doForUser> {
  const fresh = freshFor(by.actor, usingAct(reference), setting.clock.now)
  return doForUser(setting.context, by.actor, reference, fresh)
}

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
      await invite({ ...NEW_USER, email: 'other@example.org' }, actor),
      await inviteAgain(setting.context, actor, user.id),
      await setUserDisabled(setting.context, actor, user.id, true),
      await askAbout('factor-reset', user.id, { ...user, actor }),
      await askAbout('administrator-grant', user.id, { ...user, actor }),
    ]
    expect(answers).toEqual(answers.map(() => ({ ok: false, code: 'not-found' })))
  }
})

test('[S9] an administrator starts a password but never chooses it', async () => {
  const made = await invite(NEW_USER)
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
  const again = await invite({
    ...NEW_USER,
    email: 'new.person@example.org ',
  })
  expect(again).toMatchObject({ code: 'user-exists' })
})

test('[S8] an invitation serves for a week and once, and a link to who has a password for an hour', async () => {
  const invited = await invite({ ...NEW_USER, email: 'away@example.org' })
  if (!invited.ok) throw new Error(invited.code)
  await setting.settle()
  const [mail] = setting.mails
  expect(mail?.text).toContain(
    `by ${momentWords(new Date(setting.clock.now.getTime() + 7 * DAY))}:`,
  )
  const ticket = ticketIn(mail)
  const sent = setting.clock.now.getTime()
  const setAfter = (milliseconds: number): ReturnType<typeof setPasswordByLink> => {
    setting.clock.now = new Date(sent + milliseconds)
    return setPasswordByLink(setting.context, { ticket, password: PASSWORD })
  }
  expect(await setAfter(7 * DAY)).toMatchObject({ code: 'link-over' })
  expect(await setAfter(7 * DAY - 1)).toEqual({ ok: true })
  expect(await setAfter(7 * DAY - 1)).toMatchObject({ code: 'link-over' })

  await inviteAgain(setting.context, administrator.actor, invited.id)
  await setting.settle()
  expect(setting.mails.at(-1)?.text).toContain(
    `by ${momentWords(new Date(setting.clock.now.getTime() + 3_600_000))}:`,
  )
  const { rows } = await setting.owner.query<{ minutes: string }>(
    `select round(extract(epoch from expires_at - $2) / 60) as minutes from password_link
      where user_id = $1 and used_at is null`,
    [invited.id, setting.clock.now],
  )
  expect(rows).toEqual([{ minutes: '60' }])
})

test('who has not signed in for a quarter is told apart, and each has the services of their organisation', async () => {
  const there = await setting.makeUser({ role: 'provider', providerCode: 'otter' })
  const gone = await setting.makeUser()
  const left = await setting.makeUser()
  const { now } = setting.clock
  await session(there)
  await setting.owner.query(
    `update portal_user set created_at = $2, disabled_at = case when id = $3 then $2::timestamptz end where id = any ($1)`,
    [[there.id, gone.id, left.id], new Date(now.getTime() - 200 * DAY), left.id],
  )
  const view = async (id: string): Promise<unknown> => {
    const read = await readUser(setting.context, administrator.actor, id)
    if (!read.ok) throw new Error(read.code)
    const { isAway, signedInAt, services } = read.user
    return { isAway, signedInAt, services }
  }
  expect(await view(there.id)).toEqual({
    ...{ isAway: false, signedInAt: now, services: ['Otter Play'] },
  })
  expect(await view(gone.id)).toEqual({ isAway: true, signedInAt: null, services: [] })
  // Who cannot sign in is not missed.
  expect(await view(left.id)).toMatchObject({ isAway: false })
  setting.clock.now = new Date(now.getTime() + 96 * DAY)
  expect(await view(there.id)).toMatchObject({ isAway: true, signedInAt: now })
})

test('a provider without an organisation of the register is refused', async () => {
  for (const providerCode of [null, 'nowhere']) {
    const made = await invite({
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
  const fresh = freshFor(user.actor, RECOVERY_CODES, setting.clock.now)
  await renewRecoveryCodes(setting.context, user.actor, fresh)
  const asked = await askAbout('factor-reset', user.id)
  if (!asked.ok) throw new Error(asked.code)
  expect(await carryOut(asked.approval.reference)).toMatchObject({ code: 'approval-waits' })
  const reference = await approved(asked)
  expect(await carryOut(reference, second)).toMatchObject({ code: 'not-found' })
  expect(await isSignedIn(ticket)).toBe(true)
  expect(await carryOut(reference)).toMatchObject({ ok: true })
  expect(await carryOut(reference)).toMatchObject({ code: 'approval-over' })
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
  expect(await askAbout('factor-reset', administrator.id)).toMatchObject({ code: 'own-account' })
  expect(
    await setUserDisabled(setting.context, administrator.actor, administrator.id, true),
  ).toMatchObject({
    code: 'own-account',
  })
})

test('[S20] one administrator makes no other, by invitation or by a role', async () => {
  const { context, owner } = setting
  const wanted = { ...NEW_USER, email: 'puppet@example.org', role: 'administrator' } as const
  expect(await invite(wanted)).toMatchObject({
    code: 'second-person',
  })
  const fresh = freshFor(administrator.actor, askingAct('administrator-grant'), setting.clock.now)
  const person = {
    kind: 'administrator-grant',
    ...{ email: 'puppet@example.org', name: 'P' },
    ...{ mayExact: false, reason: 'stands-in' },
  } as const
  const asked = await askNewUser(context, administrator.actor, person, fresh)
  if (!asked.ok) throw new Error(asked.code)
  expect(await carryOut(asked.approval.reference)).toMatchObject({ code: 'approval-waits' })
  await setting.settle()
  expect(setting.mails).toEqual([])
  const { rowCount } = await owner.query(
    `select from portal_user where email = 'puppet@example.org'`,
  )
  expect(rowCount).toBe(0)
  expect(await carryOut(await approved(asked))).toMatchObject({
    ok: true,
    user: asked.approval.subject,
  })
  await setting.settle()
  expect(setting.mails.map(({ to }) => to)).toEqual(['puppet@example.org'])
  const read = await readUser(context, administrator.actor, asked.approval.subject)
  expect(read).toMatchObject({ user: { role: 'administrator', state: 'invited' } })
})

test('[S20] one administrator makes no officer, by invitation, by a role or by letting one in again', async () => {
  const { context, owner } = setting
  const wanted = { ...NEW_USER, email: 'puppet2@example.org', role: 'officer' } as const
  expect(await invite(wanted)).toMatchObject({ code: 'second-person' })
  const fresh = freshFor(administrator.actor, askingAct('officer-grant'), setting.clock.now)
  const person = {
    kind: 'officer-grant',
    ...{ email: 'puppet2@example.org', name: 'P' },
    ...{ mayExact: false, reason: 'stands-in' },
  } as const
  const asked = await askNewUser(context, administrator.actor, person, fresh)
  if (!asked.ok) throw new Error(asked.code)
  expect(await carryOut(asked.approval.reference)).toMatchObject({ code: 'approval-waits' })
  const told = await owner.query(`select from portal_user where email = 'puppet2@example.org'`)
  expect(told.rowCount).toBe(0)
  expect(await carryOut(await approved(asked))).toMatchObject({ ok: true })
  const read = await readUser(context, administrator.actor, asked.approval.subject)
  expect(read).toMatchObject({ user: { role: 'officer', state: 'invited' } })

  const analyst = await setting.makeUser()
  const grant = await askAbout('officer-grant', analyst.id)
  expect(grant).toMatchObject({ ok: true })
  expect(await carryOut(await approved(grant))).toMatchObject({ ok: true })
  expect(await readUser(context, administrator.actor, analyst.id)).toMatchObject({
    user: { role: 'officer' },
  })
  expect(await askAbout('officer-grant', analyst.id)).toMatchObject({ code: 'not-found' })
  // An administrator does not become less by it.
  expect(await askAbout('officer-grant', second.id)).toMatchObject({ code: 'not-found' })

  await setUserDisabled(context, administrator.actor, analyst.id, true)
  expect(await setUserDisabled(context, administrator.actor, analyst.id, false)).toMatchObject({
    code: 'second-person',
  })
  expect(await askAbout('administrator-restore', analyst.id)).toMatchObject({ code: 'not-found' })
  const restored = await carryOut(await approved(await askAbout('officer-restore', analyst.id)))
  expect(restored).toMatchObject({ ok: true, kind: 'officer-restore' })
})

test('[S75] a name that turns writing round or breaks the line is read as it is by who approves', async () => {
  const name = 'Sam \u202Eeolram\u202C\nReset by\u2028Ada\u200B\u200D Hall\uFEFF'
  const read = 'Sam eolram Reset by Ada\u200D Hall'
  const fresh = freshFor(administrator.actor, INVITING, setting.clock.now)
  const wanted = { ...NEW_USER, name, email: 'turned@example.org' }
  const made = await inviteUser(setting.context, administrator.actor, wanted, fresh)
  if (!made.ok) throw new Error(made.code)
  expect(await readUser(setting.context, administrator.actor, made.id)).toMatchObject({
    user: { name: read },
  })
  const asking = freshFor(administrator.actor, askingAct('administrator-grant'), setting.clock.now)
  const asked = await askNewUser(
    setting.context,
    administrator.actor,
    {
      kind: 'administrator-grant',
      ...{ email: 'turned2@example.org', name },
      ...{ mayExact: false, reason: 'new-colleague' },
    },
    asking,
  )
  expect(asked).toMatchObject({ ok: true, approval: { particulars: { name: read } } })
})

test('[S75] nobody is invited without a fresh code', async () => {
  const old = freshFor(administrator.actor, INVITING, new Date(setting.clock.now.getTime() - DAY))
  expect(await inviteUser(setting.context, administrator.actor, NEW_USER, old)).toMatchObject({
    code: 'code-needed',
  })
})

test('[S20] somebody with an account becomes an administrator by two', async () => {
  const user = await setting.makeUser({ role: 'provider' })
  const ticket = await session(user)
  expect(
    await carryOut(await approved(await askAbout('administrator-grant', user.id))),
  ).toMatchObject({
    ok: true,
  })
  expect(await isSignedIn(ticket)).toBe(false)
  const read = await readUser(setting.context, administrator.actor, user.id)
  expect(read).toMatchObject({ user: { role: 'administrator', providerName: null } })
  expect(await askAbout('administrator-grant', user.id)).toMatchObject({ code: 'not-found' })
})

test('[S9] a disabled administrator is let in again by two, and by no one alone', async () => {
  const user = await setting.makeUser({ role: 'administrator' })
  await setUserDisabled(setting.context, administrator.actor, user.id, true)
  expect(await setUserDisabled(setting.context, administrator.actor, user.id, false)).toMatchObject(
    { code: 'second-person' },
  )
  const reference = await approved(await askAbout('administrator-restore', user.id))
  expect(await carryOut(reference)).toMatchObject({ ok: true })
  const read = await readUser(setting.context, administrator.actor, user.id)
  expect(read).toMatchObject({ user: { state: 'active' } })
})

test('[S9] a reset takes passkeys too, of somebody who has nothing else', async () => {
  const user = await setting.makeUser({ enrolled: false })
  expect(await askAbout('factor-reset', user.id)).toMatchObject({ code: 'not-found' })
  await setting.owner.query(
    `insert into passkey (user_id, credential_id, public_key, kind, made_at)
     values ($1, $2, '\\x00', 'phone', now())`,
    [user.id, Buffer.from(user.id)],
  )
  const ticket = await session(user)
  const reference = await approved(await askAbout('factor-reset', user.id))
  expect(await carryOut(reference)).toMatchObject({ ok: true })
  const { rows } = await setting.owner.query('select from passkey where user_id = $1', [user.id])
  expect(rows).toHaveLength(0)
  expect(await isSignedIn(ticket)).toBe(false)
})

test('an approval that cannot be carried out any more is not used up', async () => {
  const user = await setting.makeUser()
  const reference = await approved(await askAbout('factor-reset', user.id))
  await setUserDisabled(setting.context, second.actor, user.id, true)
  expect(await carryOut(reference)).toMatchObject({ code: 'not-found' })
  await setUserDisabled(setting.context, second.actor, user.id, false)
  expect(await carryOut(reference)).toMatchObject({ ok: true })
})

test('[S20] an operator makes no administrator once there were two, whatever became of them', async () => {
  const { context, owner } = setting
  const inviteFirst = (): ReturnType<typeof inviteFirstAdministrator> =>
    inviteFirstAdministrator({ ...context, pool: owner }, 'operator', {
      email: 'third@example.org',
      name: 'Third',
    })
  expect(await inviteFirst()).toMatchObject({ code: 'set-up-over' })
  await owner.query(`update portal_user set disabled_at = now() where role = 'administrator'`)
  try {
    expect(await inviteFirst()).toMatchObject({ code: 'set-up-over' })
  } finally {
    await owner.query(`update portal_user set disabled_at = null where role = 'administrator'`)
  }
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
