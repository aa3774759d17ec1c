import { mkdir, open, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault, saysDiskFull, systemCode } from '#server/platform/faults/fault.ts'
import type { BlobListing, Blobs } from './blobs.ts'
import { eraseDurably, writeDurably } from '#server/platform/machine/durable-file.ts'

const HALF_WRITTEN = '.part'

/** Blobs as files of a private folder, each flushed to the disk before it counts as written. */
export async function openFolderBlobs(folder: string): Promise<Blobs> {
  await reaching(() => mkdir(folder, { recursive: true, mode: 0o700 }))
  const pathOf = (id: string): string => join(folder, id)
  return {
    async write(id, chunks) {
      // What the source throws is not the disk's doing, and keeps its own name.
      const broken: { cause?: unknown } = {}
      try {
        const watched = watch(chunks, broken)
        await writeDurably(pathOf(id), watched, { temporary: pathOf(id) + HALF_WRITTEN })
      } catch (error) {
        throw 'cause' in broken ? broken.cause : asFault(error)
      }
    },
    size: (id) => reaching(() => orUndefined(async () => (await stat(pathOf(id))).size)),
    read: (id, offset, length) =>
      reaching(() => orUndefined(() => readPart(pathOf(id), offset, length))),
    erase: (id) =>
      reaching(async () => {
        await eraseDurably(pathOf(id), false)
        await eraseDurably(pathOf(id) + HALF_WRITTEN, false)
      }),
    list: () => listFolder(folder),
  }
}

async function* watch(
  chunks: AsyncIterable<Uint8Array>,
  broken: { cause?: unknown },
): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks
  } catch (error) {
    broken.cause = error
    throw error
  }
}

async function* listFolder(folder: string): AsyncGenerator<BlobListing> {
  for (const name of await reaching(() => readdir(folder))) {
    const found = await stat(join(folder, name)).catch(() => undefined)
    if (found === undefined) continue
    const id = name.endsWith(HALF_WRITTEN) ? name.slice(0, -HALF_WRITTEN.length) : name
    yield { id, madeAt: found.mtime }
  }
}

/** Opened for each read, so that an erased blob is unreadable from that moment on. */
async function readPart(path: string, offset: number, length: number): Promise<Uint8Array> {
  const file = await open(path, 'r')
  try {
    const bytes = Buffer.allocUnsafe(length)
    let filled = 0
    while (filled < length) {
      const { bytesRead } = await file.read(bytes, filled, length - filled, offset + filled)
      if (bytesRead === 0) break
      filled += bytesRead
    }
    return bytes.subarray(0, filled)
  } finally {
    await file.close()
  }
}

async function orUndefined<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined
    throw error
  }
}

async function reaching<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw asFault(error)
  }
}

function asFault(error: unknown): Fault {
  if (error instanceof Fault) return error
  return new Fault(saysDiskFull(error) ? 'disk-full' : 'storage-unavailable', {}, error)
}
