import type pg from 'pg'
import { type Actor } from '#server/identity/actors/actor.ts'
import { enterRefusal, holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import type { FreshProof } from '#server/identity/actors/fresh-proof.ts'
import { makeUserId, tidyEmail, tidyName } from '#server/identity/actors/user.ts'
import type { Approval } from '#server/identity/approvals/approval.ts'
import { askApproval, useApproval, type UseRefusal } from '#server/identity/approvals/approvals.ts'
import {
  GRANTED,
  isGrant,
  isRestore,
  RESTORED,
  type GrantKind,
  type RestoreKind,
} from '#server/identity/approvals/given-roles.ts'
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
 * it. Somebody is given a role that approves what others ask for, is let in again with it, or has
 * their authenticator forgotten.
 */

/** The kinds of requests that are about a user there is. */
export type UserApprovalKind = GrantKind | RestoreKind | 'factor-reset'

/** Every kind of requests that is done here. */
export const USER_APPROVALS: readonly UserApprovalKind[] = [
  ...(Object.keys(GRANTED) as GrantKind[]),
  ...(Object.keys(RESTORED) as RestoreKind[]),
  'factor-reset',
]

type Asked =
  | { readonly ok: true; readonly approval: Approval }
  | Refusal<'not-found' | 'own-account' | 'user-exists' | 'code-needed'>

/** Somebody to be given an account that takes two people, and why. */
export interface NewByTwo {
  /** Which says what they will be. */
  readonly kind: GrantKind
  readonly email: string
  readonly name: string
  readonly mayExact: boolean
  /** A code of the kind's reasons. */
  readonly reason: string
}

/** Asks that somebody new be given a role; nothing is made or sent before it is used. */
export async function askNewUser(
  context: AccountContext,
  actor: Actor,
  { kind, email: typed, name, mayExact, reason }: NewByTwo,
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
        kind,
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
  if (isRestore(kind)) return user.role === RESTORED[kind] && user.disabledAt !== null
  if (user.disabledAt !== null) return false
  if (kind === 'factor-reset') return user.codeSeed !== null || user._count.passkeys > 0
  // Nobody is an administrator no more by being given another role.
  return user.role !== GRANTED[kind] && user.role !== 'administrator'
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
  if (isGrant(kind) && particulars['isNew'] === true) {
    const told = await inviteApproved(context, client, { id: user, kind, particulars })
    if (told === undefined) return refuse('user-exists')
    await auditOf(client, askedBy, 'user.invited', user, { role: GRANTED[kind] })
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
    change: giving('administrator'),
  },
  'officer-grant': { event: 'officer.made', told: 'officer-made', change: giving('officer') },
  'administrator-restore': { event: 'administrator.restored', told: 'restored', change: letIn },
  'officer-restore': { event: 'officer.restored', told: 'restored', change: letIn },
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

function giving(role: (typeof GRANTED)[GrantKind]): UserAct['change'] {
  // No longer what a group says: two people have said more.
  return (client, user) => updateUser(client, user, { role, providerCode: null, byGroup: false })
}

function letIn(client: pg.ClientBase, user: string): Promise<string> {
  return updateUser(client, user, { disabledAt: null })
}

async function updateUser(
  client: pg.ClientBase,
  id: string,
  data: {
    readonly role?: (typeof GRANTED)[GrantKind]
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
  {
    id,
    kind,
    particulars: { email: to, name, mayExact },
  }: {
    readonly id: string
    readonly kind: GrantKind
    readonly particulars: Approval['particulars']
  },
): Promise<ReturnType<typeof invitationMail> | undefined> {
  const email = String(to)
  const refusal = await inPrisma(client, (prisma) =>
    makeUser(prisma, id, {
      ...{ email, name: String(name), role: GRANTED[kind], providerCode: null },
      mayExact: mayExact === true,
    }),
  )
  if (refusal !== undefined) return undefined
  const link = await makePasswordLink(client, id, context.now(), {
    ...{ byAdministrator: true, minutes: INVITATION_MINUTES },
  })
  return invitationMail(mailFrame(context, email), link)
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
