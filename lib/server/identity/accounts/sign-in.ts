import type pg from 'pg'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { changeMail } from './account-mails.ts'
import { startSession } from '#server/identity/sessions/session.ts'
import type { AccountContext } from './account-context.ts'
import { mailFrame } from './account-frame.ts'
import { stepOfCode, tidyCode } from './one-time-codes.ts'
import { digestRecoveryCode } from './recovery-codes.ts'
import { digestTicket, makeTicket, openSeed } from '#server/identity/sessions/secrets-at-rest.ts'
import { findSignInStep, type SignInStep } from './sign-in-step.ts'
import { countTry, forgetTries, forgiveTry } from './tries.ts'
import { USER_COLUMNS, tidyEmail, type UserRow } from '#server/identity/actors/user.ts'
import { readRows } from '#server/platform/db/read-rows.ts'

/** Minutes between the password and the code. */
const STEP_MINUTES = 10

/** What a person types first, and from where. */
export interface PasswordGiven {
  readonly email: string
  readonly password: string
  /** The network address, as the portal's own server saw it. */
  readonly address: string
}

/**
 * The first step of signing in. A right password gives a ticket for the page of the code, and nothing else. Unknown,
 * wrong, too often and disabled are one refusal, `sign-in-refused`, each after one computation of the password's hash.
 */
export async function checkPassword(
  context: AccountContext,
  given: PasswordGiven,
): Promise<{ readonly ok: true; readonly ticket: string } | Refusal<'sign-in-refused'>> {
  const email = tidyEmail(given.email)
  const counted = await countTry(context, email, given.address)
  const user = counted === undefined ? undefined : await findUser(context.pool, email)
  const right = await context.passwords.verify(user?.password_hash ?? null, given.password)
  if (counted === undefined || user === undefined || !right || user.disabled_at !== null) {
    const reason = counted === undefined ? 'too-many-tries' : 'password'
    await auditRefusal(context, user?.id ?? '', reason)
    return refuse('sign-in-refused')
  }
  const ticket = makeTicket()
  await withTransaction(context.pool, async (client) => {
    await forgiveTry(client, counted)
    await client.query(
      'insert into sign_in_step (digest, user_id, expires_at) values ($1, $2, $3)',
      [digestTicket(ticket), user.id, new Date(context.now().getTime() + STEP_MINUTES * 60_000)],
    )
  })
  return { ok: true, ticket }
}

/** What a person types second: the code of their app, or one of their recovery codes. */
export interface CodeGiven {
  /** The ticket of the first step. */
  readonly ticket: string
  readonly code: string
  readonly kind: 'one-time' | 'recovery'
  readonly address: string
}

/** Why the second step failed. */
export type CodeRefusal = 'sign-in-over' | 'code-refused' | 'code-used' | 'too-many-tries'

/**
 * The second step: a right code, each accepted once, ends the first step and starts a session. The first right code of
 * somebody without an authenticator makes the seed they were offered theirs.
 */
export async function finishSignIn(
  context: AccountContext,
  given: CodeGiven,
): Promise<
  | {
      readonly ok: true
      readonly ticket: string
      readonly userId: string
      readonly enrolled: boolean
    }
  | Refusal<CodeRefusal>
> {
  const step = await findSignInStep(context, given.ticket)
  if (step === undefined) return refuse('sign-in-over')
  const counted = await countTry(context, step.user.email, given.address)
  if (counted === undefined) return refused(context, step, 'too-many-tries')
  const proof =
    given.kind === 'recovery' ? recoveryProof(step, given) : codeProof(context, step, given)
  if (proof === undefined) return refused(context, step, 'code-refused')

  const done = await withTransaction(context.pool, async (client) => {
    // Whoever takes the step away is the one who signs in; the others see that it is gone.
    const taken = await client.query('delete from sign_in_step where digest = $1', [
      digestTicket(given.ticket),
    ])
    if (taken.rowCount !== 1 || !(await proof.accept(client))) {
      throw new NotAccepted()
    }
    await forgetTries(context, client, step.user.email)
    const ticket = await startSession(client, step.user.id, context.now())
    await appendAudit(client, {
      actor: step.user.id,
      event: 'session.started',
      subject: step.user.id,
      detail: { by: proof.by },
    })
    return ticket
  }).catch((error: unknown) => {
    if (error instanceof NotAccepted) return undefined
    throw error
  })
  if (done === undefined)
    return refused(context, step, proof.by === 'recovery' ? 'code-refused' : 'code-used')
  if (proof.told !== undefined) {
    const mail = changeMail(mailFrame(context, step.user.email), proof.told)
    context.later(() => context.mailer.send(mail))
  }
  return { ok: true, ticket: done, userId: step.user.id, enrolled: proof.by === 'enrolment' }
}

/** Undoes the transaction: the code was used before, or at this moment by another request. */
class NotAccepted extends Error {}

interface Proof {
  readonly by: 'code' | 'enrolment' | 'recovery'
  readonly told?: 'recovery-code-used' | 'enrolled'
  /** Uses the proof up; false when it was used before. */
  accept(client: pg.ClientBase): Promise<boolean>
}

function codeProof(context: AccountContext, step: SignInStep, given: CodeGiven): Proof | undefined {
  const { user, offeredSeed } = step
  const sealed = user.code_seed ?? offeredSeed
  if (sealed === null) return undefined
  const seed = openSeed(context.portalKey, user.id, sealed)
  const timeStep = stepOfCode(seed, tidyCode(given.code), context.now())
  if (timeStep === undefined) return undefined
  if (user.code_seed === null) {
    return {
      by: 'enrolment',
      told: 'enrolled',
      accept: (client) =>
        changedOne(
          client,
          'update portal_user set code_seed = $2, code_step = $3 where id = $1 and code_seed is null',
          [user.id, sealed, timeStep],
        ),
    }
  }
  return {
    by: 'code',
    accept: (client) =>
      changedOne(client, 'update portal_user set code_step = $2 where id = $1 and code_step < $2', [
        user.id,
        timeStep,
      ]),
  }
}

function recoveryProof({ user }: SignInStep, given: CodeGiven): Proof | undefined {
  if (user.code_seed === null || given.code.length > 100) return undefined
  return {
    by: 'recovery',
    told: 'recovery-code-used',
    accept: (client) =>
      changedOne(
        client,
        'update recovery_code set used_at = now() where user_id = $1 and digest = $2 and used_at is null',
        [user.id, digestRecoveryCode(user.id, given.code)],
      ),
  }
}

async function changedOne(
  client: pg.ClientBase,
  statement: string,
  values: unknown[],
): Promise<boolean> {
  return (await client.query(statement, values)).rowCount === 1
}

async function findUser(pool: pg.Pool, email: string): Promise<UserRow | undefined> {
  const rows = await readRows<UserRow>(
    pool,
    `select ${USER_COLUMNS} from portal_user where email = $1`,
    [email],
  )
  return rows[0]
}

async function refused(
  context: AccountContext,
  step: SignInStep,
  code: CodeRefusal,
): Promise<Refusal<CodeRefusal>> {
  await auditRefusal(context, step.user.id, code)
  return refuse(code)
}

async function auditRefusal(
  context: AccountContext,
  userId: string,
  reason: string,
): Promise<void> {
  await withTransaction(context.pool, (client) =>
    appendAudit(client, {
      actor: userId === '' ? 'portal' : userId,
      event: 'sign-in.refused',
      subject: userId,
      detail: { reason },
    }),
  )
}
