import type { RecordFacts } from '#core/standard/record.ts'
import type { MappedRow } from '#core/mapping/row-mapper.ts'
import type { PersonRow } from '#core/checks/rows/check.ts'
import type { EventCounts } from './event-counts.ts'
import type { KeptActivity, PersonEvents } from './kept-events.ts'

/** One row of events: a contact, somebody at an activity, a head count, one score or several. */
export interface EventRow {
  readonly row: number
  /** As the file has them. */
  readonly written: readonly string[]
  /** Filled again for every row. */
  readonly mapped: MappedRow
  /** Undefined where a row names nobody. */
  readonly person: PersonRow | undefined
}

/**
 * What rows say beside the person, in files of several rows a person. `check` and `add` are called
 * in the order of the rows, `settle` once, and the rest after it.
 */
export interface RowEvents {
  /** Whether a row names nobody, and need not. */
  namesNobody(mapped: MappedRow): boolean
  /** Reports what a row shows by itself; true when it must be fixed. */
  check(event: EventRow): boolean
  /** Takes the row that was checked last, and the number of its person from 0; null is nobody. */
  add(event: EventRow, number: number | null): void
  /**
   * Reports what only all rows show, but for those that are dropped already; answers the rows that
   * must be fixed for it.
   */
  settle(isDropped: (row: number) => boolean): ReadonlySet<number>
  /** What is kept of a person beside what its first row says. */
  factsOf(number: number): Partial<RecordFacts>
  /** What is kept of a person beside its record. */
  eventsOf(number: number): PersonEvents
  /** What is kept of the activities that the rows name, in the order of their numbers. */
  readonly activities: readonly KeptActivity[]
  /** What the rows came to that are not dropped. */
  readonly counts: EventCounts
}
