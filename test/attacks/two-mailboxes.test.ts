import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { askAboutUser, askNewUser, doForUser } from '#server/identity/accounts/user-approvals.ts'
import {
  inviteAgain,
  inviteUser,
  INVITING,
  setUserDisabled,
} from '#server/identity/accounts/users.ts'
import { rolesWith, type Actor } from '#server/identity/actors/actor.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import { ROLES } from '#server/identity/actors/roles.ts'
import { rolesIn, type UserRole } from '#server/identity/actors/user.ts'
import { APPROVAL_KINDS, type ApprovalKind } from '#server/identity/approvals/approval-kinds.ts'
import { approvingAct, askingAct, usingAct } from '#server/identity/approvals/approval.ts'
import { approve, askApproval } from '#server/identity/approvals/approvals.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import {
  openAccountSetting,
  type AccountSetting,
  type TestUser,
} from '../server/identity/accounts/account-setting.ts'
import { freshFor } from '../server/identity/approvals/fresh-for.ts'

/**
 * An administrator who reads two mailboxes: whoever is invited at one and at the other is the same
 * person, who asks as the one and approves as the other.
 */

let setting: AccountSetting
let attacker: TestUser
let colleague: TestUser

beforeAll(async () => {
  setting = await openAccountSetting()
  attacker = await setting.makeUser({ role: 'administrator' })
  colleague = await setting.makeUser({ role: 'administrator' })
})
afterAll(() => setting.close())

const DAY = 86_400_000

beforeEach(() => {
  // Accounts and audit entries are dated by the database's own clock.
  setting.clock.now = new Date(Date.now() + 1_000)
})

/** A role with which a kind of request is asked for and approved. */
function roleFor(kind: ApprovalKind): UserRole {
  const [role] = rolesWith(APPROVAL_KINDS[kind].right)
  if (role === undefined) throw new Error(kind)
  return role
}

/** Asks as one and approves as the other; answers what became of it. */
async function bothHands(kind: ApprovalKind, one: Actor, other: Actor): Promise<string> {
  const { context, clock } = setting
  const wanted = {
    ...{ kind, subject: `what ${one.userId} wants`, particulars: {} },
    ...{ providerCode: one.providerCode, reason: APPROVAL_KINDS[kind].reasons[0] },
  }
  const asked = await withTransaction(forActor(context.pool, one), (client) =>
    askApproval(client, one, wanted, freshFor(one, askingAct(kind), clock.now), clock.now),
  )
  if (!asked.ok) return asked.code
  const { reference, boundTo } = asked.approval
  const fresh = freshFor(other, approvingAct(reference), clock.now)
  // A kind that a worker does begins it in the same transaction.
  const begun = APPROVAL_KINDS[kind].doneBy === 'asker' ? undefined : () => Promise.resolve()
  const done = await approve(context, other, { reference, boundTo }, fresh, begun)
  return done.ok ? 'approved' : done.code
}

/** What the portal writes down when somebody has a part in an account. */
async function made(by: TestUser, event: `${string}.${string}`, account: TestUser): Promise<void> {
  await withTransaction(setting.context.pool, (client) =>
    appendAudit(client, { actor: by.id, event, subject: account.id }),
  )
}

const KINDS = Object.keys(APPROVAL_KINDS) as ApprovalKind[]

test('attack 43: [S20] [S75] one administrator invites two at mailboxes of their own: no request is approved between the two, of any kind', async () => {
  for (const kind of KINDS) {
    const role = roleFor(kind)
    const [one, other] = [await setting.makeUser({ role }), await setting.makeUser({ role })]
    await made(attacker, 'user.invited', one)
    await made(attacker, 'user.invited', other)
    setting.clock.now = new Date(Date.now() + 1_000)
    expect([kind, await bothHands(kind, one.actor, other.actor)]).toEqual([
      kind,
      'second-person-close',
    ])
    // Once both have been there for a month, others have seen them.
    setting.clock.now = new Date(Date.now() + 31 * DAY)
    expect([kind, await bothHands(kind, one.actor, other.actor)]).toEqual([kind, 'approved'])
  }
})

