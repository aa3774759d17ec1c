import type { ReactNode } from 'react'
import { STATE_WORDS, stateWords } from '#core/messages/submissions/state-words.ts'
import type { SubmissionState } from '#server/intake/submissions/states.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'
import { StatusTag } from '../components/notices.tsx'

/** What the states are called. */
export const STATE_NAMES: Readonly<Record<SubmissionState, string>> = STATE_WORDS

const COLOURS = {
  received: 'blue',
  mapped: 'blue',
  checked: 'blue',
  accepted: 'yellow',
  pseudonymised: 'yellow',
  linked: 'green',
  rejected: 'grey',
  withdrawn: 'grey',
} as const

/**
 * The state of a submission; one that somebody asked to withdraw says so before a worker has done
 * it.
 */
export function StateTag({
  submission: { state, dataset, kind, isBeingWithdrawn },
}: {
  readonly submission: {
    readonly state: SubmissionState
    readonly dataset: Dataset
    readonly kind: string
    readonly isBeingWithdrawn: boolean
  }
}): ReactNode {
  if (isBeingWithdrawn && state !== 'withdrawn')
    return <StatusTag colour="yellow">Being withdrawn</StatusTag>
  return (
    <StatusTag colour={dataset === 'staging' && state === 'linked' ? 'blue' : COLOURS[state]}>
      {stateWords(state, { dataset, kind })}
    </StatusTag>
  )
}
