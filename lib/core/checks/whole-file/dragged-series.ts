import { SLOT, type PeopleFieldName } from '#core/standard/fields.ts'
import { isDay, isoDay, serialDay } from '#core/pseudonym/normalising/calendar.ts'
import { readDate } from '#core/pseudonym/normalising/date-reading.ts'
import { foldValue } from '#core/pseudonym/normalising/fold.ts'
import type { PersonRow } from '#core/checks/rows/check.ts'

/**
 * Dates of birth and telephone numbers that rise by one from row to row: a spreadsheet makes such a
 * series where one cell is dragged down over the cells below it.
 */

/** Fewer rows are so by chance, or brought up to date in the order in which children were born. */
const FEW_ROWS = 8
/** A shorter run than a third of what the column holds is told by nobody from a list in order. */
const SHARE = 3
/** More births of carers, whose dates are read for this alone, tell nothing more. */
const MOST_CARERS = 5_000
const DAY_MS = 86_400_000

/** Tells of columns in which one value follows the other. */
export class DraggedSeries {
  readonly #births = new Series()
  readonly #carerBirths = new Series()
  readonly #mobiles = new Series()
  readonly #carerMobiles = new Series()
  #carers = 0

  /** Counts the person of a row; of a row that holds both, the child. */
  add({ cells, identifiers: { components } }: PersonRow): void {
    this.#births.add(dayNumber(components.birthDate.value))
    this.#mobiles.add(digitsOf(components.mobile.value))
    this.#carerMobiles.add(digitsOf(components.carerMobile.value))
    const carerBirth = cells[SLOT.carer_date_of_birth] ?? ''
    if (carerBirth === '' || this.#carers >= MOST_CARERS) return
    this.#carers++
    this.#carerBirths.add(dayNumber(dayOf(carerBirth)))
  }

  /** Fields of whose values a long run rises or falls by one. */
  fields(): PeopleFieldName[] {
    const columns: readonly (readonly [PeopleFieldName, Series])[] = [
      ['date_of_birth', this.#births],
      ['carer_date_of_birth', this.#carerBirths],
      ['mobile', this.#mobiles],
      ['carer_mobile', this.#carerMobiles],
    ]
    return columns.flatMap(([field, series]) => (series.isDragged ? [field] : []))
  }
}

/** The longest run of values each of which is one more than the one before it, or one less. */
class Series {
  #filled = 0
  #previous = Number.NaN
  #step = 0
  #run = 1
  #longest = 1

  /** Counts a value; what is none ends a run. */
  add(value: number): void {
    const step = value - this.#previous
    this.#previous = value
    if (!Number.isNaN(value)) this.#filled++
    if (step !== 1 && step !== -1) this.#run = 1
    else this.#run = step === this.#step ? this.#run + 1 : 2
    this.#step = step
    if (this.#run > this.#longest) this.#longest = this.#run
  }

  get isDragged(): boolean {
    return this.#longest >= FEW_ROWS && this.#longest * SHARE >= this.#filled
  }
}

/** The day of a written date, `yyyy-mm-dd`; empty where there is none. */
function dayOf(cell: string): string {
  const written = readDate(foldValue(cell) ?? '')
  if (written === null) return ''
  const day = written.form === 3 ? serialDay(written.serial, false) : written
  return isDay(day) ? isoDay(day) : ''
}

/** Days since 1970 of `yyyy-mm-dd`; NaN where it is empty. */
function dayNumber(day: string): number {
  return Date.parse(day) / DAY_MS
}

/** The number that the digits of a telephone number make; NaN where there are none. */
function digitsOf(mobile: string): number {
  return mobile === '' ? Number.NaN : Number(mobile)
}
