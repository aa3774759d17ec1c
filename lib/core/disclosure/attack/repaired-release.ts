import type { HiddenFigure } from './hide-at-once.ts'

/** A release after its repair. */
export interface RepairedRelease {
  /** What is printed, by number of cell. */
  readonly printed: Int32Array
  /** What the repair hid, in order: for the release's record, never for its print. */
  readonly hidden: readonly HiddenFigure[]
  /** How many quantities may leave too few values still: whatever may be hidden was not enough. */
  readonly untold: number
  readonly solverCalls: number
  readonly unknowns: number
  readonly rounds: number
  /** How many quantities had to be protected, of everybody and of each provider. */
  readonly secrets: number
}
