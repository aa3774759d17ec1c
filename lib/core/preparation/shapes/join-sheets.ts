import { isNoRow } from '#core/tabular/no-row.ts'
import {
  FileRefused,
  type CellsReported,
  type ReadingReceipt,
  type RowBatch,
  type Table,
} from '#core/tabular/table.ts'
import type { SheetSigns } from '#core/tabular/workbook/sheet-signs.ts'
import { MovedSigns, type MovedRows } from '#core/preparation/moved-signs.ts'
import { freeHeading } from '#core/preparation/named-columns.ts'
import { jointHeader, sourcesOf } from './joint-headings.ts'

/** A sheet that is read with others as one table; opened anew for each reading. */
export interface JoinedSheet {
  readonly name: string
  readonly header: readonly string[]
  /** Opens it for reading, told how many numbers the sheets before it took, and each row takes. */
  open(numbersBefore: number, parts: number): Promise<Table>
}

/** What the column is called that says which sheet a row is from. */
export const SHEET = 'Sheet'

/**
 * Sheets as one table, one after the other: columns are matched by their headings, whatever their
 * order and in other words that say the same (`joint-headings.ts`), those of `added` behind the others,
 * and a last one names the sheet. One sheet is open at a time.
 */
export function joinSheets(
  first: Table,
  sheets: readonly JoinedSheet[],
  {
    left,
    rowLimit,
    added,
  }: {
    readonly left: readonly string[]
    readonly rowLimit: number
    readonly added: readonly string[]
  },
): Table {
  const headers = sheets.map((sheet) => sheet.header)
  const header = jointHeader(headers, added)
  let read: SheetRead[] = []
  let signs = jointSigns(read)
  return {
    header: [...header, freeHeading(SHEET, new Set(header))],
    get receipt() {
      return jointReceipt(first.receipt, sheets, left, read)
    },
    get signs() {
      return signs
    },
    async *batches() {
      read = []
      signs = jointSigns(read)
      let done = 0
      let parts = 1
      for (const sheet of sheets) {
        const table = await sheet.open(done, parts)
        parts = table.receipt.places?.parts ?? 1
        const sources = sourcesOf(headers, table.header, added)
        const at = { name: sheet.name, firstRow: done + 1, table, sources }
        read.push(at)
        let last = 0
        for await (const { firstRow, rows } of batchesOf(at)) {
          last = firstRow + rows.length - 1
          if (done + last > rowLimit) throw new FileRefused('too-many-rows', { limit: rowLimit })
          yield {
            firstRow: done + firstRow,
            rows: rows.map((row) =>
              isNoRow(row)
                ? row
                : [...sources.map((column) => row[column] ?? ''), nameIn(row, sheet.name)],
            ),
          }
        }
        done += last
      }
      if (done === 0) throw new FileRefused('no-rows')
    },
  }
}

interface SheetRead {
  readonly name: string
  readonly firstRow: number
  readonly table: Table
  /** For each column of the joint header, that of the sheet; or −1. */
  readonly sources: readonly number[]
}

/** What the eye sees of the rows of all sheets, by the numbers that they have together. */
function jointSigns(read: readonly SheetRead[]): SheetSigns {
  const moved = ({ firstRow }: SheetRead, rows: readonly number[]): MovedRows => ({
    rows,
    numberOf: (row) => firstRow + row - 1,
  })
  return new MovedSigns({
    isWhole: () => read.every(({ table }) => table.signs?.isWhole === true),
    rowsWith: (sign) => read.map((sheet) => moved(sheet, sheet.table.signs?.rowsWith(sign) ?? [])),
    cellsWith: (sign, column) =>
      read.map((sheet) => {
        const from = sheet.sources[column] ?? -1
        return moved(sheet, from < 0 ? [] : (sheet.table.signs?.cellsWith(sign, from) ?? []))
      }),
    isTelling: (sign) => read.some(({ table }) => table.signs?.isTelling(sign) === true),
  })
}

/** Blank rows stay blank. */
function nameIn(row: readonly string[], name: string): string {
  return row.some((cell) => cell.trim() !== '') ? name : ''
}

/** The rows of a sheet; one that is empty this month is no reason to refuse the others. */
export async function* batchesOf({
  name,
  table,
}: Pick<SheetRead, 'name' | 'table'>): AsyncGenerator<RowBatch> {
  try {
    yield* table.batches()
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error
    if (error.code === 'no-rows') return
    throw new FileRefused(error.code, { ...error.detail, sheet: name })
  }
}

