import { createPrivateKey, randomBytes, type KeyObject } from 'node:crypto'
import { Fault } from '#server/platform/faults/fault.ts'
import type { Secrets } from '#server/platform/secrets/secrets.ts'

/** Keys that sign (Ed25519, RFC 8032), kept as 32 bytes in a place of keys. */

/** What stands before the 32 bytes of a private key of Ed25519 in PKCS #8. Source: RFC 8410. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')

/**
 * The key of that name, made when first asked for. Throws `keys-damaged` when what is kept is no
 * such key.
 */
export async function openSigningKey(secrets: Secrets, name: string): Promise<KeyObject> {
  // Whoever comes second reads what the first wrote.
  await ((await secrets.read(name)) ?? secrets.create(name, new Uint8Array(randomBytes(32))))
  const key = await findSigningKey(secrets, name)
  if (key === undefined) throw new Fault('keys-damaged', { what: name })
  return key
}

/** The key of that name, undefined while there is none. Throws `keys-damaged`. */
export async function findSigningKey(
  secrets: Secrets,
  name: string,
): Promise<KeyObject | undefined> {
  const seed = await secrets.read(name)
  if (seed === undefined) return undefined
  if (seed.length !== 32) throw new Fault('keys-damaged', { what: name })
  return createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' })
}
