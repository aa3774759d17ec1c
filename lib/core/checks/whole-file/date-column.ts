import { dateDoubts, type CountedCell, type DateDoubts, type ExpectedDays } from './date-habits.ts'

/** Past this many different cells no further one is kept: so many tell enough of a habit. */
const MOST_CELLS = 20_000
/** Longer cells are no dates; they are not kept. */
const LONGEST_DATE = 64
const SERIAL = /^\s*[0-9]{5}(?:[.][0-9]+)?\s*$/

/**
 * The different cells of one column of dates, since reading a date costs more than remembering one.
 */
export class DateColumn {
  readonly #cells = new Map<string, { rows: number }>()

  /** Counts a cell; false when there is no more room to keep it. */
  add(cell: string): boolean {
    if (cell === '') return true
    const seen = this.#cells.get(cell)
    if (seen !== undefined) seen.rows++
    else if (cell.length > LONGEST_DATE || this.#cells.size >= MOST_CELLS) return false
    else this.#cells.set(cell, { rows: 1 })
    return true
  }

  /** Each different cell with its rows. */
  *counted(): Generator<CountedCell> {
    for (const [cell, { rows }] of this.#cells) yield [cell, rows]
  }

  /** Whether some are numbers of days, as a spreadsheet keeps dates, and no written dates. */
  get haveSerials(): boolean {
    for (const [cell] of this.counted()) if (SERIAL.test(cell)) return true
    return false
  }

  /** What the column shows as a whole. */
  doubts(expected?: ExpectedDays): DateDoubts {
    return dateDoubts(this.counted(), expected)
  }
}
