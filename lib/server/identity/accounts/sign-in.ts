import type pg from 'pg'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { recordRefusal } from '#server/identity/audit/refusals.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma, type PrismaTransaction } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { changeMail } from './account-mails.ts'
import type { BrowserFamily } from '#server/identity/sessions/browser-family.ts'
import { startSession } from '#server/identity/sessions/session.ts'
import { hasPasswordSignIn, type AccountContext } from './account-context.ts'
import { mailFrame } from './account-frame.ts'
import { closeIfLast } from './closed-accounts.ts'
import { addDevice } from '#server/identity/sessions/known-devices.ts'
import { stepOfCode, tidyCode } from './one-time-codes.ts'
import { digestRecoveryCode, RECOVERY_CODES } from './recovery-codes.ts'
import { checkAssertion, haveTakenPasskeys } from '#server/identity/passkeys/check-assertion.ts'
import { tellOfCopy } from './prove-passkey.ts'
import {
  digestTicket,
  makeTicket,
  nameAddress,
  openSeed,
} from '#server/identity/sessions/secrets-at-rest.ts'
import { findSignInStep, type SignInStep } from './sign-in-step.ts'
import { keepProof } from './step-up.ts'
import { countTry, endTries, forgiveTry, type CountedTry } from './tries.ts'
import { USER_FIELDS, tidyEmail, userRow, type UserRow } from '#server/identity/actors/user.ts'

/** Minutes between the password and the code. */
const STEP_MINUTES = 10

/** What a person types first, and from where. */
export interface PasswordGiven {
  readonly email: string
  readonly password: string
  /** The cookie of known devices, if this browser has one. */
  readonly devices?: string | undefined
  /** The network address, as the portal's own server saw it. */
  readonly address: string
}

/**
 * The first step of signing in. A right password gives a ticket for the page of the code, and
 * nothing else. Unknown, wrong, too often, closed and disabled are one refusal, `sign-in-refused`,
 * each after one computation of the password's hash, from a known device as from any other; so are
 * those of an account that signs on with its organisation's instead.
 */
export async function checkPassword(
  context: AccountContext,
  given: PasswordGiven,
): Promise<{ readonly ok: true; readonly ticket: string } | Refusal<'sign-in-refused'>> {
  const email = tidyEmail(given.email)
  const user = await findUser(context.pool, email)
  const counted = await countTry(context, { ...given, email, user })
  const looked = counted.isAllowed ? user : undefined
  const right = await context.passwords.verify(looked?.passwordHash ?? null, given.password)
  const mayEnter = looked?.disabledAt === null && hasPasswordSignIn(context, looked)
  if (looked === undefined || !right || !mayEnter) {
    const reason = counted.isAllowed ? 'password' : 'too-many-tries'
    // After the answer: whether an entry is written at once tells whether there is such a person.
    context.later(() => auditRefusal(context, given.address, user?.id ?? null, reason))
    if (user !== undefined) closeIfLast(context, counted, user)
    await context.pause(counted.wait.ifWrong)
    return refuse('sign-in-refused')
  }
  const ticket = await withTransaction(context.pool, async (client) => {
    await forgiveTry(client, counted)
    return awaitCode(context, client, looked.id)
  })
  await context.pause(counted.wait.ifRight)
  return { ok: true, ticket }
}

/**
 * Begins the step in which somebody's second factor is awaited, in the transaction of `client`, and
 * returns its ticket: it opens the page of the code and nothing else.
 */
export async function awaitCode(
  { now }: Pick<AccountContext, 'now'>,
  client: pg.ClientBase,
  userId: string,
): Promise<string> {
  const ticket = makeTicket()
  const expiresAt = new Date(now().getTime() + STEP_MINUTES * 60_000)
  await inPrisma(client, (prisma) =>
    prisma.signInStep.create({ data: { digest: digestTicket(ticket), userId, expiresAt } }),
  )
  return ticket
}

/** What a person gives second: the code of their app, a recovery code, or the answer of a passkey. */
export interface CodeGiven {
  /** The ticket of the first step. */
  readonly ticket: string
  readonly code: string
  readonly kind: 'one-time' | 'recovery' | 'passkey'
  readonly browser?: BrowserFamily
  /** The cookie of known devices, if this browser has one. */
  readonly devices?: string | undefined
  readonly address: string
}

/** Why the second step failed. */
export type CodeRefusal =
  | 'sign-in-over'
  | 'code-refused'
  | 'code-used'
  | 'too-many-tries'
  | 'passkey-refused'
  | 'passkey-copied'

/**
 * The second step: a right code, each accepted once, ends the first step and starts a session. The
 * first right code of somebody without an authenticator makes the seed they were offered theirs.
 */
export async function finishSignIn(
  context: AccountContext,
  given: CodeGiven,
): Promise<
  | {
      readonly ok: true
      readonly ticket: string
      /** The cookie of known devices, with this browser in it. */
      readonly devices: string
      readonly userId: string
      readonly enrolled: boolean
    }
  | Refusal<CodeRefusal>
> {
  const step = await findSignInStep(context, given.ticket)
  if (step === undefined) {
    await auditRefusal(context, given.address, null, 'sign-in-over')
    return refuse('sign-in-over')
  }
  const { user } = step
  const counted = await countTry(context, { ...given, email: user.email, user })
  const done = counted.isAllowed
    ? await tryCode(context, step, given, counted)
    : refuse('too-many-tries')
  if (!done.ok) {
    await auditRefusal(context, given.address, user.id, done.code)
    closeIfLast(context, counted, user)
  }
  await context.pause(done.ok ? counted.wait.ifRight : counted.wait.ifWrong)
  return done
}

