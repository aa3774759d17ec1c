import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { ByteSource } from '#core/tabular/table.ts'
import { Fault, systemCode } from '#server/platform/faults/fault.ts'
import { openFileStore } from '#server/platform/storage/file-store.ts'
import type { ReadingSource } from './reading-task.ts'

/** A file that is read for a reading process. */
export interface OpenSource extends ByteSource {
  /** The same for the same bytes of the same sender, and for no others. */
  readonly identity: string
  close(): Promise<void>
}

/**
 * Opens the bytes that a process is to read: a file of this machine, or a held one with the data key
 * of it alone. Throws Fault where it is held no more, or cannot be opened.
 */
export async function openSource(source: ReadingSource): Promise<OpenSource> {
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
  const { file } = opened
  return {
    ...{ name, size: file.size, identity: `held ${id}` },
    read: (offset, length) => file.read(offset, length),
    close: () => Promise.resolve(),
  }
}

async function openLocal(path: string, name: string): Promise<OpenSource> {
  // The words of the system name the file, and files are named for people.
  const handle = await open(path, 'r').catch((error: unknown) => {
    throw new Fault('reading-failed', { at: systemCode(error) })
  })
  const { size, dev, ino, mtimeMs } = await handle.stat()
  return {
    ...{ name, size, identity: `local ${dev} ${ino} ${size} ${mtimeMs}` },
    async read(offset, length) {
      const bytes = new Uint8Array(length)
      const { bytesRead } = await handle.read(bytes, 0, length, offset)
      return bytes.subarray(0, bytesRead)
    },
    close: () => handle.close(),
  }
}
