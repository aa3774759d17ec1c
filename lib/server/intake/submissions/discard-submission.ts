import type { SubmissionCode } from '#core/messages/submission-refusals.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import { changeState } from './change-state.ts'
import { eraseFile } from './erase-file.ts'
import { lockSubmission, type Submission } from './read-submission.ts'
import { isOpenToChange } from './states.ts'

/** Puts a file aside that was not submitted: it is rejected, and erased at once. */
export async function discardSubmission(
  store: ProgrammeStore,
  id: string,
  actor: string,
): Promise<{ readonly ok: true; readonly submission: Submission } | Refusal<SubmissionCode>> {
  const result = await withTransaction(store.database, async (client) => {
    const submission = await lockSubmission(client, id)
    if (submission === undefined) return refuse('submission-unknown' as const)
    if (!isOpenToChange(submission.state)) return refuse('submitted-already' as const)
    const discarded = await changeState(client, id, {
      to: 'rejected',
      actor,
      reason: 'discarded' satisfies SubmissionCode,
    })
    return { ok: true as const, submission: discarded }
  })
  if (result.ok) await eraseFile(store, result.submission)
  return result
}
