import type pg from 'pg'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { run } from '#server/platform/db/run.ts'
import { digestTicket, makeTicket } from './secrets-at-rest.ts'
import type { Actor } from '#server/identity/actors/actor.ts'

/** A session not used for so long is over. Source: NIST SP 800-63B, AAL2. */
export const IDLE_MS = 30 * 60 * 1000
/** A session is over after so long, used or not. */
export const ABSOLUTE_MS = 12 * 60 * 60 * 1000

/** Who is signed in, as the page's header shows them. */
export interface SignedIn {
  readonly actor: Actor
  readonly name: string
  /** The name of the provider's organisation; null for everybody else. */
  readonly providerName: string | null
}

/**
 * Starts a session in the transaction of `client` and returns the ticket that the cookie holds: new
 * at every sign-in, and known to nobody but the browser.
 */
export async function startSession(
  client: pg.ClientBase,
  userId: string,
  now: Date,
): Promise<string> {
  const ticket = makeTicket()
  await inPrisma(client, (prisma) =>
    prisma.session.create({
      data: { digest: digestTicket(ticket), userId, startedAt: now, seenAt: now },
    }),
  )
  return ticket
}

/**
 * Who a ticket stands for at this moment, and notes that it was used. Undefined when there is no
 * such session, it has been idle or alive for too long, or its user is disabled: nothing is trusted
 * that the cookie says.
 */
export async function readSession(
  context: { readonly pool: Database; readonly now: () => Date },
  ticket: string,
): Promise<SignedIn | undefined> {
  const now = context.now()
  const [row] = await run(context.pool, 'accounts/read-session', [
    digestTicket(ticket),
    now,
    new Date(now.getTime() - IDLE_MS),
    new Date(now.getTime() - ABSOLUTE_MS),
  ])
  if (row === undefined) return undefined
  return {
    actor: {
      userId: row.user_id,
      role: row.role,
      providerCode: row.provider_code,
      mayExact: row.may_see_exact,
    },
    name: row.name,
    providerName: row.provider_name,
  }
}

/** Ends the session of a ticket, and answers whose it was. */
export async function endSession(
  client: pg.ClientBase,
  ticket: string,
): Promise<string | undefined> {
  const digest = digestTicket(ticket)
  return inPrisma(client, async (prisma) => {
    const session = await prisma.session.findUnique({ where: { digest } })
    // Of two at once, the one that takes it away ends it.
    const { count } = await prisma.session.deleteMany({ where: { digest } })
    return count === 1 ? session?.userId : undefined
  })
}
