/**
 * The workers' keys that uploads are sealed for: a new one every day, and an old one destroyed as soon as no held file
 * was sealed for it. A copy of data and envelopes that was made while a file was held then opens nothing any more, even for
 * whoever copies the workers' keys later.
 */
import { randomBytes } from 'node:crypto'
import { HALF, makeKeyPair, type KeyPair } from '#server/platform/secrets/key-agreement.ts'
import type { Secrets } from '#server/platform/secrets/secrets.ts'
import { readWorkersId } from '#server/platform/storage/file-keys.ts'
import type { KeyRing } from './key-ring.ts'
import { readWorkersCard, writeWorkersCard, type WorkersCard } from './workers-card.ts'

/** How long uploads are sealed for one key, in milliseconds. */
const ROLLED_AFTER = 24 * 60 * 60 * 1000

/** A portal that read the card just before may still seal for the key before, in milliseconds. */
const STILL_IN_USE = 60 * 60 * 1000

/** Where both halves of the workers' keys lie. */
export interface RollingPlaces {
  readonly worker: Secrets
  readonly portal: Secrets
}

/** Makes a new key and tells the portal of it. */
export async function rollKey(places: RollingPlaces, ring: KeyRing, now: Date): Promise<void> {
  const pair = makeKeyPair()
  const id = randomBytes(16).toString('hex')
  await places.worker.create(
    `sealing/${id}`,
    new Uint8Array(Buffer.concat([pair.publicKey, pair.privateKey])),
  )
  const workers = { id, publicKey: pair.publicKey }
  await writeWorkersCard(places.portal, cardOf(ring, workers, now))
}

/** Tells the portal the check values of a key ring that has changed. */
export async function renewCard(places: RollingPlaces, ring: KeyRing): Promise<void> {
  const { workers, madeAt } = await readWorkersCard(places.portal)
  await writeWorkersCard(places.portal, cardOf(ring, workers, madeAt))
}

/** The pair of a key of the workers; undefined once it is destroyed. */
export async function readPair(worker: Secrets, id: string): Promise<KeyPair | undefined> {
  const bytes = await worker.read(`sealing/${id}`)
  return (
    bytes && {
      publicKey: bytes.subarray(0, HALF),
      privateKey: bytes.subarray(HALF, 2 * HALF),
    }
  )
}

/**
 * Makes the key of the day where the last is a day old, and destroys those that no held file needs.
 * Answers how many were destroyed.
 */
export async function rollKeys(places: RollingPlaces, ring: KeyRing, now: Date): Promise<number> {
  const card = await readWorkersCard(places.portal)
  const age = now.getTime() - card.madeAt.getTime()
  if (age >= ROLLED_AFTER) {
    await rollKey(places, ring, now)
    return 0
  }
  return age < STILL_IN_USE ? 0 : destroyUnused(places, card)
}

async function destroyUnused(
  { worker, portal }: RollingPlaces,
  { workers }: WorkersCard,
): Promise<number> {
  const needed = new Set([workers.id])
  for await (const { name } of portal.list('files')) {
    const id = await readWorkersId(portal, name)
    if (id !== undefined) needed.add(id)
  }
  let destroyed = 0
  for await (const { name } of worker.list('sealing')) {
    if (needed.has(name)) continue
    await worker.erase(`sealing/${name}`)
    destroyed += 1
  }
  return destroyed
}

function cardOf(
  { demonstration, source, platform, remembering }: KeyRing,
  workers: WorkersCard['workers'],
  madeAt: Date,
): WorkersCard {
  return {
    ...{ workers, madeAt, demonstration },
    checks: [
      ...source.map(({ epoch, check }) => ({ name: `Source key, epoch ${epoch}`, check })),
      ...platform.map(({ check }, index) => ({ name: `Platform key ${index + 1}`, check })),
      { name: 'Key of what is remembered', check: remembering.check },
    ],
  }
}
