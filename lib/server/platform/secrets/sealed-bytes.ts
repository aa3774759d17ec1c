import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { Fault } from '#server/platform/faults/fault.ts'

const NONCE = 12
const TAG = 16

/** How much longer sealed bytes are. */
export const SEALED_MORE = NONCE + TAG

/** Seals bytes under a key for what `about` names (AES-256-GCM): nonce, what is sealed, tag. */
export function sealBytes(
  key: Uint8Array,
  about: string,
  bytes: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(about))
  const parts = [nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]
  return new Uint8Array(Buffer.concat(parts))
}

/**
 * Opens sealed bytes. Throws `keys-damaged` when they were sealed under another key, for something
 * else, or tampered with.
 */
export function openBytes(
  key: Uint8Array,
  about: string,
  sealed: Uint8Array,
): Uint8Array<ArrayBuffer> {
  if (sealed.length < SEALED_MORE) throw new Fault('keys-damaged', { what: 'sealed' })
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE), {
    authTagLength: TAG,
  })
  decipher.setAAD(Buffer.from(about))
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG))
  try {
    const opened = decipher.update(sealed.subarray(NONCE, sealed.length - TAG))
    decipher.final()
    const bytes = new Uint8Array(opened)
    opened.fill(0)
    return bytes
  } catch {
    throw new Fault('keys-damaged', { what: 'sealed' })
  }
}
