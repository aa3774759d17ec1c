/**
 * Whether a column of birth dates was written month first. It is asked of a whole column, before
 * anything is made of it. Source: docs/pseudonymisation.md, "Birth date".
 */
import { readDate } from './date-reading.ts'
import { foldValue } from './fold.ts'

const LAST_DAY = 31
const LAST_MONTH = 12

/** How many dates of two numbers a column may have before one stray date tells nothing about it. */
const STRAY_AMONG = 21

/** Code of the refusal of a file with such a column. */
export const MONTH_FIRST = 'birth-month-first'

/** Counts one column of birth dates, over all its rows. */
export class DateOrderCount {
  /** Dates of two numbers from 1 to 31 before the year. */
  private both = 0
  /** Of these, those that only the day-first reading makes a date of. */
  private dayFirst = 0
  /** Of these, those that only the month-first reading makes a date of. */
  private monthFirst = 0

  /** Counts one cell, raw. */
  add(cell: string): void {
    if (cell === '') return
    const folded = foldValue(cell)
    if (folded === null || folded === '') return
    const written = readDate(folded)
    if (written?.isNumericMonth !== true) return
    const { day: first, month: second } = written
    if (first < 1 || first > LAST_DAY || second < 1 || second > LAST_DAY) return
    this.both++
    if (first > LAST_MONTH && second <= LAST_MONTH) this.dayFirst++
    if (second > LAST_MONTH && first <= LAST_MONTH) this.monthFirst++
  }

  /**
   * Whether the file is to be refused: nothing says day first, and more than one stray date says
   * month first.
   */
  get isMonthFirst(): boolean {
    if (this.dayFirst > 0 || this.monthFirst === 0) return false
    return this.monthFirst > 1 || this.both < STRAY_AMONG
  }
}
