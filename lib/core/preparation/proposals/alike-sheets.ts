import { codeKey } from '#core/standard/code-key.ts'
import { FileRefused, type SheetListed, type Table } from '#core/tabular/table.ts'
import { readSessionHeading } from '#core/preparation/shapes/session-headings.ts'

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
/** Of the headings of two sheets, this share is common where they hold the same table. */
const ALIKE = 0.75

/** Compares the headings of every sheet with data to those of the sheet that is read. */
export async function findAlikeSheets(
  table: Table,
  open: OpenSheet,
): Promise<SheetsFound | undefined> {
  const { sheet: read, sheets = [] } = table.receipt
  const filled = sheets.filter(({ holdsData }) => holdsData)
  if (read === undefined || filled.length < 2 || filled.length > MOST_SHEETS) return undefined
  const own = keysOf(table.header)
  const alike: SheetListed[] = []
  const others: SheetListed[] = []
  for (const listed of filled) {
    const isOne = listed.name === read || isAlike(own, await headerOf(open, listed.name))
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

/** Headings as they are compared; those of sessions differ from month to month. */
function keysOf(header: readonly string[]): ReadonlySet<string> {
  return new Set(
    header
      .filter((heading) => readSessionHeading(heading) === undefined)
      .map((heading) => codeKey(heading))
      .filter((key) => key !== ''),
  )
}

function isAlike(own: ReadonlySet<string>, header: readonly string[]): boolean {
  const keys = keysOf(header)
  const common = [...keys].filter((key) => own.has(key)).length
  return common >= 2 && common >= ALIKE * (own.size + keys.size - common)
}