function jointReceipt(
  first: ReadingReceipt,
  sheets: readonly JoinedSheet[],
  left: readonly string[],
  read: readonly SheetRead[],
): ReadingReceipt {
  const receipt = { ...first }
  Reflect.deleteProperty(receipt, 'sheet')
  const receipts = read.map(({ table }) => table.receipt)
  const sum = (of: (receipt: ReadingReceipt) => number | undefined): number =>
    receipts.reduce((total, each) => total + (of(each) ?? 0), 0)
  const parts = receipts[0]?.places?.parts
  const mergedDown = sum((each) => each.mergedDown)
  const columnsLeftOut = [...new Set(receipts.flatMap((each) => each.columnsLeftOut ?? []))]
  return {
    ...receipt,
    hiddenRows: sum(({ hiddenRows }) => hiddenRows),
    hiddenColumns: [...new Set(receipts.flatMap(({ hiddenColumns = [] }) => hiddenColumns))],
    ...(columnsLeftOut.length === 0 ? {} : { columnsLeftOut }),
    mergedCells: sum(({ mergedCells }) => mergedCells),
    ...(mergedDown === 0 ? {} : { mergedDown }),
    formulaCells: sum(({ formulaCells }) => formulaCells),
    formulas: byColumn(receipts.flatMap(({ formulas = [] }) => formulas)),
    errorCells: sum(({ errorCells }) => errorCells),
    errors: byColumn(receipts.flatMap(({ errors = [] }) => errors)),
    ...shownIn(receipts),
    places: {
      sheets: read.map(({ name, firstRow, table }) => ({
        name,
        firstRow,
        headerRow: table.receipt.headerRow,
      })),
      ...(parts === undefined ? {} : { parts }),
    },
    prepared: {
      ...jointPrepared(receipts),
      sheets: { taken: sheets.map(({ name }) => name), left },
    },
  }
}

/** Counts of what a sheet shows beside its cells. */
const SHOWN = [
  'struckRows',
  'fadedRows',
  'colouredRows',
  'unseenRows',
  'remarkedRows',
  'comments',
  'leftOutRows',
] as const

/** What the sheets show beside their cells, as far as there is any of it. */
function shownIn(receipts: readonly ReadingReceipt[]): Partial<ReadingReceipt> {
  const shownOtherwise = byColumn(receipts.flatMap((receipt) => receipt.shownOtherwise ?? []))
  const strikingRules = receipts.flatMap((receipt) => receipt.strikingRules ?? [])
  const counts = SHOWN.map((name): [string, number] => [
    name,
    receipts.reduce((total, receipt) => total + (receipt[name] ?? 0), 0),
  ])
  return {
    ...Object.fromEntries(counts.filter(([, count]) => count > 0)),
    ...(shownOtherwise.length === 0 ? {} : { shownOtherwise }),
    ...(strikingRules.length === 0 ? {} : { strikingRules }),
  }
}

/** Cells of a column of several sheets together; the first of them is that of the first sheet. */
function byColumn(reported: readonly CellsReported[]): CellsReported[] {
  const columns = new Map<string, CellsReported>()
  for (const each of reported) {
    const before = columns.get(each.column)
    columns.set(
      each.column,
      before === undefined ? each : { ...before, cells: before.cells + each.cells },
    )
  }
  return [...columns.values()]
}

/** What was done in all sheets together. */
function jointPrepared(
  receipts: readonly ReadingReceipt[],
): NonNullable<ReadingReceipt['prepared']> {
  const all = receipts.flatMap(({ prepared }) => (prepared === undefined ? [] : [prepared]))
  const children = all.flatMap((each) => (each.children === undefined ? [] : [each.children]))
  const sessions = all.flatMap((each) => (each.sessions === undefined ? [] : [each.sessions]))
  const filled = new Map<string, number>()
  for (const { column, cells } of all.flatMap((each) => each.filled ?? []))
    filled.set(column, (filled.get(column) ?? 0) + cells)
  return {
    ...(children.length === 0
      ? {}
      : {
          children: {
            rows: total(children.map(({ rows }) => rows)),
            children: total(children.map((each) => each.children)),
          },
        }),
    ...(sessions.length === 0
      ? {}
      : {
          sessions: {
            columns: total(sessions.map(({ columns }) => columns)),
            contacts: total(sessions.map(({ contacts }) => contacts)),
            outsideQuarter: total(sessions.map(({ outsideQuarter }) => outsideQuarter)),
          },
        }),
    ...(filled.size === 0
      ? {}
      : { filled: [...filled].map(([column, cells]) => ({ column, cells })) }),
  }
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0)
}
