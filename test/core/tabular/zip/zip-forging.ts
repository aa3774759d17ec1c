import { deflateSync } from 'fflate'
import { latin1 } from '../byte-sources.ts'

/**
 * ZIP files that lie about themselves or unpack to far more than their size.
 */

/** Changes the number at `offset` of the directory entry of a part. */
export function withDirectoryField(
  bytes: Uint8Array,
  part: string,
  offset: number,
  value: number,
  size: 2 | 4,
): Uint8Array {
  const copy = bytes.slice()
  const view = new DataView(copy.buffer)
  const text = String.fromCharCode(...copy)
  const at = text.lastIndexOf(part) - 46
  if (size === 2) view.setUint16(at + offset, value, true)
  else view.setUint32(at + offset, value, true)
  return copy
}

/**
 * The same ZIP file with the sizes and offsets of its directory in the fields for large files, as
 * who writes a stream of unknown length writes them.
 */
export function withLargeEntries(bytes: Uint8Array): Uint8Array {
  const end = bytes.length - 22
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const directoryAt = view.getUint32(end + 16, true)
  const entries: Uint8Array[] = []
  for (let at = directoryAt; at < end;) {
    const nameEnd = at + 46 + view.getUint16(at + 28, true)
    const next = nameEnd + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
    const entry = new Uint8Array(nameEnd - at + 28)
    entry.set(bytes.subarray(at, nameEnd))
    const own = new DataView(entry.buffer)
    own.setUint16(30, 28, true)
    own.setUint16(32, 0, true)
    own.setUint16(nameEnd - at, 1, true)
    own.setUint16(nameEnd - at + 2, 24, true)
    for (const [index, field] of [24, 20, 42].entries()) {
      own.setBigUint64(nameEnd - at + 4 + index * 8, BigInt(view.getUint32(at + field, true)), true)
      own.setUint32(field, 0xffffffff, true)
    }
    entries.push(entry)
    at = next
  }
  const forged = join([bytes.slice(0, directoryAt), ...entries, bytes.slice(end)])
  new DataView(forged.buffer).setUint32(forged.length - 22 + 12, total(entries), true)
  return forged
}

/** Deflate of `size` zeros, made from one packed piece: each piece ends on a byte boundary. */
export function bombOf(size: number): Uint8Array {
  const piece = 10_000_000
  const packedPiece = unfinished(deflateSync(new Uint8Array(piece), { level: 9 }))
  const pieces = Math.floor(size / piece)
  const bytes = new Uint8Array(packedPiece.length * pieces + 2)
  for (let index = 0; index < pieces; index += 1) bytes.set(packedPiece, index * packedPiece.length)
  bytes.set([3, 0], packedPiece.length * pieces)
  return bytes
}

/** Clears the mark of the last block, and ends on a byte boundary with an empty stored block. */
function unfinished(packed: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(packed.length + 5)
  bytes.set(packed)
  bytes[0] = (bytes[0] ?? 0) & 0xfe
  bytes.set([0, 0, 0, 0xff, 0xff], packed.length)
  return bytes
}

/**
 * A deflated part as a ZIP file tells it: its packed bytes, and the unpacked size and checksum that
 * it claims.
 */
export interface ForgedPart {
  readonly name: string
  readonly packed: Uint8Array
  readonly announced: number
  readonly crc?: number
}

/** A ZIP file of these parts, true or not. */
export function zipOf(parts: readonly ForgedPart[]): Uint8Array {
  const locals: Uint8Array[] = []
  const entries: Uint8Array[] = []
  let offset = 0
  for (const part of parts) {
    const local = new Uint8Array([0x50, 0x4b, 3, 4, ...new Uint8Array(26), ...latin1(part.name)])
    describePart(new DataView(local.buffer), 4, part)
    const entry = new Uint8Array([0x50, 0x4b, 1, 2, ...new Uint8Array(42), ...latin1(part.name)])
    const view = new DataView(entry.buffer)
    describePart(view, 6, part)
    view.setUint32(42, offset, true)
    locals.push(local, part.packed)
    entries.push(entry)
    offset += local.length + part.packed.length
  }
  const end = new Uint8Array(22)
  const view = new DataView(end.buffer)
  view.setUint32(0, 0x06054b50, true)
  view.setUint16(8, parts.length, true)
  view.setUint16(10, parts.length, true)
  view.setUint32(12, total(entries), true)
  view.setUint32(16, offset, true)
  return join([...locals, ...entries, end])
}

/** The fields that a part's own header and the directory share. */
function describePart(view: DataView, at: number, part: ForgedPart): void {
  view.setUint16(at + 4, 8, true)
  view.setUint32(at + 10, part.crc ?? 0, true)
  view.setUint32(at + 14, part.packed.length, true)
  view.setUint32(at + 18, part.announced, true)
  view.setUint16(at + 22, part.name.length, true)
}

function total(pieces: readonly Uint8Array[]): number {
  return pieces.reduce((sum, piece) => sum + piece.length, 0)
}

function join(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(total(pieces))
  let at = 0
  for (const piece of pieces) {
    bytes.set(piece, at)
    at += piece.length
  }
  return bytes
}
