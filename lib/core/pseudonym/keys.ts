/**
 * What keys must be, how they are named, and what a source key signs.
 * Source: docs/pseudonymisation.md, "Framing and keys" and "Hashed file".
 */
import { hmac, type HmacKey } from './hmac/hmac-engine.ts'
import { frameMessage } from './netstring.ts'

/** Bytes of a key. */
export const KEY_LENGTH = 32

const CHECK_LENGTH = 8
const FIRST_PRINTABLE = 0x20
const LAST_PRINTABLE = 0x7e
const SHA_256_OF_NOTHING = bytesFromHex(
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
)

/** Why keys are refused. */
export type KeyRefusal =
  /** Not exactly 32 bytes. */
  | 'key-length'
  /** Text, not random bytes: all bytes in 20..7e. */
  | 'key-printable'
  /** Each byte is the one before plus one same number; all-equal among them. */
  | 'key-sequence'
  /** The same 16 bytes twice. */
  | 'key-repeated'
  /** SHA-256 of nothing: the digest of a file that was empty. */
  | 'key-of-nothing'
  /** One key in two places. */
  | 'key-reused'

/** Why a key is refused, or null. It is asked of every key but those of the vectors. */
export function refuseKey(key: Uint8Array): KeyRefusal | null {
  if (key.length !== KEY_LENGTH) return 'key-length'
  if (key.every((byte) => byte >= FIRST_PRINTABLE && byte <= LAST_PRINTABLE)) return 'key-printable'
  if (isSequence(key)) return 'key-sequence'
  const half = KEY_LENGTH / 2
  if (areEqual(key.subarray(0, half), key.subarray(half))) return 'key-repeated'
  return areEqual(key, SHA_256_OF_NOTHING) ? 'key-of-nothing' : null
}

/** Why a set of keys is refused, or null: the first weak one, or one that is there twice. */
export function refuseKeys(keys: readonly Uint8Array[]): KeyRefusal | null {
  for (const [index, key] of keys.entries()) {
    const refusal = refuseKey(key)
    if (refusal !== null) return refusal
    if (keys.slice(0, index).some((other) => areEqual(other, key))) return 'key-reused'
  }
  return null
}

function isSequence(key: Uint8Array): boolean {
  const step = ((key[1] ?? 0) - (key[0] ?? 0)) & 0xff
  return key.every((byte, index) => index === 0 || ((byte - (key[index - 1] ?? 0)) & 0xff) === step)
}

/** Whether two byte strings are equal, in a time that depends on their lengths alone. */
export function areEqual(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false
  let difference = 0
  for (let i = 0; i < left.length; i++) difference |= (left[i] ?? 0) ^ (right[i] ?? 0)
  return difference === 0
}

/** The check value that names a key in files, tables and audit: 16 hex digits. */
export function keyCheckValue(key: HmacKey): string {
  return hexOf(hmac(key, frameMessage(['key-check'])).subarray(0, CHECK_LENGTH))
}

/** The HMAC of a manifest's bytes under the source key: 64 hex digits. */
export function manifestHmac(sourceKey: HmacKey, manifest: Uint8Array): string {
  return hexOf(hmac(sourceKey, frameMessage(['manifest', manifest])))
}

/** Bytes as lower-case hexadecimal. */
export function hexOf(bytes: Uint8Array): string {
  let hex = ''
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0')
  return hex
}

/** The bytes of hexadecimal text; throws when it is not whole pairs of hexadecimal digits. */
export function bytesFromHex(hex: string): Uint8Array<ArrayBuffer> {
  if (!/^(?:[0-9a-fA-F]{2})*$/.test(hex)) throw new RangeError('not hexadecimal')
  const bytes = new Uint8Array(hex.length / 2)
  for (let i = 0; i < bytes.length; i++) bytes[i] = parseInt(hex.slice(i * 2, i * 2 + 2), 16)
  return bytes
}
