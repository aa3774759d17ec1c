import { numberWords } from '#core/messages/reading/reading-words.ts'
import { wordsOfKind } from '#core/purpose/purpose-words.ts'

/** What is told of the work on a file. */
export interface WorkTold {
  readonly kind: 'check' | 'process'
  readonly stage: 'waiting' | 'reading' | 'linking' | 'done' | 'refused' | 'failed'
  readonly attempts: number
  /** Rows or records so far. */
  readonly done: number
  readonly code: string | null
  /** Whether nothing was heard of it for too long. */
  readonly isStalled: boolean
}

/** How far a check or a submission is; undefined where nobody has begun. */
export function progressText(
  job: WorkTold | undefined,
  {
    state,
    fileRows,
    kind,
  }: { readonly state: string; readonly fileRows: number | null; readonly kind: string },
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
      // Rows that are blank or no people are among those that were read.
      const of = fileRows === null || job.done > fileRows ? '' : ` of ${numberWords(fileRows)}`
      const done = job.done > 0 ? `: ${numberWords(job.done)}${of}` : ''
      return job.kind === 'check' ? `Checking the rows${done}.` : `Replacing identifiers${done}.`
    }
    case 'linking':
      return `${wordsOfKind(kind).linking}${job.done > 0 ? `: ${numberWords(job.done)} records` : ''}.`
    case 'done':
      // Cells were changed, undone or done again since, and no check was asked for.
      if (job.kind === 'check' && state === 'mapped')
        return 'The file was changed since it was last checked.'
      return state === 'linked' ? 'Done.' : 'Nearly done.'
    case 'refused':
      return 'It stopped: something has to be decided first.'
    case 'failed':
      return 'It could not be done, because of a fault on our side.'
  }
}
