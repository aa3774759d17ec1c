import type { Filling } from '#core/filling/rules.ts'
import type { RowSign } from '#core/tabular/workbook/sheet-signs.ts'

/**
 * How a table is changed between reading and mapping, as data: part of a mapping, so that the
 * portal, the remembered mapping of a service, a mapping file and the hasher all carry it. Columns
 * are named by the headings that the file has.
 */
export interface Preparation {
  /**
   * Headings of columns that somebody added in the browser, in their order. The file has none of
   * them: they are blank until cells are corrected. Said of one file, and not remembered.
   */
  readonly addedColumns?: readonly string[]
  /**
   * Sheets of a workbook that are one table: those that have the headings of the first, whatever
   * they are called this quarter, with or without those that are hidden; or these.
   */
  readonly sheets?: 'alike' | 'alike-and-hidden' | readonly string[]
  /** Rows of a sheet that look so are left out: they are read as blank. */
  readonly leaveOutMarked?: readonly RowSign[]
  readonly fillDown?: FillDown
  readonly register?: Register
  readonly childrenAcross?: ChildrenAcross
  /** How gaps are filled, once the shape of the table is settled. */
  readonly filling?: Filling
  /** Shapes that were proposed and turned down: the table stays as it stands in these ways. */
  readonly declined?: readonly Shape[]
}

/** A shape that a table may have beside one row for each person. */
export type Shape = 'sheets' | 'family-blocks' | 'register' | 'children-across'

/** Cells that are filled from the row above. */
export interface FillDown {
  /** Columns in which words such as “as above” stand for the cell above. */
  readonly asAbove?: readonly string[]
  /** Columns that are written once for a family: empty in the rows below it. */
  readonly blocks?: readonly string[]
  /** The column of the family’s reference, which the number of the row in its block is added to. */
  readonly reference?: string
}

/**
 * A column for each session, with a mark for each person. Which columns they are is found by their
 * headings, since every quarter has others; those that go by a name alone are said.
 */
export interface Register {
  /** Marks that mean absent, beside an empty cell; compared case-blind. Every other is a contact. */
  readonly absent: readonly string[]
  /** Headings of sessions that go by a name, such as “Baby massage”. */
  readonly named?: readonly string[]
}

/** Several children in one row, each in columns of its own. */
export interface ChildrenAcross {
  /** For each child, in order: the heading that the column gets → the heading that it has. */
  readonly children: readonly Readonly<Record<string, string>>[]
  /** The column of the family's reference, which each child’s number is added to. */
  readonly reference?: string
}
