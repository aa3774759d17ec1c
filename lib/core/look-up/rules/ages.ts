/** How old somebody can be, in whole years. */
export interface Ages {
  readonly least: number
  readonly most: number
}

const BIRTH = /^([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?$/

/**
 * How old somebody is on a day who was born on, in the month or in the year of `birth` (`yyyy-mm-dd`,
 * `yyyy-mm` or `yyyy`); undefined where that is none, or after the day. A year is complete from the
 * birthday on; who was born on 29 February has theirs on 1 March in other years. Source: Family Law
 * Reform Act 1969, section 9.
 */
export function agesOn(birth: string, today: string): Ages | undefined {
  const [, year = '', month, day] = BIRTH.exec(birth) ?? []
  if (year === '' || birth > today.slice(0, birth.length)) return undefined
  const age = (from: string): number =>
    Number(today.slice(0, 4)) - Number(year) - (today.slice(5) < from ? 1 : 0)
  const first = month === undefined ? '01-01' : `${month}-${day ?? '01'}`
  const last = month === undefined ? '12-31' : `${month}-${day ?? '31'}`
  // Of two days in a year the earlier is the older person’s.
  return { least: Math.max(0, age(last)), most: age(first) }
}

/** The number of a day `yyyy-mm-dd`, so that days can be counted between two. */
export function dayNumberOf(day: string): number {
  return (
    Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8))) / 864e5
  )
}
