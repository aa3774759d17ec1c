import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
} from 'node:crypto'
import { Fault } from '#server/platform/faults/fault.ts'

const NONCE = 12
const TAG = 16

/**
 * A key for one purpose of the portal, derived from the portal's key of the vault. Source: RFC
 * 5869.
 */
export function purposeKey(portalKey: Uint8Array, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', portalKey, '', `countonce portal 1 ${purpose}`, 32))
}

/** Encrypts a seed for a user (AES-256-GCM): nonce, what is encrypted, tag. */
export function sealSeed(
  portalKey: Uint8Array,
  userId: string,
  seed: Uint8Array,
): Buffer<ArrayBuffer> {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', purposeKey(portalKey, 'seeds'), nonce)
  cipher.setAAD(Buffer.from(userId))
  return Buffer.concat([nonce, cipher.update(seed), cipher.final(), cipher.getAuthTag()])
}

/**
 * Decrypts a seed; throws `keys-damaged` when it was sealed under another key, for another user, or
 * tampered with.
 */
export function openSeed(portalKey: Uint8Array, userId: string, sealed: Uint8Array): Uint8Array {
  const key = purposeKey(portalKey, 'seeds')
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE), {
    authTagLength: TAG,
  })
  decipher.setAAD(Buffer.from(userId))
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG))
  try {
    const opened = decipher.update(sealed.subarray(NONCE, sealed.length - TAG))
    return new Uint8Array(Buffer.concat([opened, decipher.final()]))
  } catch {
    throw new Fault('keys-damaged', { what: 'seed of a user' })
  }
}

/** 256 random bits for a link or a cookie, base64url. */
export function makeTicket(): string {
  return randomBytes(32).toString('base64url')
}

/** What is stored of a ticket: it has too many bits to be guessed, so a plain digest serves. */
export function digestTicket(ticket: string): Buffer<ArrayBuffer> {
  return Buffer.from(createHash('sha256').update(ticket).digest())
}

/** What is counted under a name of its own. */
export type CountedKind = 'account' | 'address' | 'device' | 'signed-in' | 'mails'

/** A name among the counted tries that a dump does not give back. */
export function digestSubject(
  portalKey: Uint8Array,
  kind: CountedKind,
  value: string,
): Buffer<ArrayBuffer> {
  const key = purposeKey(portalKey, `tries ${kind}`)
  return Buffer.from(createHmac('sha256', key).update(value).digest())
}

/** What the audit trail calls a network address: enough to tell one from another, 16 hex digits. */
export function nameAddress(portalKey: Uint8Array, address: string): string {
  return digestSubject(portalKey, 'address', address).toString('hex').slice(0, 16)
}
