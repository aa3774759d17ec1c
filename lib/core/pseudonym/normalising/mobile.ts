/**
 * A mobile number as a component. Source: docs/pseudonymisation.md, "Mobile".
 */
import { areDigits, endsInEqual, isDigit } from './digits.ts'
import { foldValue } from './fold.ts'
import { blank, kept, type NormalisedValue } from './normalised-value.ts'
import { readTypedNumber } from './typed-number.ts'

const CHARACTER = blank('mobile-character')
const MISSING = blank('mobile-missing')
const EXPONENT = blank('mobile-exponent')
const UNREADABLE = blank('mobile-unreadable')
const LANDLINE = blank('mobile-landline')
const PLACEHOLDER = blank('mobile-placeholder')

const BRITISH_MOBILE = /^7[0-9]{9}$/
const FOREIGN = /^[1-9][0-9]{7,14}$/
const IN_PART = /^[0-9().-]+$/

/** A British mobile, or any foreign number, as "+" and its digits with the country code. */
export function normaliseMobile(cell: string): NormalisedValue {
  if (cell === '') return MISSING
  const folded = foldValue(cell)
  if (folded === null) return CHARACTER
  if (folded === '') return MISSING
  const typed = readTypedNumber(folded)
  if (typed === null) return EXPONENT
  const digits = readDigits(typed)
  if (digits === null) return UNREADABLE
  const number = digits.startsWith('44') ? readBritish(digits) : readForeign(digits)
  if (typeof number !== 'string') return number
  return endsInEqual(number, 8) ? PLACEHOLDER : kept(`+${number}`)
}

/**
 * All digits with their country code, as far as they say which; null when there is no number to
 * read.
 */
function readDigits(typed: string): string | null {
  let from = 0
  let to = typed.length
  while (from < to && !isDigit(typed.charCodeAt(from))) from++
  while (to > from && !isDigit(typed.charCodeAt(to - 1))) to--
  const part = typed.slice(from, to)
  if (!IN_PART.test(part)) return null
  const isPlus = from > 0 && typed.lastIndexOf('+', from) >= 0
  const national = isPlus || part.startsWith('00') ? part.replace('(0)', '') : part
  const digits = areDigits(national) ? national : national.replace(/[^0-9]/g, '')
  return withCountry(digits, isPlus && !digits.startsWith('0'))
}

function withCountry(digits: string, isPlus: boolean): string | null {
  if (isPlus) return digits
  if (digits.startsWith('00')) return digits.slice(2)
  if (digits.startsWith('0')) return `44${digits.slice(1)}`
  if (BRITISH_MOBILE.test(digits)) return `44${digits}`
  return digits.startsWith('44') ? digits : null
}

function readBritish(digits: string): string | NormalisedValue {
  const rest = digits.slice(digits.startsWith('0', 2) ? 3 : 2)
  const isPersonalOrPager =
    rest.startsWith('70') || (rest.startsWith('76') && !rest.startsWith('7624'))
  if (BRITISH_MOBILE.test(rest) && !isPersonalOrPager) return `44${rest}`
  return isPersonalOrPager || /^[1238]/.test(rest) ? LANDLINE : UNREADABLE
}

function readForeign(digits: string): string | NormalisedValue {
  return FOREIGN.test(digits) ? digits : UNREADABLE
}
