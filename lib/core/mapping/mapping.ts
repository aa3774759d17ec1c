import type { KeptPeople } from '#core/preparation/rows-left-out/kept-people.ts'
import type { FurtherKind } from '#core/standard/further-fields.ts'
import type { Preparation } from '#core/preparation/preparation.ts'
import type { Encoding, Separator } from '#core/tabular/table.ts'

export type RowShape = 'person' | 'child-and-carer' | 'contacts'

/**
 * How a provider's columns become the standard; the JSON form of a mapping file.
 * Column names are the file's headers, field names the standard's.
 */
export interface Mapping {
  /** What the rows are about, where it is not people and service use. */
  readonly kind?: FurtherKind
  readonly shape?: RowShape
  readonly sheet?: string
  readonly headerRow?: number
  readonly encoding?: Encoding
  readonly separator?: Separator
  /** What is changed in the table before its columns are matched; columns are named as they are then. */
  readonly preparation?: Preparation
  /** Rows of this one file that are people though they do not look so. */
  readonly people?: KeptPeople
  /**
   * Where a service keeps no client reference: what one is made of. It is weaker than one that is
   * kept, since it changes when a name is corrected.
   */
  readonly reference?: 'name-and-birth'
  /** Standard field → column. */
  readonly columns: Readonly<Record<string, string>>
  /** Standard field → the same value for every row. */
  readonly constants?: Readonly<Record<string, string>>
  /** Standard field → provider's value → standard code; compared case-blind. */
  readonly values?: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** Column → the fields it is split into, e.g. a full name. */
  readonly split?: Readonly<Record<string, readonly string[]>>
  /**
   * Field → the columns it is joined from: words of a name, or day, month and year of a date, in
   * that order.
   */
  readonly join?: Readonly<Record<string, readonly string[]>>
  /** Outcomes in wide form: each column of scores, with what all scores in it are. */
  readonly scores?: readonly WideScore[]
}

/** One column of scores where a row holds several scores of one person. */
export interface WideScore {
  readonly column: string
  /** The column of the days on which these scores were taken. */
  readonly date: string
  /** The code or name of an instrument of the framework. */
  readonly measure: string
  readonly subScale?: string
  readonly timePoint: TimePoint
}

export type TimePoint = 'baseline' | 'follow_up' | 'exit'

export interface Suggestion {
  readonly field: string
  readonly column: string
  readonly certainty: 'certain' | 'likely' | 'guess'
  /** Why, in words a person can check: the header, the synonym, the data below it. */
  readonly reason: string
}
