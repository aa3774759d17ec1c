import { realpath } from 'node:fs/promises'
import { isAbsolute, join, relative, resolve } from 'node:path'
import { Fault } from '#server/platform/faults/fault.ts'
import { openFolderSecrets } from '#server/platform/secrets/folder-secrets.ts'
import type { Secrets } from '#server/platform/secrets/secrets.ts'

/**
 * Where keys lie: those of the workers in one place, those of the portal in another, so that a portal
 * can be given its own place alone.
 */
export interface KeyPlace {
  readonly dataDir: string
  /**
   * KEYS names the workers' place, PORTAL_KEYS the portal's: a key vault
   * (`https://NAME.vault.azure.net`) or a folder. Without them, `<dataDir>/keys/worker` and
   * `<dataDir>/keys/portal`.
   */
  readonly env?: Readonly<Record<string, string | undefined>>
}

/** Whose keys. */
type Holder = 'worker' | 'portal'

const SETTING: Readonly<Record<Holder, 'KEYS' | 'PORTAL_KEYS'>> = {
  worker: 'KEYS',
  portal: 'PORTAL_KEYS',
}

const VAULT = /^https:\/\/[a-z0-9-]+\.vault\.azure\.net\/?$/

/** Opens the place of one holder's keys. Throws `keys-open` and `keys-unreachable`. */
export async function openSecrets(place: KeyPlace, holder: Holder): Promise<Secrets> {
  const given = place.env?.[SETTING[holder]] ?? ''
  if (!isVault(place, holder)) return openFolderSecrets(folderOf(place, holder))
  if (!VAULT.test(given)) {
    throw new Fault('keys-unreachable', { reason: `${SETTING[holder]} is no key vault` })
  }
  // What speaks to the vault takes longer to load than everything else here.
  const { openVaultSecrets } = await import('#server/platform/secrets/vault-secrets.ts')
  return openVaultSecrets(given)
}

/**
 * Refuses keys that lie with the data, symbolic links resolved, as a live programme may not have
 * them: whoever copies the data folder would have both. Throws `keys-beside-data`.
 */
export async function demandKeysApart(place: KeyPlace, holder: Holder): Promise<void> {
  if (isVault(place, holder)) return
  const data = await whereIs(place.dataDir)
  const keys = await whereIs(folderOf(place, holder))
  if (holds(data, keys) || holds(keys, data)) {
    throw new Fault('keys-beside-data', { setting: SETTING[holder] })
  }
}

function isVault({ env }: KeyPlace, holder: Holder): boolean {
  return /^[a-z]+:\/\//i.test(env?.[SETTING[holder]] ?? '')
}

function folderOf({ dataDir, env }: KeyPlace, holder: Holder): string {
  const given = env?.[SETTING[holder]] ?? ''
  if (given === '') return join(dataDir, 'keys', holder)
  if (!isAbsolute(given)) {
    throw new Fault('keys-unreachable', { reason: `${SETTING[holder]} is no absolute path` })
  }
  return given
}

/** A folder without symbolic links; of one that is not made yet, where it would be made. */
async function whereIs(folder: string): Promise<string> {
  const path = resolve(folder)
  try {
    return await realpath(path)
  } catch {
    const above = resolve(path, '..')
    return above === path
      ? path
      : join(/* turbopackIgnore: true */ await whereIs(above), relative(above, path))
  }
}

function holds(outer: string, inner: string): boolean {
  const way = relative(outer, inner)
  return way === '' || !(way.startsWith('..') || isAbsolute(way))
}
