import { type Quarter, quarterDays } from '#core/standard/quarter.ts'

/**
 * Days as whole numbers since 1970-01-01, in which the generator reckons.
 */

const DAY_MS = 86_400_000

/** The number of a day given as `yyyy-mm-dd`. */
export function dayNumber(day: string): number {
  return (
    Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10))) /
    DAY_MS
  )
}

/** A day number as `yyyy-mm-dd`. */
export function isoDay(number: number): string {
  return new Date(number * DAY_MS).toISOString().slice(0, 10)
}

/** First and last day of a quarter, as day numbers. */
export function quarterSpan(quarter: Quarter): { first: number; last: number } {
  const { first, last } = quarterDays(quarter)
  return { first: dayNumber(first), last: dayNumber(last) }
}

/** Completed years between two day numbers. */
export function yearsBetween(born: number, on: number): number {
  const birth = isoDay(born)
  const day = isoDay(on)
  const years = Number(day.slice(0, 4)) - Number(birth.slice(0, 4))
  return day.slice(5) < birth.slice(5) ? years - 1 : years
}
