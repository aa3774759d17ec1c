import { afterAll, beforeAll, expect, test } from 'vitest'
import { wordsOf } from '#core/messages/words-of.ts'
import { inviteFirstAdministrator } from '#server/identity/accounts/first-administrators.ts'
import { isSettingUp } from '#server/identity/approvals/setting-up.ts'
import {
  replaceAdministrator,
  REPLACING,
} from '#server/identity/accounts/replace-administrators.ts'
import { INVITING, setUserDisabled } from '#server/identity/accounts/users.ts'
import {
  openAccountSetting,
  type AccountSetting,
  type TestUser,
} from '../accounts/account-setting.ts'
import { freshFor } from './fresh-for.ts'

let setting: AccountSetting
beforeAll(async () => {
  setting = await openAccountSetting()
})
afterAll(() => setting.close())

function invite(email: string): ReturnType<typeof inviteFirstAdministrator> {
  const context = { ...setting.context, pool: setting.owner }
  return inviteFirstAdministrator(context, 'operator', { email, name: 'First' })
}

test('[S20] an operator sets a programme up alone, and only until there were two or a live one has a file', async () => {
  const { owner } = setting
  expect(await isSettingUp(owner)).toBe(true)
  expect(await invite('first@example.org')).toMatchObject({ ok: true })
  // A live programme with one administrator and a file is not helped by its operator.
  await owner.query(`update programme set live = true`)
  expect(await isSettingUp(owner)).toBe(true)
  await owner.query(
    `insert into submission (reference, service_code, quarter, dataset, file_digest, file_bytes, state, received_by)
     values ('SU-2222-2222-2', 'heron-play', '2024-Q1', 'production', sha256('x'), 1, 'received', 'somebody')`,
  )
  expect(await isSettingUp(owner)).toBe(false)
  expect(await invite('second@example.org')).toMatchObject({ code: 'set-up-over' })
  await owner.query('delete from submission')
  // Of two at once one is the second, and there is no third.
  const both = await Promise.all([invite('second@example.org'), invite('third@example.org')])
  expect(both.filter(({ ok }) => ok)).toHaveLength(1)
  expect(await isSettingUp(owner)).toBe(false)
  const { rows } = await owner.query(
    `select actor, detail from audit_event where event = 'user.invited' order by seq`,
  )
  const entry = { actor: 'operator', detail: { role: 'administrator', why: 'setting-up' } }
  expect(rows).toEqual([entry, entry])
  expect(setting.mails).toHaveLength(2)
})

test('[S20] where the last administrators leave, the operator and somebody who watches bring the second back, and no one alone', async () => {
  const { owner, context, clock } = setting
  await owner.query(`update portal_user set disabled_at = now() where role = 'administrator'`)
  const [ada, ben] = [
    await setting.makeUser({ role: 'administrator' }),
    await setting.makeUser({ role: 'administrator' }),
  ]
  const officer = await setting.makeUser({ role: 'officer' })
  const analyst = await setting.makeUser({ role: 'analyst' })
  const replace = (
    by: TestUser,
    email: string,
    act: typeof REPLACING | typeof INVITING = REPLACING,
  ): ReturnType<typeof replaceAdministrator> =>
    replaceAdministrator(
      { ...context, pool: owner },
      by.actor,
      { email, name: 'New' },
      freshFor(by.actor, act, clock.now),
    )
  expect(await replace(officer, 'cy@example.org')).toMatchObject({ code: 'administrators-enough' })
  // Nobody disables themself, so that one is left; and the operator alone has no way.
  expect(await setUserDisabled(context, ada.actor, ada.id, true)).toMatchObject({
    code: 'own-account',
  })
  expect(await setUserDisabled(context, ada.actor, ben.id, true)).toEqual({ ok: true })
  expect(await invite('cy@example.org')).toMatchObject({ code: 'set-up-over' })
  expect(await replace(analyst, 'cy@example.org')).toMatchObject({ code: 'not-watching' })
  expect(await replace(officer, 'cy@example.org', INVITING)).toMatchObject({
    code: 'code-needed',
  })
  setting.mails.length = 0
  const both = await Promise.all([
    replace(officer, 'cy@example.org'),
    replace(ada, 'di@example.org'),
  ])
  expect(both.filter(({ ok }) => ok)).toHaveLength(1)
  expect(both.find(({ ok }) => !ok)).toMatchObject({ code: 'administrators-enough' })
  const told = setting.mails.map(({ to }) => to)
  expect(told).toEqual(expect.arrayContaining([ada.email, officer.email]))
  expect(told).toHaveLength(3)
  const { rows } = await owner.query(
    `select detail from audit_event where event = 'user.invited' order by seq desc limit 1`,
  )
  expect(rows).toEqual([
    { detail: { role: 'administrator', why: 'too-few-left', with: 'operator' } },
  ])
})

test('of two administrators who disable each other at once one stays', async () => {
  const { owner, context } = setting
  await owner.query(`update portal_user set disabled_at = now() where role = 'administrator'`)
  const [ada, ben] = [
    await setting.makeUser({ role: 'administrator' }),
    await setting.makeUser({ role: 'administrator' }),
  ]
  const both = await Promise.all([
    setUserDisabled(context, ada.actor, ben.id, true),
    setUserDisabled(context, ben.actor, ada.id, true),
  ])
  expect(both.filter(({ ok }) => ok)).toHaveLength(1)
  expect(both.find(({ ok }) => !ok)).toMatchObject({ code: 'not-found' })
  const { rows } = await owner.query<{ id: string }>(
    `select id from portal_user where role = 'administrator' and disabled_at is null`,
  )
  const left = rows.map(({ id }) => id)
  expect([[ada.id], [ben.id]]).toContainEqual(left)
  // Who is left cannot leave.
  const last = left[0] === ada.id ? ada : ben
  const alone = await setUserDisabled(context, last.actor, last.id, true)
  expect(alone).toMatchObject({ code: 'own-account' })
  expect(wordsOf('own-account').title).toBe('You cannot do that to your own account.')
})
