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
  readonly #share: number
  readonly #seen = new Set<string>()
  #rows = 0
  #again = 0

  constructor(header: readonly string[]) {
    const isOfSheets = header.at(-1)?.startsWith(SHEET) === true
    this.#width = isOfSheets ? header.length - 1 : header.length
    this.#share = isOfSheets ? SHARE_OF_SHEETS : SHARE
  }

  /** Counts a row that holds somebody. */
  add(cells: readonly string[]): void {
    if (this.#rows >= MOST_ROWS) return
    this.#rows++
    const key = cells.slice(0, this.#width).join('\u001f')
    if (this.#seen.has(key)) this.#again++
    else this.#seen.add(key)
  }

  /** Asks about them, once all rows were seen. */
  report(report: (field: string, code: FindingCode, severity: 'confirm') => void): void {
    if (this.#again >= FEW_ROWS && this.#again >= this.#seen.size * this.#share)
      report('', 'rows-twice', 'confirm')
  }
}
