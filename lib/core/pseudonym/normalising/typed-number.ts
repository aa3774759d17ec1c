/**
 * How an NHS number and a mobile number begin, both being numbers that spreadsheets spoil.
 * Source: docs/pseudonymisation.md, "Fields".
 */
import { areDigits } from './digits.ts'
import { dropSpaces } from './fold.ts'

const EXPONENT = /^[+-]?[0-9]+(?:[.,][0-9]+)?E[+-]?[0-9]+$/

/**
 * Folded text without spaces and without the ".0" of a number that was saved as a fraction; null
 * when it is 9.4E+09.
 */
export function readTypedNumber(folded: string): string | null {
  const text = dropSpaces(folded)
  if (text.includes('E') && EXPONENT.test(text)) return null
  return isWholeFraction(text) ? text.slice(0, -2) : text
}

/** Whether the whole is `[+]?[0-9]+[.]0`. */
function isWholeFraction(text: string): boolean {
  if (!text.endsWith('.0')) return false
  const from = text.startsWith('+') ? 1 : 0
  const to = text.length - 2
  return to > from && areDigits(text, from, to)
}
