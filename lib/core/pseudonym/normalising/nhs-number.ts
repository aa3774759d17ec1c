/**
 * The NHS number as a component. Source: docs/pseudonymisation.md, "NHS number"; its check digit:
 * NHS Data Dictionary.
 */
import { areDigits, endsInEqual } from './digits.ts'
import { foldValue } from './fold.ts'
import { blank, kept, type NormalisedValue } from './normalised-value.ts'
import { readTypedNumber } from './typed-number.ts'

const CHARACTER = blank('nhs-character')
const MISSING = blank('nhs-missing')
const EXPONENT = blank('nhs-exponent')
const NOT_10_DIGITS = blank('nhs-not-10-digits')
const PLACEHOLDER = blank('nhs-placeholder')
const CHECK_DIGIT = blank('nhs-check-digit')
const TEST = blank('nhs-test')

/** The ten digits of an NHS number; `live` refuses the numbers kept for tests. */
export function normaliseNhsNumber(cell: string, live: boolean): NormalisedValue {
  if (cell === '') return MISSING
  const folded = foldValue(cell)
  if (folded === null) return CHARACTER
  if (folded === '') return MISSING
  const typed = readTypedNumber(folded)
  if (typed === null) return EXPONENT
  const digits = areDigits(typed) ? typed : typed.replace(/[-.]/g, '')
  if (digits.length !== 10 || !areDigits(digits)) return NOT_10_DIGITS
  if (digits === '9876543210' || endsInEqual(digits, 10)) return PLACEHOLDER
  if (!hasRightCheckDigit(digits)) return CHECK_DIGIT
  if (live && digits.startsWith('999')) return TEST
  return kept(digits)
}

/** Modulus 11 over the first nine digits, weighted 10 to 2. */
function hasRightCheckDigit(digits: string): boolean {
  let sum = 0
  for (let i = 0; i < 9; i++) sum += (digits.charCodeAt(i) - 0x30) * (10 - i)
  return (11 - (sum % 11)) % 11 === digits.charCodeAt(9) - 0x30
}
