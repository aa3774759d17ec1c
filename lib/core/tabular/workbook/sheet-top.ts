import { SAMPLE_ROWS } from '#core/tabular/limits.ts'
import type { SheetRow } from './spreadsheet.ts'

/** Collects the rows at the top of a sheet, until it has seen enough. */
export class TopRows {
  /** Row n of the sheet is `rows[n − 1]`. */
  readonly rows: string[][] = []
  filledRows = 0

  /** Takes the next row that the sheet mentions; answers whether no further row is needed. */
  add({ fileRow, cells, filled, times }: SheetRow): boolean {
    if (fileRow > SAMPLE_ROWS && this.filledRows > 0) return true
    if (!filled) return false
    this.filledRows += times
    if (fileRow > SAMPLE_ROWS) return true
    while (this.rows.length < fileRow - 1) this.rows.push([])
    const last = Math.min(SAMPLE_ROWS, fileRow + times - 1)
    while (this.rows.length < last) this.rows.push([...cells])
    return false
  }
}
