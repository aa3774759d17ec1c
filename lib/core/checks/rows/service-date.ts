import type { Quarter } from '#core/standard/quarter.ts'
import { referenceDay } from '#core/standard/quarter.ts'
import { codeKey } from '#core/standard/code-key.ts'
import { isDay, isoDay, serialDay } from '#core/pseudonym/normalising/calendar.ts'
import { readDate } from '#core/pseudonym/normalising/date-reading.ts'
import { foldValue } from '#core/pseudonym/normalising/fold.ts'

/**
 * Service dates: the written forms of birth dates, without their guesses about parents.
 */

/** Why a service date is no day. */
export type ServiceDateCode = '' | 'date-character' | 'date-unreadable' | 'date-impossible'

export interface ServiceDate {
  /** `yyyy-mm-dd`, or blank. */
  readonly value: string
  readonly code: ServiceDateCode
  readonly isTwoDigitYear: boolean
  /** Day and month in digits, and which reading alone makes a date of them. */
  readonly order: 'none' | 'either' | 'day-first' | 'month-first'
}

const BLANK: ServiceDate = { value: '', code: '', isTwoDigitYear: false, order: 'none' }
const CHARACTER: ServiceDate = { ...BLANK, code: 'date-character' }
const UNREADABLE: ServiceDate = { ...BLANK, code: 'date-unreadable' }

/** Words that people write where there is no date. */
const NO_DATE = new Set(
  'na none tbc tba ongoing unknown notknown notapplicable null nil current active open still present notyet notrecorded pending'.split(
    ' ',
  ),
)
const CACHE_LIMIT = 16_384
/** Longer cells are no dates; they are not kept. */
const DATE_LENGTH = 40
const EARLIEST_YEAR = 1950
const YEARS_AHEAD = 5

/** Reads service dates of one file; answers are remembered, since a quarter has few days. */
export class ServiceDateReader {
  readonly #latestYear: number
  readonly #date1904: boolean
  readonly #cache = new Map<string, ServiceDate>()

  constructor(quarter: Quarter, date1904: boolean) {
    this.#latestYear = referenceDay(quarter).year + YEARS_AHEAD
    this.#date1904 = date1904
  }

  /**
   * The day of a cell. A day before 1950, or over five years after the quarter, is no day of a
   * service.
   */
  read(cell: string): ServiceDate {
    if (cell === '') return BLANK
    const cached = this.#cache.get(cell)
    if (cached !== undefined) return cached
    const date = this.#find(cell)
    if (cell.length <= DATE_LENGTH && this.#cache.size < CACHE_LIMIT) this.#cache.set(cell, date)
    return date
  }

  #find(cell: string): ServiceDate {
    const folded = foldValue(cell)
    if (folded === null) return CHARACTER
    const written = readDate(folded)
    if (written === null) {
      const key = codeKey(folded.slice(0, DATE_LENGTH))
      return key === '' || NO_DATE.has(key) ? BLANK : UNREADABLE
    }
    const { isTwoDigitYear } = written
    const order = orderOf(written.isNumericMonth, written.day, written.month)
    const year = isTwoDigitYear ? this.#century(written.year) : written.year
    const day =
      written.form === 3 ? serialDay(written.serial, this.#date1904) : { ...written, year }
    if (!isDay(day) || day.year < EARLIEST_YEAR || day.year > this.#latestYear) {
      return { value: '', code: 'date-impossible', isTwoDigitYear, order }
    }
    return { value: isoDay(day), code: '', isTwoDigitYear, order }
  }

  #century(year: number): number {
    return year + 2000 > this.#latestYear ? year + 1900 : year + 2000
  }
}

function orderOf(isNumericMonth: boolean, first: number, second: number): ServiceDate['order'] {
  if (!isNumericMonth || first < 1 || first > 31 || second < 1 || second > 31) return 'none'
  if (first > 12 && second <= 12) return 'day-first'
  return second > 12 && first <= 12 ? 'month-first' : 'either'
}

/** Counts the written order of one column of service dates. */
export class ServiceDateOrder {
  #dayFirst = 0
  #monthFirst = 0

  add(date: ServiceDate): void {
    if (date.order === 'day-first') this.#dayFirst++
    else if (date.order === 'month-first') this.#monthFirst++
  }

  /**
   * Whether the column is month first: one such date may be a slip, two with none the right way
   * round are a habit.
   */
  get isMonthFirst(): boolean {
    return this.#dayFirst === 0 && this.#monthFirst > 1
  }
}
