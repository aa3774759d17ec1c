import type { JobProgress } from '#server/intake/submissions/job-progress.ts'
import type { Journey } from '#server/intake/journey/read-journey.ts'
import { numberWords } from '#core/messages/reading/reading-words.ts'
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
  return { text: textOf(job, journey), percent: percentOf(job, journey), isOver }
}

function textOf(
  job: JobProgress | undefined,
  { state, fileRows }: Pick<Journey, 'state' | 'fileRows'>,
): string {
  if (job === undefined) return 'This has not started yet.'
  if (job.isStalled)
    return 'This has stopped for the moment. It will start again by itself; you do not need to do anything.'
  switch (job.stage) {
    case 'waiting':
      if (job.code === 'scanner-away')
        return 'Waiting for the virus scanner, which does not answer at the moment. It goes on by itself; you do not need to do anything.'
      return job.attempts > 0
        ? 'Something went wrong. It will be tried again in a moment; you do not need to do anything.'
        : 'Waiting to start.'
    case 'reading': {
      const of = fileRows === null ? '' : ` of ${numberWords(fileRows)}`
      const done = job.done > 0 ? `: ${numberWords(job.done)}${of}` : ''
      return job.kind === 'check' ? `Checking the rows${done}.` : `Replacing identifiers${done}.`
    }
    case 'linking':
      return `Counting people once${job.done > 0 ? `: ${numberWords(job.done)} records` : ''}.`
    case 'done':
      return state === 'linked' ? 'Done.' : 'Nearly done.'
    case 'refused':
      return 'It stopped: something has to be decided first.'
    case 'failed':
      return 'It could not be done, because of a fault on our side.'
  }
}

function percentOf(
  job: JobProgress | undefined,
  { fileRows }: Pick<Journey, 'fileRows'>,
): number | null {
  const of = job?.of ?? fileRows
  if (job === undefined || of === null || of === 0 || job.stage === 'waiting') return null
  return Math.min(100, Math.round((job.done / of) * 100))
}
