import type { ServerCode } from '#core/messages/operating/refusals.ts'
import { faultOf } from '#server/platform/db/database-fault.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import { readProgrammeStore, type ProgrammeStore, type Store } from '#server/store/store.ts'
import { submitByItself } from '#server/intake/automated/submit-by-itself.ts'
import { checkSubmission } from '#server/intake/checking/check-submission.ts'
import type { NotTaken } from '#server/intake/outcomes/not-taken.ts'
import { processSubmission } from '#server/linkage/processing/process-submission.ts'
import { readSubmission } from '#server/intake/submissions/read-submission.ts'
import { isOpenToChange } from '#server/intake/submissions/states.ts'
import { mayBeTold, ProgressWriter, type JobEnd } from '#server/intake/submissions/job-progress.ts'
import type { JobKind, SubmissionJob } from '#server/platform/queue/queues.ts'

/**
 * A try that failed and may succeed later. The queue keeps what it says, so it says a code and a
 * reference alone.
 */
export class JobFailed extends Error {
  readonly code: ServerCode
  readonly reference: string
  constructor({ code, reference }: Fault) {
    super(code)
    this.name = 'JobFailed'
    this.code = code
    this.reference = reference
    this.stack = ''
  }
}

/** What trying again never fixes, and whoever sent the file does. */
const FOR_THE_SENDER = ['file-erased', 'file-damaged']

/** One try of a job. */
export interface JobTry {
  readonly kind: JobKind
  readonly job: SubmissionJob
  /** Whether the queue gives it up when this try fails. */
  readonly isLast: boolean
  readonly onFailure: (fault: Fault) => void
}

/**
 * Runs one try of a submission's job and writes how far it is. What the file is refused for is an
 * answer; throws JobFailed for a fault, after which the queue tries again.
 */
export async function runJob(
  store: Store,
  { kind, job, isLast, onFailure }: JobTry,
): Promise<JobEnd> {
  const progress = await ProgressWriter.begin(store.pool, job.submission, kind).catch(
    (error: unknown) => {
      throw failed(error, onFailure)
    },
  )
  try {
    const programme = await readProgrammeStore(store)
    const end = await RUN[kind](programme, job, progress)
    await progress.end(end)
    // After the check was told as done: from here on the job may be another.
    if (kind === 'check' && end.stage !== 'waiting') await submitByItself(programme, job.submission)
    return end
  } catch (error) {
    const failure = failed(error, onFailure)
    const { code, reference } = failure
    const isSenders = FOR_THE_SENDER.includes(code)
    const end: JobEnd = {
      stage: isSenders ? 'refused' : isLast ? 'failed' : 'waiting',
      code,
      reference,
    }
    // Where the database is gone this cannot be written either; the silence then tells it.
    await progress.end(end).catch(() => undefined)
    if (isSenders) return end
    throw failure
  }
}

/** Tells of a failure, under the reference that the person gets. */
function failed(error: unknown, onFailure: JobTry['onFailure']): JobFailed {
  const fault = faultOf(error)
  onFailure(fault)
  return new JobFailed(fault)
}

type Run = (store: ProgrammeStore, job: SubmissionJob, progress: ProgressWriter) => Promise<JobEnd>

const RUN: Readonly<Record<JobKind, Run>> = {
  async check(store, { submission, actor }, progress) {
    const result = await checkSubmission(store, submission, { actor }, (rows) => {
      progress.advance('reading', rows, null)
    })
    return endOf(result)
  },
  async process(store, { submission: id, actor }, progress) {
    const submission = await readSubmission(store.database, id)
    if (submission === undefined || isOpenToChange(submission.state)) {
      return { stage: 'refused', code: 'not-checked' }
    }
    const result = await processSubmission(
      store,
      id,
      {
        actor,
        leaveOut: submission.leaveOut,
        // Without it, it would not have been accepted.
        confirm: true,
        replace: submission.replacesId !== null,
      },
      {
        reading: (rows) => {
          progress.advance('reading', rows, submission.rows?.read ?? null)
        },
        linking: (done, of) => {
          progress.advance('linking', done, of)
        },
      },
    )
    return endOf(result)
  },
}

function endOf(result: { readonly ok: true } | NotTaken): JobEnd {
  if (result.ok) return { stage: 'done' }
  // Whoever watches the scanner sends it again (watch-scanner.ts).
  if (result.code === 'scanner-away') return { stage: 'waiting', code: result.code }
  // Somebody else is at it: what they come to decides.
  if (result.code === 'being-loaded') throw new Fault('database-busy', { reason: 'being loaded' })
  return { stage: 'refused', code: result.code, detail: mayBeTold(result.detail) }
}
