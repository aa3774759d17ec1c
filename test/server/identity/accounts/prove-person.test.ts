import { afterAll, beforeAll, expect, test } from 'vitest'
import { provePerson } from '#server/identity/accounts/prove-person.ts'
import { codeOf, openAccountSetting, type AccountSetting } from './account-setting.ts'

let setting: AccountSetting

beforeAll(async () => {
  setting = await openAccountSetting()
})

afterAll(() => setting.close())

test('[S1] a code proves who stands at the command line, once', async () => {
  const user = await setting.makeUser({ role: 'administrator' })
  const given = { user: user.email, code: codeOf(setting, user) }
  const tries = await Promise.all(
    Array.from({ length: 4 }, () => provePerson(setting.context, given)),
  )
  const proved = tries.filter(({ ok }) => ok)
  expect(proved).toEqual([{ ok: true, actor: user.actor }])
  expect(await provePerson(setting.context, { ...given, user: user.id })).toMatchObject({
    code: 'code-used',
  })
})

test('[S5] the sixth wrong code is refused even if right', async () => {
  const user = await setting.makeUser({ role: 'administrator' })
  for (let wrong = 0; wrong < 5; wrong++) {
    const refused = await provePerson(setting.context, { user: user.email, code: '000000' })
    expect(refused).toMatchObject({ code: 'code-refused' })
  }
  const right = { user: user.email, code: codeOf(setting, user) }
  expect(await provePerson(setting.context, right)).toMatchObject({ code: 'too-many-tries' })
})

test('nobody is proved who is disabled, not enrolled or not there', async () => {
  const disabled = await setting.makeUser({ role: 'administrator' })
  await setting.owner.query('update portal_user set disabled_at = now() where id = $1', [
    disabled.id,
  ])
  const invited = await setting.makeUser({ role: 'administrator', enrolled: false })
  for (const [user, code] of [
    [disabled.email, codeOf(setting, disabled)],
    [invited.email, '123456'],
    ['nobody@example.org', '123456'],
  ] as const) {
    expect(await provePerson(setting.context, { user, code })).toMatchObject({
      code: 'code-refused',
    })
  }
})
