import { scrypt } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { refuseService, readAreaFile, type OpenedAreaFile } from '#core/area-file/area-file.ts'
import { openKeyFile } from '#core/key-file/key-file.ts'
import { createHmacEngine } from '#core/pseudonym/hmac/hmac-engine.ts'
import { preparePseudonymKeys, type PseudonymKeys } from '#core/pseudonym/pseudonymise.ts'
import { USAGE } from './console.ts'
import { stopped, type Stopped } from './stopped.ts'

/** A source key in hand, prepared; the raw key is wiped. */
export interface OpenedKey {
  readonly keys: PseudonymKeys
  readonly check: string
  readonly live: boolean
}

/** Opens a key file; throws Stopped with the one reason why it does not open. */
export async function openKey(path: string, passphrase: string): Promise<OpenedKey> {
  const opened = await openKeyFile(await readText(path), passphrase, {
    subtle: crypto.subtle,
    scrypt,
  })
  if (!opened.ok) throw stopped(opened.code)
  const { key, check, live } = opened
  const keys = preparePseudonymKeys(createHmacEngine(), { source: key, platform: [] })
  key.fill(0)
  return { keys, check, live }
}

/** Opens the area file of a key and demands that it knows the provider and the service. */
export async function openArea(
  path: string,
  { keys }: OpenedKey,
  provider: string,
  service: string,
): Promise<OpenedAreaFile> {
  const area = readAreaFile(await readBytes(path), keys.source)
  if (!area.ok) throw stopped(area.code)
  const code = refuseService(area, provider, service)
  if (code !== null) throw stopped(code)
  return area
}

/** The text of a small file that is named on the command line. */
export async function readText(path: string): Promise<string> {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(await readBytes(path))
}

async function readBytes(path: string): Promise<Uint8Array> {
  return readFile(path).catch(() => {
    throw notReadable(path)
  })
}

/** A path names no file that can be read. */
export function notReadable(path: string): Stopped {
  return stopped('file-not-readable', USAGE, { path })
}
