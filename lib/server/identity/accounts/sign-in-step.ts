import type { Actor } from '#server/identity/actors/actor.ts'
import type { AccountContext } from './account-context.ts'
import {
  codeAt,
  makeSeed,
  secondsLeft,
  stepAt,
  writeSeed,
  type SeedForApp,
} from './one-time-codes.ts'
import { askForPasskey, haveTakenPasskeys } from '#server/identity/passkeys/check-assertion.ts'
import { digestTicket, openSeed, sealSeed } from '#server/identity/sessions/secrets-at-rest.ts'
import { USER_FIELDS, userRow, type UserRow } from '#server/identity/actors/user.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'

/** Somebody whose password was right and whose code is awaited. */
export interface SignInStep {
  readonly user: UserRow
  /** The sealed seed they were offered, when they have none yet. */
  readonly offeredSeed: Uint8Array<ArrayBuffer> | null
}

/**
 * The step a ticket stands for; undefined when it is over, used, or its user was changed or
 * disabled since.
 */
export async function findSignInStep(
  context: AccountContext,
  ticket: string,
): Promise<SignInStep | undefined> {
  const step = await inPrisma(context.pool, (prisma) =>
    prisma.signInStep.findUnique({
      where: {
        digest: digestTicket(ticket),
        expiresAt: { gt: context.now() },
        user: { disabledAt: null },
      },
      select: { offeredSeed: true, user: { select: USER_FIELDS } },
    }),
  )
  return step === null ? undefined : { ...step, user: userRow(step.user) }
}

/** What the page of the code needs to know. */
export type CodePage =
  | { readonly next: 'enrol' }
  | {
      readonly next: 'code'
      readonly shown: ShownCode | undefined
      readonly hasApp: boolean
      readonly hasPasskeys: boolean
    }

/** A demonstration's code, shown on its own sign-in page. */
export interface ShownCode {
  /** Empty when the present code was used already, and the next must be waited for. */
  readonly code: string
  readonly secondsLeft: number
}

/**
 * What comes after the password for the holder of this ticket; undefined when signing in must begin
 * again.
 */
export async function readCodePage(
  context: AccountContext,
  ticket: string,
): Promise<CodePage | undefined> {
  const step = await findSignInStep(context, ticket)
  if (step === undefined) return undefined
  const hasApp = step.user.codeSeed !== null
  const hasPasskeys = await haveTakenPasskeys(context, step.user.id)
  if (!hasApp && !hasPasskeys) return { next: 'enrol' }
  return { next: 'code', shown: showCode(context, step.user), hasApp, hasPasskeys }
}

/** What one of the passkeys of this step's user is asked to sign; undefined where there is none. */
export async function askAtSignIn(
  context: AccountContext,
  ticket: string,
): Promise<object | undefined> {
  const step = await findSignInStep(context, ticket)
  return step && askForPasskey(context, { ticket, userId: step.user.id, act: null })
}

/**
 * The code of a demonstration's account at this moment; undefined wherever it is not a
 * demonstration.
 */
function showCode(
  context: Pick<AccountContext, 'demonstration' | 'portalKey' | 'now'>,
  user: Pick<UserRow, 'id' | 'demonstration' | 'codeSeed' | 'codeStep'>,
): ShownCode | undefined {
  if (!context.demonstration || !user.demonstration || user.codeSeed === null) return undefined
  const now = context.now()
  const used = Number(user.codeStep) >= stepAt(now)
  const seed = openSeed(context.portalKey, user.id, user.codeSeed)
  return { code: used ? '' : codeAt(seed, now), secondsLeft: secondsLeft(now) }
}

/**
 * The code of the actor's own account at this moment, where it is a demonstration's; undefined
 * everywhere else.
 */
export async function showOwnCode(
  context: AccountContext,
  { userId }: Actor,
): Promise<ShownCode | undefined> {
  const user = await inPrisma(context.pool, (prisma) =>
    prisma.user.findUnique({ where: { id: userId }, select: USER_FIELDS }),
  )
  return user === null ? undefined : showCode(context, user)
}

/** The name of the programme in an authenticator app. */
export const ISSUER = 'Count Once'

/**
 * The seed offered to somebody who has none, the same each time the page is looked at; undefined
 * when there is no such step or they have one: a seed is never shown after enrolment.
 */
export async function offerSeed(
  context: AccountContext,
  ticket: string,
): Promise<SeedForApp | undefined> {
  const step = await findSignInStep(context, ticket)
  if (step === undefined || step.user.codeSeed !== null) return undefined
  // Who has another second factor is not given an app by a password alone.
  if (await haveTakenPasskeys(context, step.user.id)) return undefined
  const digest = digestTicket(ticket)
  const offeredSeed = sealSeed(context.portalKey, step.user.id, makeSeed())
  const offered = await inPrisma(context.pool, async (prisma) => {
    // Of two looks at once the first offers; the second waits for it here, and reads what it
    // offered.
    await prisma.signInStep.updateMany({
      where: { digest, offeredSeed: null },
      data: { offeredSeed },
    })
    return prisma.signInStep.findUnique({ where: { digest }, select: { offeredSeed: true } })
  })
  const sealed = offered?.offeredSeed
  if (sealed == null) return undefined
  return writeSeed(openSeed(context.portalKey, step.user.id, sealed), step.user.email, ISSUER)
}
