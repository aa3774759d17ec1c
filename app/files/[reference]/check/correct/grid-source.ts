import type { GridColumn, GridPage, OfferedReplacement } from '#core/grid/grid-rows.ts'

/** What the grid is made from. */
export interface GridSource {
  readonly reference: string
  readonly columns: readonly GridColumn[]
  readonly first: GridPage
  /** Rows of the whole file. */
  readonly fileRows: number
  /** What was replaced in an earlier file and stands in this one again. */
  readonly offers: readonly OfferedReplacement[]
  /** What is said while corrections are of another way to read the file. */
  readonly elsewhere: string
  /** Where rows are fetched, and which. */
  readonly rowsAddress: string
  readonly query: Readonly<Record<string, string>>
  /** Where it is told how far a check is. */
  readonly progressAddress: string
}
