import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sweepExpired } from '#server/identity/accounts/sweep-expired.ts'
import { carryForm, keepForm, takeForm } from '#server/identity/sessions/kept-form.ts'
import {
  endSession,
  IDLE_MS,
  readSession,
  startSession,
} from '#server/identity/sessions/session.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import {
  openAccountSetting,
  type AccountSetting,
  type TestUser,
} from '../accounts/account-setting.ts'

const FORM = { path: '/users/new?x=1', values: { name: 'Kept Typed', email: 'kept@example.org' } }

let setting: AccountSetting
let user: TestUser
let ended: string
beforeAll(async () => {
  setting = await openAccountSetting()
})
afterAll(() => setting.close())
beforeEach(async () => {
  user = await setting.makeUser()
  ended = await session(user)
  later(IDLE_MS + 1)
})

function session(of: TestUser): Promise<string> {
  return withTransaction(setting.owner, (client) => startSession(client, of.id, setting.clock.now))
}

function later(milliseconds: number): void {
  setting.clock.now = new Date(setting.clock.now.getTime() + milliseconds)
}

describe('[S11] what was typed when a session was over', () => {
  test('goes on with the same person in the same browser, at its page, once', async () => {
    expect(await readSession(setting.context, ended)).toBeUndefined()
    await keepForm(setting.context, ended, FORM)
    const next = await session(user)
    expect(await carryForm(setting.context, ended, next)).toBe(FORM.path)
    expect(await takeForm(setting.context, next, FORM.path)).toEqual(FORM.values)
    expect(await takeForm(setting.context, next, FORM.path)).toBeUndefined()
    expect(await carryForm(setting.context, ended, next)).toBeUndefined()
  })

  test('is not in the database to read, by whoever has it and the keys of the portal', async () => {
    await keepForm(setting.context, ended, FORM)
    const { rows } = await setting.owner.query<{ sealed: Buffer }>('select sealed from kept_form')
    expect(rows.length).toBeGreaterThan(0)
    for (const { sealed } of rows) {
      expect(sealed.toString('latin1')).not.toMatch(/Kept|kept@|users/)
    }
    expect(await takeForm(setting.context, 'another ticket', FORM.path)).toBeUndefined()
  })

  test('is nobody else’s who signs in there, and is gone then', async () => {
    await keepForm(setting.context, ended, FORM)
    const other = await session(await setting.makeUser())
    expect(await carryForm(setting.context, ended, other)).toBeUndefined()
    expect(await carryForm(setting.context, ended, await session(user))).toBeUndefined()
  })

  test('is kept for an hour, and swept then', async () => {
    await keepForm(setting.context, ended, FORM)
    later(60 * 60_000)
    expect(await carryForm(setting.context, ended, await session(user))).toBeUndefined()
    ended = await session(user)
    await keepForm(setting.context, ended, FORM)
    later(60 * 60_000 + 1)
    await sweepExpired(setting.owner, setting.clock.now)
    const { rows } = await setting.owner.query('select from kept_form')
    expect(rows).toHaveLength(0)
  })

  test('is not kept of who signed out, was disabled, or never signed in', async () => {
    await withTransaction(setting.owner, (client) => endSession(client, ended))
    await keepForm(setting.context, ended, FORM)
    await keepForm(setting.context, 'none', FORM)
    const disabled = await session(user)
    await setting.owner.query('update portal_user set disabled_at = now() where id = $1', [user.id])
    await keepForm(setting.context, disabled, FORM)
    const huge = await session(await setting.makeUser())
    await keepForm(setting.context, huge, { ...FORM, values: { name: 'x'.repeat(200_000) } })
    const { rows } = await setting.owner.query('select from kept_form')
    expect(rows).toHaveLength(0)
  })

  test('is shown on its own page alone', async () => {
    await keepForm(setting.context, ended, FORM)
    const next = await session(user)
    await carryForm(setting.context, ended, next)
    expect(await takeForm(setting.context, next, '/account/password')).toBeUndefined()
    expect(await takeForm(setting.context, next, FORM.path)).toEqual(FORM.values)
  })
})
