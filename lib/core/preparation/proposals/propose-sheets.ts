import { isBlank } from '#core/tabular/header/headings.ts'
import { FileRefused, type Table } from '#core/tabular/table.ts'
import { findAlikeSheets, type OpenSheet } from './alike-sheets.ts'
import { SHEET } from '#core/preparation/shapes/join-sheets.ts'
import { jointHeader, otherHeadings, sourcesOf } from '#core/preparation/shapes/joint-headings.ts'
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
  const opened = await openEach(shown, openSheet)
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
      ...tellOtherHeadings(opened),
      'A person who is on several sheets counts once, by their client reference.',
    ],
    shown: rowsOfEach(table, opened),
  }
}

interface SheetShown {
  readonly name: string
  readonly header: readonly string[]
  readonly row: readonly string[] | undefined
}

/** The headings of sheets, and what each begins with. */
async function openEach(
  sheets: readonly { readonly name: string }[],
  openSheet: OpenSheet,
): Promise<readonly SheetShown[]> {
  const opened: SheetShown[] = []
  for (const { name } of sheets) {
    const sheet = await openSheet(name)
    opened.push({ name, header: sheet.header, row: await firstRow(sheet) })
  }
  return opened
}

/** The first row of each of a few sheets, as it stands and with the name of its sheet. */
function rowsOfEach({ header }: Table, sheets: readonly SheetShown[]): ShapeShown {
  const headers = sheets.map((sheet) => sheet.header)
  const shown = sheets
    .flatMap((sheet) => (sheet.row === undefined ? [] : [{ ...sheet, row: sheet.row }]))
    .slice(0, ROWS_SHOWN)
  return {
    rows: shown.map((sheet) => {
      const both = [header, sheet.header]
      const joint = jointHeader(both, [])
      const sources = sourcesOf(both, sheet.header, [])
      return header.map((heading) => sheet.row[sources[joint.indexOf(heading)] ?? -1] ?? '')
    }),
    together: {
      header: [...jointHeader(headers, []), SHEET],
      rows: shown.map(({ name, header: own, row }) => [
        ...sourcesOf(headers, own, []).map((column) => row[column] ?? ''),
        name,
      ]),
    },
  }
}

/** Which sheets call a column in other words. */
function tellOtherHeadings(sheets: readonly SheetShown[]): readonly string[] {
  return otherHeadings(sheets.map(({ header }) => header)).map(({ heading, readAs }) => {
    const names = sheets.flatMap(({ name, header }) => (header.includes(heading) ? [name] : []))
    return `“${heading}” of ${names.join(', ')} is read as “${readAs}”.`
  })
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
