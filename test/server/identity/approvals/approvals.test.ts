import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  approvingAct,
  askingAct,
  usingAct,
  type Approval,
  type Wanted,
} from '#server/identity/approvals/approval.ts'
import {
  approve,
  askApproval,
  refuseApproval,
  useApproval,
  withdrawApproval,
} from '#server/identity/approvals/approvals.ts'
import { listApprovals, readApproval } from '#server/identity/approvals/read-approvals.ts'
import { inviteAgain, setUserDisabled } from '#server/identity/accounts/users.ts'
import { tellApprovers } from '#server/identity/approvals/tell-approvers.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { arriving } from '../../setup/kept-post.ts'
import {
  openAccountSetting,
  type AccountSetting,
  type TestUser,
} from '../accounts/account-setting.ts'
import { freshFor } from './fresh-for.ts'

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
    askApproval(client, by, what, freshFor(by, askingAct(what.kind), clock.now), clock.now),
  )
}

function approveAs(
  { actor }: TestUser,
  { reference, boundTo }: Approval,
): ReturnType<typeof approve> {
  const { context, clock } = setting
  const fresh = freshFor(actor, approvingAct(reference), clock.now)
  return approve(context, actor, { reference, boundTo }, fresh)
}

function use({ reference }: Approval, by: Actor = asker.actor): ReturnType<typeof useApproval> {
  const { context, clock } = setting
  const approved = { reference, kinds: ['submission-token'] } as const
  const fresh = freshFor(by, usingAct(reference), clock.now)
  return withTransaction(forActor(context.pool, by), (client) =>
    useApproval(client, by, approved, fresh, clock.now),
  )
}

