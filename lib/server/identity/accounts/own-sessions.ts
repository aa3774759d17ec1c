import type { Actor } from '#server/identity/actors/actor.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import type { BrowserFamily } from '#server/identity/sessions/browser-family.ts'
import { digestTicket } from '#server/identity/sessions/secrets-at-rest.ts'
import { ABSOLUTE_MS, GROUP_MS, IDLE_MS } from '#server/identity/sessions/session.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import type { AccountContext } from './account-context.ts'

/** One browser in which a user is signed in, as they see it. */
export interface OwnSession extends BrowserFamily {
  /** What a page calls it by; it opens nothing. */
  readonly id: string
  readonly startedAt: Date
  readonly seenAt: Date
  readonly isThis: boolean
}

/** What an actor's sessions are that are not over. */
export function liveSessions({ userId }: Pick<Actor, 'userId'>, now: Date) {
  return {
    userId,
    seenAt: { gt: new Date(now.getTime() - IDLE_MS) },
    startedAt: { gt: new Date(now.getTime() - ABSOLUTE_MS) },
    user: {
      OR: [{ byGroup: false }, { seenInGroupAt: { gt: new Date(now.getTime() - GROUP_MS) } }],
    },
  }
}

/** Where the actor is signed in, the latest used first; `ticket` is of the browser that asks. */
export async function listOwnSessions(
  context: Pick<AccountContext, 'pool' | 'now'>,
  actor: Actor,
  ticket: string,
): Promise<readonly OwnSession[]> {
  const rows = await inPrisma(context.pool, (prisma) =>
    prisma.session.findMany({
      where: liveSessions(actor, context.now()),
      orderBy: [{ seenAt: 'desc' }, { id: 'desc' }],
    }),
  )
  const own = digestTicket(ticket)
  return rows.map(({ id, startedAt, seenAt, browser, system, digest }) => ({
    // A check of the columns allows no other names.
    ...({ browser, system } as BrowserFamily),
    ...{ id: String(id), startedAt, seenAt, isThis: own.equals(digest) },
  }))
}

/** Signs the actor out of one browser, at its next request; of nobody else's, and of none twice. */
export async function endOwnSession(
  context: Pick<AccountContext, 'pool'>,
  actor: Actor,
  id: bigint,
): Promise<{ readonly ok: true }> {
  await end(context, actor, { id })
  return { ok: true }
}

/** Signs the actor out of every browser but the one whose ticket this is. */
export async function endOtherSessions(
  context: Pick<AccountContext, 'pool'>,
  actor: Actor,
  ticket: string,
): Promise<{ readonly ok: true }> {
  await end(context, actor, { digest: { not: digestTicket(ticket) } })
  return { ok: true }
}

async function end(
  { pool }: Pick<AccountContext, 'pool'>,
  { userId }: Actor,
  which: { readonly id: bigint } | { readonly digest: { readonly not: Buffer<ArrayBuffer> } },
): Promise<void> {
  await withTransaction(pool, async (client) => {
    const { count } = await inPrisma(client, (prisma) =>
      prisma.session.deleteMany({ where: { userId, ...which } }),
    )
    if (count === 0) return
    await appendAudit(client, {
      actor: userId,
      event: 'session.ended',
      subject: userId,
      detail: { by: 'another-session', sessions: count },
    })
  })
}
