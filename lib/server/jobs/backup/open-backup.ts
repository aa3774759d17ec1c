import { timingSafeEqual } from 'node:crypto'
import { open, type FileHandle } from 'node:fs/promises'
import { Fault, systemCode } from '#server/platform/faults/fault.ts'
import {
  agreeAgain,
  HALF,
  type Agreed,
  type KeyPair,
} from '#server/platform/secrets/key-agreement.ts'
import { layOut, openChunk, storedChunk } from '#server/platform/storage/file-encryption.ts'
import { CHECKING, MAGIC, SEALING, readFrames, type Frame } from './backup-form.ts'
import { fileId } from './make-backup.ts'

/**
 * The frames of a backup, in order. Throws `backup-missing`, `backup-damaged` (no backup, cut,
 * changed) or `backup-key-wrong`.
 */
export async function* openBackup(
  path: string,
  key: KeyPair,
): AsyncGenerator<Frame, void, undefined> {
  const file = await openFile(path)
  try {
    yield* readFrames(openChunks(file, key))
  } finally {
    await file.close()
  }
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r')
  } catch (error) {
    throw systemCode(error) === 'ENOENT' ? new Fault('backup-missing') : error
  }
}

async function* openChunks(
  file: FileHandle,
  pair: KeyPair,
): AsyncGenerator<Buffer, void, undefined> {
  const { size: whole } = await file.stat()
  const head = MAGIC.length + 2 * HALF
  if (whole < head) throw new Fault('backup-damaged')
  const beginning = await readExactly(file, 0, head)
  if (!beginning.subarray(0, MAGIC.length).equals(MAGIC)) throw new Fault('backup-damaged')
  const once = new Uint8Array(beginning.subarray(MAGIC.length, MAGIC.length + HALF))
  const secret = keyOf(pair, once, beginning.subarray(MAGIC.length + HALF))
  const { size, chunks } = laidOut(whole - head)
  for (let index = 0; index < chunks; index++) {
    const { offset, length } = storedChunk(size, index)
    const stored = await readExactly(file, head + offset, length)
    yield openOne(secret, fileId(once), { index, isLast: index === chunks - 1 }, stored)
  }
}

function keyOf(pair: KeyPair, once: Uint8Array, check: Buffer): Uint8Array {
  const agreed = agreedWith(pair, once)
  if (!timingSafeEqual(agreed.keyFor(CHECKING), check)) throw new Fault('backup-key-wrong')
  return agreed.keyFor(SEALING)
}

function agreedWith(pair: KeyPair, once: Uint8Array): Agreed {
  try {
    return agreeAgain(pair, once)
  } catch {
    throw new Fault('backup-damaged')
  }
}

function laidOut(stored: number): ReturnType<typeof layOut> {
  try {
    return layOut(stored)
  } catch {
    throw new Fault('backup-damaged')
  }
}

function openOne(
  key: Uint8Array,
  id: string,
  { index, isLast }: { readonly index: number; readonly isLast: boolean },
  stored: Buffer,
): Buffer {
  try {
    return openChunk(key, id, index, isLast, stored)
  } catch {
    throw new Fault('backup-damaged')
  }
}

async function readExactly(file: FileHandle, from: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length)
  let at = 0
  while (at < length) {
    const { bytesRead } = await file.read(bytes, at, length - at, from + at)
    if (bytesRead === 0) throw new Fault('backup-damaged')
    at += bytesRead
  }
  return bytes
}