/** As if the account had been there for long. */
async function settleIn({ id }: TestUser): Promise<void> {
  await setting.owner.query('alter table portal_user disable trigger portal_user_keeps_standing')
  await setting.owner.query(`update portal_user set standing_since = '2026-01-01' where id = $1`, [
    id,
  ])
  await setting.owner.query('alter table portal_user enable trigger portal_user_keeps_standing')
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

  test('[S75] is not approved by an account that was made, let in again or given its role after the asking', async () => {
    const restored = await setting.makeUser({ role: 'administrator' })
    const promoted = await setting.makeUser({ role: 'analyst' })
    const enrolled = await setting.makeUser({ role: 'administrator' })
    for (const user of [restored, promoted, enrolled]) await settleIn(user)
    await setting.owner.query('update portal_user set disabled_at = now() where id = $1', [
      restored.id,
    ])
    const asked = await ask()
    const late = await setting.makeUser({ role: 'administrator' })
    await setting.owner.query('update portal_user set disabled_at = null where id = $1', [
      restored.id,
    ])
    await setting.owner.query(`update portal_user set role = 'administrator' where id = $1`, [
      promoted.id,
    ])
    await setting.owner.query(`update portal_user set code_seed = '\\x00' where id = $1`, [
      enrolled.id,
    ])
    // All of this is a moment after the asking, by the database's own clock.
    await setting.owner.query(
      `alter table approval disable trigger approval_outcome_stands;
       update approval set asked_at = now() - interval '1 hour' where reference = '${asked.reference}';
       alter table approval enable trigger approval_outcome_stands`,
    )
    await settleIn(asker)
    for (const user of [late, restored, enrolled]) {
      expect(await approveAs(user, asked)).toMatchObject({ code: 'second-person-new' })
    }
    const now = { ...promoted, actor: { ...promoted.actor, role: 'administrator' as const } }
    expect(await approveAs(now, asked)).toMatchObject({ code: 'second-person-new' })
    await settleIn(late)
    expect(await approveAs(late, asked)).toMatchObject({ ok: true })
  })

  test('[S75] is not approved by an account that the asker made or reset in the last 30 days', async () => {
    const administrator = await setting.makeUser({ role: 'administrator' })
    const made = await setting.makeUser({ role: 'administrator' })
    const { context } = setting
    await inviteAgain(context, administrator.actor, made.id)
    setting.clock.now = new Date(Date.now() + 1_000)
    const asked = await ask({}, administrator.actor)
    expect(await approveAs(made, asked)).toMatchObject({ code: 'second-person-close' })
    // Nor the other way round: an account of one's own making asks for nothing either.
    const theirs = await ask({}, made.actor)
    expect(await approveAs(administrator, theirs)).toMatchObject({ code: 'second-person-close' })
    setting.clock.now = new Date(Date.now() + 31 * DAY)
    const later = await ask({}, administrator.actor)
    expect(await approveAs(made, later)).toMatchObject({ ok: true })
  })

  test('[S20] is not approved from two accounts of one administrator', async () => {
    const { context, owner } = setting
    const real = await setting.makeUser({ role: 'administrator' })
    const puppet = await setting.makeUser({ role: 'administrator' })
    // Invited, or let in again, by the person who now asks as either of the two.
    await setUserDisabled(context, real.actor, puppet.id, true)
    expect(await setUserDisabled(context, real.actor, puppet.id, false)).toMatchObject({
      code: 'second-person',
    })
    await owner.query('update portal_user set disabled_at = null where id = $1', [puppet.id])
    await inviteAgain(context, real.actor, puppet.id)
    setting.clock.now = new Date(Date.now() + 1_000)
    for (const [one, other] of [
      [real, puppet],
      [puppet, real],
    ] as const) {
      expect(await approveAs(other, await ask({}, one.actor))).toMatchObject({
        code: 'second-person-close',
      })
    }
  })

  test('[S20] is over once either of the two can no longer do it, at its approval and at its use', async () => {
    const change = (id: string, what: string): Promise<unknown> =>
      setting.owner.query(`update portal_user set ${what} where id = $1`, [id])
    const asked = await ask()
    await change(asker.id, 'disabled_at = now()')
    expect(await approveAs(second, asked)).toMatchObject({ code: 'approval-people' })
    await change(asker.id, 'disabled_at = null')
    await settleIn(asker)
    expect(await approveAs(second, asked)).toMatchObject({ ok: true })
    for (const person of [asker, second]) {
      await change(person.id, 'disabled_at = now()')
      expect(await use(asked)).toMatchObject({ code: 'approval-people' })
      await change(person.id, 'disabled_at = null')
      await settleIn(person)
    }
    // A role that still may is another role than the one that asked or approved.
    await change(second.id, `role = 'uploader'`)
    expect(await use(asked)).toMatchObject({ code: 'approval-people' })
    await change(second.id, `role = 'provider'`)
    await settleIn(second)
    expect(await use(asked)).toMatchObject({ ok: true })
  })

  test('[S75] takes a proof of that person, for that act, of the last minutes', async () => {
    const { context, clock } = setting
    const asked = await ask()
    const { reference, boundTo } = asked
    const right = freshFor(second.actor, approvingAct(reference), clock.now)
    for (const wrong of [
      { ...right, userId: asker.id },
      { ...right, act: usingAct(reference) },
      { ...right, act: approvingAct('AP-2222-2222-2') },
      { ...right, at: new Date(clock.now.getTime() - 5 * 60_000 - 1) },
      { ...right, at: new Date(clock.now.getTime() + 1) },
    ]) {
      expect(await approve(context, second.actor, { reference, boundTo }, wrong)).toMatchObject({
        code: 'code-needed',
      })
    }
    expect(await approve(context, second.actor, { reference, boundTo }, right)).toMatchObject({
      ok: true,
    })
  })

  test('is told once to those who may approve it, and to nobody else', async () => {
    const { context } = setting
    await tellApprovers(context)
    await arriving(context)
    const stranger = await setting.makeUser({ role: 'provider', providerCode: 'otter' })
    const uploader = await setting.makeUser({ role: 'uploader' })
    const { reference } = await ask({ particulars: { days: 77 } })
    expect(await tellApprovers(context)).toBe(1)
    expect(await tellApprovers(context)).toBe(0)
    const mails = await arriving(context)
    const told = mails.map(({ to }) => to)
    expect(told).toContain(second.email)
    for (const { email } of [asker, stranger, uploader]) expect(told).not.toContain(email)
    expect(mails[0]?.text).toContain(`https://portal.example/approvals/${reference}`)
  })

  test('has one outcome, whatever two people do at once', async () => {
    const asked = await ask()
    const third = await setting.makeUser({ role: 'administrator' })
    await settleIn(third)
    const done = await Promise.all([
      approveAs(second, asked),
      approveAs(third, asked),
      refuseApproval(setting.context, second.actor, asked, 'not-known'),
      withdrawApproval(setting.context, asker.actor, asked.reference),
    ])
    expect(done.filter(({ ok }) => ok)).toHaveLength(1)
    const { rows } = await setting.owner.query(
      `select count(*)::int as n from audit_event where subject = $1 and event <> 'approval.asked'`,
      [asked.reference],
    )
    expect(rows).toEqual([{ n: 1 }])
  })

  test('has one outcome for those who waited for it together, and none that came after its time', async () => {
    const third = await setting.makeUser({ role: 'administrator' })
    await settleIn(third)
    const { context, owner, clock } = setting
    /** Takes steps while somebody holds the request, until all of them wait for it, and lets go. */
    async function together<Done>(
      asked: Approval,
      steps: readonly (() => Promise<Done>)[],
      meanwhile: () => void = () => undefined,
    ): Promise<Done[]> {
      const holder = await owner.connect()
      try {
        await holder.query('begin')
        await holder.query('select from approval where reference = $1 for update', [
          asked.reference,
        ])
        const taken = Promise.all(steps.map((step) => step()))
        await expect
          .poll(
            async () => {
              const { rows } = await holder.query<{ n: number }>(
                `select count(*)::int as n from pg_stat_activity
                where datname = current_database() and wait_event_type = 'Lock'`,
              )
              return rows[0]?.n
            },
            { timeout: 30_000 },
          )
          .toBe(steps.length)
        meanwhile()
        await holder.query('commit')
        return await taken
      } finally {
        holder.release()
      }
    }
    const asked = await ask()
    const done = await together<{ readonly ok: boolean }>(asked, [
      () => approveAs(second, asked),
      () => approveAs(third, asked),
      () => withdrawApproval(context, asker.actor, asked.reference),
    ])
    expect(done.filter(({ ok }) => ok)).toHaveLength(1)
    expect(done.filter(({ ok }) => !ok)).toEqual([
      expect.objectContaining({ code: 'approval-over' }),
      expect.objectContaining({ code: 'approval-over' }),
    ])

    const late = await ask({ particulars: { days: 12 } })
    const [approved] = await together(late, [() => approveAs(second, late)], () => {
      clock.now = new Date(late.askedAt.getTime() + 7 * DAY + 1)
    })
    expect(approved).toMatchObject({ ok: false, code: 'approval-over' })
    clock.now = new Date(late.askedAt.getTime() + 1)
    const { rows } = await owner.query(`select outcome from approval where reference = $1`, [
      late.reference,
    ])
    expect(rows).toEqual([{ outcome: null }])
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
    expect(await refuseApproval(context, second.actor, next, 'not-known')).toMatchObject({
      ok: true,
    })
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
