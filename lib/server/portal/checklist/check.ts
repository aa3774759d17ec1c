import type { CheckCode } from '#core/messages/operating/check-words.ts'
import type { ServerCode } from '#core/messages/operating/refusals.ts'

/** How a check came out: `weak` works, and could be better. */
export type CheckState = 'met' | 'weak' | 'missing'

/** A check with what was found, in a sentence without a value of anybody's. */
export interface Check<Code extends CheckCode = CheckCode> {
  readonly code: Code
  readonly state: CheckState
  readonly found: string
  /** The fault that the check ended with, where it came to nothing. */
  readonly fault?: ServerCode
}
