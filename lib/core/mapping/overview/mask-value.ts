/**
 * A value as it may be shown beside its column: its shape, and enough of it for the person who
 * knows the file to see which column it is.
 */

const LONGEST = 40

/** The first letter or digit, punctuation and spaces; every other letter and digit is a dot. */
export function maskValue(value: string): string {
  let masked = ''
  let isFirst = true
  for (const character of value.trim()) {
    if (masked.length >= LONGEST) return `${masked}…`
    if (!/[\p{L}\p{M}\p{N}]/u.test(character)) masked += character
    else {
      masked += isFirst ? character : '•'
      isFirst = false
    }
  }
  return masked
}
