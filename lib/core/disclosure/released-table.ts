/** A table of a release as it is told: words and figures. */
export interface ReleasedTable {
  readonly caption: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}
