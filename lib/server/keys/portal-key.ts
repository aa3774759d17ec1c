import { randomBytes } from 'node:crypto'
import { Fault } from '#server/platform/faults/fault.ts'
import { openSecrets, type KeyPlace } from './keys.ts'

/** What is kept for the portal beside the programme's keys. */
type Name = 'portal-key' | 'portal-role'

/**
 * The key of the portal's accounts (seeds of one-time codes, names of counted tries), 32 random
 * bytes beside the programme's keys; made when first asked for. Throws `keys-damaged` when what is
 * kept is no such key.
 */
export function openPortalKey(place: KeyPlace): Promise<Uint8Array> {
  return openSecret(place, 'portal-key')
}

/** The same for what the portal's role signs in to the database with. */
export function openRoleSecret(place: KeyPlace): Promise<Uint8Array> {
  return openSecret(place, 'portal-role')
}

async function openSecret(place: KeyPlace, name: Name): Promise<Uint8Array> {
  const secrets = await openSecrets(place)
  // Whoever comes second reads what the first wrote.
  await ((await secrets.read(name)) ?? secrets.create(name, new Uint8Array(randomBytes(32))))
  const secret = await secrets.read(name)
  if (secret?.length !== 32) throw new Fault('keys-damaged', { what: name })
  return secret
}
