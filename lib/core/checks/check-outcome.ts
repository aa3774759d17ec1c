import type { FindingCode } from '#core/messages/findings/findings.ts'
import type { Severity } from '#core/standard/finding.ts'
import type { RecordFacts } from '#core/standard/record.ts'
import type { RowMapper } from '#core/mapping/row-mapper.ts'
import type { NormalisedIdentifiers } from '#core/pseudonym/identifiers.ts'
import type { Table } from '#core/tabular/table.ts'
import type { FileChecks } from './whole-file/file-checks.ts'
import type { FilledCount, FilledTally } from './filled-tally.ts'
import type { FindingTally } from './finding-ledger.ts'
import type { NumberList } from './number-list.ts'
import type { PeopleCounter, PeopleForecast } from './whole-file/people-forecast.ts'
import type { PersonReader } from './rows/person-reader.ts'
import type { ColumnCount, Linkability, RecordTally } from './record-tally.ts'
import type { ActivityCounts, ScoreCounts } from './events/event-counts.ts'
import type { FeedCounts } from './events/feed-counts.ts'
import type { KeptActivity, PersonEvents } from './events/kept-events.ts'
import type { BesideChecks } from './rows/beside-checks.ts'
import type { RowChecker } from './rows/row-checker.ts'
import type { HeadingValues } from './whole-file/heading-values.ts'
import type { RowsTwice } from './whole-file/rows-twice.ts'
import type { SheetChecks } from './whole-file/sheet-checks.ts'

/**
 * What goes out of a check: people as they come, and what the whole file came to.
 */

/** Takes what a check lets through, as it comes: one call a person, one a finding. */
export interface CheckSink {
  /**
   * A person of a row without a must-fix finding of its own, in row order, the child before the
   * carer. `identifiers` are to be framed and forgotten. The row may still be among `rejectedRows`
   * of the outcome. `events` is what is kept of it beside, of a file of activities or outcomes; then
   * every row of it stands.
   */
  accept(facts: RecordFacts, identifiers: NormalisedIdentifiers, events?: PersonEvents): void
  /** An activity, by its number; called before the first person. */
  activity?(activity: KeptActivity): void
  finding?(row: number, field: string, code: FindingCode, severity: Severity): void
  /** Called after every batch of rows, so that what was taken can be handed on. */
  flush?(): Promise<void>
}

/** What a whole file came to. */
export interface CheckOutcome {
  /**
   * read = accepted + rejected + blank + leftOut. Rejected: with a must-fix finding, to be fixed or
   * left out. Left out: not people.
   */
  readonly rows: {
    readonly read: number
    readonly accepted: number
    readonly rejected: number
    readonly blank: number
    readonly leftOut: number
  }
  /** Of accepted rows; every count below as well. */
  readonly records: number
  readonly familyTies: number
  readonly findings: readonly FindingTally[]
  /** Source rows with a must-fix finding, in order. */
  readonly rejectedRows: NumberList
  /**
   * Of these, rows whose people were accepted before the end of the file told otherwise: the taker
   * drops them.
   */
  readonly recalledRows: NumberList
  readonly linkability: Linkability
  readonly forecast: PeopleForecast
  readonly columns: Readonly<Record<string, ColumnCount>>
  /** Findings on values that are kept, by code. */
  readonly keptFindings: Readonly<Record<string, number>>
  /** Accepted rows by field, of the fields that rules may fill: given, and filled by a rule. */
  readonly filled: Readonly<Record<string, FilledCount>>
  /** Contact rows that were counted as attended in the quarter; 0 for other shapes. */
  readonly contactsCounted: number
  /** Of a file of activities. */
  readonly activities?: ActivityCounts
  /** Of a file of outcomes. */
  readonly scores?: ScoreCounts
  /** Of a feed. */
  readonly feed?: FeedCounts
}

/** What the readings of a table share. */
export interface CheckParts {
  readonly table: Table
  readonly mapper: RowMapper
  readonly sink: CheckSink
  readonly reader: PersonReader
  readonly files: FileChecks
  readonly checker: RowChecker
  readonly sheet: SheetChecks
  readonly headings: HeadingValues
  readonly twice: RowsTwice
  readonly beside: BesideChecks
  readonly tally: RecordTally
  readonly people: PeopleCounter
  readonly filledTally: FilledTally
  readonly report: (row: number, field: string, code: FindingCode, severity: Severity) => void
}

/** What a reading of all rows comes to. */
export type RowResult = Pick<
  CheckOutcome,
  'rows' | 'rejectedRows' | 'recalledRows' | 'contactsCounted' | 'activities' | 'scores' | 'feed'
>
