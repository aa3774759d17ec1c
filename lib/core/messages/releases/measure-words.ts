import type { Spread } from '#core/measures/use-measures.ts'
import { REFERRAL_SOURCE } from '#core/standard/service-codes.ts'

/** Measures as they are written on pages. */

/** A count: `1,204`. */
export function countWords(count: number): string {
  return count.toLocaleString('en-GB')
}

/** A part of some people with its share: `12 of 40 (30%)`; of nobody there is no share. */
export function shareWords(part: number, whole: number): string {
  if (whole === 0) return 'none to count'
  const share = ((100 * part) / whole).toLocaleString('en-GB', { maximumFractionDigits: 0 })
  return `${countWords(part)} of ${countWords(whole)} (${share}%)`
}

/** The middle and the middle half: `14 (7 to 28)`. */
export function spreadWords(spread: Spread | null): string {
  if (spread === null) return 'none known'
  const { median, lowerQuartile, upperQuartile } = spread
  return `${rounded(median)} (${rounded(lowerQuartile)} to ${rounded(upperQuartile)})`
}

/** Who referred somebody. */
export function sourceWords(code: string): string {
  const found = REFERRAL_SOURCE.codes.find((source) => source.code === code)
  return found?.label ?? 'Not said'
}

function rounded(value: number): string {
  return value.toLocaleString('en-GB', { maximumFractionDigits: 1 })
}
