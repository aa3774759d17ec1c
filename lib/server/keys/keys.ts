import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { Fault, refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { fileKeysIn, type FileKeys } from '#server/platform/storage/file-keys.ts'
import { openFolderSecrets } from '#server/platform/secrets/folder-secrets.ts'
import {
  nameKey,
  readKeyRing,
  refuseBadKeys,
  writeKeyRing,
  type KeyRing,
  type NamedKey,
  type SourceKey,
} from './key-ring.ts'
import type { Secrets } from '#server/platform/secrets/secrets.ts'

/** The keys of a programme, checked and ready. */
export interface Keys extends KeyRing {
  /** The source key new files are made under. */
  readonly currentSource: SourceKey
  /** The keys of uploaded files, wrapped by the ring's. */
  readonly files: FileKeys
}

/** Where keys are looked for. */
export interface KeyPlace {
  readonly dataDir: string
  /** KEYS in it, `https://NAME.vault.azure.net`, names a key vault instead of `<dataDir>/keys`. */
  readonly env?: Readonly<Record<string, string | undefined>>
}

const RING = 'key-ring'

/**
 * Opens the keys and tests every one of them. Throws `keys-missing`, `keys-damaged`, `keys-weak`,
 * `keys-reused`, `keys-open`, `keys-unreachable`, and `keys-demonstration` when a live programme
 * finds keys of a demonstration.
 */
export async function openKeys(place: KeyPlace & { readonly live: boolean }): Promise<Keys> {
  const secrets = await openSecrets(place)
  const keys = ready(await readRing(secrets), secrets)
  if (place.live && keys.demonstration) throw new Fault('keys-demonstration')
  return keys
}

/** Makes the first keys of a programme; refused when there are any. */
export async function initKeys(
  place: KeyPlace & { readonly demonstration: boolean },
): Promise<{ readonly ok: true; readonly keys: Keys } | Refusal<'keys-exist'>> {
  const secrets = await openSecrets(place)
  const ring: KeyRing = {
    demonstration: place.demonstration,
    source: [{ ...newKey(), epoch: 1 }],
    platform: [newKey()],
    wrapping: newKey(),
  }
  refuseBadKeys(ring)
  if (!(await secrets.create(RING, writeKeyRing(ring)))) return refuse('keys-exist')
  return { ok: true, keys: ready(ring, secrets) }
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

/** One operator rotates at a time: the caller holds the lock of the key operation. */
async function extendRing(place: KeyPlace, extend: (ring: KeyRing) => KeyRing): Promise<Keys> {
  const secrets = await openSecrets(place)
  const ring = extend(await readRing(secrets))
  refuseBadKeys(ring)
  await secrets.replace(RING, writeKeyRing(ring))
  return ready(ring, secrets)
}

/** Opens the place keys lie in: for the keys of this room only. */
export async function openSecrets({ dataDir, env }: KeyPlace): Promise<Secrets> {
  const address = env?.['KEYS'] ?? ''
  if (address === '') return openFolderSecrets(join(dataDir, 'keys'))
  if (!/^https:\/\/[a-z0-9-]+\.vault\.azure\.net\/?$/.test(address)) {
    throw new Fault('keys-unreachable', { reason: 'KEYS is not the address of a key vault' })
  }
  // What speaks to the vault takes longer to load than everything else here.
  const { openVaultSecrets } = await import('#server/platform/secrets/vault-secrets.ts')
  return openVaultSecrets(address)
}

async function readRing(secrets: Secrets): Promise<KeyRing> {
  const bytes = await secrets.read(RING)
  if (bytes === undefined) throw new Fault('keys-missing')
  return readKeyRing(bytes)
}

function ready(ring: KeyRing, secrets: Secrets): Keys {
  const currentSource = ring.source.at(-1)
  if (currentSource === undefined) throw new Fault('keys-damaged', { reason: 'no source key' })
  return { ...ring, currentSource, files: fileKeysIn(secrets, ring.wrapping.key) }
}

/**
 * Random bytes that happen to be refused are as likely as a guessed key, and are refused by
 * `refuseBadKeys`.
 */
function newKey(): NamedKey {
  return nameKey(new Uint8Array(randomBytes(32)))
}
