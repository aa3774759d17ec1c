/**
 * Births at the precision they are kept: `yyyy-mm` or `yyyy`, blank when not known.
 */

/**
 * A birth as one number, year × 16 + month; month 0 when only the year is known, 0 when nothing is.
 */
export function birthCode(birth: string): number {
  if (birth.length < 4) return 0
  const year = digits(birth, 0, 4)
  return year * 16 + (birth.length >= 7 ? digits(birth, 5, 7) : 0)
}

/** Whether two births agree at the precision both have; a blank agrees with all. */
export function birthsAgree(a: string, b: string): boolean {
  return birthCodesAgree(birthCode(a), birthCode(b))
}

/** Whether two codes of births agree at the precision both have; 0 agrees with all. */
export function birthCodesAgree(a: number, b: number): boolean {
  if (a === b || a === 0 || b === 0) return true
  return a >> 4 === b >> 4 && ((a & 15) === 0 || (b & 15) === 0)
}

/** Beyond so many years between two births no mistake in a date is thought of. */
const YEARS_APART = 12

/**
 * Whether two codes of births are twelve years apart or more: by months where both have one, else by
 * years. One that is not known is not.
 */
export function areFarApart(a: number, b: number): boolean {
  if (a === 0 || b === 0) return false
  const years = Math.abs((a >> 4) - (b >> 4))
  if ((a & 15) === 0 || (b & 15) === 0) return years >= YEARS_APART
  const months = Math.abs((a >> 4) * 12 + (a & 15) - (b >> 4) * 12 - (b & 15))
  return months >= YEARS_APART * 12
}

function digits(text: string, from: number, to: number): number {
  let value = 0
  for (let index = from; index < to; index++) value = value * 10 + text.charCodeAt(index) - 48
  return value
}
