import type { RuleEffect } from '#core/filling/rule-effect.ts'

/** What a preparation did to a table; complete once all rows were read. */
export interface Prepared {
  /** Children made of rows that hold several. */
  readonly children?: { readonly rows: number; readonly children: number }
  /** Cells filled from the row above, by column. */
  readonly filled?: readonly { readonly column: string; readonly cells: number }[]
  /** Marks in columns of sessions: those counted, and those of sessions outside the quarter. */
  readonly sessions?: {
    readonly columns: number
    readonly contacts: number
    readonly outsideQuarter: number
  }
  /** Sheets that were read as one table, and those that were not. */
  readonly sheets?: { readonly taken: readonly string[]; readonly left: readonly string[] }
  /** What each rule for filling gaps did, in their order. */
  readonly gaps?: readonly RuleEffect[]
}
