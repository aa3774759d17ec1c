import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault, saysDiskFull, systemCode } from '#server/platform/faults/fault.ts'
import { writeDurably } from '#server/platform/machine/durable-file.ts'
import type { OnceWritten } from './once-written.ts'

/**
 * Files of a private folder, each flushed to the disk before it counts as written and never
 * overwritten by us. Whoever has the machine can change them: a place for the demonstration, or
 * one that another machine keeps.
 */
export function openFolderOnce(folder: string): OnceWritten {
  const pathOf = (name: string): string => join(folder, name)
  return {
    create: (name, bytes) =>
      reaching(async () => {
        await mkdir(folder, { recursive: true, mode: 0o700 })
        const temporary = pathOf(`.${randomBytes(8).toString('hex')}`)
        const isNew = await writeDurably(pathOf(name), [bytes], { temporary, onlyNew: true })
        return isNew ? 'folder' : undefined
      }),
    read: (name) =>
      reaching(() => orElse(async () => new Uint8Array(await readFile(pathOf(name))), undefined)),
    names: () => reaching(() => orElse(() => readdir(folder), [])),
  }
}

async function orElse<T>(work: () => Promise<T>, missing: T): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return missing
    throw error
  }
}

async function reaching<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw new Fault(saysDiskFull(error) ? 'disk-full' : 'storage-unavailable', {}, error)
  }
}
