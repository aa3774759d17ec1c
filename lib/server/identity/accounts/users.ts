import type pg from 'pg'
import { isFresh, type FreshProof } from '#server/identity/actors/fresh-proof.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { inPrisma, type PrismaTransaction } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { invitationMail, type PasswordLink } from './account-mails.ts'
import { isOfProvider, may, type Actor } from '#server/identity/actors/actor.ts'
import { takesTwo } from '#server/identity/approvals/given-roles.ts'
import { enterRefusal, holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import { ROLES } from '#server/identity/actors/roles.ts'
import type { AccountContext } from './account-context.ts'
import { mailFrame } from './account-frame.ts'
import { INVITATION_MINUTES, LINK_MINUTES, makePasswordLink } from './password-links.ts'
import { MOST_IN_A_ROW } from './tries.ts'
import {
  makeUserId,
  tidyEmail,
  tidyName,
  rolesIn,
  type UserRole,
} from '#server/identity/actors/user.ts'

/** A user as administrators see them. */
export interface UserView {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly role: UserRole
  readonly providerName: string | null
  readonly mayExact: boolean
  /** Mailed the management report of each quarter. */
  readonly isOwner: boolean
  /** Of their organisation, by name; none of who is the programme's. */
  readonly services: readonly string[]
  /** Null for who never did. */
  readonly signedInAt: Date | null
  /** Not signed in for a quarter, or for a quarter after they were invited: perhaps they have left. */
  readonly isAway: boolean
  /** With the account that their organisation gives them. */
  readonly signsOn: boolean
  /** `closed`: strangers tried too often, and a link opens it again. */
  readonly state: 'invited' | 'enrolling' | 'active' | 'closed' | 'disabled'
}

/** Every user, by name; refused to all but administrators. */
export async function listUsers(
  context: AccountContext,
  actor: Actor,
): Promise<{ readonly ok: true; readonly users: readonly UserView[] } | Refusal<'not-found'>> {
  if (!(await holdsRight(context.pool, actor, 'user.manage'))) return NOT_HELD
  return { ok: true, users: await readViews(context, null) }
}

/** One user. */
export async function readUser(
  context: AccountContext,
  actor: Actor,
  userId: string,
): Promise<{ readonly ok: true; readonly user: UserView } | Refusal<'not-found'>> {
  if (!(await holdsRight(context.pool, actor, 'user.manage'))) return NOT_HELD
  const [user] = await readViews(context, userId)
  return user === undefined ? refuse('not-found') : { ok: true, user }
}

async function readViews(
  { pool, hasSignOn, now }: AccountContext,
  userId: string | null,
): Promise<UserView[]> {
  const rows = await run(pool, 'accounts/list-users', [userId, MOST_IN_A_ROW])
  const quarterAgo = new Date(now().getTime() - QUARTER_MS)
  return rows.map(({ isDisabled, hasPassword, hasSeed, isClosed, lastThere, ...user }) => {
    // Once there is nothing to sign on with, they have to be invited as everybody is.
    const signsOn = user.signsOn && hasSignOn
    const state = stateOf({ isDisabled, hasPassword, hasSeed, signsOn, isClosed })
    return { ...user, signsOn, state, isAway: !isDisabled && lastThere < quarterAgo }
  })
}

/** A quarter of a year and a bit: who sends each quarter's file has been there since. */
const QUARTER_MS = 95 * 24 * 60 * 60 * 1000

function stateOf(user: {
  readonly isDisabled: boolean
  readonly hasPassword: boolean
  readonly hasSeed: boolean
  readonly signsOn: boolean
  readonly isClosed: boolean
}): UserView['state'] {
  if (user.isDisabled) return 'disabled'
  if (user.isClosed) return 'closed'
  if (user.signsOn) return 'active'
  if (!user.hasPassword) return 'invited'
  return user.hasSeed ? 'active' : 'enrolling'
}

/** A user to be. */
export interface NewUser {
  readonly email: string
  readonly name: string
  readonly role: UserRole
  readonly providerCode: string | null
  readonly mayExact: boolean
}

/** What the proof of somebody who gives an account is for. */
export const INVITING = 'make user'

/**
 * Makes a user and sends them a link to set a password, which the administrator never learns. Who
 * approves what others ask for takes two people: `askNewUser`.
 */
export async function inviteUser(
  context: AccountContext,
  actor: Actor,
  wanted: NewUser,
  fresh: FreshProof,
): Promise<
  | { readonly ok: true; readonly id: string }
  | Refusal<'not-found' | 'user-exists' | 'provider-unknown' | 'second-person' | 'code-needed'>
> {
  if (!(await holdsRight(context.pool, actor, 'user.manage'))) return NOT_HELD
  if (!rolesIn(actor.purpose ?? 'reach').includes(wanted.role)) return refuse('not-found')
  if (takesTwo(wanted.role)) {
    return enterRefusal(context.pool, actor, refuse('second-person'), 'user.manage')
  }
  if (!isFresh(fresh, actor.userId, INVITING, context.now())) return refuse('code-needed')
  const email = tidyEmail(wanted.email)
  const id = makeUserId()
  const made = await withTransaction(context.pool, async (client) => {
    const refusal = await inPrisma(client, (prisma) => makeUser(prisma, id, { ...wanted, email }))
    if (refusal !== undefined) return refusal
    const link = await makePasswordLink(client, id, context.now(), {
      ...{ byAdministrator: true, minutes: INVITATION_MINUTES },
    })
    await appendAudit(client, {
      actor: actor.userId,
      event: 'user.invited',
      subject: id,
      detail: { role: wanted.role },
    })
    return { link }
  })
  if (typeof made === 'string') return refuse(made)
  sendInvitation(context, email, made.link)
  return { ok: true, id }
}

/** Makes a user without a password, in the caller's transaction; answers why not. */
export async function makeUser(
  prisma: PrismaTransaction,
  id: string,
  { email, name, role, mayExact, ...wanted }: NewUser,
): Promise<'provider-unknown' | 'user-exists' | undefined> {
  const isOfOne = isOfProvider({ role })
  const providerCode = isOfOne ? wanted.providerCode : null
  if (isOfOne) {
    const known = await prisma.provider.count({ where: { code: providerCode ?? '' } })
    if (known === 0) return 'provider-unknown'
  }
  const { count } = await prisma.user.createMany({
    data: {
      id,
      email,
      name: tidyName(name),
      role,
      providerCode,
      maySeeExact: !isOfOne && mayExact,
    },
    skipDuplicates: true,
  })
  return count === 1 ? undefined : 'user-exists'
}

/** Sends a user another link to set a password: for a week who has none yet, for an hour who has one. */
export async function inviteAgain(
  context: AccountContext,
  actor: Actor,
  userId: string,
): Promise<{ readonly ok: true } | Refusal<'not-found'>> {
  let link: PasswordLink | undefined
  const changed = await changeUser(context, actor, userId, 'password-link.sent', async (client) => {
    const byAdministrator = actor.userId !== userId
    const invited = await inPrisma(client, (prisma) =>
      prisma.user.count({ where: { id: userId, passwordHash: null } }),
    )
    const minutes = invited === 1 ? INVITATION_MINUTES : LINK_MINUTES
    link = await makePasswordLink(client, userId, context.now(), { byAdministrator, minutes })
    return true
  })
  if (!changed.ok) return changed
  if (link !== undefined) sendInvitation(context, changed.email, link)
  return { ok: true }
}

/**
 * Disables a user, which ends their sessions, or lets them in again. Nobody disables themself, and
 * letting in again who approves what others ask for takes two people: `askAboutUser`.
 */
export async function setUserDisabled(
  context: AccountContext,
  actor: Actor,
  userId: string,
  disabled: boolean,
): Promise<{ readonly ok: true } | Refusal<'not-found' | 'own-account' | 'second-person'>> {
  if (may(actor, 'user.manage') && actor.userId === userId) {
    return enterRefusal(context.pool, actor, refuse('own-account'), 'user.manage')
  }
  if (may(actor, 'user.manage') && !disabled && (await isForgotten(context, userId))) {
    return enterRefusal(context.pool, actor, refuse('not-found'), 'user.manage')
  }
  const event = disabled ? 'user.disabled' : 'user.enabled'
  const disabledAt = disabled ? context.now() : null
  const changed = await changeUser(context, actor, userId, event, (client) =>
    inPrisma(client, async (prisma) => {
      // Under the lock of the user's row, so that what was read is what is changed.
      const byOne = (Object.keys(ROLES) as UserRole[]).filter((role) => !takesTwo(role))
      const { count } = await prisma.user.updateMany({
        where: { id: userId, ...(disabled ? {} : { role: { in: byOne } }) },
        data: { disabledAt },
      })
      return count === 1
    }),
  )
  if (!changed.ok) return changed
  if (changed.changed) return { ok: true }
  return enterRefusal(context.pool, actor, refuse('second-person'), 'user.manage')
}

/** Whether who they were was forgotten, long after they left: they come back as somebody new. */
async function isForgotten({ pool }: AccountContext, userId: string): Promise<boolean> {
  const forgotten = await inPrisma(pool, ({ user }) =>
    user.count({ where: { id: userId, forgottenAt: { not: null } } }),
  )
  return forgotten === 1
}

/**
 * Names a user an owner of the programme, who is mailed its management reports, or says that they are
 * none any more. Nobody of an organisation is one.
 */
export async function nameOwner(
  context: AccountContext,
  actor: Actor,
  userId: string,
  isOwner: boolean,
): Promise<{ readonly ok: true } | Refusal<'not-found'>> {
  const event = isOwner ? 'owner.named' : 'owner.relieved'
  const changed = await changeUser(context, actor, userId, event, (client) =>
    inPrisma(client, async ({ user }) => {
      const { count } = await user.updateMany({
        where: { id: userId, providerCode: null, ownsProgramme: !isOwner },
        data: { ownsProgramme: isOwner },
      })
      return count === 1
    }),
  )
  return changed.ok ? { ok: true } : changed
}

interface ChangedUser {
  readonly ok: true
  readonly email: string
  /** False when there was nothing to change, and nothing was recorded. */
  readonly changed: boolean
}

/** One change to one user with its audit event, in one transaction under the user's row lock. */
async function changeUser(
  context: AccountContext,
  actor: Actor,
  userId: string,
  event: `${string}.${string}`,
  change: (client: pg.ClientBase) => Promise<boolean>,
): Promise<ChangedUser | Refusal<'not-found'>> {
  if (!(await holdsRight(context.pool, actor, 'user.manage'))) return NOT_HELD
  return withTransaction(context.pool, async (client) => {
    // Both in one order: of two administrators who disable each other at once the second finds
    // itself disabled, and one is left.
    for (const id of [actor.userId, userId].sort()) await run(client, 'accounts/lock-user', [id])
    const user = await inPrisma(client, async (prisma) => {
      const stays = await prisma.user.count({ where: { id: actor.userId, disabledAt: null } })
      if (stays === 0) return null
      return prisma.user.findUnique({ where: { id: userId }, select: { email: true } })
    })
    if (user === null) return refuse('not-found')
    const changed = await change(client)
    if (changed) await appendAudit(client, { actor: actor.userId, event, subject: userId })
    return { ok: true, email: user.email, changed }
  })
}

function sendInvitation(context: AccountContext, email: string, link: PasswordLink): void {
  const mail = invitationMail(mailFrame(context, email), link)
  context.later(() => context.mailer.send(mail))
}
