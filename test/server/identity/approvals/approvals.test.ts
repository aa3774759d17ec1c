import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  approve,
  askApproval,
  listApprovals,
  readApproval,
  refuseApproval,
  useApproval,
  withdrawApproval,
  type Approval,
  type Wanted,
} from '#server/identity/approvals/approvals.ts'
import { agreeFactorReset, askFactorReset, inviteAgain } from '#server/identity/accounts/users.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import {
  ADDRESS,
  codeOf,
  openAccountSetting,
  type AccountSetting,
  type TestUser,
} from '../accounts/account-setting.ts'

const DAY = 86_400_000

let setting: AccountSetting
let asker: TestUser
let second: TestUser

beforeAll(async () => {
  setting = await openAccountSetting()
})

afterAll(() => setting.close())

beforeEach(async () => {
  asker = await setting.makeUser({ role: 'provider' })
  second = await setting.makeUser({ role: 'provider' })
  // Accounts and audit entries are dated by the database's own clock.
  setting.clock.now = new Date(Date.now() + 1_000)
})

const wanted: Wanted = {
  kind: 'submission-token',
  subject: 'heron-play',
  providerCode: 'heron',
  particulars: { days: 90 },
  reason: 'scheduled-task',
}

async function ask(change: Partial<Wanted> = {}, by: Actor = asker.actor): Promise<Approval> {
  const asked = await tryToAsk({ ...wanted, ...change }, by)
  if (!asked.ok) throw new Error(asked.code)
  return asked.approval
}

function tryToAsk(what: Wanted, by: Actor): ReturnType<typeof askApproval> {
  const { context, clock } = setting
  return withTransaction(forActor(context.pool, by), (client) =>
    askApproval(client, by, what, clock.now),
  )
}

function approveAs(
  user: TestUser,
  { reference, boundTo }: Approval,
  code = codeOf(setting, user),
): ReturnType<typeof approve> {
  return approve(setting.context, user.actor, { reference, boundTo, code, address: ADDRESS })
}

function use({ reference }: Approval, by: Actor = asker.actor): ReturnType<typeof useApproval> {
  const { context, clock } = setting
  return withTransaction(forActor(context.pool, by), (client) =>
    useApproval(client, by, { reference, kind: 'submission-token' }, clock.now),
  )
}

