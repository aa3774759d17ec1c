import type { JobProgress } from '#server/intake/submissions/job-progress.ts'
import type { Journey } from '#server/intake/journey/read-journey.ts'
import { progressText } from '#core/messages/submissions/progress-text.ts'
import type { ProgressWords } from './watch-progress.client.tsx'

/** How far a check or a submission is, in words for its provider. */
export function progressWords(
  journey: Pick<Journey, 'state' | 'fileRows'>,
  job: JobProgress | undefined,
): ProgressWords {
  const isOver =
    ['checked', 'linked', 'rejected', 'withdrawn'].includes(journey.state) ||
    job?.stage === 'refused' ||
    job?.stage === 'failed'
  return { text: progressText(job, journey), percent: percentOf(job, journey), isOver }
}

function percentOf(
  job: JobProgress | undefined,
  { fileRows }: Pick<Journey, 'fileRows'>,
): number | null {
  const of = job?.of ?? fileRows
  if (job === undefined || of === null || of === 0 || job.stage === 'waiting') return null
  return Math.min(100, Math.round((job.done / of) * 100))
}
