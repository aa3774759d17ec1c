/**
 * What a person sees of a sheet and its cells do not tell: rows that look as if they did not count,
 * and cells that show something else than what is read. Each is a question, never an answer:
 * docs/decisions/signs-of-sheets.md.
 */

/**
 * How a row looks that somebody may have meant to take out. `struck`: its text is struck out.
 * `hidden`: by hand, by a filter, folded away, or of no height. `faded`: grey where most rows are
 * not. `coloured`: likewise on a coloured ground, or in coloured letters. `unseen`: white on white,
 * or a format that shows nothing. `remark`: a comment on it says so.
 */
export const ROW_SIGNS = ['struck', 'hidden', 'faded', 'coloured', 'unseen', 'remark'] as const

export type RowSign = (typeof ROW_SIGNS)[number]

/**
 * How a cell differs from what is read of it. `formula`: it shows a result, and is read as empty.
 * `error`: it shows an error, and is read as empty. `shown-otherwise`: its number format shows
 * another text. `part-date`: a date shown without its day or year. `late`: a date with a time just before midnight,
 * which is dropped. `struck`: it alone of its row, or a part of it, is struck out.
 */
export const CELL_SIGNS = [
  ...(['formula', 'error', 'shown-otherwise', 'part-date'] as const),
  ...(['late', 'struck'] as const),
] as const

export type CellSign = (typeof CELL_SIGNS)[number]

/** The signs of the rows read so far: rows are counted from 1 below the header, and ascend. */
export interface SheetSigns {
  /** False where there were more than are listed; the receipt counts them all. */
  readonly isWhole: boolean
  rowsWith(sign: RowSign): readonly number[]
  /** Rows whose cell in a column of the header has the sign. */
  cellsWith(sign: CellSign, column: number): readonly number[]
  /**
   * Whether a sign of rows says anything, known at the end: where half of the rows have grey text, a
   * third a grey ground, or every so-manieth, grey says nothing of any of them; nor does a colour.
   */
  isTelling(sign: RowSign): boolean
}
