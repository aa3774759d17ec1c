import { FileRefused, type SheetListed, type Table } from '#core/tabular/table.ts'
import { haveAlikeHeadings } from '#core/tabular/header/alike-headings.ts'

/** Opens a sheet of the workbook by its name. */
export type OpenSheet = (name: string) => Promise<Table>

/** The sheets of a workbook that hold the same table as the one that is read, and those that do not. */
export interface SheetsFound {
  /** In the order of the workbook, the one that is read among them. */
  readonly alike: readonly SheetListed[]
  readonly others: readonly SheetListed[]
}

/** More sheets than this are not one table. */
const MOST_SHEETS = 100

/** Compares the headings of every sheet with data to those of the sheet that is read. */
export async function findAlikeSheets(
  table: Table,
  open: OpenSheet,
): Promise<SheetsFound | undefined> {
  const { sheet: read, sheets = [] } = table.receipt
  const filled = sheets.filter(({ holdsData }) => holdsData)
  if (read === undefined || filled.length < 2 || filled.length > MOST_SHEETS) return undefined
  const alike: SheetListed[] = []
  const others: SheetListed[] = []
  for (const listed of filled) {
    const isOne =
      listed.name === read || haveAlikeHeadings(table.header, await headerOf(open, listed.name))
    ;(isOne ? alike : others).push(listed)
  }
  return { alike, others }
}

/** The headings of a sheet; none where it has none that can be read. */
async function headerOf(open: OpenSheet, name: string): Promise<readonly string[]> {
  try {
    return (await open(name)).header
  } catch (error) {
    if (error instanceof FileRefused) return []
    throw error
  }
}
