import type { ReactNode } from 'react'
import { stateWords } from '#core/messages/submissions/state-words.ts'
import type { Task } from '#server/intake/journey/list-history.ts'
import type { SubmissionState } from '#server/intake/submissions/states.ts'
import { StatusTag } from '../components/notices.tsx'

interface Status {
  readonly text: string
  readonly colour: 'green' | 'blue' | 'yellow' | 'grey' | 'red' | 'purple' | 'turquoise'
  /** What to do next. */
  readonly next: string
}

/** How far a file is, whenever it is due. */
type Standing = Omit<Task, 'serviceName' | 'due' | 'isLate' | 'others' | 'stop'>

/** Where a service and quarter is, in a word, with what to do next. */
export function statusOf({
  status,
  state,
  hasFindings,
  isBeingWithdrawn,
  isStaging,
}: Standing): Status {
  if (isBeingWithdrawn)
    return { text: 'Being withdrawn', colour: 'yellow', next: 'See how far it is' }
  switch (status) {
    case 'not-started':
      return { text: 'Not started', colour: 'grey', next: 'Upload a file' }
    case 'nobody':
      return { text: 'Nobody reached', colour: 'green', next: 'Nothing to send' }
    case 'upload':
      return { text: 'File needed again', colour: 'yellow', next: 'Upload the file again' }
    case 'read':
      return { text: 'File uploaded', colour: 'blue', next: 'See what we read' }
    case 'shape':
      return { text: 'Rows to explain', colour: 'blue', next: 'Say how the rows are kept' }
    case 'match':
      return { text: 'Columns to match', colour: 'blue', next: 'Match your columns' }
    case 'values':
      return { text: 'Values to match', colour: 'blue', next: 'Match your values' }
    case 'check':
      return hasFindings
        ? { text: 'To check', colour: 'yellow', next: 'See what we found' }
        : { text: 'Being checked', colour: 'turquoise', next: 'See how far it is' }
    case 'answers':
      return { text: 'Ready to submit', colour: 'purple', next: 'Check your answers' }
    case 'progress':
      return { text: 'Being processed', colour: 'turquoise', next: 'See how far it is' }
    case 'result':
      return isStaging && state === 'linked'
        ? {
            text: stateWords('linked', { dataset: 'staging', kind: 'people' }),
            colour: 'blue',
            next: 'See the result',
          }
        : stateStatus(state)
  }
}

function stateStatus(state: SubmissionState | null): Status {
  if (state === 'linked')
    return {
      text: stateWords('linked', { dataset: 'production', kind: 'people' }),
      colour: 'green',
      next: 'See the result',
    }
  return state === 'withdrawn'
    ? { text: 'Withdrawn', colour: 'grey', next: 'Upload a file' }
    : { text: 'Rejected', colour: 'red', next: 'See why' }
}

/** The tag of a status. */
export function TaskTag({
  task,
  isFeed = false,
}: {
  readonly task: Standing
  /** Whether it is a source's, whose records are in use and in no figure. */
  readonly isFeed?: boolean
}): ReactNode {
  const { text, colour } = statusOf(task)
  const isInUse = isFeed && task.state === 'linked' && !task.isBeingWithdrawn
  return <StatusTag colour={colour}>{isInUse ? 'In use' : text}</StatusTag>
}
