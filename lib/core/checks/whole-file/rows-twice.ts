import type { FindingCode } from '#core/messages/findings/findings.ts'
import { SHEET } from '#core/preparation/shapes/join-sheets.ts'

/**
 * Rows that are the same in every cell: a list that was pasted twice, or a sheet and its copy read
 * together. Each person is counted once, and their contacts twice.
 */

/** More rows tell nothing more. */
const MOST_ROWS = 20_000
/** So many rows come twice where a part of a list was pasted again, */
const FEW_ROWS = 5
/** and so large a share of the list. */
const SHARE = 0.2
/** Somebody may come as often in one month as in the next, but not everybody. */
const SHARE_OF_SHEETS = 0.9

/** Tells of such rows. */
export class RowsTwice {
  /** The cells that are compared: what names a row's sheet, where sheets are read together, is none. */
  readonly #width: number
  /** The sheets on which each row stands. */
  readonly #seen = new Map<string, Set<string>>()
  readonly #sheets = new Map<string, SheetRows>()
  #rows = 0

  constructor(header: readonly string[]) {
    const isOfSheets = header.at(-1)?.startsWith(SHEET) === true
    this.#width = isOfSheets ? header.length - 1 : header.length
  }

  /** Counts a row that holds somebody. */
  add(cells: readonly string[]): void {
    if (this.#rows >= MOST_ROWS) return
    this.#rows++
    const name = cells[this.#width] ?? ''
    const sheet = this.#sheets.get(name) ?? { rows: 0, again: new Map<string, number>() }
    this.#sheets.set(name, sheet)
    sheet.rows++
    const key = cells.slice(0, this.#width).join('\u001f')
    const seen = this.#seen.get(key)
    if (seen === undefined) this.#seen.set(key, new Set([name]))
    else {
      for (const other of seen) sheet.again.set(other, (sheet.again.get(other) ?? 0) + 1)
      seen.add(name)
    }
  }

  /** Asks about them, once all rows were seen. */
  report(report: (field: string, code: FindingCode, severity: 'confirm') => void): void {
    if ([...this.#sheets].some(([name, sheet]) => isTwice(name, sheet)))
      report('', 'rows-twice', 'confirm')
  }
}

/** The rows of a sheet, and how many of them are on each sheet already. */
interface SheetRows {
  rows: number
  readonly again: Map<string, number>
}

function isTwice(name: string, { rows, again }: SheetRows): boolean {
  return [...again].some(([other, count]) => {
    const least = other === name ? (rows - count) * SHARE : rows * SHARE_OF_SHEETS
    return count >= FEW_ROWS && count >= least
  })
}
