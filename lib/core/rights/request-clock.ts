/**
 * The clock of a request: one month from the day on which the person asked, and two more where a reason
 * was told within the first. Source: UK GDPR, article 12(3); ICO, "How long do we have to comply?".
 */

/** Months until a request is due, and until it is due where the time was extended. */
const MONTHS = { usual: 1, extended: 3 } as const

/** The day (yyyy-mm-dd) on which a request of a day is due: the same day of a later month, or its last. */
export function dueDay(received: string, isExtended: boolean): string {
  const [year = 0, month = 1, day = 1] = received.split('-').map(Number)
  const last = month - 1 + (isExtended ? MONTHS.extended : MONTHS.usual)
  const lastDay = new Date(Date.UTC(year, last + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, last, Math.min(day, lastDay))).toISOString().slice(0, 10)
}
