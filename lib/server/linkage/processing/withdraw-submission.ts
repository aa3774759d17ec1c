import type { SubmissionCode } from '#core/messages/submissions/submission-refusals.ts'
import type { WithdrawalReason } from '#core/messages/submissions/withdrawal-reasons.ts'
import { withTransaction, takeLinkingLock } from '#server/platform/db/pool.ts'
import { faultPoint } from '#server/platform/faults/fault-points.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { refreshStatistics } from '#server/linkage/links/refresh-statistics.ts'
import { changeLinks, type LinkOutcome } from '#server/linkage/links/change-links.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import { changeState } from '#server/intake/submissions/change-state.ts'
import {
  findSubmission,
  lockSubmission,
  type Submission,
} from '#server/intake/submissions/read-submission.ts'
import { removeRecords } from './remove-records.ts'

/** A submission that is in no figure any more, and what taking it out came to. */
export interface Withdrawn {
  readonly ok: true
  readonly submission: Submission
  readonly links: LinkOutcome | undefined
}

/**
 * Takes a submission out: figures, links and families are then what they would be had it never
 * come, and its records are gone. One transaction under the dataset's lock.
 */
export async function withdrawSubmission(
  store: ProgrammeStore,
  reference: string,
  actor: string,
  reason: WithdrawalReason | 'withdrawn' | 'time-over' = 'withdrawn',
): Promise<Withdrawn | Refusal<SubmissionCode>> {
  const found = await findSubmission(store.database, reference)
  if (found === undefined) return refuse('submission-unknown')
  const result = await withTransaction(store.database, async (client) => {
    await takeLinkingLock(client, found.dataset)
    const submission = await lockSubmission(client, found.id)
    if (submission?.state !== 'linked' && submission?.state !== 'pseudonymised') {
      return refuse('not-linked' as const, { state: submission?.state ?? 'none' })
    }
    const links =
      submission.state === 'linked'
        ? await changeLinks(client, {
            dataset: submission.dataset,
            arriving: [],
            leaving: [submission.id],
          })
        : undefined
    await removeRecords(client, submission.id)
    const withdrawn = await changeState(client, submission.id, {
      to: 'withdrawn',
      actor,
      reason,
      detail: { records: submission.records ?? 0 },
    })
    faultPoint('before-withdrawal-commit')
    return { ok: true as const, submission: withdrawn, links }
  })
  faultPoint('after-withdrawal-commit')
  await refreshStatistics(store.database)
  return result
}
