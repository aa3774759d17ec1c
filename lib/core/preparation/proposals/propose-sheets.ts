import { isBlank } from '#core/tabular/header/headings.ts'
import { FileRefused, type Table } from '#core/tabular/table.ts'
import { findAlikeSheets, type OpenSheet } from './alike-sheets.ts'
import { SHEET } from '#core/preparation/shapes/join-sheets.ts'
import { columnNamed } from '#core/preparation/named-columns.ts'
import type { Proposal, ShapeShown } from './proposals.ts'

const ROWS_SHOWN = 3

/** Proposes that sheets with the same headings are one table: one for each month, or each site. */
export async function proposeSheets(
  table: Table,
  openSheet: OpenSheet,
): Promise<Proposal | undefined> {
  const found = await findAlikeSheets(table, openSheet)
  if (found === undefined || found.alike.length < 2) return undefined
  const shown = found.alike.filter(({ hidden, name }) => !hidden || name === table.receipt.sheet)
  const hidden = found.alike.filter((sheet) => !shown.includes(sheet))
  const names = (sheets: readonly { readonly name: string }[]): string =>
    sheets.map(({ name }) => name).join(', ')
  const together = {
    preparation: { sheets: 'alike' as const },
    words: `Read ${names(shown)} as one table`,
  }
  const withHidden = {
    preparation: { sheets: 'alike-and-hidden' as const },
    words: `Read ${names(found.alike)} as one table, with what is hidden`,
  }
  const options = [
    ...(shown.length > 1 ? [together] : []),
    ...(hidden.length > 0 ? [withHidden] : []),
  ]
  return {
    shape: 'sheets',
    preparation: options[0]?.preparation ?? together.preparation,
    options,
    evidence: [
      `${found.alike.length} sheets have the same headings: ${names(found.alike)}.`,
      ...(hidden.length === 0 ? [] : [`Hidden: ${names(hidden)}.`]),
      ...(found.others.length === 0
        ? []
        : [`Other headings, and not read in any case: ${names(found.others)}.`]),
      'A person who is on several sheets counts once, by their client reference.',
    ],
    shown: await rowsOfEach(table, shown.slice(0, ROWS_SHOWN), openSheet),
  }
}

/** The first row of each of a few sheets, as it stands and with the name of its sheet. */
async function rowsOfEach(
  { header }: Table,
  sheets: readonly { readonly name: string }[],
  openSheet: OpenSheet,
): Promise<ShapeShown> {
  const rows: { readonly row: readonly string[]; readonly name: string }[] = []
  for (const { name } of sheets) {
    const sheet = await openSheet(name)
    const row = await firstRow(sheet)
    if (row === undefined) continue
    rows.push({ row: header.map((heading) => row[columnNamed(sheet.header, heading)] ?? ''), name })
  }
  return {
    rows: rows.map(({ row }) => row),
    together: { header: [...header, SHEET], rows: rows.map(({ row, name }) => [...row, name]) },
  }
}

/** What a sheet begins with; a sheet that cannot be read says so when it is read. */
async function firstRow(table: Table): Promise<readonly string[] | undefined> {
  try {
    for await (const { rows } of table.batches()) {
      const row = rows.find((cells) => !isBlank(cells))
      if (row !== undefined) return row
    }
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error
  }
  return undefined
}
