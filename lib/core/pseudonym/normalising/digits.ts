/**
 * Digits in folded text, without a regular expression: the fields that hold them are in every row.
 */

const ZERO = 0x30
const NINE = 0x39

/** Whether a UTF-16 code unit is 0–9. */
export function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE
}

/** Whether `text` from `from` to `to` is digits and nothing else; true of nothing. */
export function areDigits(text: string, from = 0, to = text.length): boolean {
  for (let i = from; i < to; i++) if (!isDigit(text.charCodeAt(i))) return false
  return true
}

/** Whether the last `count` characters are one and the same. */
export function endsInEqual(text: string, count: number): boolean {
  const last = text.charCodeAt(text.length - 1)
  for (let i = text.length - count; i < text.length; i++)
    if (text.charCodeAt(i) !== last) return false
  return true
}
