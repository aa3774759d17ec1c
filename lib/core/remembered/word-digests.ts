/**
 * What stands for the headings and words of a service's files between its quarters: the next file is
 * matched as the last was, and nobody reads them who has the store alone.
 *   digest(kind, text) = HMAC-SHA-256(key, kind, text)
 *   heading = digest of it as it is (12 bytes), digest of its letters and digits (12)
 *   word    = digest of it folded (16)
 *   sealed  = iv (16), value xor keystream: opened by who has the word that the value stands beside
 *   iv      = HMAC-SHA-256(digest("seal", word), "iv", value): synthetic, so it authenticates as well
 * Each ends with a check value (8), so that no text of a file passes for one of them. The key is a
 * service's own: digests of two services cannot be compared.
 * Source: RFC 2104; RFC 5297 for the synthetic iv.
 */
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { codeKey } from '#core/standard/code-key.ts'
import type { ExpectedHeadings } from '#core/tabular/table.ts'

/** Makes and reads the digests of one service. */
export interface WordDigests {
  /** The digest of a heading. */
  heading(text: string): string
  /** The digest of a word, blind to case and to spaces at its ends. */
  word(text: string): string
  /** The one of `texts` that a heading's digest is of: as it is, else by its letters and digits. */
  findHeading(digest: string, texts: readonly string[]): string | undefined
  /** Tells headings that some of these digests are of by their letters and digits. */
  expecting(digests: readonly string[]): ExpectedHeadings
  /** Whether a text is a digest, or sealed, under this key. */
  readonly isDigest: (text: string) => boolean
  /** A value that is opened by who has `word`, and the key. */
  readonly seal: (word: string, value: string) => string
  /** The value that was sealed beside a word; undefined where none was. */
  open(word: string, sealed: string): string | undefined
}

/** Of the private use area: no heading or word that a person types begins with it. */
const PREFIX = '\uE000'
const WORD = 16
const HALF_HEADING = 12
const CHECK = 8
const IV = 16
/** Texts whose digests are remembered: a column of codes has few, a column of dates many. */
const REMEMBERED = 20_000
/** No heading or word is longer; of what is, nothing is looked up. */
const LONGEST = 1_000

/** The digests of a service under its key. */
export function wordDigests(key: Uint8Array): WordDigests {
  const known = new Map<string, Uint8Array>()
  const digest = (kind: string, text: string): Uint8Array => {
    const name = `${kind}\0${text}`
    const before = known.get(name)
    if (before !== undefined) return before
    if (known.size >= REMEMBERED) known.clear()
    const made = hmac(sha256, key, utf8ToBytes(`countonce-remembered-1\0${name}`))
    known.set(name, made)
    return made
  }
  const written = (form: string, body: Uint8Array): string => {
    const text = form + bytesToHex(body)
    return PREFIX + text + bytesToHex(digest('check', text).subarray(0, CHECK))
  }
  const bodyOf = (text: string, form: string): Uint8Array | undefined => {
    if (!text.startsWith(PREFIX + form) || !isDigest(text)) return undefined
    return hexToBytes(text.slice(PREFIX.length + form.length, -2 * CHECK))
  }
  const isDigest = (text: string): boolean => {
    if (!DIGEST_FORM.test(text)) return false
    const body = text.slice(PREFIX.length, -2 * CHECK)
    return text.endsWith(bytesToHex(digest('check', body).subarray(0, CHECK)))
  }
  const exact = (text: string): Uint8Array => digest('heading', text).subarray(0, HALF_HEADING)
  const loose = (letters: string): Uint8Array =>
    digest('letters', letters).subarray(0, HALF_HEADING)
  const wordKey = (word: string): Uint8Array => digest('seal', folded(word))

  return {
    isDigest,
    heading: (text) => written('h', concatBytes(exact(text), loose(lettersOf(text)))),
    word: (text) => written('w', digest('word', folded(text)).subarray(0, WORD)),
    findHeading(heading, texts) {
      const body = bodyOf(heading, 'h')
      if (body === undefined) return undefined
      const [as, like] = [body.subarray(0, HALF_HEADING), body.subarray(HALF_HEADING)]
      const same = texts.find((text) => areEqual(exact(text), as))
      if (same !== undefined) return same
      const alike = [...new Set(texts)].filter((text) => areEqual(loose(lettersOf(text)), like))
      return alike.length === 1 ? alike[0] : undefined
    },
    expecting(headings) {
      const wanted = new Set(
        headings.flatMap((heading) => {
          const body = bodyOf(heading, 'h')
          return body === undefined ? [] : [bytesToHex(body.subarray(HALF_HEADING))]
        }),
      )
      return {
        has: (letters) =>
          wanted.size > 0 && letters.length <= LONGEST && wanted.has(bytesToHex(loose(letters))),
      }
    },
    seal(word, value) {
      const plain = utf8ToBytes(value)
      const under = wordKey(word)
      const iv = hmac(sha256, under, concatBytes(utf8ToBytes('iv\0'), plain)).subarray(0, IV)
      return written('s', concatBytes(iv, xored(plain, under, iv)))
    },
    open(word, sealed) {
      const body = bodyOf(sealed, 's')
      if (body === undefined) return undefined
      const under = wordKey(word)
      const iv = body.subarray(0, IV)
      const plain = xored(body.subarray(IV), under, iv)
      const made = hmac(sha256, under, concatBytes(utf8ToBytes('iv\0'), plain)).subarray(0, IV)
      return areEqual(made, iv) ? new TextDecoder().decode(plain) : undefined
    },
  }
}

/** The form of a digest, and of what is sealed. */
export const DIGEST_FORM = new RegExp(
  `^${PREFIX}(?:h|w|s)(?:[0-9a-f]{2}){${String(CHECK + WORD)},}$`,
)

function lettersOf(heading: string): string {
  return codeKey(heading) || heading
}

/** As values are compared: code-reader.ts. */
function folded(word: string): string {
  return word.trim().toLowerCase()
}

function areEqual(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, at) => byte === right[at])
}

/** The bytes xor a keystream of HMAC-SHA-256 in counter mode. */
function xored(bytes: Uint8Array, key: Uint8Array, iv: Uint8Array): Uint8Array {
  const result = Uint8Array.from(bytes)
  for (let at = 0; at < bytes.length; at += 32) {
    const block = hmac(sha256, key, concatBytes(utf8ToBytes(`stream ${String(at)}\0`), iv))
    for (let index = 0; index < 32 && at + index < bytes.length; index++) {
      result[at + index] = (result[at + index] ?? 0) ^ (block[index] ?? 0)
    }
  }
  return result
}