describe('what needs two people', () => {
  test('[S20] is asked for by one, approved by another and used by the first, once', async () => {
    const asked = await ask()
    expect((await ask()).reference).toBe(asked.reference)
    expect(await use(asked)).toMatchObject({ code: 'approval-waits' })
    expect(await approveAs(second, asked)).toMatchObject({
      ok: true,
      approval: { stage: 'approved' },
    })
    expect(await use(asked, second.actor)).toMatchObject({ code: 'not-found' })
    const used = await Promise.all([use(asked), use(asked)])
    expect(used.map((one) => (one.ok ? 'used' : one.code)).sort()).toEqual([
      'approval-over',
      'used',
    ])
    expect(used.find(({ ok }) => ok)).toMatchObject({ approval: { particulars: { days: 90 } } })
    const { rows } = await setting.owner.query(
      'select event, actor from audit_event where subject = $1 order by seq',
      [asked.reference],
    )
    expect(rows).toEqual([
      { event: 'approval.asked', actor: asker.id },
      { event: 'approval.approved', actor: second.id },
      { event: 'approval.used', actor: asker.id },
    ])
  })

  test('is not approved by whoever asked, in any tab', async () => {
    const asked = await ask()
    expect(await approveAs(asker, asked)).toMatchObject({ code: 'own-request' })
    await expect(
      setting.owner.query(
        `update approval set outcome = 'approved', decided_by = asked_by, decided_at = asked_at
         where reference = $1`,
        [asked.reference],
      ),
    ).rejects.toThrow('approval_two_people')
  })

  test('is not approved by an account that was made after it was asked', async () => {
    const asked = await ask()
    const late = await setting.makeUser({ role: 'administrator' })
    await setting.owner.query('update portal_user set created_at = $2 where id = $1', [
      late.id,
      new Date(asked.askedAt.getTime() + 1),
    ])
    expect(await approveAs(late, asked)).toMatchObject({ code: 'second-person-new' })
  })

  test('is not approved by an account that the asker made or reset in the last 30 days', async () => {
    const administrator = await setting.makeUser({ role: 'administrator' })
    const other = await setting.makeUser({ role: 'administrator' })
    const made = await setting.makeUser({ role: 'administrator' })
    const reset = await setting.makeUser({ role: 'administrator' })
    const { context } = setting
    await inviteAgain(context, administrator.actor, made.id)
    await askFactorReset(context, administrator.actor, reset.id)
    await agreeFactorReset(context, other.actor, reset.id)
    await setting.owner.query(
      'update portal_user set code_seed = (select code_seed from portal_user where id = $2) where id = $1',
      [reset.id, made.id],
    )
    setting.clock.now = new Date(Date.now() + 1_000)
    const asked = await ask({}, administrator.actor)
    expect(await approveAs(made, asked)).toMatchObject({ code: 'second-person-close' })
    expect(await approveAs(reset, asked)).toMatchObject({ code: 'second-person-close' })
    // Nor the other way round: an account of one's own making asks for nothing either.
    const theirs = await ask({}, made.actor)
    expect(await approveAs(administrator, theirs)).toMatchObject({ code: 'second-person-close' })
    setting.clock.now = new Date(Date.now() + 31 * DAY)
    const later = await ask({}, administrator.actor)
    expect(await approveAs(made, later)).toMatchObject({ ok: true })
  })

  test('has one outcome, whatever two people do at once', async () => {
    const asked = await ask()
    const third = await setting.makeUser({ role: 'administrator' })
    await setting.owner.query(`update portal_user set created_at = '2026-01-01' where id = $1`, [
      third.id,
    ])
    const done = await Promise.all([
      approveAs(second, asked),
      approveAs(third, asked),
      refuseApproval(setting.context, second.actor, asked),
      withdrawApproval(setting.context, asker.actor, asked.reference),
    ])
    expect(done.filter(({ ok }) => ok)).toHaveLength(1)
    const { rows } = await setting.owner.query(
      `select count(*)::int as n from audit_event where subject = $1 and event <> 'approval.asked'`,
      [asked.reference],
    )
    expect(rows).toEqual([{ n: 1 }])
  })

  test('is asked for once when two tabs ask at once', async () => {
    const both = await Promise.all([ask(), ask()])
    expect(both[0].reference).toBe(both[1].reference)
  })

  test('expires after a week without an answer, and a week after its approval', async () => {
    const asked = await ask()
    setting.clock.now = new Date(asked.askedAt.getTime() + 7 * DAY + 1)
    expect(await approveAs(second, asked)).toMatchObject({ code: 'approval-over' })
    const again = await ask()
    expect(again.reference).not.toBe(asked.reference)
    expect(await approveAs(second, again)).toMatchObject({ ok: true })
    setting.clock.now = new Date(again.askedAt.getTime() + 7 * DAY + 1)
    expect(await use(again)).toMatchObject({ code: 'approval-over' })
  })

  test('is over once it was taken back or refused', async () => {
    const { context } = setting
    const asked = await ask()
    expect(await withdrawApproval(context, second.actor, asked.reference)).toMatchObject({
      code: 'not-found',
    })
    expect(await withdrawApproval(context, asker.actor, asked.reference)).toMatchObject({
      ok: true,
    })
    expect(await approveAs(second, asked)).toMatchObject({ code: 'approval-over' })
    const next = await ask()
    expect(await refuseApproval(context, second.actor, next)).toMatchObject({ ok: true })
    expect(await use(next)).toMatchObject({ code: 'approval-over' })
    await expect(
      setting.owner.query(`update approval set outcome = 'approved' where reference = $1`, [
        next.reference,
      ]),
    ).rejects.toThrow('an outcome stands')
  })

  test('is approved as it was shown and as it was asked, not as something else', async () => {
    const asked = await ask()
    const longer = await ask({ particulars: { days: 400 } })
    expect(longer.reference).not.toBe(asked.reference)
    expect(await approveAs(second, { ...asked, boundTo: longer.boundTo })).toMatchObject({
      code: 'approval-other',
    })
    await expect(
      setting.owner.query(`update approval set particulars = '{"days":400}' where reference = $1`, [
        asked.reference,
      ]),
    ).rejects.toThrow('a request is not changed')
  })

  test('[S75] needs a fresh code of whoever approves, which serves once', async () => {
    const asked = await ask()
    expect(await approveAs(second, asked, '000000')).toMatchObject({ code: 'code-refused' })
    expect(await approveAs(second, asked)).toMatchObject({ ok: true })
    const next = await ask({ particulars: { days: 30 } })
    expect(await approveAs(second, next)).toMatchObject({ code: 'code-used' })
  })

  test('is nobody’s but its organisation’s and administrators’', async () => {
    const asked = await ask()
    const stranger = await setting.makeUser({ role: 'provider', providerCode: 'otter' })
    const analyst = await setting.makeUser({ role: 'analyst' })
    const { context, clock } = setting
    for (const { actor, ...user } of [stranger, analyst]) {
      expect(await approveAs({ actor, ...user }, asked)).toMatchObject({ code: 'not-found' })
      expect(await readApproval(context.pool, actor, asked.reference, clock.now)).toMatchObject({
        code: 'not-found',
      })
      expect(await listApprovals(context.pool, actor, clock.now)).toEqual([])
      expect(await tryToAsk(wanted, actor)).toMatchObject({ code: 'not-found' })
    }
    expect(await tryToAsk({ ...wanted, reason: 'because' }, asker.actor)).toMatchObject({
      code: 'not-found',
    })
    expect(await listApprovals(context.pool, second.actor, clock.now)).toContainEqual(asked)
  })
})
