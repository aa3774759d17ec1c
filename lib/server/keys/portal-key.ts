import { randomBytes } from 'node:crypto'
import { Fault } from '#server/platform/faults/fault.ts'
import { openSecrets, type KeyPlace } from './keys.ts'

const NAME = 'portal-key'

/**
 * The key of the portal's accounts (seeds of one-time codes, names of counted tries), 32 random
 * bytes beside the programme's keys; made when first asked for. Throws `keys-damaged` when what is
 * kept is no such key.
 */
export async function openPortalKey(place: KeyPlace): Promise<Uint8Array> {
  const secrets = await openSecrets(place)
  // Whoever comes second reads what the first wrote.
  await ((await secrets.read(NAME)) ?? secrets.create(NAME, new Uint8Array(randomBytes(32))))
  const key = await secrets.read(NAME)
  if (key?.length !== 32) throw new Fault('keys-damaged', { what: 'portal key' })
  return key
}
