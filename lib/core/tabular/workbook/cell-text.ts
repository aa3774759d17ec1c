import type { NumberFormat } from './number-format.ts'

/**
 * The text of a spreadsheet's cell. Source: docs/pseudonymisation.md, "Cell": a number is the
 * shortest decimal, without exponent, without fraction when whole, padded when its format is zeros
 * alone; a date is yyyy-mm-dd.
 */

const DAY_MILLISECONDS = 86_400_000
/** 9999-12-31, the last day a spreadsheet knows. */
const LAST_SERIAL = 2_958_465
const DAYS_FROM_1900_TO_1904 = 1462

/** The text of a number cell whose stored value is `value`; null when that is no number. */
export function numberCellText(
  value: string,
  format: NumberFormat,
  date1904: boolean,
): string | null {
  if (format === 0 && isPlainWhole(value)) return value
  if (!/^\s*[+-]?([0-9]+(?:[.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]{1,4})?\s*$/.test(value))
    return null
  const number = Number(value)
  if (!Number.isFinite(number)) return null
  if (format === 'date') return dateOfSerial(number, date1904) ?? decimalText(number)
  const text = decimalText(number)
  if (format === 0 || !Number.isInteger(number)) return text
  return number < 0 ? `-${text.slice(1).padStart(format, '0')}` : text.padStart(format, '0')
}

/** The shortest decimal that is this number, without exponent. */
export function decimalText(number: number): string {
  const shortest = String(number)
  const parts = /^(-?)([0-9]+)(?:[.]([0-9]+))?e([+-][0-9]+)$/.exec(shortest)
  if (parts === null) return shortest
  const whole = parts[2] ?? ''
  const fraction = parts[3] ?? ''
  const sign = parts[1] ?? ''
  const point = whole.length + Number(parts[4])
  const digits = whole + fraction
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`
  return sign + digits.padEnd(point, '0')
}

/**
 * The day of a serial number as yyyy-mm-dd, its time dropped; null when a spreadsheet shows no day
 * for it. Workbooks that count from 1900 take 1900 for a leap year: their 60 is 1900-02-29, which
 * is no day, and their 0 is 1900-01-00.
 */
function dateOfSerial(serial: number, date1904: boolean): string | null {
  const day = Math.floor(serial)
  if (day < 0 || day + (date1904 ? DAYS_FROM_1900_TO_1904 : 0) > LAST_SERIAL) return null
  if (!date1904 && day === 60) return '1900-02-29'
  if (!date1904 && day === 0) return '1900-01-00'
  const start = date1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, day < 60 ? 31 : 30)
  return new Date(start + day * DAY_MILLISECONDS).toISOString().slice(0, 10)
}

/**
 * Whether the dropped time of a date, a serial number or an ISO 8601 date, is 22:00 or 23:00: that of
 * a clock an hour or two behind ours at midnight.
 */
export function isLate(value: string): boolean {
  if (!value.includes('.') && !value.includes('T')) return false
  const hour = /T(2[23]):00(?::00(?:[.]0+)?)?Z?$/.exec(value)?.[1]
  if (hour !== undefined) return true
  if (!/^[0-9]{3,6}[.][0-9]{2,}$/.test(value)) return false
  const minutes = Math.round((Number(value) % 1) * 1440)
  return minutes === 22 * 60 || minutes === 23 * 60
}

/**
 * The text of a cell of type `d`, an ISO 8601 date whose time is dropped; null when it is no date.
 */
export function isoCellText(value: string): string | null {
  return /^[0-9]{4}-[0-9]{2}-[0-9]{2}(T|$)/.test(value) ? value.slice(0, 10) : null
}

/**
 * Text with the escapes of Office undone: `_x000D_` is a carriage return, `_x005F_` an underscore
 * (ECMA-376 part 1, 22.9.2.19).
 */
export function unescapeText(text: string): string {
  if (!text.includes('_x')) return text
  return text.replace(/_x([0-9a-fA-F]{4})_/g, (_, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  )
}

/** Up to fifteen digits without a leading zero: already the shortest decimal. */
function isPlainWhole(value: string): boolean {
  const { length } = value
  if (length === 0 || length > 15) return false
  if (length > 1 && value.charCodeAt(0) === 48) return false
  for (let at = 0; at < length; at += 1) {
    const code = value.charCodeAt(at)
    if (code < 48 || code > 57) return false
  }
  return true
}
