import { withChangedRows } from '#core/tabular/changed-rows.ts'
import type { ReadingChoices, Table } from '#core/tabular/table.ts'
import type { Replacement } from './replace-text.ts'

/**
 * What a person corrects in a file: a list of steps over the file as it came, which itself is never
 * changed. A step is what was done at once, so that it is undone at once: a cell, a block that was
 * pasted, every cell that was replaced in a column.
 */

/** A cell with another text than the file's. */
export interface CorrectedCell {
  /** Row of the file as it stands, from 1 below the header. */
  readonly row: number
  /** Place of the column in the header, from 0. */
  readonly column: number
  readonly text: string
  /** What the file says. */
  readonly original: string
}

/** What was done at once. */
export interface CorrectionStep {
  /** When, as an ISO time. */
  readonly at: string
  readonly cells: readonly CorrectedCell[]
  /** What was replaced, where a text was replaced in a whole column. */
  readonly rule?: ReplacementRule
}

/** A replacement in the column of a heading. */
export type ReplacementRule = Replacement & { readonly heading: string }

/** Every step in order; those from `done` on were undone and can be done again. */
export interface Corrections {
  readonly steps: readonly CorrectionStep[]
  readonly done: number
}

/** The file as it came. */
export const NO_CORRECTIONS: Corrections = { steps: [], done: 0 }

/** Does a step; what was undone before it can no longer be done again. */
export function addStep({ steps, done }: Corrections, step: CorrectionStep): Corrections {
  return { steps: [...steps.slice(0, done), step], done: done + 1 }
}

/** Undoes the last step that stands; none is left as it is. */
export function undoStep(corrections: Corrections): Corrections {
  const { steps, done } = corrections
  return done === 0 ? corrections : { steps, done: done - 1 }
}

/** Does the step again that was undone last; none is left as it is. */
export function redoStep(corrections: Corrections): Corrections {
  const { steps, done } = corrections
  return done === steps.length ? corrections : { steps, done: done + 1 }
}

/** Undoes every step; each can be done again. */
export function takeBackAll(corrections: Corrections): Corrections {
  return corrections.done === 0 ? corrections : { steps: corrections.steps, done: 0 }
}

/** Cells that stand, by row: a cell that was given the file's own text again is not among them. */
export type CellsByRow = ReadonlyMap<number, ReadonlyMap<number, CorrectedCell>>

/** What is corrected in a file, and how the file must be read for it to be about the same cells. */
export interface CorrectionsToApply {
  readonly basis: string
  readonly cells: CellsByRow
}

/** What the steps come to: the last text of each cell. */
export function standingCells({ steps, done }: Corrections): CellsByRow {
  const rows = new Map<number, Map<number, CorrectedCell>>()
  for (const { cells } of steps.slice(0, done)) {
    for (const cell of cells) {
      let row = rows.get(cell.row)
      if (row === undefined) rows.set(cell.row, (row = new Map<number, CorrectedCell>()))
      if (cell.text === cell.original) row.delete(cell.column)
      else row.set(cell.column, cell)
      if (row.size === 0) rows.delete(cell.row)
    }
  }
  return rows
}

/** How many cells stand corrected. */
export function countCells(rows: CellsByRow): number {
  let cells = 0
  for (const row of rows.values()) cells += row.size
  return cells
}

/** Rows that any step names, also one that was undone. */
export function touchedRows({ steps }: Corrections): ReadonlySet<number> {
  return new Set(steps.flatMap(({ cells }) => cells.map(({ row }) => row)))
}

/** A row with what stands corrected in it; the row itself where nothing does. */
export function correctRow(
  cells: readonly string[],
  corrected: ReadonlyMap<number, CorrectedCell> | undefined,
): readonly string[] {
  if (corrected === undefined) return cells
  const row = [...cells]
  for (const { column, text, original } of corrected.values()) {
    // A cell that is another than the one that was corrected is left as it is.
    if (row[column] === original) row[column] = text
  }
  return row
}

/**
 * What stands corrected in one of several sheets that are read as one table: `rowsBefore` rows come
 * before it, and `sources` are its columns by those of the table.
 */
export function cellsOfSheet(
  cells: CellsByRow,
  rowsBefore: number,
  sources: readonly number[],
): CellsByRow {
  const ofSheet = new Map<number, ReadonlyMap<number, CorrectedCell>>()
  for (const [row, corrected] of cells) {
    if (row <= rowsBefore) continue
    const moved = [...corrected.values()].flatMap((cell) => {
      const column = sources[cell.column] ?? -1
      return column < 0 ? [] : [[column, { ...cell, row: row - rowsBefore, column }] as const]
    })
    ofSheet.set(row - rowsBefore, new Map(moved))
  }
  return ofSheet
}

/** The table with what stands corrected in it: same columns, same rows, same order. */
export function correctCells(table: Table, corrected: CellsByRow): Table {
  if (corrected.size === 0) return table
  return withChangedRows(table, (row, at) => correctRow(row, corrected.get(at)))
}

/**
 * What a file must be read as for corrections to be about the same cells. Another encoding changes
 * texts and moves none.
 */
export function readingBasis(
  { header, receipt }: Pick<Table, 'header' | 'receipt'>,
  { preparation }: ReadingChoices,
): string {
  const { format, sheet = '', separator = '', headerRow } = receipt
  const { sheets = null, addedColumns = [] } = preparation ?? {}
  // A column that was added stands behind the file's own, and moves no cell.
  const columns = header.filter((heading) => !addedColumns.includes(heading)).length
  return JSON.stringify([format, sheet, separator, headerRow, columns, sheets])
}
