import { randomBytes } from 'node:crypto'
import { mkdir, readFile, readdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Fault, saysDiskFull, systemCode } from '#server/platform/faults/fault.ts'
import { eraseDurably, writeDurably } from '#server/platform/machine/durable-file.ts'
import type { SecretListing, Secrets } from './secrets.ts'

const NAME = /^((?:files|sealing)\/)?[a-z0-9-]+$/

/**
 * Secrets as files of a private folder: 0700, each file 0600. Throws `keys-open` when others can
 * read it: whatever it was that opened it, somebody must decide whether the keys have leaked.
 */
export async function openFolderSecrets(folder: string): Promise<Secrets> {
  await reaching(async () => {
    await mkdir(folder, { recursive: true, mode: 0o700 })
  })
  await refuseOpenFolder(folder)
  const pathOf = (name: string): string => {
    if (!NAME.test(name)) throw new Error('not a name of a secret')
    return join(folder, name)
  }
  const temporary = (): string =>
    join(/* turbopackIgnore: true */ folder, `.${randomBytes(8).toString('hex')}`)

  return {
    read: (name) =>
      reaching(async () => {
        try {
          const secret = new Uint8Array(await readFile(pathOf(name)))
          // What lies on a shelf is erased one by one, zeros first: another process is at erasing it.
          const isErased = name.includes('/') && secret.length > 0 && isZeros(secret)
          return isErased ? undefined : secret
        } catch (error) {
          if (systemCode(error) === 'ENOENT') return undefined
          throw error
        }
      }),
    create: (name, secret) =>
      reaching(async () => {
        const path = pathOf(name)
        await mkdir(dirname(path), { recursive: true, mode: 0o700 })
        return writeDurably(path, [secret], { temporary: temporary(), onlyNew: true })
      }),
    replace: (name, secret) =>
      reaching(async () => {
        await writeDurably(pathOf(name), [secret], { temporary: temporary() })
      }),
    erase: (name) => reaching(() => eraseDurably(pathOf(name), true)),
    list: (shelf) => listFolder(join(folder, shelf)),
  }
}

function isZeros(secret: Uint8Array): boolean {
  return secret.every((byte) => byte === 0)
}

async function* listFolder(folder: string): AsyncGenerator<SecretListing> {
  for (const name of await reaching(() => namesIn(folder))) {
    const found = await stat(join(folder, name)).catch(() => undefined)
    if (found !== undefined) yield { name, madeAt: found.mtime }
  }
}

/** A shelf on which nothing was ever put is not there. */
async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return []
    throw error
  }
}

async function refuseOpenFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const modes = [(await reaching(() => stat(folder))).mode]
  for (const entry of await reaching(() => readdir(folder, { withFileTypes: true }))) {
    if (entry.isFile()) modes.push(await modeOf(join(folder, entry.name)))
  }
  if (modes.some((mode) => (mode & 0o077) !== 0)) throw new Fault('keys-open', { folder })
}

/** The mode of a file; 0 of one that has gone since it was listed, as another's half-written key has. */
async function modeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).mode
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return 0
    throw error
  }
}

async function reaching<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Fault) throw error
    throw new Fault(saysDiskFull(error) ? 'disk-full' : 'keys-unreachable', {}, error)
  }
}
