import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  demonstrationCode,
  makeDemonstrationAccounts,
} from '#demonstration/demonstration-accounts.ts'
import { readCodePage } from '#server/identity/accounts/sign-in-step.ts'
import { checkPassword, finishSignIn } from '#server/identity/accounts/sign-in.ts'
import {
  ADDRESS,
  PASSWORD,
  openAccountSetting,
  type AccountSetting,
} from '../server/identity/accounts/account-setting.ts'

let setting: AccountSetting
beforeAll(async () => {
  setting = await openAccountSetting()
})
afterAll(() => setting.close())

function context(
  live: boolean,
  demonstrationKeys: boolean,
): Parameters<typeof makeDemonstrationAccounts>[0] {
  const { portalKey, passwords } = setting.context
  return {
    pool: setting.owner,
    portalKey,
    passwords,
    programme: { live, purpose: 'reach' },
    keys: { demonstration: demonstrationKeys },
  }
}

test('are made for every role and two organisations, and a second time they are the same', async () => {
  const made = await makeDemonstrationAccounts(context(false, true))
  if (!made.ok) throw new Error(made.code)
  expect(made.accounts.map(({ role }) => role)).toEqual([
    'provider',
    'provider',
    'analyst',
    'administrator',
    'administrator',
    'officer',
    'officer',
  ])
  expect(new Set(made.accounts.map(({ providerName }) => providerName))).toEqual(
    new Set(['Heron Trust', 'Otter House', null]),
  )
  expect(await makeDemonstrationAccounts(context(false, true))).toEqual(made)
})

test('sign in with the code that the command and the sign-in page show', async () => {
  const made = await makeDemonstrationAccounts(context(false, true))
  const account = made.ok ? made.accounts[0] : undefined
  if (account === undefined) throw new Error('no accounts')
  const { email, password } = account
  const first = await checkPassword(setting.context, { email, password, address: ADDRESS })
  if (!first.ok) throw new Error(first.code)
  const told = await demonstrationCode(context(false, true), 'provider', setting.clock.now)
  if (!told.ok) throw new Error(told.code)
  expect(await readCodePage(setting.context, first.ticket)).toMatchObject({
    shown: { code: told.code },
  })
  const done = await finishSignIn(setting.context, {
    ticket: first.ticket,
    code: told.code,
    kind: 'one-time',
    address: ADDRESS,
  })
  expect(done.ok).toBe(true)
})

test('are refused, and show no code, where the programme or its keys are live', async () => {
  for (const [live, demonstrationKeys] of [
    [true, true],
    [false, false],
    [true, false],
  ] as const) {
    const refused = { ok: false, code: 'keys-demonstration' }
    expect(await makeDemonstrationAccounts(context(live, demonstrationKeys))).toEqual(refused)
    expect(
      await demonstrationCode(context(live, demonstrationKeys), 'provider', setting.clock.now),
    ).toEqual(refused)
  }
})

test('are the only ones whose code is ever shown', async () => {
  const user = await setting.makeUser()
  const other = await setting.makeUser({ demonstration: true })
  const page = async (email: string, demonstration: boolean): Promise<unknown> => {
    const live = { ...setting.context, demonstration }
    const first = await checkPassword(live, { email, password: PASSWORD, address: ADDRESS })
    return first.ok ? readCodePage(live, first.ticket) : undefined
  }
  expect(await page(user.email, true)).toMatchObject({ next: 'code', shown: undefined })
  expect(await page(other.email, false)).toMatchObject({ next: 'code', shown: undefined })
  expect(
    await demonstrationCode(context(false, true), user.email, setting.clock.now),
  ).toMatchObject({
    code: 'not-found',
  })
})
