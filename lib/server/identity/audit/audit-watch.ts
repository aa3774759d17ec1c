import type { AuditReport } from '#core/messages/operating/audit-words.ts'
import { type Actor } from '#server/identity/actors/actor.ts'
import { holdsRight, NOT_HELD } from './holds-right.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { runForRow } from '#server/platform/db/run.ts'
import type { Refusal } from '#server/platform/faults/fault.ts'
import { demandQueues, sendAuditCheck } from '#server/platform/queue/send-job.ts'
import type { Protection } from '#server/platform/storage/once-written.ts'
import { appendAudit } from './append-audit.ts'

/** How the audit trail is watched, as the worker wrote it down. */
export interface AuditWatch {
  readonly ok: true
  /** The last anchor; null when there is none. */
  readonly anchor: {
    readonly number: number
    readonly at: Date
    readonly protection: Protection
  } | null
  /** Entries that no anchor covers at this moment, and when the first of them was written. */
  readonly uncovered: { readonly entries: number; readonly since: Date | null }
  /** The last check and what it came to; null when there was none. */
  readonly check: { readonly at: Date; readonly report: AuditReport } | null
}

/**
 * Reads how the trail is watched, for those who may see it. It is what the worker wrote into the
 * database: whoever owns that can change it, and `countonce audit verify` relies on none of it.
 */
export async function readAuditWatch(
  database: Database,
  actor: Actor,
): Promise<AuditWatch | Refusal<'not-found'>> {
  if (!(await holdsRight(database, actor, 'audit.see'))) return NOT_HELD
  return withTransaction(database, async (client) => {
    const watch = await inPrisma(client, (prisma) => prisma.auditWatch.findFirst())
    const after = await runForRow(client, 'audit/count-after', [Number(watch?.anchorSeq ?? 0)])
    return {
      ok: true,
      anchor:
        watch?.anchoredAt == null
          ? null
          : {
              number: Number(watch.anchorNumber),
              at: watch.anchoredAt,
              // Of which the column's check allows no other.
              protection: watch.protection as Protection,
            },
      uncovered: { entries: Number(after.entries), since: after.first },
      check:
        watch?.checkedAt == null
          ? null
          : // Written by a worker of ours.
            { at: watch.checkedAt, report: watch.report as unknown as AuditReport },
    }
  })
}

/** Asks a worker to check the trail against its anchors; the asking is an entry. */
export async function askAuditCheck(
  database: Database,
  actor: Actor,
): Promise<{ readonly ok: true } | Refusal<'not-found'>> {
  if (!(await holdsRight(database, actor, 'audit.see'))) return NOT_HELD
  await demandQueues(database)
  return withTransaction(database, async (client) => {
    await sendAuditCheck(client, { actor: actor.userId })
    await appendAudit(client, { actor: actor.userId, event: 'audit-check.asked', subject: '' })
    return { ok: true }
  })
}
