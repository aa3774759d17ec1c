import type { Quarter } from '#core/standard/quarter.ts'
import { isAsAbove } from '#core/tabular/as-above.ts'
import { prepareTable } from '#core/preparation/prepare-table.ts'
import type { Proposal, ProposalTold } from '#core/preparation/proposals/proposals.ts'
import { readSessionHeading } from '#core/preparation/shapes/session-headings.ts'
import { isNoRow } from '#core/tabular/no-row.ts'
import { FileRefused, type Table } from '#core/tabular/table.ts'
import { masking } from './overview.ts'
import { suggestMapping } from '#core/mapping/suggestions/suggest.ts'

/** A few rows of a table, identifiers masked. */
export interface RowsShown {
  readonly header: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** A proposal as a person is asked about it. */
export interface ShapeView extends ProposalTold {
  /** Rows as they stand, and the same rows as they are read when the likeliest option is taken. */
  readonly before: RowsShown
  readonly after: RowsShown
}

/** Shows what taking a proposal does to a few rows of the file. */
export async function showShape(
  table: Table,
  { shape, evidence, options, preparation, shown }: Proposal,
  quarter: Quarter,
): Promise<ShapeView> {
  const before = { header: table.header, rows: shown.rows }
  const after =
    shown.together ??
    (await rowsOf((at) => prepareTable(tableOf(table, shown.rows), preparation, at), quarter))
  return {
    ...{ shape, evidence, preparation, options },
    before: changedFirst(masked(before, quarter), before, after),
    after: changedFirst(masked(after, quarter), after, before),
  }
}

/**
 * The first column, then those that the shape changes, then the rest: what is asked about is to be
 * seen without scrolling.
 */
function changedFirst(shown: RowsShown, { header, rows }: RowsShown, other: RowsShown): RowsShown {
  const cellsOf = (table: RowsShown, heading: string): string =>
    JSON.stringify([...new Set(table.rows.map((row) => row[table.header.indexOf(heading)]))])
  const isChanged = header.map(
    (heading) =>
      !other.header.includes(heading) ||
      cellsOf({ header, rows }, heading) !== cellsOf(other, heading),
  )
  const rest = range(1, header.length)
  const order = [0, ...rest.filter((at) => isChanged[at]), ...rest.filter((at) => !isChanged[at])]
  return {
    header: order.map((at) => shown.header[at] ?? ''),
    rows: shown.rows.map((row) => order.map((at) => row[at] ?? '')),
  }
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at)
}

function tableOf({ header, receipt }: Table, rows: RowsShown['rows']): Table {
  return {
    header,
    receipt,
    async *batches() {
      yield await Promise.resolve({ firstRow: 1, rows })
    },
  }
}

/** The rows of a table that is prepared for a quarter; of a register of another one, all its marks. */
async function rowsOf(
  prepare: (quarter: Quarter | undefined) => Table,
  quarter: Quarter,
): Promise<RowsShown> {
  let table: Table
  try {
    table = prepare(quarter)
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error
    table = prepare(undefined)
  }
  const all: (readonly string[])[] = []
  for await (const { rows } of table.batches()) all.push(...rows.filter((row) => !isNoRow(row)))
  return { header: table.header, rows: all }
}

/** Marks of sessions, and words such as “as above”, say nothing of anybody. */
function masked({ header, rows }: RowsShown, quarter: Quarter): RowsShown {
  const shown = masking(header, rows, suggestMapping({ header, sampleRows: rows, quarter }))
  const isSession = header.map((heading) => readSessionHeading(heading) !== undefined)
  const isMark = (cell: string, column: number): boolean =>
    isAsAbove(cell) || (isSession[column] === true && cell.trim().length <= 2)
  return {
    header,
    rows: rows.map((row) =>
      row.map((cell, column) => (isMark(cell, column) ? cell : shown(cell, column))),
    ),
  }
}
