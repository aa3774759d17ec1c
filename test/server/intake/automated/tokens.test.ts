import type { Actor } from '#server/identity/actors/actor.ts'
import { askingAct, usingAct } from '#server/identity/approvals/approval.ts'
import { arriving } from '../../setup/kept-post.ts'
import { freshFor } from '../../identity/approvals/fresh-for.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeCountedRefusals } from '#server/identity/audit/refusals.ts'
import { nameAddress } from '#server/identity/sessions/secrets-at-rest.ts'
import { isTokenForm } from '#core/submission-token/token-form.ts'
import { checkToken } from '#server/programme/tokens/check-token.ts'
import {
  askToken,
  listTokens,
  makeToken,
  revokeToken,
  tellOfEnding,
} from '#server/programme/tokens/submission-tokens.ts'
import { ACORN, BRIDGE } from '../journey/journey-setting.ts'
import { openTokenSetting, type TokenSetting } from './token-setting.ts'

const DAY = 86_400_000

let setting: TokenSetting

beforeAll(async () => {
  setting = await openTokenSetting()
}, 120_000)

afterAll(() => setting.close())

function check(
  authorization: string | null,
  { service = 'health-visiting', address = '198.51.100.1' } = {},
): ReturnType<typeof checkToken> {
  return checkToken(setting.context, { authorization, service, address })
}

async function refusals(): Promise<unknown[]> {
  const { rows } = await setting.owner.pool.query<{ detail: unknown }>(
    `select detail from audit_event where event = 'token.refused' order by seq`,
  )
  return rows.map(({ detail }) => detail)
}

function ask(actor: Actor, days: number): ReturnType<typeof askToken> {
  const wanted = { service: 'health-visiting', days, reason: 'scheduled-task' }
  const fresh = freshFor(actor, askingAct('submission-token'), setting.clock.now)
  return askToken(setting.context, actor, wanted, fresh)
}

