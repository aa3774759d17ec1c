import { createPublicKey, type KeyObject } from 'node:crypto'

/** Public keys of Ed25519 as people note and compare them. */

/** What stands before the 32 bytes of a public key of Ed25519 in SPKI. Source: RFC 8410. */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex')

/** A public key, or that of a private one, as a person notes it: 43 letters. */
export function writePublicKey(key: KeyObject): string {
  const known = key.type === 'public' ? key : createPublicKey(key)
  const spki = known.export({ type: 'spki', format: 'der' })
  return spki.subarray(SPKI.length).toString('base64url')
}

/** Reads a public key that somebody noted, as 43 letters or PEM; undefined when it is none. */
export function readPublicKey(noted: string): KeyObject | undefined {
  try {
    if (noted.includes('BEGIN PUBLIC KEY')) {
      const key = createPublicKey(noted)
      return key.asymmetricKeyType === 'ed25519' ? key : undefined
    }
    const bytes = Buffer.from(noted.trim(), 'base64url')
    if (bytes.length !== 32) return undefined
    return createPublicKey({ key: Buffer.concat([SPKI, bytes]), format: 'der', type: 'spki' })
  } catch {
    return undefined
  }
}
