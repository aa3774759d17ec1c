import type { SheetSigns } from '#core/tabular/workbook/sheet-signs.ts'
import type { Table } from '#core/tabular/table.ts'
import { MovedSigns, type MovedRows } from './moved-signs.ts'
import type { Prepared } from './prepared.ts'

/** What a step tells of its work, beside the receipt of the table it changes. */
export interface Told {
  /** How many numbers each row takes, where that changes. */
  readonly parts?: number
  /** The columns that the cells of a column come from: of its nth part, where rows have parts. */
  columnsOf(column: number, part: number): readonly number[]
  prepared(): Prepared
}

/** The same table under another header, with its rows changed a batch at a time. */
export function changedTable(
  table: Table,
  header: readonly string[],
  change: () => (rows: readonly (readonly string[])[]) => readonly (readonly string[])[],
  told: Told,
): Table {
  const parts = told.parts ?? 1
  let signs = signsOf(table, told, parts)
  return {
    header,
    // Counts in it grow as the table is read.
    get receipt() {
      const { places, prepared, ...receipt } = table.receipt
      const all = (places?.parts ?? 1) * parts
      return {
        ...receipt,
        ...(places === undefined && all === 1
          ? {}
          : { places: { ...places, ...(all === 1 ? {} : { parts: all }) } }),
        prepared: { ...prepared, ...told.prepared() },
      }
    },
    get signs() {
      return signs
    },
    async *batches() {
      const changeRows = change()
      signs = signsOf(table, told, parts)
      for await (const { firstRow, rows } of table.batches()) {
        yield { firstRow: (firstRow - 1) * parts + 1, rows: changeRows(rows) }
      }
    },
  }
}

/** What the eye sees of the rows, by the numbers that they have now. */
function signsOf(table: Table, told: Told, parts: number): SheetSigns | undefined {
  if (table.signs === undefined) return undefined
  const each = Array.from({ length: parts }, (_, part) => part)
  const moved = (rows: readonly number[], part: number): MovedRows => ({
    rows,
    numberOf: (row) => (row - 1) * parts + part + 1,
  })
  return new MovedSigns({
    isWhole: () => table.signs?.isWhole === true,
    rowsWith: (sign) => each.map((part) => moved(table.signs?.rowsWith(sign) ?? [], part)),
    cellsWith: (sign, column) =>
      each.flatMap((part) =>
        told
          .columnsOf(column, part)
          .map((from) => moved(table.signs?.cellsWith(sign, from) ?? [], part)),
      ),
    isTelling: (sign) => table.signs?.isTelling(sign) === true,
  })
}
