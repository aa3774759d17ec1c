import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { ByteSource } from '#core/tabular/table.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import { openFileStore } from '#server/platform/storage/file-store.ts'
import type { ReadingSource } from './reading-task.ts'

/**
 * Opens the bytes that a reading thread is to read: a file of this machine, or a held one with the
 * data key of it alone. Throws Fault where it is held no more.
 */
export async function openSource(source: ReadingSource): Promise<ByteSource> {
  if (source.kind === 'local') return openLocal(source.path, source.name)
  const { id, name, dataKey, dataDir, env } = source
  const files = await openFileStore({
    dataDir,
    env,
    keys: {
      open: (wanted) => Promise.resolve(wanted === id ? dataKey : undefined),
      openPages: () => Promise.resolve(undefined),
      create: () => Promise.reject(new Fault('file-erased')),
      erase: () => Promise.resolve(),
      list: () => Readable.from([]),
    },
  })
  const opened = await files.open(id, name)
  if (!opened.ok) throw new Fault(opened.code)
  return opened.file
}

async function openLocal(path: string, name: string): Promise<ByteSource> {
  const handle = await open(path, 'r')
  const { size } = await handle.stat()
  return {
    name,
    size,
    async read(offset, length) {
      const bytes = new Uint8Array(length)
      const { bytesRead } = await handle.read(bytes, 0, length, offset)
      return bytes.subarray(0, bytesRead)
    },
  }
}
