import type pg from 'pg'
import type { Purpose } from '#core/purpose/purposes.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { run } from '#server/platform/db/run.ts'
import { UNKNOWN_BROWSER, type BrowserFamily } from './browser-family.ts'
import { digestTicket, makeTicket } from './secrets-at-rest.ts'
import type { Actor } from '#server/identity/actors/actor.ts'

/** A session not used for so long is over. Source: NIST SP 800-63B, AAL2. */
export const IDLE_MS = 30 * 60 * 1000
/** The same where people are looked up: a screen that is left shows who is involved with somebody. */
const LOOK_UP_IDLE_MS = 10 * 60 * 1000
/** A session is over after so long, used or not. */
export const ABSOLUTE_MS = 12 * 60 * 60 * 1000
/**
 * Whoever has an account by a group of their organisation is asked for again there after so long: nobody tells who left.
 */
export const GROUP_MS = 60 * 60 * 1000

/** Who is signed in, as the page's header shows them. */
export interface SignedIn {
  readonly actor: Actor
  readonly name: string
  /** The name of the provider's organisation; null for everybody else. */
  readonly providerName: string | null
}

/**
 * Starts a session in the transaction of `client` and returns the ticket that the cookie holds: new
 * at every sign-in, and known to nobody but the browser. Where people are looked up it ends the one before.
 */
export async function startSession(
  client: pg.ClientBase,
  userId: string,
  now: Date,
  { browser, system }: BrowserFamily = UNKNOWN_BROWSER,
): Promise<string> {
  const ticket = makeTicket()
  await inPrisma(client, async (prisma) => {
    const programme = await prisma.programme.findFirst({ select: { purpose: true } })
    if (programme?.purpose === 'look-up') await prisma.session.deleteMany({ where: { userId } })
    await prisma.session.create({
      data: { digest: digestTicket(ticket), userId, startedAt: now, seenAt: now, browser, system },
    })
    await prisma.user.update({
      where: { id: userId },
      data: { signedInAt: now },
      select: { id: true },
    })
  })
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
    new Date(now.getTime() - GROUP_MS),
    new Date(now.getTime() - LOOK_UP_IDLE_MS),
  ])
  if (row === undefined) return undefined
  return {
    actor: {
      userId: row.user_id,
      role: row.role,
      providerCode: row.provider_code,
      mayExact: row.may_see_exact,
      // Of which the column's check allows no other.
      purpose: row.purpose as Purpose,
    },
    name: row.name,
    providerName: row.provider_name,
  }
}

/** How long a session goes on by itself. */
export interface SessionLeft {
  readonly userId: string
  /** Until it ends if nothing is asked for. */
  readonly seconds: number
  /** Whether it ends then in any case, since it has lasted for so long. */
  readonly isLast: boolean
}

/** How long the session of a ticket goes on, without that being use of it; undefined when it is over. */
export async function readSessionLeft(
  context: { readonly pool: Database; readonly now: () => Date },
  ticket: string,
): Promise<SessionLeft | undefined> {
  const session = await inPrisma(context.pool, (prisma) =>
    prisma.session.findUnique({
      where: { digest: digestTicket(ticket), user: { disabledAt: null } },
      select: {
        ...{ userId: true, startedAt: true, seenAt: true },
        user: { select: { byGroup: true, seenInGroupAt: true } },
      },
    }),
  )
  if (session === null) return undefined
  const programme = await inPrisma(context.pool, (prisma) =>
    prisma.programme.findFirst({ select: { purpose: true } }),
  )
  const idleFor = programme?.purpose === 'look-up' ? LOOK_UP_IDLE_MS : IDLE_MS
  const idle = session.seenAt.getTime() + idleFor
  const { byGroup, seenInGroupAt } = session.user
  const ofGroup = byGroup ? (seenInGroupAt?.getTime() ?? 0) + GROUP_MS : Infinity
  const absolute = Math.min(session.startedAt.getTime() + ABSOLUTE_MS, ofGroup)
  const left = Math.min(idle, absolute) - context.now().getTime()
  if (left <= 0) return undefined
  return { userId: session.userId, seconds: Math.floor(left / 1000), isLast: absolute <= idle }
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
