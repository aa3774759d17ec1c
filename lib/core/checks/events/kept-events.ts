import type { InvolvementState } from '#core/standard/feeds/feed-codes.ts'
import type { TimePoint } from '#core/standard/further-codes.ts'

/**
 * What is kept of files of activities and outcomes and of feeds beside the records of their people:
 * no reference, no free text. Source: docs/standard.md, "What is stored".
 */

/** An activity in the quarter, by its number among the kept activities of its file, from 0. */
export interface KeptActivity {
  /** `yyyy-mm-dd`. */
  readonly day: string
  /** A code of the list `activity-type`, or blank; so are the language and the ward. */
  readonly type: string
  readonly language: string
  readonly ward: string
  /** Heads that were counted and not named. */
  readonly adults: number
  readonly children: number
}

/** A score that stands: the only one of its person, scale, time point and day. */
export interface KeptScore {
  /** Codes of the framework; no sub-scale is the instrument as a whole. */
  readonly instrument: string
  readonly subScale: string
  readonly timePoint: TimePoint
  /** `yyyy-mm-dd`. */
  readonly day: string
  /** Whole thousandths of the score, so that sums are exact. */
  readonly thousandths: number
  /** A code of the list `completed-by`, or blank. */
  readonly completedBy: string
}

/**
 * That a source is, was or is not involved with a person, and whom to phone. Staff and organisations
 * are told as they are; every other text is a code. An empty string is a blank.
 */
export interface KeptInvolvement {
  readonly state: InvolvementState
  /** `yyyy-mm-dd`. */
  readonly startDate: string
  readonly lastDate: string
  readonly endDate: string
  readonly staffName: string
  /** A code of the list `staff-role`. */
  readonly staffRole: string
  readonly staffPhone: string
  readonly staffEmail: string
  readonly staffTeam: string
  /** By field of its kind of source, without blanks: codes, days and names of organisations. */
  readonly details: Readonly<Record<string, string>>
}

/**
 * What is kept of a person beside its record: numbers of activities that it came to, scores, and
 * involvements.
 */
export interface PersonEvents {
  readonly attended: readonly number[]
  readonly scores: readonly KeptScore[]
  /** Of a feed. */
  readonly involvements?: readonly KeptInvolvement[]
}

/** Of a person in a file of people and service use. */
export const NO_EVENTS: PersonEvents = { attended: [], scores: [] }