async function tryCode(
  context: AccountContext,
  step: SignInStep,
  given: CodeGiven,
  counted: CountedTry,
): ReturnType<typeof finishSignIn> {
  const { user } = step
  const proof = await proofOf(context, step, given)
  if (!('use' in proof)) {
    if (proof.code === 'passkey-copied') await tellOfCopy(context, user.id)
    return proof
  }
  const done = await withTransaction(context.pool, async (client, giveUp) => {
    const isAccepted = await inPrisma(client, async (prisma) => {
      // Whoever takes the step away is the one who signs in; the others see that it is gone.
      const taken = await prisma.signInStep.deleteMany({
        where: { digest: digestTicket(given.ticket) },
      })
      return taken.count === 1 && (await proof.use(prisma)).count === 1
    })
    // The code was used before, or at this moment by another request.
    if (!isAccepted) {
      giveUp(undefined)
      return
    }
    await endTries(client, counted, user.id)
    const ticket = await startSession(client, user.id, context.now(), given.browser)
    // Recovery codes come next, and the code that was just given is fresh enough for them.
    if (proof.by === 'enrolment') {
      const digest = digestTicket(ticket)
      await keepProof(client, { digest, userId: user.id, act: RECOVERY_CODES, at: context.now() })
    }
    await appendAudit(client, {
      actor: user.id,
      event: 'session.started',
      subject: user.id,
      detail: { by: proof.by },
    })
    return ticket
  })
  if (done === undefined) return refuse(USED_BEFORE[proof.by])
  if (proof.told !== undefined) {
    const mail = changeMail(mailFrame(context, user.email), proof.told)
    context.later(() => context.mailer.send(mail))
  }
  const owner = { ...user, codeSeed: user.codeSeed ?? step.offeredSeed }
  const devices = addDevice(context.portalKey, owner, given.devices, context.now())
  const enrolled = proof.by === 'enrolment'
  return { ok: true, ticket: done, devices, userId: user.id, enrolled }
}

interface Proof {
  readonly by: 'code' | 'enrolment' | 'recovery' | 'passkey'
  readonly told?: 'recovery-code-used' | 'enrolled'
  /** Uses the proof up; of no row when it was used before. */
  use(prisma: PrismaTransaction): Promise<{ readonly count: number }>
}

/** What is said where a proof was right and had been used before. */
const USED_BEFORE = {
  code: 'code-used',
  enrolment: 'code-used',
  recovery: 'code-refused',
  passkey: 'passkey-refused',
} as const satisfies Record<Proof['by'], CodeRefusal>

async function proofOf(
  context: AccountContext,
  step: SignInStep,
  given: CodeGiven,
): Promise<Proof | Refusal<CodeRefusal>> {
  if (given.kind === 'passkey') {
    const place = { ticket: given.ticket, userId: step.user.id, act: null }
    const checked = await checkAssertion(context, place, given.code)
    return checked.ok ? { by: 'passkey', use: (prisma) => checked.use(prisma) } : checked
  }
  const hasApp = step.user.codeSeed !== null
  const hasPasskeys = !hasApp && (await haveTakenPasskeys(context, step.user.id))
  const isRecovery = given.kind === 'recovery'
  // Who has a passkey and no app is not given one by a password alone; who has neither, recovers nothing.
  const isFor = isRecovery ? hasApp || hasPasskeys : !hasPasskeys
  const read = isRecovery ? recoveryProof : codeProof
  return (isFor ? read(context, step, given) : undefined) ?? refuse('code-refused')
}

function codeProof(context: AccountContext, step: SignInStep, given: CodeGiven): Proof | undefined {
  const { user, offeredSeed } = step
  const sealed = user.codeSeed ?? offeredSeed
  if (sealed === null) return undefined
  const seed = openSeed(context.portalKey, user.id, sealed)
  const timeStep = stepOfCode(seed, tidyCode(given.code), context.now())
  if (timeStep === undefined) return undefined
  if (user.codeSeed === null) {
    return {
      by: 'enrolment',
      told: 'enrolled',
      use: (prisma) =>
        prisma.user.updateMany({
          where: { id: user.id, codeSeed: null },
          data: { codeSeed: sealed, codeStep: timeStep },
        }),
    }
  }
  return {
    by: 'code',
    use: (prisma) =>
      prisma.user.updateMany({
        where: { id: user.id, codeStep: { lt: timeStep } },
        data: { codeStep: timeStep },
      }),
  }
}

function recoveryProof(
  context: AccountContext,
  { user }: SignInStep,
  given: CodeGiven,
): Proof | undefined {
  if (given.code.length > 100) return undefined
  return {
    by: 'recovery',
    told: 'recovery-code-used',
    use: (prisma) =>
      prisma.recoveryCode.updateMany({
        where: { userId: user.id, digest: digestRecoveryCode(user.id, given.code), usedAt: null },
        data: { usedAt: context.now() },
      }),
  }
}

async function findUser(database: Database, email: string): Promise<UserRow | undefined> {
  const user = await inPrisma(database, (prisma) =>
    prisma.user.findUnique({ where: { email }, select: USER_FIELDS }),
  )
  return user === null ? undefined : userRow(user)
}

/** By the person where the account is one, else by the address. */
function auditRefusal(
  { pool, portalKey }: AccountContext,
  address: string,
  userId: string | null,
  reason: string,
): Promise<void> {
  return recordRefusal(pool, {
    ...{ event: 'sign-in.refused', reason },
    actor: userId,
    from: nameAddress(portalKey, address),
  })
}
