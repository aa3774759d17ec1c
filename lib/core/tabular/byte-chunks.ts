import type { ByteSource } from './table.ts'

/** How much is read from a source at once. */
const CHUNK_BYTES = 256 * 1024

/**
 * The bytes from `from` to `to` in order, a chunk at a time; fewer only when the source ends early.
 */
export async function* byteChunks(
  source: ByteSource,
  from: number,
  to: number,
  size = CHUNK_BYTES,
): AsyncGenerator<Uint8Array> {
  let at = from
  while (at < to) {
    const chunk = await source.read(at, Math.min(size, to - at))
    if (chunk.length === 0) return
    yield chunk
    at += chunk.length
  }
}

/**
 * All bytes from `from`, `length` of them, however few the source gives at once; fewer only at the
 * end of the file.
 */
export async function readBytes(
  source: ByteSource,
  from: number,
  length: number,
): Promise<Uint8Array> {
  const first = await source.read(from, length)
  if (first.length >= length) return first
  const parts = [first]
  let count = first.length
  for await (const part of byteChunks(source, from + count, Math.min(source.size, from + length))) {
    parts.push(part)
    count += part.length
  }
  const bytes = new Uint8Array(count)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

/**
 * The same bytes, in pieces that end after `last` wherever a piece holds one. Text whose pieces end
 * where its rows or tags do need not be joined to the piece before, and the engine reads a joined
 * string at half the speed.
 */
export async function* piecesEndingIn(
  chunks: AsyncIterable<Uint8Array>,
  last: number,
): AsyncGenerator<Uint8Array> {
  let rest = new Uint8Array()
  for await (const chunk of chunks) {
    const cut = chunk.lastIndexOf(last) + 1 || chunk.length
    if (rest.length === 0) yield chunk.subarray(0, cut)
    else {
      const piece = new Uint8Array(rest.length + cut)
      piece.set(rest)
      piece.set(chunk.subarray(0, cut), rest.length)
      yield piece
    }
    rest = chunk.slice(cut)
  }
  if (rest.length > 0) yield rest
}