test.each([
  ['user.invited', 'password-link.sent'],
  ['password-link.sent', 'factor.reset'],
  ['factor.reset-agreed', 'user.enabled'],
  ['administrator.made', 'administrator.restored'],
  ['officer.made', 'officer.restored'],
] as const)(
  '[S75] whose account had “%s” and whose “%s” of one person are no two people',
  async (first, second) => {
    const role = 'officer'
    const [one, other] = [await setting.makeUser({ role }), await setting.makeUser({ role })]
    await made(attacker, first, one)
    await made(attacker, second, other)
    setting.clock.now = new Date(Date.now() + 1_000)
    for (const [asks, approves] of [
      [one, other],
      [other, one],
    ] as const) {
      expect(await bothHands('rights-request', asks.actor, approves.actor)).toBe(
        'second-person-close',
      )
    }
  },
)

test('[S75] nor are two through an account in between, while what two different people made is two', async () => {
  const between = await setting.makeUser({ role: 'administrator' })
  const [one, other, third] = [
    await setting.makeUser({ role: 'officer' }),
    await setting.makeUser({ role: 'officer' }),
    await setting.makeUser({ role: 'officer' }),
  ]
  await made(attacker, 'user.invited', between)
  await made(between, 'user.invited', one)
  await made(attacker, 'user.invited', other)
  await made(colleague, 'user.invited', third)
  setting.clock.now = new Date(Date.now() + 1_000)
  const close = await bothHands('rights-request', one.actor, other.actor)
  expect(close).toBe('second-person-close')
  expect(await bothHands('rights-request', one.actor, third.actor)).toBe('approved')
})

test('attack 44: [S20] one administrator gives nobody a role that approves anything, in any way there is', async () => {
  const { context, clock } = setting
  const { actor } = attacker
  const approving = rolesIn('reach').filter(
    (role) =>
      ROLES[role].of === 'programme' &&
      KINDS.some((kind) => rolesWith(APPROVAL_KINDS[kind].right).includes(role)),
  )
  expect(approving).toEqual(['administrator', 'officer'])
  for (const role of approving) {
    const person = { email: `${role}@mine.example`, name: 'Mine', providerCode: null }
    const wanted = { ...person, role, mayExact: false }
    const invited = await inviteUser(context, actor, wanted, freshFor(actor, INVITING, clock.now))
    expect(invited).toMatchObject({ code: 'second-person' })

    // Whoever was disabled, and has a mailbox that the administrator reads, is let in by two alone.
    const left = await setting.makeUser({ role })
    await setUserDisabled(context, actor, left.id, true)
    expect(await setUserDisabled(context, actor, left.id, false)).toMatchObject({
      code: 'second-person',
    })

    // Asked for, and done at once.
    const kind = `${role}-grant` as 'administrator-grant' | 'officer-grant'
    const ask = await askNewUser(
      context,
      actor,
      { ...person, kind, mayExact: false, reason: 'stands-in' },
      freshFor(actor, askingAct(kind), clock.now),
    )
    const puppet = await setting.makeUser({ role: 'analyst' })
    const about = await askAboutUser(
      context,
      actor,
      { kind, user: puppet.id, reason: 'stands-in' },
      freshFor(actor, askingAct(kind), clock.now),
    )
    for (const asked of [ask, about]) {
      if (!asked.ok) throw new Error(asked.code)
      const { reference, boundTo } = asked.approval
      const approving = freshFor(actor, approvingAct(reference), clock.now)
      expect(await approve(context, actor, { reference, boundTo }, approving)).toMatchObject({
        code: 'own-request',
      })
      const using = freshFor(actor, usingAct(reference), clock.now)
      expect(await doForUser(context, actor, reference, using)).toMatchObject({
        code: 'approval-waits',
      })
    }
    const { rows } = await setting.owner.query('select role from portal_user where id = $1', [
      puppet.id,
    ])
    expect(rows).toEqual([{ role: 'analyst' }])
  }
  const { rowCount } = await setting.owner.query(
    `select from portal_user where email like '%@mine.example'`,
  )
  expect(rowCount).toBe(0)
})

test('attack 45: [S20] [S75] one administrator opens the mail of an officer and of another: what they reset is of one making', async () => {
  const { context } = setting
  const [one, other] = [
    await setting.makeUser({ role: 'officer' }),
    await setting.makeUser({ role: 'officer' }),
  ]
  expect(await bothHands('rights-request', one.actor, other.actor)).toBe('approved')
  for (const { id } of [one, other]) await inviteAgain(context, attacker.actor, id)
  setting.clock.now = new Date(Date.now() + 1_000)
  expect(await bothHands('rights-request', other.actor, one.actor)).toBe('second-person-close')
  // The administrator themself is no second person to either, and has not the right.
  expect(await bothHands('rights-request', one.actor, attacker.actor)).toBe('not-found')
})
