import { randomBytes } from 'node:crypto'
import { refuseKeys } from '#core/pseudonym/keys.ts'
import type { Purpose } from '#core/purpose/purposes.ts'
import { Fault, refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { fileKeys, type FileKeys } from '#server/platform/storage/file-keys.ts'
import { demandKeysApart, openSecrets, type KeyPlace } from './key-places.ts'
import {
  nameKey,
  readKeyRing,
  refuseBadKeys,
  ringInUse,
  writeKeyRing,
  type KeyRing,
  type NamedKey,
  type SourceKey,
} from './key-ring.ts'
import { makePortalKey } from './portal-key.ts'
import { openPortalSecrets, pagesKey, type PortalSecrets } from './portal-secrets.ts'
import { readPair, renewCard, rollKey, rollKeys, type RollingPlaces } from './rolling-keys.ts'

/** The keys of a programme, checked and ready: those of its workers, and of the portal as well. */
export interface Keys extends KeyRing {
  /** The source key new files are made under. */
  readonly currentSource: SourceKey
  /** The keys of uploaded files. */
  readonly files: FileKeys
  readonly portal: PortalSecrets
}

const RING = 'key-ring'

/**
 * Opens the keys and tests every one of them. Throws `keys-missing`, `keys-damaged`, `keys-weak`,
 * `keys-reused`, `keys-open`, `keys-unreachable`, and for a live programme `keys-demonstration` when
 * they are those of a demonstration, and `keys-beside-data`; `keys-other-purpose` when they were made for a
 * deployment of another purpose than this (reach where it is not said).
 */
export async function openKeys(
  place: KeyPlace & { readonly live: boolean; readonly purpose?: Purpose },
): Promise<Keys> {
  if (place.live) await demandAllKeysApart(place)
  const places = await openPlaces(place)
  const keys = await ready(place, await readRing(places), places)
  if (keys.purpose !== (place.purpose ?? 'reach')) {
    throw new Fault('keys-other-purpose', { purpose: keys.purpose })
  }
  if (place.live && keys.demonstration) throw new Fault('keys-demonstration')
  return keys
}

/** Makes the first keys of a programme, for reach where no purpose is said; refused when there are any. */
export async function initKeys(
  place: KeyPlace & { readonly demonstration: boolean; readonly purpose?: Purpose },
): Promise<{ readonly ok: true; readonly keys: Keys } | Refusal<'keys-exist'>> {
  if (!place.demonstration) await demandAllKeysApart(place)
  const places = await openPlaces(place)
  const ring: KeyRing = {
    demonstration: place.demonstration,
    purpose: place.purpose ?? 'reach',
    source: [{ ...newKey(), epoch: 1 }],
    platform: [newKey()],
    remembering: newKey(),
  }
  refuseBadKeys(ring)
  if (!(await places.worker.create(RING, writeKeyRing(ring)))) return refuse('keys-exist')
  await makePortalKey(places.portal)
  await rollKey(places, ringInUse(ring), new Date())
  return { ok: true, keys: await ready(place, ring, places) }
}

/**
 * Adds the next platform key and returns all keys. It is kept before anything is stored under it:
 * the store tells by check value which key its pseudonyms have reached, so that a rotation that was
 * interrupted can be continued.
 */
export async function rotatePlatformKey(place: KeyPlace): Promise<Keys> {
  return extendRing(place, (ring) => ({ ...ring, platform: [...ring.platform, newKey()] }))
}

/** Adds a source key, which begins the next epoch, and returns all keys. */
export async function rotateSourceKey(place: KeyPlace): Promise<Keys> {
  return extendRing(place, (ring) => ({
    ...ring,
    source: [...ring.source, { ...newKey(), epoch: ring.source.length + 1 }],
  }))
}

/**
 * Makes the workers' key of the day where it is time, and destroys those that no held file needs;
 * one worker at a time does. Answers how many were destroyed.
 */
export async function rollWorkersKeys(place: KeyPlace, now: Date): Promise<number> {
  const places = await openPlaces(place)
  return rollKeys(places, ringInUse(await readRing(places)), now)
}

/** One operator rotates at a time: the caller holds the lock of the key operation. */
async function extendRing(place: KeyPlace, extend: (ring: KeyRing) => KeyRing): Promise<Keys> {
  const places = await openPlaces(place)
  const ring = extend(await readRing(places))
  refuseBadKeys(ring)
  await places.worker.replace(RING, writeKeyRing(ring))
  await renewCard(places, ringInUse(ring))
  return ready(place, ring, places)
}

/** Refuses keys of workers or portal that lie with the data. Throws `keys-beside-data`. */
export async function demandAllKeysApart(place: KeyPlace): Promise<void> {
  await demandKeysApart(place, 'worker')
  await demandKeysApart(place, 'portal')
}

async function openPlaces(place: KeyPlace): Promise<RollingPlaces> {
  return {
    worker: await openSecrets(place, 'worker'),
    portal: await openSecrets(place, 'portal'),
  }
}

async function readRing({ worker }: RollingPlaces): Promise<KeyRing> {
  const bytes = await worker.read(RING)
  if (bytes === undefined) throw new Fault('keys-missing')
  return readKeyRing(bytes)
}

async function ready(place: KeyPlace, kept: KeyRing, places: RollingPlaces): Promise<Keys> {
  const ring = ringInUse(kept)
  const currentSource = ring.source.at(-1)
  if (currentSource === undefined) throw new Fault('keys-damaged', { reason: 'no source key' })
  const portal = await openPortalSecrets(place)
  demandOwnPurpose(portal.portalKey, ring)
  const means = {
    secrets: places.portal,
    pages: pagesKey(portal.portalKey),
    workers: async () => (await portal.card()).workers,
  }
  const files = fileKeys(means, (id) => readPair(places.worker, id))
  return { ...ring, currentSource, files, portal }
}

function demandOwnPurpose(portalKey: Uint8Array, ring: KeyRing): void {
  const others = [...ring.source, ...ring.platform, ring.remembering].map(({ key }) => key)
  if (refuseKeys([...others, portalKey]) !== null) {
    throw new Fault('keys-reused', { what: 'portal-key' })
  }
}

/**
 * Random bytes that happen to be refused are as likely as a guessed key, and are refused by
 * `refuseBadKeys`.
 */
function newKey(): NamedKey {
  return nameKey(new Uint8Array(randomBytes(32)))
}
