import type { Actor } from '#server/identity/actors/actor.ts'
import { isFresh, type FreshProof } from '#server/identity/actors/fresh-proof.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import type { BrowserFamily } from '#server/identity/sessions/browser-family.ts'
import { digestTicket, openSeed, sealSeed } from '#server/identity/sessions/secrets-at-rest.ts'
import { startSession } from '#server/identity/sessions/session.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { AccountContext } from './account-context.ts'
import { mailFrame } from './account-frame.ts'
import { changeMail } from './account-mails.ts'
import { makeSeed, stepOfCode, tidyCode, writeSeed, type SeedForApp } from './one-time-codes.ts'
import { ISSUER } from './sign-in-step.ts'
import { countProof, endTries } from './tries.ts'

/**
 * An authenticator app for somebody who has a second factor already: a passkey, the account of their
 * organisation, or the app that this one takes the place of. Who has lost theirs takes a reset by two
 * people.
 */

/** What the proof of somebody who adds or changes their authenticator app is for. */
export const OWN_APP = 'make app'

/** The seed offered in this session after a fresh second factor, the same each time it is looked at. */
export async function offerOwnApp(
  context: AccountContext,
  { userId }: Actor,
  ticket: string,
  fresh: FreshProof,
): Promise<
  { readonly ok: true; readonly seed: SeedForApp } | Refusal<'code-needed' | 'not-found'>
> {
  if (!isFresh(fresh, userId, OWN_APP, context.now())) return refuse('code-needed')
  const where = { digest: digestTicket(ticket), userId }
  const offeredSeed = sealSeed(context.portalKey, userId, makeSeed())
  const session = await inPrisma(context.pool, async (prisma) => {
    // Of two looks at once the first offers.
    await prisma.session.updateMany({
      where: { ...where, offeredSeed: null },
      data: { offeredSeed },
    })
    return prisma.session.findFirst({
      where,
      select: { offeredSeed: true, user: { select: { email: true } } },
    })
  })
  if (session?.offeredSeed == null) return refuse('not-found')
  const seed = openSeed(context.portalKey, userId, session.offeredSeed)
  return { ok: true, seed: writeSeed(seed, session.user.email, ISSUER) }
}

/** The first code that a new app shows, and where it was offered. */
export interface NewApp {
  readonly shown: string
  readonly ticket: string
  readonly browser?: BrowserFamily
}

/**
 * Makes the seed that was offered in this session the actor's, once its app shows a right code. All
 * sessions end, and one is started for this browser.
 */
export async function addOwnApp(
  context: AccountContext,
  { userId }: Actor,
  { shown, ticket, browser }: NewApp,
  fresh: FreshProof,
): Promise<
  | { readonly ok: true; readonly ticket: string }
  | Refusal<'code-needed' | 'code-refused' | 'too-many-tries' | 'not-found'>
> {
  if (!isFresh(fresh, userId, OWN_APP, context.now())) return refuse('code-needed')
  const session = await inPrisma(context.pool, (prisma) =>
    prisma.session.findFirst({
      where: { digest: digestTicket(ticket), userId },
      select: { offeredSeed: true, user: { select: { email: true, codeSeed: true } } },
    }),
  )
  if (session?.offeredSeed == null) return refuse('not-found')
  const { offeredSeed: codeSeed, user } = session
  const counted = await countProof(context, { userId })
  if (!counted.isAllowed) return refuse('too-many-tries')
  const seed = openSeed(context.portalKey, userId, codeSeed)
  const codeStep = stepOfCode(seed, tidyCode(shown), context.now())
  if (codeStep === undefined) return refuse('code-refused')
  const started = await withTransaction(context.pool, async (client) => {
    const { count } = await inPrisma(client, (prisma) =>
      prisma.user.updateMany({
        // Of two at once, the one that found it as it was.
        where: { id: userId, codeSeed: user.codeSeed, disabledAt: null },
        data: { codeSeed, codeStep },
      }),
    )
    if (count !== 1) return undefined
    await endTries(client, counted, userId)
    const next = await startSession(client, userId, context.now(), browser)
    await appendAudit(client, {
      actor: userId,
      event: user.codeSeed === null ? 'app.added' : 'app.changed',
      subject: userId,
    })
    return next
  })
  if (started === undefined) return refuse('not-found')
  const told = user.codeSeed === null ? 'enrolled' : 'app-changed'
  const mail = changeMail(mailFrame(context, user.email), told)
  context.later(() => context.mailer.send(mail))
  return { ok: true, ticket: started }
}
