import { afterAll, beforeAll, expect, test } from 'vitest'
import { inviteFirstAdministrator } from '#server/identity/accounts/first-administrators.ts'
import { isSettingUp } from '#server/identity/approvals/setting-up.ts'
import { openAccountSetting, type AccountSetting } from '../accounts/account-setting.ts'

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
