import type { WrittenDate } from '#core/pseudonym/normalising/date-reading.ts'
import { isDay } from '#core/pseudonym/normalising/calendar.ts'

/** Dates written with few digits: what stands first in them, and whether a zero was lost. */

/** Fewer dates with slashes may be either way by chance. */
const FEW_SHORT = 4
/** The years of one service's people lie closer together than days of the month do. */
const YEARS_APART = 6
const DAYS_APART = 12

/** Counts dates of three numbers of two digits, such as 19-06-01. */
export class YearCount {
  #dates = 0
  #isEitherWay = true
  #isHyphened = true
  readonly #firsts: number[] = []
  readonly #lasts: number[] = []

  add(folded: string, { isTwoDigitYear, isNumericMonth }: WrittenDate): void {
    if (!isTwoDigitYear || !isNumericMonth) return
    const [, first = '', mark, month = '', last = ''] =
      /^([0-9]{2})([-/. ])([0-9]{1,2})[-/. ]([0-9]{2})(?![0-9])/.exec(folded) ?? []
    this.#dates++
    const day = { year: 2000 + Number(first), month: Number(month), day: Number(last) }
    if (mark === undefined || !isDay(day)) this.#isEitherWay = false
    if (mark !== '-') this.#isHyphened = false
    this.#firsts.push(Number(first))
    this.#lasts.push(Number(last))
  }

  /** Every date is one with the year first too, and hyphens or the numbers speak for it. */
  get mayStandFirst(): boolean {
    if (this.#dates < 2 || !this.#isEitherWay) return false
    if (this.#isHyphened) return true
    return (
      this.#dates >= FEW_SHORT &&
      spread(this.#firsts) <= YEARS_APART &&
      spread(this.#lasts) >= DAYS_APART
    )
  }
}

function spread(numbers: readonly number[]): number {
  return Math.max(...numbers) - Math.min(...numbers)
}

/** Counts whole numbers by their length. */
export class DigitCount {
  #five = 0
  #six = 0
  #fiveAsDay = 0
  readonly #firstDigits = new Set<string>()

  add(folded: string): void {
    if (folded.length === 6 && isDayNumber(folded)) this.#six++
    if (folded.length !== 5 || !/^[0-9]{5}$/.test(folded)) return
    this.#five++
    if (!isDayNumber(`0${folded}`)) return
    this.#fiveAsDay++
    this.#firstDigits.add(folded.charAt(0))
  }

  /** Five digits beside six; or five that all read as day, month and year, as serials do not. */
  get areShort(): boolean {
    if (this.#five === 0 || this.#fiveAsDay < this.#five) return this.#isMostlySix
    return this.#six > 0 || (this.#five > 1 && this.#firstDigits.size > 1)
  }

  get #isMostlySix(): boolean {
    return this.#five > 0 && this.#six * 4 >= this.#five
  }
}

/** Whether six digits are a day written ddmmyy. */
function isDayNumber(text: string): boolean {
  if (!/^[0-9]{6}$/.test(text)) return false
  const [day, month, year] = [text.slice(0, 2), text.slice(2, 4), text.slice(4)].map(Number)
  return isDay({ year: 2000 + (year ?? 0), month: month ?? 0, day: day ?? 0 })
}
