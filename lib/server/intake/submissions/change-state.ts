import type { Code } from '#core/messages/words-of.ts'
import type pg from 'pg'
import { appendAudit, type AuditDetail } from '#server/identity/audit/append-audit.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import { lockSubmission, type Submission } from './read-submission.ts'
import { maySubmissionBecome, type SubmissionState } from './states.ts'

/** A step of a submission, with who took it and what is told of it. */
export interface StateChange {
  readonly to: SubmissionState
  readonly actor: string
  readonly reason?: Code
  readonly detail?: AuditDetail
}

/**
 * Takes a submission one step on, with its audit event as the last statement of the caller's
 * transaction. Throws `database-busy` when it is in no state to take that step: somebody else took
 * one first.
 */
export async function changeState(
  client: pg.PoolClient,
  id: string,
  change: StateChange,
): Promise<Submission> {
  const submission = await lockSubmission(client, id)
  if (submission === undefined || !maySubmissionBecome(submission.state, change.to)) {
    throw new Fault('database-busy', { state: submission?.state ?? 'none', wanted: change.to })
  }
  await inPrisma(client, (prisma) =>
    prisma.submission.update({
      select: { id: true },
      where: { id: BigInt(id) },
      data: { state: change.to, reason: change.reason ?? null },
    }),
  )
  await appendAudit(client, {
    actor: change.actor,
    event: `submission.${change.to}`,
    subject: submission.reference,
    detail: {
      service: submission.service,
      quarter: submission.quarter,
      ...(submission.kind === 'people' ? {} : { kind: submission.kind }),
      ...(change.reason === undefined ? {} : { reason: change.reason }),
      ...change.detail,
    },
  })
  return { ...submission, state: change.to }
}
