import type pg from 'pg'
import { type Actor } from '#server/identity/actors/actor.ts'
import { enterRefusal, holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import type { FreshProof } from '#server/identity/actors/fresh-proof.ts'
import { makeUserId, tidyEmail, tidyName } from '#server/identity/actors/user.ts'
import type { Approval } from '#server/identity/approvals/approval.ts'
import { askApproval, useApproval, type UseRefusal } from '#server/identity/approvals/approvals.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { AccountContext } from './account-context.ts'
import { mailFrame } from './account-frame.ts'
import { changeMail, invitationMail, type AccountChange } from './account-mails.ts'
import { INVITATION_MINUTES, makePasswordLink } from './password-links.ts'
import { makeUser } from './users.ts'

/**
 * What two administrators do to an account: one asks, another approves, and the one who asked does
 * it. Somebody becomes an administrator, a disabled administrator is let in again, or an
 * authenticator is forgotten.
 */

/** The kinds of requests that are about a user there is. */
export type UserApprovalKind = 'administrator-grant' | 'administrator-restore' | 'factor-reset'

/** Every kind of requests that is done here. */
export const USER_APPROVALS: readonly UserApprovalKind[] = [
  'administrator-grant',
  'administrator-restore',
  'factor-reset',
]

type Asked =
  | { readonly ok: true; readonly approval: Approval }
  | Refusal<'not-found' | 'own-account' | 'user-exists' | 'code-needed'>

/** An administrator to be, and why. */
export interface NewAdministrator {
  readonly email: string
  readonly name: string
  readonly mayExact: boolean
  /** A code of the kind's reasons. */
  readonly reason: string
}

/** Asks that somebody be invited as an administrator; nothing is made or sent before it is used. */
export async function askNewAdministrator(
  context: AccountContext,
  actor: Actor,
  { email: typed, name, mayExact, reason }: NewAdministrator,
  fresh: FreshProof,
): Promise<Asked> {
  if (!(await holdsRight(context.pool, actor, 'user.manage'))) return NOT_HELD
  const email = tidyEmail(typed)
  return withTransaction(forActor(context.pool, actor), async (client) => {
    const known = await inPrisma(client, (prisma) => prisma.user.count({ where: { email } }))
    if (known > 0) return refuse('user-exists')
    return askApproval(
      client,
      actor,
      {
        kind: 'administrator-grant',
        ...{ subject: makeUserId(), providerCode: null },
        particulars: { isNew: true, email, name: tidyName(name), mayExact },
        reason,
      },
      fresh,
      context.now(),
    )
  })
}

/** Asks for something that is done to the account of somebody else. */
export async function askAboutUser(
  context: AccountContext,
  actor: Actor,
  {
    kind,
    user: userId,
    reason,
  }: { readonly kind: UserApprovalKind; readonly user: string; readonly reason: string },
  fresh: FreshProof,
): Promise<Asked> {
  if (!(await holdsRight(context.pool, actor, 'user.manage'))) return NOT_HELD
  if (actor.userId === userId) {
    return enterRefusal(context.pool, actor, refuse('own-account'), kind)
  }
  return withTransaction(forActor(context.pool, actor), async (client) => {
    if (!(await fits(client, kind, userId))) return refuse('not-found')
    return askApproval(
      client,
      actor,
      { kind, subject: userId, providerCode: null, particulars: {}, reason },
      fresh,
      context.now(),
    )
  })
}

/** Whether a kind of request makes sense of a user as they are. */
async function fits(
  client: pg.ClientBase,
  kind: UserApprovalKind,
  userId: string,
): Promise<boolean> {
  await run(client, 'accounts/lock-user', [userId])
  const user = await inPrisma(client, (prisma) =>
    prisma.user.findUnique({
      where: { id: userId },
      select: {
        ...{ role: true, disabledAt: true, codeSeed: true, forgottenAt: true },
        _count: { select: { passkeys: true } },
      },
    }),
  )
  // Who was forgotten comes back as somebody new.
  if (user === null || user.forgottenAt !== null) return false
  const isAdministrator = user.role === 'administrator'
  if (kind === 'administrator-restore') return isAdministrator && user.disabledAt !== null
  if (user.disabledAt !== null) return false
  const hasFactor = user.codeSeed !== null || user._count.passkeys > 0
  return kind === 'factor-reset' ? hasFactor : !isAdministrator
}

/**
 * Does what was approved of an account, once: by whoever asked for it. Its owner is told by mail.
 * What cannot be done any more leaves the approval as it was.
 */
export async function doForUser(
  context: AccountContext,
  actor: Actor,
  reference: string,
  fresh: FreshProof,
): Promise<
  | { readonly ok: true; readonly kind: UserApprovalKind; readonly user: string }
  | UseRefusal
  | Refusal<'user-exists'>
> {
  const done = await withTransaction(forActor(context.pool, actor), async (client, giveUp) => {
    const used = await useApproval(
      client,
      actor,
      { reference, kinds: USER_APPROVALS },
      fresh,
      context.now(),
    )
    if (!used.ok) return used
    const carriedOut = await carryOut(context, client, used.approval)
    return carriedOut.ok ? carriedOut : giveUp(carriedOut)
  })
  if (!done.ok) return enterRefusal(context.pool, actor, done, 'use')
  const { kind, user, told } = done
  context.later(() => context.mailer.send(told))
  return { ok: true, kind, user }
}

interface DoneForUser {
  readonly ok: true
  readonly kind: UserApprovalKind
  readonly user: string
  readonly told: ReturnType<typeof changeMail>
}

async function carryOut(
  context: AccountContext,
  client: pg.ClientBase,
  { kind, subject: user, particulars, askedBy, decidedBy }: Approval,
): Promise<DoneForUser | Refusal<'user-exists' | 'not-found'>> {
  const isNew = kind === 'administrator-grant' && particulars['isNew'] === true
  if (isNew) {
    const told = await inviteApproved(context, client, user, particulars)
    if (told === undefined) return refuse('user-exists')
    await auditOf(client, askedBy, 'user.invited', user, { role: 'administrator' })
    return { ok: true, kind, user, told }
  }
  const act = ACTS[kind as UserApprovalKind]
  if (!(await fits(client, kind as UserApprovalKind, user))) return refuse('not-found')
  const email = await act.change(client, user)
  await auditOf(client, askedBy, act.event, user)
  // Both had a part in how its owner gets in again.
  if (kind === 'factor-reset') await auditOf(client, decidedBy ?? '', 'factor.reset-agreed', user)
  const told = changeMail(mailFrame(context, email), act.told)
  return { ok: true, kind: kind as UserApprovalKind, user, told }
}

interface UserAct {
  readonly event: `${string}.${string}`
  readonly told: AccountChange
  /** Changes the user, and answers their address. */
  readonly change: (client: pg.ClientBase, user: string) => Promise<string>
}

const ACTS: Readonly<Record<UserApprovalKind, UserAct>> = {
  'administrator-grant': {
    event: 'administrator.made',
    told: 'administrator-made',
    change: (client, user) =>
      // No longer what a group says: two people have said more.
      updateUser(client, user, { role: 'administrator', providerCode: null, byGroup: false }),
  },
  'administrator-restore': {
    event: 'administrator.restored',
    told: 'restored',
    change: (client, user) => updateUser(client, user, { disabledAt: null }),
  },
  'factor-reset': {
    event: 'factor.reset',
    told: 'factor-reset',
    change: async (client, user) => {
      await inPrisma(client, async (prisma) => {
        await prisma.recoveryCode.deleteMany({ where: { userId: user } })
        await prisma.passkey.deleteMany({ where: { userId: user } })
      })
      return updateUser(client, user, { codeSeed: null, codeStep: 0 })
    },
  },
}

async function updateUser(
  client: pg.ClientBase,
  id: string,
  data: {
    readonly role?: 'administrator'
    readonly providerCode?: null
    readonly byGroup?: false
    readonly disabledAt?: null
    readonly codeSeed?: null
    readonly codeStep?: 0
  },
): Promise<string> {
  const { email } = await inPrisma(client, (prisma) =>
    prisma.user.update({ where: { id }, data, select: { email: true } }),
  )
  return email
}

/** Makes the account; undefined where its address has one already. */
async function inviteApproved(
  context: AccountContext,
  client: pg.ClientBase,
  id: string,
  { email: to, name, mayExact }: Approval['particulars'],
): Promise<ReturnType<typeof invitationMail> | undefined> {
  const email = String(to)
  const refusal = await inPrisma(client, (prisma) =>
    makeUser(prisma, id, {
      ...{ email, name: String(name), role: 'administrator', providerCode: null },
      mayExact: mayExact === true,
    }),
  )
  if (refusal !== undefined) return undefined
  const ticket = await makePasswordLink(client, id, context.now(), {
    ...{ byAdministrator: true, minutes: INVITATION_MINUTES },
  })
  return invitationMail(mailFrame(context, email), ticket, INVITATION_MINUTES)
}

async function auditOf(
  client: pg.ClientBase,
  actor: string,
  event: `${string}.${string}`,
  subject: string,
  detail: Readonly<Record<string, string>> = {},
): Promise<void> {
  await appendAudit(client, { actor, event, subject, detail })
}
