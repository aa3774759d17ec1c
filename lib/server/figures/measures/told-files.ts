import { savedHeader, savedRows, type ToldTable } from '#core/measures/told-table.ts'
import { writeCsv } from '#core/tabular/writing/csv-writer.ts'
import {
  workbook,
  type WorkbookCell,
  type WorkbookSheet,
} from '#core/tabular/writing/xlsx-writer.ts'

/** Tables of exact figures, or of a release, that go into a file together. */
export interface ToldFile {
  /** What the file is of, with its period. */
  readonly title: string
  readonly tables: readonly ToldTable[]
  /** What is in no table. */
  readonly notes: readonly string[]
  /** What the cover of a workbook says below the title; that they are exact where this is left out. */
  readonly cover?: readonly string[] | undefined
}

/** The same as CSV, a row for each figure: of which table it is, of what row, and what it is. */
export function writeToldCsv({ tables }: ToldFile): string {
  const rows = tables.flatMap((table) => {
    const header = savedHeader(table)
    // The columns in words say of what a row is, whichever stand first.
    const naming = table.columns.findIndex(({ is }) => is !== 'words')
    return savedRows(table).flatMap((cells) =>
      cells
        .slice(naming)
        .map((value, at): (string | number)[] => [
          ...[table.caption, cells.slice(0, naming).join(', '), header[naming + at] ?? '', value],
        ]),
    )
  })
  return writeCsv(['table', 'of', 'figure', 'value'], rows)
}

/**
 * The same as a workbook: cover, what the tables are of, and a sheet for each. Source: Analysis Function, Releasing statistics in
 * spreadsheets, as in published-workbook.ts.
 */
export function writeToldWorkbook({ title, tables, notes, cover }: ToldFile): Uint8Array {
  const told = tables.filter(({ rows }) => rows.length > 0)
  const sheets = told.map((table) =>
    tableSheet({
      ...{ name: table.name, title: `${table.caption}. ${title}` },
      rows: [savedHeader(table), ...savedRows(table)],
    }),
  )
  const kept = told.flatMap(({ caption, note }) => (note === undefined ? [] : [[caption, note]]))
  const about = notesSheet(
    ['Table', 'What it is of'],
    [
      ...kept,
      ...notes.map((note) => ['In no table', note]),
      ...(cover === undefined ? [['A figure of nobody', 'It is “not known”.']] : []),
    ],
  )
  return coveredWorkbook(title, cover ?? EXACT, [about, ...sheets])
}

const EXACT = [
  'Exact: not for publication. Figures are not rounded and small numbers are not hidden, so they could reveal something about a person.',
  'For a report, an email or a slide use released figures.',
]

/** A workbook of exact figures: a cover that says what they are not for, and sheets. */
export function exactWorkbook(title: string, sheets: readonly WorkbookSheet[]): Uint8Array {
  return coveredWorkbook(title, EXACT, sheets)
}

function coveredWorkbook(
  title: string,
  lines: readonly string[],
  sheets: readonly WorkbookSheet[],
): Uint8Array {
  const cover: WorkbookSheet = {
    ...{ name: 'Cover', titleRows: 1, isWrapped: true, widths: [100] },
    rows: [title, ...lines].map((line) => [line]),
  }
  return workbook([cover, ...sheets], title)
}

/** What explains the tables of a workbook: a table of its own, the first column narrow. */
export function notesSheet(
  header: readonly string[],
  rows: readonly (readonly string[])[],
): WorkbookSheet {
  const widths = [26, ...header.slice(2).map(() => 14), 90]
  return {
    ...{ name: 'Notes', titleRows: 1, isWrapped: true, widths },
    table: { name: 'Notes', firstRow: 3 },
    rows: [['Notes'], ['This worksheet contains one table.'], header, ...rows],
  }
}

/** A sheet with one table, its headings first. */
export function tableSheet({
  name,
  title,
  rows,
  widths = (rows[0] ?? []).map((_, at) => (at === 0 ? 36 : 14)),
}: {
  readonly name: string
  readonly title: string
  readonly rows: readonly (readonly WorkbookCell[])[]
  readonly widths?: readonly number[]
}): WorkbookSheet {
  return {
    ...{ name, titleRows: 1, isWrapped: true, widths },
    table: { name: name.replaceAll(/[^A-Za-z0-9]/g, ''), firstRow: 3 },
    rows: [
      [title],
      ['This worksheet contains one table. The worksheet Notes explains it.'],
      ...rows,
    ],
  }
}
