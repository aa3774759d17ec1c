import { randomBytes } from 'node:crypto'
import { Fault } from '#server/platform/faults/fault.ts'
import { openSecrets, type KeyPlace } from './key-places.ts'

const NAME = 'stop-list-key'
const LENGTH = 32

/**
 * The key of the stop-list (32 random bytes), in the workers' place of keys and in no database or
 * backup; made when first asked for. Throws `keys-damaged` when what is kept is no such key.
 */
export async function openStopKey(place: KeyPlace): Promise<Uint8Array> {
  const secrets = await openSecrets(place, 'worker')
  // Whoever comes second reads what the first wrote.
  await ((await secrets.read(NAME)) ?? secrets.create(NAME, new Uint8Array(randomBytes(LENGTH))))
  const key = await secrets.read(NAME)
  if (key?.length !== LENGTH) throw new Fault('keys-damaged', { what: NAME })
  return key
}

/** The same for who only applies what is noted: undefined while there is none. Throws `keys-damaged`. */
export async function findStopKey(place: KeyPlace): Promise<Uint8Array | undefined> {
  const key = await (await openSecrets(place, 'worker')).read(NAME)
  if (key !== undefined && key.length !== LENGTH) throw new Fault('keys-damaged', { what: NAME })
  return key
}
