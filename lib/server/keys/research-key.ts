import { createHmac, randomBytes } from 'node:crypto'
import { frameMessage } from '#core/pseudonym/netstring.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import { openSecrets, type KeyPlace } from './key-places.ts'

const LENGTH = 32
/** Bytes of a pseudonym of an extract: 96 bits. */
const PSEUDONYM = 12

const nameOf = (project: string): string => `research-${project.toLowerCase()}`

/**
 * The key of a project's pseudonyms (32 random bytes), in the workers' place of keys and in no database or backup; made
 * when first asked for. Throws `keys-damaged` when what is kept is no such key.
 */
export async function openResearchKey(place: KeyPlace, project: string): Promise<Uint8Array> {
  const secrets = await openSecrets(place, 'worker')
  const name = nameOf(project)
  // Whoever comes second reads what the first wrote.
  await ((await secrets.read(name)) ?? secrets.create(name, new Uint8Array(randomBytes(LENGTH))))
  const key = await secrets.read(name)
  if (key?.length !== LENGTH) throw new Fault('keys-damaged', { what: name })
  return key
}

/** The same for who makes none: undefined where it was destroyed, or never made. Throws `keys-damaged`. */
export async function findResearchKey(
  place: KeyPlace,
  project: string,
): Promise<Uint8Array | undefined> {
  const name = nameOf(project)
  const key = await (await openSecrets(place, 'worker')).read(name)
  if (key !== undefined && key.length !== LENGTH) throw new Fault('keys-damaged', { what: name })
  return key
}

/** Destroys the key of a project: from then on nobody can tell whose a pseudonym of its extracts was. */
export async function destroyResearchKey(place: KeyPlace, project: string): Promise<void> {
  await (await openSecrets(place, 'worker')).erase(nameOf(project))
}

/**
 * The pseudonym that an extract has for a person or family, by its reference: 24 hexadecimal letters. No two extracts share
 * one, not even of one project, so that nothing can be joined from one to another.
 */
export function extractPseudonym(
  key: Uint8Array,
  extract: string,
  kind: 'person' | 'family',
  reference: string,
): string {
  return createHmac('sha256', key)
    .update(frameMessage(['research', extract, kind, reference]))
    .digest()
    .subarray(0, PSEUDONYM)
    .toString('hex')
}
