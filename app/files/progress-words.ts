import { progressText } from '#core/messages/submissions/progress-text.ts'
import type { Journey } from '#server/intake/journey/read-journey.ts'
import type { ProgressWords } from './watch-progress.client.tsx'

type Worked = Pick<Journey, 'state' | 'fileRows' | 'job' | 'kind'>

/** How far a check or a submission is, in words for its provider. */
export function progressWords(journey: Worked): ProgressWords {
  const { state, job } = journey
  const isOver =
    ['checked', 'linked', 'rejected', 'withdrawn'].includes(state) ||
    job?.stage === 'refused' ||
    job?.stage === 'failed'
  return { text: progressText(job ?? undefined, journey), percent: percentOf(journey), isOver }
}

function percentOf({ job, fileRows }: Worked): number | null {
  const of = job?.of ?? fileRows
  if (job === null || of === null || of === 0 || job.stage === 'waiting') return null
  return Math.min(100, Math.round((job.done / of) * 100))
}
