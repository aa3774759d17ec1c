import type { FindingCode } from '#core/messages/findings/findings.ts'
import type { Words } from '#core/messages/words.ts'
import type { Severity } from '#core/standard/finding.ts'
import type { CorrectedCell } from '#core/preparation/corrections/corrections.ts'
import type { Replacement } from '#core/preparation/corrections/replace-text.ts'

/** What is said between who keeps a file and the page on which its uploader corrects it. */

/** A finding as it stands in its row. */
export interface GridFinding {
  /** Place of its column in the header; -1 for the row as a whole. */
  readonly column: number
  readonly code: FindingCode
  readonly severity: Severity
}

/** A row as its uploader sees it. */
export interface GridRow {
  /** Its number from 1 below the headings. */
  readonly row: number
  /** Where it stands in the spreadsheet, in words: “7”, “7 of sheet May”. */
  readonly place: string
  readonly cells: readonly string[]
  /** What the file says in the cells that are corrected, by the place of the column. */
  readonly originals: Readonly<Record<number, string>>
  readonly findings: readonly GridFinding[]
}

/** Where the corrections of a file stand. */
export interface CorrectionsState {
  /** Rises with every change. */
  readonly version: number
  /** Cells that stand corrected. */
  readonly corrected: number
  readonly canUndo: boolean
  readonly canRedo: boolean
  /** Whether what stands corrected is what was checked last. */
  readonly isChecked: boolean
  /** Whether the corrections are of the file as it is read now. */
  readonly isApplied: boolean
}

/** A page of rows. */
export interface GridPage {
  readonly state: CorrectionsState
  /** Rows there are to be looked at. */
  readonly total: number
  /** Place of the first row of the page among them, from 0. */
  readonly from: number
  readonly rows: readonly GridRow[]
  /** The words of the findings in them. */
  readonly words: FindingWordsByCode
}

/** The words of some findings. */
export type FindingWordsByCode = Readonly<Partial<Record<FindingCode, Words>>>

/** A column that may be corrected. */
export interface GridColumn {
  /** In the header of the file, from 0. */
  readonly place: number
  readonly heading: string
}

/** What the page of the grid shows around it. */
export interface GridFrame {
  /** Columns that may be corrected, by their place in the header. */
  readonly columns: readonly GridColumn[]
  readonly fileRows: number
}

/** A text to be given to a cell. */
export type GivenCell = Pick<CorrectedCell, 'row' | 'column' | 'text'>

/** What a person does to a file at once. */
export type Change =
  | { readonly kind: 'set'; readonly cells: readonly GivenCell[] }
  | ({ readonly kind: 'replace'; readonly column: number } & Replacement)
  | { readonly kind: 'undo' | 'redo' | 'take-back' }

/** Cells that were changed, and how their rows stand. */
export interface ChangedCells extends Pick<GridPage, 'rows' | 'words' | 'state'> {
  /** Cells that now hold another text than before. */
  readonly cells: number
  /** Whether more rows changed than `rows` shows. */
  readonly isMore: boolean
}

/** What was replaced in an earlier file, and stands in this one again. */
export interface OfferedReplacement {
  readonly column: number
  readonly heading: string
  readonly find: string
  readonly replace: string
  /** Cells that say it. */
  readonly cells: number
}

/** Most cells of one `set`: a paste or a fill beyond it is for the file itself. */
export const CELLS_AT_ONCE = 5_000

/** Longest text of a cell that is corrected, in characters. */
export const LONGEST_TEXT = 2_000
