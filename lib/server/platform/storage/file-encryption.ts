/**
 * How an uploaded file lies at rest: a header, then chunks of 1 MiB, each AES-256-GCM under the file's own key.
 *   header = "countonce-file-1" 00
 *   chunk  = ciphertext, 16 bytes of tag
 *   nonce  = 4 zero bytes, the chunk's number from 0 in 8 bytes: unique, since every file has a key of its own
 *   additional data = header, the file's id in 32 hex digits, the chunk's number in 8 bytes, 1 for the last chunk else 0
 * So a chunk that was cut off, left out, moved, or taken from another file does not decrypt. A file that is a whole number
 * of chunks long ends with a full one; an empty file is one empty chunk.
 * The shape of STREAM: Hoang, Reyhanitabar, Rogaway, Vizár, "Online Authenticated-Encryption and its Nonce-Reuse
 * Misuse-Resistance", 2015.
 */
import { createCipheriv, createDecipheriv } from 'node:crypto'
import { Fault } from '#server/platform/faults/fault.ts'

/** Bytes of a whole chunk before encryption. */
export const CHUNK = 1024 * 1024

const TAG = 16
const HEADER = Buffer.from('countonce-file-1\0', 'latin1')

/** Where a chunk lies in the stored form. */
export interface StoredChunk {
  readonly offset: number
  readonly length: number
}

/**
 * Size and chunks of a file, from the size of its stored form. Throws `file-damaged` when no file
 * has that size.
 */
export function layOut(storedSize: number): { size: number; chunks: number } {
  const body = storedSize - HEADER.length
  const chunks = Math.max(1, Math.ceil(body / (CHUNK + TAG)))
  const size = body - chunks * TAG
  // The last chunk of a file of several is never empty.
  if (size < 0 || (chunks > 1 && size <= (chunks - 1) * CHUNK)) throw new Fault('file-damaged')
  return { size, chunks }
}

/** Where chunk `index` of a file with `size` bytes lies. */
export function storedChunk(size: number, index: number): StoredChunk {
  const length = Math.min(CHUNK, size - index * CHUNK) + TAG
  return { offset: HEADER.length + index * (CHUNK + TAG), length }
}

/**
 * The stored form of `source`, chunk by chunk, whatever pieces it comes in. What was gathered of it is
 * wiped.
 */
export async function* encryptFile(
  key: Uint8Array,
  id: string,
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer, void, undefined> {
  yield HEADER
  const chunk = Buffer.allocUnsafeSlow(CHUNK)
  let filled = 0
  let index = 0
  try {
    for await (const piece of source) {
      for (let at = 0; at < piece.length;) {
        // A full chunk waits for one byte more: only then it is known not to be the last.
        if (filled === CHUNK) {
          yield sealChunk(key, id, index, false, chunk)
          index += 1
          filled = 0
        }
        const taken = Math.min(piece.length - at, CHUNK - filled)
        chunk.set(piece.subarray(at, at + taken), filled)
        filled += taken
        at += taken
      }
    }
    yield sealChunk(key, id, index, true, chunk.subarray(0, filled))
  } finally {
    chunk.fill(0)
  }
}

/**
 * The bytes of a stored chunk. Throws `file-damaged` when it is not that chunk of that file, as it
 * was written.
 */
export function openChunk(
  key: Uint8Array,
  id: string,
  index: number,
  last: boolean,
  stored: Uint8Array,
): Buffer {
  if (stored.length < TAG) throw new Fault('file-damaged')
  const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(index), { authTagLength: TAG })
  decipher.setAAD(additionalData(id, index, last))
  decipher.setAuthTag(stored.subarray(stored.length - TAG))
  const opened = decipher.update(stored.subarray(0, stored.length - TAG))
  try {
    decipher.final()
  } catch {
    throw new Fault('file-damaged')
  }
  return opened
}

function sealChunk(
  key: Uint8Array,
  id: string,
  index: number,
  last: boolean,
  chunk: Uint8Array,
): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonceOf(index), { authTagLength: TAG })
  cipher.setAAD(additionalData(id, index, last))
  const sealed = cipher.update(chunk)
  cipher.final()
  return Buffer.concat([sealed, cipher.getAuthTag()])
}

function nonceOf(index: number): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeBigUInt64BE(BigInt(index), 4)
  return nonce
}

function additionalData(id: string, index: number, last: boolean): Buffer {
  const number = Buffer.alloc(8)
  number.writeBigUInt64BE(BigInt(index))
  return Buffer.concat([HEADER, Buffer.from(id, 'latin1'), number, Buffer.from([last ? 1 : 0])])
}
