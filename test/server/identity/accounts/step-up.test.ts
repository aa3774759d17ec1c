import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readProof, returnProof, spendProof, stepUp } from '#server/identity/accounts/step-up.ts'
import { renewRecoveryCodes } from '#server/identity/accounts/own-account.ts'
import { RECOVERY_CODES } from '#server/identity/accounts/recovery-codes.ts'
import type { ProvedAct } from '#server/identity/actors/fresh-proof.ts'
import { endSession, startSession } from '#server/identity/sessions/session.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { freshFor } from '../approvals/fresh-for.ts'
import {
  ADDRESS,
  codeOf,
  openAccountSetting,
  type AccountSetting,
  type TestUser,
} from './account-setting.ts'

let setting: AccountSetting
let user: TestUser
let ticket: string

beforeAll(async () => {
  setting = await openAccountSetting()
})
afterAll(() => setting.close())
beforeEach(async () => {
  user = await setting.makeUser({ role: 'administrator' })
  ticket = await session()
})

function session(): Promise<string> {
  return withTransaction(setting.owner, (client) =>
    startSession(client, user.id, setting.clock.now),
  )
}

function step(
  code: string,
  { act = RECOVERY_CODES, from = ticket }: { act?: ProvedAct; from?: string } = {},
): ReturnType<typeof stepUp> {
  const stepping = { actor: user.actor, ticket: from, act }
  return stepUp(setting.context, stepping, { code, passkey: '', address: ADDRESS })
}

function later(milliseconds: number): void {
  setting.clock.now = new Date(setting.clock.now.getTime() + milliseconds)
}

describe('[S75] a fresh second factor', () => {
  test('is asked for in a session that is signed in, and serves one act for five minutes', async () => {
    expect(await step('')).toMatchObject({ code: 'code-needed' })
    expect(await step(codeOf(setting, user))).toMatchObject({ ok: true })
    later(5 * 60_000)
    expect(await step('')).toMatchObject({ ok: true })
    expect(await step('', { act: 'ask factor-reset' })).toMatchObject({ code: 'code-needed' })
    later(1)
    expect(await step('')).toMatchObject({ code: 'code-needed' })
  })

  test('is of the session in which it was given, and ends with it', async () => {
    const other = await session()
    await step(codeOf(setting, user))
    expect(await step('', { from: other })).toMatchObject({ code: 'code-needed' })
    await withTransaction(setting.owner, (client) => endSession(client, ticket))
    expect(await step('')).toMatchObject({ code: 'code-needed' })
    later(30_000)
    expect(await step(codeOf(setting, user))).toMatchObject({ code: 'sign-in-over' })
  })

  test('is not another person’s, whose ticket somebody sends along', async () => {
    const other = await setting.makeUser({ role: 'administrator' })
    await step(codeOf(setting, user))
    const theirs = { actor: other.actor, ticket, act: RECOVERY_CODES } as const
    expect(await readProof(setting.context, theirs)).toBeUndefined()
  })

  test('is taken once: what was done takes a code of its own the next time', async () => {
    const code = codeOf(setting, user)
    const given = await step(code)
    if (!given.ok) throw new Error(given.code)
    expect(await spendProof(setting.context, { ticket }, given.fresh)).toBe(true)
    expect(await step(code)).toMatchObject({ code: 'code-used' })
    // The code that signed in is used up as well.
    const other = await session()
    expect(await step(code, { from: other })).toMatchObject({ code: 'code-used' })
  })

  test('serves one of two acts that are sent at the same moment', async () => {
    const given = await step(codeOf(setting, user))
    if (!given.ok) throw new Error(given.code)
    const { fresh } = given
    const spend = (): Promise<boolean> => spendProof(setting.context, { ticket }, fresh)
    const both = await Promise.all([spend(), spend(), spend()])
    expect(both.filter(Boolean)).toHaveLength(1)
    // What did not come about is tried again without another code, and what came about is not.
    await returnProof(setting.context, { ticket }, fresh)
    expect(await step('')).toMatchObject({ ok: true, fresh })
    expect(await spend()).toBe(true)
    expect(await spend()).toBe(false)
    expect(await step('')).toMatchObject({ code: 'code-needed' })
  })

  test('is accepted once, however many forms send the same code at the same moment', async () => {
    const code = codeOf(setting, user)
    const acts: ProvedAct[] = ['ask factor-reset', 'ask administrator-grant', 'make recovery-codes']
    const done = await Promise.all(acts.map((act) => step(code, { act })))
    expect(done.filter(({ ok }) => ok)).toHaveLength(1)
  })

  test('counts wrong codes as tries, and refuses a right one after five', async () => {
    for (let tries = 0; tries < 5; tries += 1) {
      expect(await step('000000')).toMatchObject({ code: 'code-refused' })
    }
    expect(await step(codeOf(setting, user))).toMatchObject({ code: 'too-many-tries' })
  })

  test('stands before new recovery codes, in the function that makes them', async () => {
    const { context, clock } = setting
    const right = freshFor(user.actor, RECOVERY_CODES, clock.now)
    const old = { ...right, at: new Date(clock.now.getTime() - 5 * 60_000 - 1) }
    expect(await renewRecoveryCodes(context, user.actor, old)).toMatchObject({
      code: 'code-needed',
    })
    expect(await renewRecoveryCodes(context, user.actor, right)).toMatchObject({ ok: true })
  })
})