describe('a token', () => {
  test('is asked for by one person, approved by another and shown to the first once', async () => {
    const { context } = setting
    const asked = await ask(BRIDGE, 365)
    if (!asked.ok) throw new Error(asked.code)
    const { reference: request } = asked.approval
    const using = freshFor(BRIDGE, usingAct(request), setting.clock.now)
    expect(await makeToken(context, BRIDGE, request, using)).toMatchObject({
      code: 'approval-waits',
    })
    const { token, reference } = await setting.tokenFor()
    expect(isTokenForm(token)).toBe(true)
    await setting.settle()
    expect(setting.mails.map(({ to }) => to).sort()).toEqual([
      'bridge@trust.example',
      'second@trust.example',
    ])
    expect(JSON.stringify(setting.mails)).not.toContain(token)
    const { rows } = await setting.owner.pool.query<Record<string, unknown>>(
      'select * from submission_token',
    )
    expect(JSON.stringify(rows)).not.toContain(token.slice(4))
    const audit = await setting.owner.pool.query('select * from audit_event')
    expect(JSON.stringify(audit.rows)).not.toContain(token.slice(4))
    const listed = await listTokens(context.pool, setting.second, setting.clock.now)
    expect(listed.ok && listed.tokens).toContainEqual(
      expect.objectContaining({ reference, state: 'serves', lastUsedAt: null }),
    )
    expect(await listTokens(context.pool, ACORN, setting.clock.now)).toEqual({
      ok: true,
      tokens: [],
    })
  })

  test('serves no longer than 400 days, and no other organisation asks for it', async () => {
    expect(await ask(BRIDGE, 401)).toMatchObject({ code: 'token-days' })
    for (const days of [0, -1, 1.5, Number.NaN]) {
      expect(await ask(BRIDGE, days)).toMatchObject({
        code: 'token-days',
      })
    }
    expect(await ask(ACORN, 9)).toMatchObject({
      code: 'not-found',
    })
    await expect(
      setting.owner.pool.query(
        `update submission_token set expires_at = made_at + interval '401 days'`,
      ),
    ).rejects.toThrow('submission_token_life')
  })

  test('is good for its own service, and for nothing else that it is shown with', async () => {
    const { token } = await setting.tokenFor()
    expect(await check(`Bearer ${token}`)).toMatchObject({
      ok: true,
      token: { service: 'health-visiting', acceptsClear: false },
    })
    for (const service of ['stay-and-play', 'toy-library', 'nowhere', 'Health-Visiting']) {
      expect(await check(`Bearer ${token}`, { service })).toMatchObject({
        code: 'token-other-service',
      })
    }
    for (const given of [
      null,
      '',
      token,
      `Basic ${token}`,
      `Bearer  `,
      `Bearer ${token} ${token}`,
      `Bearer ${'x'.repeat(5_000)}`,
    ]) {
      expect(await check(given)).toMatchObject({ code: 'token-missing' })
    }
    for (const given of [
      token.slice(0, -1),
      token.toUpperCase(),
      `cos_${'0'.repeat(58)}`,
      "' or 1",
    ]) {
      expect(await check(`Bearer ${given}`)).toMatchObject({ ok: false })
    }
  })

  test('ends with its day, its revocation and its agreement', async () => {
    const { token, reference } = await setting.tokenFor({ days: 30 })
    const begun = setting.clock.now
    setting.clock.now = new Date(begun.getTime() + 30 * DAY)
    expect(await check(`Bearer ${token}`)).toMatchObject({ code: 'token-ended' })
    setting.clock.now = begun
    const { pool } = setting.owner
    await pool.query(
      `update agreement set demonstration = false, valid_from = $1::date - 400, valid_to = $1::date - 93`,
      [begun],
    )
    expect(await check(`Bearer ${token}`)).toMatchObject({ code: 'token-agreement' })
    await pool.query('update agreement set valid_to = null, ended_on = $1::date - 93', [begun])
    expect(await check(`Bearer ${token}`)).toMatchObject({ code: 'token-agreement' })
    await pool.query('update agreement set ended_on = $1::date - 30', [begun])
    expect(await check(`Bearer ${token}`)).toMatchObject({ ok: true })
    expect(await revokeToken(setting.context, ACORN, reference)).toMatchObject({
      code: 'not-found',
    })
    expect(await revokeToken(setting.context, setting.second, reference)).toEqual({ ok: true })
    expect(await check(`Bearer ${token}`)).toMatchObject({ code: 'token-revoked' })
  })

  test('tells both its people once that it ends within 14 days', async () => {
    await setting.settle()
    setting.mails.length = 0
    const { reference } = await setting.tokenFor({ days: 20 })
    await setting.settle()
    const begun = setting.clock.now
    await tellOfEnding(setting.context)
    expect(await arriving(setting.context)).toEqual([])
    setting.clock.now = new Date(begun.getTime() + 7 * DAY)
    await Promise.all([tellOfEnding(setting.context), tellOfEnding(setting.context)])
    await tellOfEnding(setting.context)
    const mails = await arriving(setting.context)
    setting.clock.now = begun
    const told = mails.filter(({ text }) => text.includes(reference))
    expect(told.map(({ to }) => to).sort()).toEqual([
      'bridge@trust.example',
      'second@trust.example',
    ])
  })

  test('[S61] is an entry when it is refused, a flood is one with its number, and is turned away', async () => {
    const address = '203.0.113.5'
    const before = (await refusals()).length
    for (let tried = 0; tried < 25; tried += 1) {
      expect(await check('Bearer cos_guess', { address })).toMatchObject({ code: 'token-unknown' })
    }
    const from = nameAddress(setting.context.portalKey, address)
    const first = { reason: 'token-unknown', times: 1, from }
    expect((await refusals()).slice(before)).toEqual([first])
    await writeCountedRefusals(setting.context.pool)
    expect((await refusals()).slice(before)).toContainEqual({ ...first, times: 24 })
    await setting.owner.pool.query('update token_refusal set refused = 300 where refused = 25')
    for (const shown of ['Bearer cos_guess', ''])
      expect(await check(shown, { address })).toMatchObject({ code: 'too-many-refused' })
    // A program behind the same proxy is not silenced by strangers.
    const { token } = await setting.tokenFor()
    expect(await check(`Bearer ${token}`, { address })).toMatchObject({ ok: true })
  })

  test('serves no longer once whoever asked for it is disabled', async () => {
    const { token } = await setting.tokenFor()
    expect(await check(`Bearer ${token}`)).toMatchObject({ ok: true })
    const { pool } = setting.owner
    await pool.query(
      'update portal_user set disabled_at = now() where id = (select made_by from submission_token order by id desc limit 1)',
    )
    expect(await check(`Bearer ${token}`)).toMatchObject({ code: 'token-revoked' })
    await pool.query('update portal_user set disabled_at = null')
    expect(await check(`Bearer ${token}`)).toMatchObject({ ok: true })
  })
})
