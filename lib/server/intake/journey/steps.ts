import type { SubmissionState } from '#server/intake/submissions/states.ts'

/** The steps from a file to the figures, in order; the words of each are its page's. */
export const STEPS = [
  'upload',
  'read',
  'shape',
  'match',
  'values',
  'check',
  'answers',
  'progress',
  'result',
] as const

/** A step of the way. */
export type Step = (typeof STEPS)[number]

/** What tells where a submission is on its way. */
export interface Whereabouts {
  readonly state: SubmissionState
  /** Whether the file is held. */
  readonly isHeld: boolean
  readonly isRead: boolean
  /** Whether nothing about how its rows are kept is left to be asked. */
  readonly isShaped: boolean
  readonly isMatched: boolean
  readonly hasValues: boolean
  /** Whether every finding that asks for an answer has one. */
  readonly isAnswered: boolean
}

/** Each step with what brings a submission there; the first that holds is where it is. */
const WHERE: readonly (readonly [Step, (at: Whereabouts) => boolean])[] = [
  ['result', ({ state }) => ['linked', 'rejected', 'withdrawn'].includes(state)],
  ['progress', ({ state }) => ['accepted', 'pseudonymised'].includes(state)],
  ['upload', ({ isHeld }) => !isHeld],
  ['read', ({ isRead }) => !isRead],
  ['shape', ({ isShaped }) => !isShaped],
  ['match', ({ isMatched }) => !isMatched],
  ['values', ({ hasValues }) => !hasValues],
  ['check', ({ state, isAnswered }) => state !== 'checked' || !isAnswered],
  ['answers', () => true],
]

/** The step a submission has reached. */
export function stepReached(at: Whereabouts): Step {
  return WHERE.find(([, holds]) => holds(at))?.[0] ?? 'answers'
}

/** Whether a step comes after the one that is reached, so that who wants it skips one. */
export function isBeyond(reached: Step, wanted: Step): boolean {
  return STEPS.indexOf(wanted) > STEPS.indexOf(reached)
}

/**
 * What a file that was hashed at source has behind it when it comes: it was read and matched there.
 */
const AT_SOURCE: readonly Step[] = ['read', 'shape', 'match', 'values']

/**
 * Whether a step may be taken, for the first time or again: none is skipped, none is taken back
 * once the file was submitted, and none is taken that was taken at source.
 */
export function mayTakeStep(reached: Step, wanted: Step, isHashed: boolean): boolean {
  if (isHashed && AT_SOURCE.includes(wanted)) return false
  if (reached === 'progress' || reached === 'result' || reached === 'upload')
    return wanted === reached
  return wanted !== 'upload' && STEPS.indexOf(wanted) <= STEPS.indexOf(reached)
}
