import type { FeedCounts } from './feed-counts.ts'

/** What the rows of events came to, of accepted rows. */

/** What events came to, by the kind of file. */
export interface EventCounts {
  /** Contact rows that were counted as attended in the quarter; 0 for other files. */
  readonly contactsCounted: number
  readonly activities?: ActivityCounts
  readonly scores?: ScoreCounts
  readonly feed?: FeedCounts
}

/** What the rows of activities came to, of accepted rows and days in the quarter. */
export interface ActivityCounts {
  readonly activities: number
  /** One person at one activity, once. */
  readonly attendances: number
  /** Different people by their references. */
  readonly people: number
  /** Heads that were counted and not named. */
  readonly anonymousAdults: number
  readonly anonymousChildren: number
}

/** What the scores of one instrument, or of one of its sub-scales, came to. */
export interface InstrumentCounts {
  readonly instrument: string
  /** Empty for the instrument as a whole. */
  readonly subScale: string
  readonly scores: number
  /** People by their references: with a baseline, with a later score, and with both. */
  readonly baseline: number
  readonly later: number
  readonly paired: number
}

/** What the rows of outcomes came to, of accepted rows. */
export type ScoreCounts = readonly InstrumentCounts[]
