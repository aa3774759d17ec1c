import type { AccountContext } from './account-context.ts'
import {
  codeAt,
  makeSeed,
  secondsLeft,
  stepAt,
  writeSeed,
  type SeedForApp,
} from './one-time-codes.ts'
import { digestTicket, openSeed, sealSeed } from '#server/identity/sessions/secrets-at-rest.ts'
import { USER_COLUMNS, type UserRow } from '#server/identity/actors/user.ts'
import { readRows } from '#server/platform/db/read-rows.ts'

/** Somebody whose password was right and whose code is awaited. */
export interface SignInStep {
  readonly user: UserRow
  /** The sealed seed they were offered, when they have none yet. */
  readonly offeredSeed: Buffer | null
}

/** The step a ticket stands for; undefined when it is over, used, or its user was changed or disabled since. */
export async function findSignInStep(
  context: AccountContext,
  ticket: string,
): Promise<SignInStep | undefined> {
  const rows = await readRows<UserRow & { offered_seed: Buffer | null }>(
    context.pool,
    `select ${USER_COLUMNS}, offered_seed from sign_in_step
       join portal_user on portal_user.id = sign_in_step.user_id
      where digest = $1 and expires_at > $2 and disabled_at is null`,
    [digestTicket(ticket), context.now()],
  )
  const [row] = rows
  return row === undefined ? undefined : { user: row, offeredSeed: row.offered_seed }
}

/** What the page of the code needs to know. */
export type CodePage =
  { readonly next: 'enrol' } | { readonly next: 'code'; readonly shown: ShownCode | undefined }

/** A demonstration's code, shown on its own sign-in page. */
export interface ShownCode {
  /** Empty when the present code was used already, and the next must be waited for. */
  readonly code: string
  readonly secondsLeft: number
}

/** What comes after the password for the holder of this ticket; undefined when signing in must begin again. */
export async function readCodePage(
  context: AccountContext,
  ticket: string,
): Promise<CodePage | undefined> {
  const step = await findSignInStep(context, ticket)
  if (step === undefined) return undefined
  if (step.user.code_seed === null) return { next: 'enrol' }
  return { next: 'code', shown: showCode(context, step.user) }
}

/** The code of a demonstration's account at this moment; undefined wherever it is not a demonstration. */
function showCode(
  context: Pick<AccountContext, 'demonstration' | 'portalKey' | 'now'>,
  user: Pick<UserRow, 'id' | 'demonstration' | 'code_seed' | 'code_step'>,
): ShownCode | undefined {
  if (!context.demonstration || !user.demonstration || user.code_seed === null) return undefined
  const now = context.now()
  const used = Number(user.code_step) >= stepAt(now)
  const seed = openSeed(context.portalKey, user.id, user.code_seed)
  return { code: used ? '' : codeAt(seed, now), secondsLeft: secondsLeft(now) }
}

/** The name of the programme in an authenticator app. */
const ISSUER = 'Count Once'

/**
 * The seed offered to somebody who has none, the same each time the page is looked at; undefined when there is no
 * such step or they have one: a seed is never shown after enrolment.
 */
export async function offerSeed(
  context: AccountContext,
  ticket: string,
): Promise<SeedForApp | undefined> {
  const step = await findSignInStep(context, ticket)
  if (step === undefined || step.user.code_seed !== null) return undefined
  const rows = await readRows<{ offered_seed: Buffer }>(
    context.pool,
    `update sign_in_step set offered_seed = coalesce(offered_seed, $2)
      where digest = $1 returning offered_seed`,
    [digestTicket(ticket), sealSeed(context.portalKey, step.user.id, makeSeed())],
  )
  const sealed = rows[0]?.offered_seed
  if (sealed === undefined) return undefined
  return writeSeed(openSeed(context.portalKey, step.user.id, sealed), step.user.email, ISSUER)
}
