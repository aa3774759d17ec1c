import { createHash, randomBytes } from 'node:crypto'

/** What the proof of somebody who makes recovery codes is for. */
export const RECOVERY_CODES = 'make recovery-codes'

/** How many a user gets at a time. */
const CODES = 10

/** Crockford's letters: none is mistaken for another. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/**
 * New recovery codes, each of 80 random bits in four groups of four letters: shown once, never
 * kept.
 */
export function makeRecoveryCodes(): string[] {
  return Array.from({ length: CODES }, () => {
    const letters = Array.from(randomBytes(16), (byte) => LETTERS[byte % 32] ?? '').join('')
    return letters.replace(/(.{4})(?=.)/g, '$1-')
  })
}

/** What is stored of a recovery code; however it was typed, and bound to its user. */
export function digestRecoveryCode(userId: string, typed: string): Buffer<ArrayBuffer> {
  const letters = typed
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
  const text = `countonce recovery code 1 ${userId} ${letters}`
  return Buffer.from(createHash('sha256').update(text).digest())
}
