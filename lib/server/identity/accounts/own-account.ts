import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { Fault, refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { changeMail } from './account-mails.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { isFresh, type FreshProof } from '#server/identity/actors/fresh-proof.ts'
import type { BrowserFamily } from '#server/identity/sessions/browser-family.ts'
import { endSession, startSession } from '#server/identity/sessions/session.ts'
import { hasPasswordSignIn, type AccountContext } from './account-context.ts'
import { mailFrame } from './account-frame.ts'
import { liveSessions } from './own-sessions.ts'
import { addDevice } from '#server/identity/sessions/known-devices.ts'
import { setPassword } from './password-links.ts'
import { passwordProblem, type PasswordProblem } from './passwords.ts'
import { digestRecoveryCode, makeRecoveryCodes, RECOVERY_CODES } from './recovery-codes.ts'
import { countProof, endTries } from './tries.ts'
import { USER_FIELDS, userRow, type UserRow } from '#server/identity/actors/user.ts'

/** What a user sees of their own account. */
export interface OwnAccount {
  readonly email: string
  readonly name: string
  /** Recovery codes not used yet. */
  readonly recoveryCodes: number
  /** In how many browsers they are signed in. */
  readonly sessions: number
  /** With the account that their organisation gives them. */
  readonly signsOn: boolean
  readonly hasPassword: boolean
  readonly hasApp: boolean
  /** Passkeys that are taken in place of a code. */
  readonly passkeys: number
}

/** What an actor can show with that it is them. */
export interface OwnFactors {
  readonly hasApp: boolean
  readonly hasPasskeys: boolean
  /** With the account that their organisation gives them. */
  readonly signsOn: boolean
}

/** Reads what the actor can show with that it is them. */
export async function readOwnFactors(
  { pool }: AccountContext,
  { userId: id }: Actor,
): Promise<OwnFactors> {
  const user = await inPrisma(pool, (prisma) =>
    prisma.user.findUnique({
      where: { id },
      select: {
        ...{ codeSeed: true, signOnSubject: true },
        _count: { select: { passkeys: { where: { copiedAt: null } } } },
      },
    }),
  )
  return {
    hasApp: user !== null && user.codeSeed !== null,
    hasPasskeys: user !== null && user._count.passkeys > 0,
    signsOn: user !== null && user.signOnSubject !== null,
  }
}

/** What the proof of somebody who connects their organisation's account is for. */
export const CONNECTING = 'make sign-on'

/** Reads the actor's own account. */
export async function readOwnAccount(context: AccountContext, actor: Actor): Promise<OwnAccount> {
  const user = await ownRow(context, actor)
  const { id } = user
  const [recoveryCodes, sessions, passkeys] = await inPrisma(context.pool, async (prisma) => [
    await prisma.recoveryCode.count({ where: { userId: id, usedAt: null } }),
    await prisma.session.count({ where: liveSessions(actor, context.now()) }),
    await prisma.passkey.count({ where: { userId: id, copiedAt: null } }),
  ])
  return {
    ...{ email: user.email, name: user.name, recoveryCodes, sessions },
    signsOn: user.signOnSubject !== null,
    hasPassword: user.passwordHash !== null && hasPasswordSignIn(context, user),
    hasApp: user.codeSeed !== null,
    passkeys,
  }
}

/**
 * Changes the actor's password; the present one is asked for, and tries are counted. All sessions
 * end and no device knows the account any more; a new session is started for this browser, which
 * knows it: `ticket` and `devices` are for its cookies.
 */
export async function changePassword(
  context: AccountContext,
  actor: Actor,
  given: {
    readonly present: string
    readonly password: string
    readonly browser?: BrowserFamily
    /** The cookie of known devices, if this browser has one. */
    readonly devices?: string | undefined
  },
): Promise<
  | { readonly ok: true; readonly ticket: string; readonly devices: string }
  | Refusal<'password-wrong' | PasswordProblem>
> {
  const user = await ownRow(context, actor)
  const counted = await countProof(context, { userId: user.id })
  const right = await context.passwords.verify(
    counted.isAllowed ? user.passwordHash : null,
    given.present,
  )
  if (!right) return refuse('password-wrong')
  const problem = await passwordProblem(given.password, [
    ...context.programme.words,
    user.name,
    user.email,
  ])
  if (problem !== undefined) return refuse(problem)
  const hashed = await context.passwords.hash(given.password)
  const ticket = await withTransaction(context.pool, async (client) => {
    await setPassword(client, user.id, hashed)
    await endTries(client, counted, user.id)
    const started = await startSession(client, user.id, context.now(), given.browser)
    await appendAudit(client, {
      actor: user.id,
      event: 'password.set',
      subject: user.id,
      detail: { by: 'user' },
    })
    return started
  })
  context.later(() =>
    context.mailer.send(changeMail(mailFrame(context, user.email), 'password-set')),
  )
  const owner = { ...user, passwordHash: hashed }
  const devices = addDevice(context.portalKey, owner, given.devices, context.now())
  return { ok: true, ticket, devices }
}

/**
 * Makes new recovery codes in place of the earlier ones, after a fresh second factor. They are
 * shown once: only their digests are kept.
 */
export async function renewRecoveryCodes(
  context: AccountContext,
  actor: Actor,
  fresh: FreshProof,
): Promise<{ readonly ok: true; readonly codes: readonly string[] } | Refusal<'code-needed'>> {
  if (!isFresh(fresh, actor.userId, RECOVERY_CODES, context.now())) return refuse('code-needed')
  const user = await ownRow(context, actor)
  const codes = makeRecoveryCodes()
  await withTransaction(context.pool, async (client) => {
    await inPrisma(client, async (prisma) => {
      await prisma.recoveryCode.deleteMany({ where: { userId: user.id } })
      await prisma.recoveryCode.createMany({
        data: codes.map((code) => ({ userId: user.id, digest: digestRecoveryCode(user.id, code) })),
      })
    })
    await appendAudit(client, { actor: user.id, event: 'recovery-codes.made', subject: user.id })
  })
  context.later(() =>
    context.mailer.send(changeMail(mailFrame(context, user.email), 'recovery-codes-made')),
  )
  return { ok: true, codes }
}

/** Ends the session of a ticket, whoever's it is. */
export async function signOut(context: AccountContext, ticket: string): Promise<void> {
  await withTransaction(context.pool, async (client) => {
    const userId = await endSession(client, ticket)
    if (userId === undefined) return
    await appendAudit(client, { actor: userId, event: 'session.ended', subject: userId })
  })
}

async function ownRow(context: AccountContext, actor: Actor): Promise<UserRow> {
  const user = await inPrisma(context.pool, (prisma) =>
    prisma.user.findUnique({ where: { id: actor.userId }, select: USER_FIELDS }),
  )
  // A session is read with its user in one statement: the user was removed in between.
  if (user === null) throw new Fault('database-refused', { what: 'user of a session' })
  return userRow(user)
}
