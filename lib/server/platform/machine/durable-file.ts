import { link, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { systemCode } from '#server/platform/faults/fault.ts'

/**
 * Writes a file that is there whole or not at all, even after a loss of power: a temporary beside
 * it, flushed, then renamed, then the folder flushed. A failure leaves nothing. Mode 0600.
 */
export async function writeDurably(
  path: string,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: { readonly temporary: string; readonly onlyNew?: boolean },
): Promise<boolean> {
  const { temporary } = options
  try {
    const file = await open(temporary, 'wx', 0o600)
    try {
      for await (const chunk of chunks) await writeAll(file, chunk)
      await file.sync()
    } finally {
      await file.close()
    }
    if (options.onlyNew === true) await link(temporary, path)
    else await rename(temporary, path)
    if (options.onlyNew === true) await rm(temporary)
  } catch (error) {
    await rm(temporary, { force: true })
    if (options.onlyNew === true && systemCode(error) === 'EEXIST') return false
    throw error
  }
  await syncFolder(dirname(path))
  return true
}

/** Removes a file for good as far as a file system can: `overwrite` writes zeros over it first. */
export async function eraseDurably(path: string, overwrite: boolean): Promise<void> {
  try {
    if (overwrite) await overwriteWithZeros(path)
    await rm(path)
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error
    return
  }
  await syncFolder(dirname(path))
}

async function writeAll(file: Awaited<ReturnType<typeof open>>, chunk: Uint8Array): Promise<void> {
  let at = 0
  while (at < chunk.length) at += (await file.write(chunk, at, chunk.length - at)).bytesWritten
}

async function overwriteWithZeros(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    const { size } = await file.stat()
    await file.write(new Uint8Array(size), 0, size, 0)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function syncFolder(path: string): Promise<void> {
  // Windows opens no folder; its file systems keep a rename by themselves.
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
