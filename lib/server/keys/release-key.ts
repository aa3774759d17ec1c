import type { KeyObject } from 'node:crypto'
import { openSecrets, type KeyPlace } from './key-places.ts'
import { openSigningKey } from './signing-key.ts'

/** Name of the key beside the programme's other keys. */
const KEY = 'release-key'

/**
 * The key that signs releases, in the workers' place of keys: neither the portal nor the owner of
 * the database can sign one. Made when first asked for. Throws `keys-damaged`.
 */
export async function openReleaseKey(place: KeyPlace): Promise<KeyObject> {
  return openSigningKey(await openSecrets(place, 'worker'), KEY)
}
