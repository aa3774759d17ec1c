/** Days of the proleptic Gregorian calendar, without a clock or a time zone. */
import type { CalendarDay } from '#core/standard/quarter.ts'

const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Below, at or above zero as `left` is before, on or after the day; neither need exist. */
export function compareDays(left: CalendarDay, right: CalendarDay): number {
  return left.year - right.year || left.month - right.month || left.day - right.day
}

/** The same day so many years on; 29 February need not exist then. */
export function yearsAfter(day: CalendarDay, years: number): CalendarDay {
  return { year: day.year + years, month: day.month, day: day.day }
}

/** Whether there is such a day; there is no year 0. */
export function isDay({ year, month, day }: CalendarDay): boolean {
  if (year < 1 || month < 1 || month > 12 || day < 1) return false
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return day <= (month === 2 && isLeap ? 29 : (MONTH_LENGTHS[month - 1] ?? 0))
}

/** `yyyy-mm-dd`. */
export function isoDay({ year, month, day }: CalendarDay): string {
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`
}

function padded(value: number, length: number): string {
  return String(value).padStart(length, '0')
}

/** The day so many days after 1 March of year 0, whose years end with their leap day. */
function dayOfEra(days: number): CalendarDay {
  const era = Math.floor(days / 146_097)
  const inEra = days - era * 146_097
  const leapDays =
    Math.floor(inEra / 1_460) - Math.floor(inEra / 36_524) + Math.floor(inEra / 146_096)
  const yearOfEra = Math.floor((inEra - leapDays) / 365)
  const dayOfYear =
    inEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
  }
}

/** Days from 1 March of year 0 to 1899-12-30 and to 1904-01-01. */
const EPOCH_1900 = 693_899
const EPOCH_1904 = 695_361

/**
 * The day a spreadsheet's serial number means; `date1904` when its workbook counts from 1904-01-01,
 * not 1899-12-30.
 */
export function serialDay(serial: number, date1904: boolean): CalendarDay {
  return dayOfEra(serial + (date1904 ? EPOCH_1904 : EPOCH_1900))
}
