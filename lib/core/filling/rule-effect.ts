/** What one rule did in the rows of a table; complete once all were read. */
export interface RuleEffect {
  /** Rows that hold something and were not left out. */
  readonly rows: number
  /** Blank cells that it filled. */
  readonly filled: number
  /** Cells that held something and hold something else now. */
  readonly changed: number
  /** Rows in which it was to give a value and had none. */
  readonly without: number
}
