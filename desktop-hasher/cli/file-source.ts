import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import type { ByteSource } from '#core/tabular/table.ts'

/** A file on this machine, open for reading. */
export interface FileSource extends ByteSource {
  close(): Promise<void>
}

/** Opens a file; undefined when there is none that can be read. */
export async function openFileSource(path: string): Promise<FileSource | undefined> {
  const handle = await open(path, 'r').catch(() => undefined)
  if (handle === undefined) return undefined
  const status = await handle.stat()
  if (!status.isFile()) {
    await handle.close()
    return undefined
  }
  return {
    name: basename(path),
    size: status.size,
    async read(offset, length) {
      const bytes = new Uint8Array(length)
      const { bytesRead } = await handle.read(bytes, 0, length, offset)
      return bytes.subarray(0, bytesRead)
    },
    close: () => handle.close(),
  }
}
