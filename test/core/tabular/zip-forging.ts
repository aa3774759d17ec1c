import { deflateSync } from 'fflate'
import { latin1 } from './byte-sources.ts'

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

/** A ZIP file of one deflated part, with the unpacked size as told. */
export function zipOf(name: string, packed: Uint8Array, announced: number): Uint8Array {
  const bytes = new Uint8Array(30 + name.length + packed.length + 46 + name.length + 22)
  const view = new DataView(bytes.buffer)
  const describe = (at: number): void => {
    view.setUint16(at + 4, 8, true)
    view.setUint32(at + 14, packed.length, true)
    view.setUint32(at + 18, announced, true)
    view.setUint16(at + 22, name.length, true)
  }
  view.setUint32(0, 0x04034b50, true)
  describe(4)
  bytes.set(latin1(name), 30)
  bytes.set(packed, 30 + name.length)
  const directory = 30 + name.length + packed.length
  view.setUint32(directory, 0x02014b50, true)
  describe(directory + 6)
  bytes.set(latin1(name), directory + 46)
  const end = directory + 46 + name.length
  view.setUint32(end, 0x06054b50, true)
  view.setUint16(end + 8, 1, true)
  view.setUint16(end + 10, 1, true)
  view.setUint32(end + 12, 46 + name.length, true)
  view.setUint32(end + 16, directory, true)
  return bytes
}
