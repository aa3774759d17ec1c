import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { Fault, refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { changeMail } from './account-mails.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { endSession, startSession } from '#server/identity/sessions/session.ts'
import type { AccountContext } from './account-context.ts'
import { mailFrame } from './account-frame.ts'
import { setPassword } from './password-links.ts'
import { passwordProblem, type PasswordProblem } from './passwords.ts'
import { digestRecoveryCode, makeRecoveryCodes } from './recovery-codes.ts'
import { countTry, forgetTries } from './tries.ts'
import { USER_FIELDS, userRow, type UserRow } from '#server/identity/actors/user.ts'

/** What a user sees of their own account. */
export interface OwnAccount {
  readonly email: string
  readonly name: string
  /** Recovery codes not used yet. */
  readonly recoveryCodes: number
}

/** Reads the actor's own account. */
export async function readOwnAccount(context: AccountContext, actor: Actor): Promise<OwnAccount> {
  const user = await ownRow(context, actor)
  const recoveryCodes = await inPrisma(context.pool, (prisma) =>
    prisma.recoveryCode.count({ where: { userId: user.id, usedAt: null } }),
  )
  return { email: user.email, name: user.name, recoveryCodes }
}

/**
 * Changes the actor's password; the present one is asked for and counted like a try to sign in. All
 * sessions end, and a new one is started for this browser: `ticket` is for its cookie.
 */
export async function changePassword(
  context: AccountContext,
  actor: Actor,
  given: { readonly present: string; readonly password: string; readonly address: string },
): Promise<
  { readonly ok: true; readonly ticket: string } | Refusal<'password-wrong' | PasswordProblem>
> {
  const user = await ownRow(context, actor)
  const counted = await countTry(context, user.email, given.address)
  const right = await context.passwords.verify(
    counted === undefined ? null : user.passwordHash,
    given.present,
  )
  if (!right) return refuse('password-wrong')
  const problem = passwordProblem(given.password, [
    ...context.programme.words,
    user.name,
    user.email,
  ])
  if (problem !== undefined) return refuse(problem)
  const hashed = await context.passwords.hash(given.password)
  const ticket = await withTransaction(context.pool, async (client) => {
    await setPassword(client, user.id, hashed)
    await forgetTries(context, client, user.email)
    const started = await startSession(client, user.id, context.now())
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
  return { ok: true, ticket }
}

/**
 * Makes new recovery codes in place of the earlier ones. They are shown once: only their digests
 * are kept.
 */
export async function renewRecoveryCodes(context: AccountContext, actor: Actor): Promise<string[]> {
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
  return codes
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
