import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sweepExpired } from '#server/identity/accounts/sweep-expired.ts'
import { openPool } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import { checkToken } from '#server/programme/tokens/check-token.ts'
import { revokeToken } from '#server/programme/tokens/submission-tokens.ts'
import { prepareWorker } from '#server/store/logins.ts'
import {
  ADDRESS,
  openTokenSetting,
  type TokenSetting,
} from '../../intake/automated/token-setting.ts'
import { ACORN, BRIDGE } from '../../intake/journey/journey-setting.ts'

/** What a worker removes because it is over, signed in as it is: with its own rights and no others. */

let setting: TokenSetting
let worker: pg.Pool
beforeAll(async () => {
  setting = await openTokenSetting()
  worker = openPool(await prepareWorker(setting.owner), { max: 1 })
})
afterAll(async () => {
  await worker.end()
  await setting.close()
})

const DAY = 24 * 60 * 60 * 1000

function inDays(days: number): Date {
  return new Date(setting.clock.now.getTime() + days * DAY)
}

async function codeOf(token: string, now = setting.clock.now): Promise<string> {
  const asked = { authorization: `Bearer ${token}`, service: 'health-visiting', address: ADDRESS }
  const checked = await checkToken({ ...setting.context, now: () => now }, asked)
  return checked.ok ? 'serves' : checked.code
}

test('tokens that ended or were revoked are told as that for a month, and then by nothing', async () => {
  const ending = await setting.tokenFor({ days: 10 })
  const revoked = await setting.tokenFor({ days: 90 })
  const standing = await setting.tokenFor({ days: 90 })
  await revokeToken(setting.context, BRIDGE, revoked.reference)
  await setting.settle()
  await sweepExpired(worker, inDays(29))
  expect(await codeOf(ending.token, inDays(29))).toBe('token-ended')
  expect(await codeOf(revoked.token, inDays(29))).toBe('token-revoked')
  await sweepExpired(worker, inDays(41))
  expect(await codeOf(ending.token, inDays(41))).toBe('token-unknown')
  expect(await codeOf(revoked.token, inDays(41))).toBe('token-unknown')
  expect(await codeOf(standing.token)).toBe('serves')
  const { rows } = await setting.owner.pool.query(
    'select digest is null as gone from submission_token order by id',
  )
  expect(rows).toEqual([{ gone: true }, { gone: true }, { gone: false }])
})

test('every other thing with an end goes with it, and nothing before', async () => {
  const { pool } = setting.owner
  const now = new Date()
  const at = (minutes: number): Date => new Date(now.getTime() + minutes * 60_000)
  const day = 24 * 60
  const user = ACORN.userId
  for (const minutes of [-1, 1]) {
    await pool.query('insert into sign_in_step (digest, user_id, expires_at) values ($1, $2, $3)', [
      randomBytes(32),
      user,
      at(minutes),
    ])
    await pool.query(
      'insert into password_link (digest, user_id, expires_at) values ($1, $2, $3)',
      [randomBytes(32), user, at(minutes)],
    )
    await pool.query(
      'insert into portal_session (digest, user_id, started_at, seen_at) values ($1, $2, $3, $4)',
      [randomBytes(32), user, at(-100), at(-90 + minutes)],
    )
    await pool.query('insert into sign_in_attempt (subject, at) values ($1, $2)', [
      randomBytes(32),
      at(minutes - day),
    ])
    await pool.query('insert into upload_attempt (provider_code, at) values ($1, $2)', [
      'acorn',
      at(minutes - day),
    ])
    await pool.query(
      `insert into ask (id, sealed, asked_at) values (gen_random_uuid(), '\\x00', now() + $1::interval)`,
      [`${String(minutes - 60)} minutes`],
    )
  }
  expect(await sweepExpired(worker, now)).toBe(5)
  await run(worker, 'asks/forget-old', [])
  for (const table of [
    ...['sign_in_step', 'password_link', 'portal_session', 'sign_in_attempt', 'upload_attempt'],
    'ask',
  ]) {
    expect([table, (await pool.query(`select from ${table}`)).rowCount]).toEqual([table, 1])
  }
})
