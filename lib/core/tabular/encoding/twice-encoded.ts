import { CODE_PAGES } from './code-pages.ts'

/**
 * UTF-8 that a program took for an encoding of one byte a character and wrote as UTF-8 again: é
 * became Ã© by way of Windows-1252, √© by way of a Mac, ├® by way of MS-DOS. Such pairs stand in no
 * name, so they can be undone one by one, beside letters that are as they should be.
 */

/** What the bytes 80 to FF were taken for, in the order in which it happens. */
const TAKEN_FOR: readonly string[] = [
  upperHalf('windows-1252'),
  upperHalf('macintosh'),
  CODE_PAGES.ibm850,
  CODE_PAGES.ibm437,
  upperHalf('windows-1250'),
]

/** Lead bytes of what names hold: letters of Europe and Vietnam, and the marks of print. */
const LEADS = [0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc8, 0xe1, 0xe2, 0xef]

/** Byte by character, for each of `TAKEN_FOR`; C1 controls stand for their own number. */
const BYTES: readonly ReadonlyMap<string, number>[] = TAKEN_FOR.map((half) => {
  const bytes = new Map<string, number>()
  for (let byte = 0x80; byte < 0xa0; byte += 1) bytes.set(String.fromCharCode(byte), byte)
  for (const [index, character] of Array.from(half).entries()) bytes.set(character, 0x80 + index)
  return bytes
})

const PATTERNS: readonly RegExp[] = TAKEN_FOR.map((half) => {
  const lead = (bytes: readonly number[]): string =>
    bytes.map((byte) => escaped(half.charAt(byte - 0x80))).join('')
  const twos = lead(LEADS.filter((byte) => byte < 0xe0))
  const threes = lead(LEADS.filter((byte) => byte >= 0xe0))
  const later = `${escaped(half.slice(0, 0x40))}\\u0080-\\u009f`
  return new RegExp(`[${twos}][${later}]|[${threes}][${later}]{2}`, 'gu')
})

/** How often a text may have been encoded once more. */
const MOST_TIMES = 3

/** Whether a text holds what only being encoded twice explains. */
export function looksTwiceEncoded(text: string): boolean {
  return undoOnce(text) !== text
}

/** A text with every pair that was encoded twice, or more often, made the letter it was. */
export function undoTwiceEncoded(text: string): string {
  let before = text
  for (let time = 0; time < MOST_TIMES; time += 1) {
    const after = undoOnce(before)
    if (after === before) return after
    before = after
  }
  return before
}

function undoOnce(text: string): string {
  let undone = text
  for (const [index, pattern] of PATTERNS.entries()) {
    const bytes = BYTES[index]
    if (bytes === undefined || undone.search(pattern) < 0) continue
    undone = undone.replace(pattern, (pair) => {
      const code = Uint8Array.from(pair, (character) => bytes.get(character) ?? 0)
      const letter = new TextDecoder().decode(code)
      return isOfNames(letter) ? letter : pair
    })
  }
  return undone
}

/**
 * Letters, spaces and marks that come in names, addresses and notes; and the sign of a letter that
 * was lost before, so that it is known for one.
 */
function isOfNames(letter: string): boolean {
  return /^[\u00a0-\u017f\u018f-\u01a1\u01af-\u01b0\u0218-\u021b\u0259\u1e00-\u1eff\u2010-\u2026\u20ac\u2122\ufffd]$/u.test(
    letter,
  )
}

function upperHalf(encoding: string): string {
  return new TextDecoder(encoding).decode(Uint8Array.from({ length: 128 }, (_, at) => at + 128))
}

function escaped(characters: string): string {
  return characters.replace(/[\\\]^-]/g, String.raw`\$&`)
}
