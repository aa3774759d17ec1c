import { decimalText } from '#core/tabular/workbook/cell-text.ts'

/** What a cell of an OpenDocument spreadsheet holds, from what its attributes and its text say. */

/** Where a cell of each type has its value; `value` for the rest. */
export const VALUES: Readonly<Record<string, string>> = {
  date: 'date-value',
  time: 'time-value',
  boolean: 'boolean-value',
  string: 'string-value',
}

/** The digits a number is padded to by a format of zeros alone, as what is shown tells it. */
export function paddingOf(value: string, shown: string): number {
  return /^0[0-9]+$/.test(shown) && Number(shown) === Number(value) ? shown.length : 0
}

/** A unit after a number, or an exponent, changes nothing about it. */
const UNIT = /(?<![\p{L}\s.])([\p{L}.]*)\s[\p{L}\s.]+$|E[+-]?[0-9]+$/u

/** Whether what is shown of a number is not the number that is read, but for its look. */
export function showsAnother(shown: string, text: string): boolean {
  if (shown === '' || shown === text) return false
  if (shown.includes('%') || /\p{L}/u.test(shown.replace(UNIT, '$1'))) return true
  const digits = shown.replace(/[^0-9]/g, '')
  if (text.includes('.')) return !/[.,]/.test(shown)
  return text !== '0' && digits.startsWith('0') && digits.length > text.replace('-', '').length
}

const DURATION = /^(-?)PT(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9}(?:[.][0-9]{1,9})?)S)?$/

/** A time as a spreadsheet's number: a part of a day. */
export function partOfDay(duration: string): string | null {
  const parts = DURATION.exec(duration)
  if (parts === null) return null
  const [, sign = '', hours = '0', minutes = '0', seconds = '0'] = parts
  const days = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) / 86_400
  return decimalText(sign === '-' ? -days : days)
}
