import type { HOLD_REASONS } from '#core/messages/retention/retention-words.ts'
import type { DailyKind, RetentionCounts } from '#core/retention/schedule.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import type { ApprovalContext } from '#server/identity/approvals/approvals.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { newReference } from '#server/platform/machine/new-reference.ts'

/** What stops that things go, and what whoever may see it is told of the schedule. */

/** What is kept beyond its time. */
export interface RetentionHold {
  readonly reference: string
  /** A kind of the schedule, or all of it. */
  readonly kind: DailyKind | 'all'
  readonly reason: keyof typeof HOLD_REASONS
  readonly setAt: Date
}

/** How the schedule stands. */
export interface RetentionView {
  readonly ok: true
  /** The last daily run: what was due then, and what went; undefined before the first. */
  readonly last:
    | { readonly at: Date; readonly due: RetentionCounts; readonly removed: RetentionCounts }
    | undefined
  readonly holds: readonly RetentionHold[]
  /** How many requests of people are open: they stop some kinds as well. */
  readonly openRequests: number
}

/** Reads how the schedule stands. */
export async function readRetention(
  { pool }: Pick<ApprovalContext, 'pool'>,
  actor: Actor,
): Promise<RetentionView | Refusal<'not-found'>> {
  if (!(await holdsRight(pool, actor, 'retention.see'))) return NOT_HELD
  return inPrisma(forActor(pool, actor), async (prisma) => {
    const last = await prisma.retentionRun.findFirst({ orderBy: { at: 'desc' } })
    const holds = await prisma.retentionHold.findMany({
      where: { liftedAt: null },
      orderBy: { id: 'asc' },
    })
    return {
      ok: true,
      last:
        last === null
          ? undefined
          : // As the daily job wrote them.
            {
              at: last.at,
              due: last.due as RetentionCounts,
              removed: last.removed as RetentionCounts,
            },
      holds: holds.map(({ reference, kind, reason, setAt }) => ({
        ...{ reference, setAt },
        kind: kind as RetentionHold['kind'],
        reason: reason as RetentionHold['reason'],
      })),
      openRequests: await prisma.rightsRequest.count({ where: { state: 'open' } }),
    }
  })
}

/** Sets a hold: from now on nothing of its kind goes, until it is lifted. */
export async function setHold(
  { pool, now }: ApprovalContext,
  actor: Actor,
  { kind, reason }: Pick<RetentionHold, 'kind' | 'reason'>,
): Promise<{ readonly ok: true; readonly reference: string } | Refusal<'not-found'>> {
  if (!(await holdsRight(pool, actor, 'retention.hold'))) return NOT_HELD
  const reference = newReference('hold')
  return withTransaction(forActor(pool, actor), async (client) => {
    await inPrisma(client, ({ retentionHold }) =>
      retentionHold.create({
        select: { id: true },
        data: { reference, kind, reason, setBy: actor.userId, setAt: now() },
      }),
    )
    await appendAudit(client, {
      ...{ actor: actor.userId, event: 'retention.hold-set', subject: reference },
      detail: { kind, reason },
    })
    return { ok: true as const, reference }
  })
}

/** Lifts a hold: what has had its time goes from the next daily run on. */
export async function liftHold(
  { pool, now }: ApprovalContext,
  actor: Actor,
  reference: string,
): Promise<{ readonly ok: true } | Refusal<'not-found'>> {
  if (!(await holdsRight(pool, actor, 'retention.hold'))) return NOT_HELD
  return withTransaction(forActor(pool, actor), async (client) => {
    const { count } = await inPrisma(client, ({ retentionHold }) =>
      retentionHold.updateMany({
        where: { reference, liftedAt: null },
        data: { liftedBy: actor.userId, liftedAt: now() },
      }),
    )
    if (count === 0) return refuse('not-found')
    await appendAudit(client, {
      ...{ actor: actor.userId, event: 'retention.hold-lifted', subject: reference },
    })
    return { ok: true as const }
  })
}
