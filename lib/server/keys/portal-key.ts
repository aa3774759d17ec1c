import { randomBytes } from 'node:crypto'
import { refuseKey } from '#core/pseudonym/keys.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import type { Secrets } from '#server/platform/secrets/secrets.ts'
import { openSecrets, type KeyPlace } from './key-places.ts'

/**
 * The key of the portal's accounts (seeds of one-time codes, names of counted tries), 32 random
 * bytes in the portal's own place; it comes with the first keys of a programme and is never made
 * anew: what was sealed under another could not be opened. Throws `portal-key-missing`, and
 * `keys-weak` when what is kept is no such key.
 */
export async function openPortalKey(place: KeyPlace): Promise<Uint8Array> {
  return readPortalKey(await openSecrets(place, 'portal'))
}

/** The same from an open place. */
export async function readPortalKey(secrets: Secrets): Promise<Uint8Array> {
  const key = await secrets.read('portal-key')
  if (key === undefined) throw new Fault('portal-key-missing')
  const reason = refuseKey(key)
  if (reason !== null) throw new Fault('keys-weak', { what: 'portal-key', reason })
  return key
}

/** Makes the portal's key where there is none. */
export async function makePortalKey(secrets: Secrets): Promise<void> {
  await secrets.create('portal-key', new Uint8Array(randomBytes(32)))
}
