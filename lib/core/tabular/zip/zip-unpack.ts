import { Inflate } from 'fflate'
import { byteChunks, readBytes } from '#core/tabular/byte-chunks.ts'
import { crc32 } from './crc32.ts'
import { FileRefused } from '#core/tabular/table.ts'
import type { ByteSource } from '#core/tabular/table.ts'
import type { ZipEntry } from './zip-directory.ts'

/**
 * Packed bytes given to the inflater at once: at Deflate's worst, 1032 to 1, they unpack to 16 MB.
 */
const PACKED_CHUNK = 16 * 1024

/**
 * The unpacked bytes of an entry, a piece at a time. The directory's word is held to: more bytes
 * than it announced stop the unpacking at the next piece, fewer or others refuse the file. Throws
 * FileRefused: `xlsx-damaged`, `xlsx-unpacks-too-large`.
 */
export async function* unpackEntry(
  source: ByteSource,
  entry: ZipEntry,
): AsyncGenerator<Uint8Array> {
  const from = await dataOffset(source, entry)
  const unpacked: Uint8Array[] = []
  const inflater = entry.method === 'deflated' ? new Inflate((piece) => unpacked.push(piece)) : null
  let packedLeft = entry.packedBytes
  let count = 0
  let crc = 0
  for await (const packed of byteChunks(source, from, from + packedLeft, PACKED_CHUNK)) {
    packedLeft -= packed.length
    if (inflater === null) unpacked.push(packed)
    else inflate(inflater, packed, packedLeft === 0)
    for (const piece of unpacked.splice(0)) {
      count += piece.length
      if (count > entry.bytes) {
        throw new FileRefused('xlsx-unpacks-too-large', { limit: entry.bytes, unit: 'announced' })
      }
      crc = crc32(piece, crc)
      if (piece.length > 0) yield piece
    }
  }
  if (packedLeft !== 0 || count !== entry.bytes || crc !== entry.crc) throw damaged()
}

/**
 * Where the entry's data begins; its local header must agree with the directory about what it is.
 */
async function dataOffset(source: ByteSource, entry: ZipEntry): Promise<number> {
  const header = await readBytes(source, entry.offset, 30)
  if (header.length < 30) throw damaged()
  const view = new DataView(header.buffer, header.byteOffset, 30)
  if (view.getUint32(0, true) !== 0x04034b50) throw damaged()
  if (view.getUint16(8, true) !== (entry.method === 'stored' ? 0 : 8)) throw damaged()
  const nameLength = view.getUint16(26, true)
  const name = new TextDecoder().decode(await readBytes(source, entry.offset + 30, nameLength))
  if (name !== entry.name) throw damaged()
  return entry.offset + 30 + nameLength + view.getUint16(28, true)
}

function inflate(inflater: Inflate, packed: Uint8Array, last: boolean): void {
  try {
    inflater.push(packed, last)
  } catch (error) {
    throw new FileRefused('xlsx-damaged', error instanceof Error ? { reason: error.message } : {})
  }
}

function damaged(): FileRefused {
  return new FileRefused('xlsx-damaged')
}
