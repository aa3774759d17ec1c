import type { FieldName } from '#core/standard/further-fields.ts'
import type { KeptInvolvement } from './kept-events.ts'

/** What a row says of its involvement. */
export interface ReadFeedRow {
  readonly involvement: KeptInvolvement
  readonly asOf: string
  /** Columns whose word is in no list. */
  readonly unlisted: readonly FieldName[]
}

/** What a row shows of its person, as the checklist of data quality counts it. */
export interface ShownOfPerson {
  readonly name: boolean
  readonly birth: boolean
  readonly address: boolean
}

/** A row that is kept until the end of the file. */
export interface FeedRow extends ReadFeedRow {
  readonly shows: ShownOfPerson
}
