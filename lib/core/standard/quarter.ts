/**
 * Financial quarters: Q1 is April to June, so 2024-Q1 ends on 2024-06-30 and 2024-Q4 on 2025-03-31.
 */

/** A financial quarter, written `2024-Q1`. */
export type Quarter = `${number}-Q${1 | 2 | 3 | 4}`

/** A day of the proleptic Gregorian calendar; month and day count from 1. */
export interface CalendarDay {
  readonly year: number
  readonly month: number
  readonly day: number
}

/** Whether `text` names a quarter, `2024-Q1`. */
export function isQuarter(text: string): text is Quarter {
  return /^(19|20|21)[0-9]{2}-Q[1-4]$/.test(text)
}

/** First and last day of a quarter, as `yyyy-mm-dd`. */
export function quarterDays(quarter: Quarter): { first: string; last: string } {
  const year = Number(quarter.slice(0, 4))
  switch (quarter.slice(5)) {
    case 'Q1':
      return { first: `${year}-04-01`, last: `${year}-06-30` }
    case 'Q2':
      return { first: `${year}-07-01`, last: `${year}-09-30` }
    case 'Q3':
      return { first: `${year}-10-01`, last: `${year}-12-31` }
    default:
      return { first: `${year + 1}-01-01`, last: `${year + 1}-03-31` }
  }
}

/** The last day of the quarter: the reference day of ages and two-digit years. */
export function referenceDay(quarter: Quarter): CalendarDay {
  const [year, month, day] = quarterDays(quarter).last.split('-').map(Number)
  return { year: year ?? 0, month: month ?? 0, day: day ?? 0 }
}

/** The quarter `steps` after (or, negative, before) `quarter`. */
export function quarterAfter(quarter: Quarter, steps = 1): Quarter {
  const index = Number(quarter.slice(0, 4)) * 4 + Number(quarter.slice(6)) - 1 + steps
  return `${Math.floor(index / 4)}-Q${((index % 4) + 1) as 1 | 2 | 3 | 4}`
}

/** The quarter that holds a day given as `yyyy-mm-dd`. */
export function quarterOf(day: string): Quarter {
  const year = Number(day.slice(0, 4))
  const month = Number(day.slice(5, 7))
  if (month <= 3) return `${year - 1}-Q4`
  return `${year}-Q${Math.floor((month - 1) / 3) as 1 | 2 | 3}`
}

/** All quarters from `from` to `to`, both included, in order; empty when `from` is later. */
export function quartersBetween(from: Quarter, to: Quarter): Quarter[] {
  const quarters: Quarter[] = []
  for (let quarter = from; quarter <= to; quarter = quarterAfter(quarter)) quarters.push(quarter)
  return quarters
}

const MONTHS = {
  Q1: 'April to June',
  Q2: 'July to September',
  Q3: 'October to December',
  Q4: 'January to March',
} as const

const SHORT_MONTHS = { Q1: 'Apr–Jun', Q2: 'Jul–Sep', Q3: 'Oct–Dec', Q4: 'Jan–Mar' } as const

/**
 * A quarter in few words, for a picture: `Apr–Jun 2024`. The code alone would be read as one of the
 * calendar year.
 */
export function shortQuarterWords(quarter: Quarter): string {
  const name = quarter.slice(5) as keyof typeof SHORT_MONTHS
  return `${SHORT_MONTHS[name]} ${quarterDays(quarter).last.slice(0, 4)}`
}

/** A quarter in words: `April to June 2024`. */
export function quarterWords(quarter: Quarter): string {
  const name = quarter.slice(5) as keyof typeof MONTHS
  return `${MONTHS[name]} ${quarterDays(quarter).last.slice(0, 4)}`
}

/** Quarters from one to another in words: `April to June 2024 – January to March 2025`. */
export function periodWords({
  from,
  to,
}: {
  readonly from: Quarter
  readonly to: Quarter
}): string {
  return from === to ? quarterWords(from) : `${quarterWords(from)} – ${quarterWords(to)}`
}
