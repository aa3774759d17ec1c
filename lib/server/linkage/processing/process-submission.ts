import type { LinkOutcome } from '#server/linkage/links/change-links.ts'
import type { LinkProgress } from '#server/linkage/links/link-progress.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import type { Difference } from '#server/intake/outcomes/compare-submission.ts'
import { linkSubmission } from './link-submission.ts'
import { loadSubmission, type Choices } from '#server/intake/loading/load-submission.ts'
import type { NotTaken } from '#server/intake/outcomes/not-taken.ts'
import { readSubmission, type Submission } from '#server/intake/submissions/read-submission.ts'
import type { CheckedFile } from '#server/intake/outcomes/save-outcome.ts'
import type { ReadProgress } from '#server/intake/loading/take-rows.ts'

/**
 * A submission that is in the figures. `file` is undefined when its records were kept by an earlier
 * run.
 */
export interface Processed {
  readonly ok: true
  readonly submission: Submission
  readonly file: CheckedFile | undefined
  readonly difference: Difference | undefined
  readonly links: LinkOutcome | undefined
}

/** Told where a submission is: rows read, then records linked. */
export interface ProcessListener {
  readonly reading?: ReadProgress
  readonly linking?: LinkProgress
}

/**
 * Takes a received submission all the way into the figures, from whatever state a crash or another
 * worker left it in. What was done is not done again, so that a retry gives the same figures.
 */
export async function processSubmission(
  store: ProgrammeStore,
  id: string,
  choices: Choices,
  listener: ProcessListener = {},
): Promise<Processed | NotTaken> {
  const submission = await readSubmission(store.database, id)
  if (submission === undefined) throw new Fault('database-refused', { reason: 'no submission' })
  if (submission.state === 'linked') {
    return { ok: true, submission, file: undefined, difference: undefined, links: undefined }
  }
  if (submission.state === 'rejected' || submission.state === 'withdrawn') {
    return { ok: false, code: submission.reason ?? 'not-linked', detail: {} }
  }
  const loaded =
    submission.state === 'pseudonymised'
      ? { ok: true as const, submission, file: undefined, difference: undefined }
      : await loadSubmission(store, submission, choices, listener.reading)
  if (!loaded.ok) return loaded
  const linked = await linkSubmission(store, loaded.submission, choices.actor, listener.linking)
  if (!linked.ok) return { ok: false, code: linked.code, detail: linked.detail ?? {} }
  return {
    ok: true,
    submission: { ...loaded.submission, state: 'linked' },
    file: loaded.file,
    difference: loaded.difference,
    links: linked.links,
  }
}
