import { sha256 } from '@noble/hashes/sha2.js'

/**
 * The form of a token with which a program sends a service's files: `cos_`, 52 letters and digits
 * that stand for 256 random bits, and 6 that check them. What is mistyped, cut or something else is
 * told before anything is sent.
 */

const PREFIX = 'cos_'
/** Base32 without I, L, O and U. */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz'
const FORM = /^cos_([0-9a-hjkmnp-tv-z]{52})([0-9a-hjkmnp-tv-z]{6})$/

/** Random bytes in a token. */
export const TOKEN_BYTES = 32

/** Writes the token of 32 random bytes. */
export function writeToken(bytes: Uint8Array): string {
  if (bytes.length !== TOKEN_BYTES) throw new RangeError('a token has 32 bytes')
  const body = inLetters(bytes, 52)
  return `${PREFIX}${body}${checkOf(body)}`
}

/** Whether a text has the form of a token and its check characters are right. */
export function isTokenForm(text: string): boolean {
  const [, body = '', check = ''] = FORM.exec(text) ?? []
  return body !== '' && checkOf(body) === check
}

function checkOf(body: string): string {
  return inLetters(sha256(new TextEncoder().encode(`countonce token 1 ${body}`)), 6)
}

/** Five bits a letter, from the first byte on. */
function inLetters(bytes: Uint8Array, length: number): string {
  let text = ''
  let held = 0
  let bits = 0
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff
    bits += 8
    while (bits >= 5 && text.length < length) {
      bits -= 5
      text += LETTERS[(held >> bits) & 31] ?? ''
    }
  }
  return text.length < length ? text + (LETTERS[(held << (5 - bits)) & 31] ?? '') : text
}
