import { readBytes } from '#core/tabular/byte-chunks.ts'
import { FileRefused } from '#core/tabular/table.ts'
import type { ByteSource } from '#core/tabular/table.ts'

/**
 * The central directory of a ZIP file (PKWARE APPNOTE 6.3), read as something that may lie:
 * whatever does not add up refuses the file, and nothing is inflated that the directory has not
 * first announced within the limits.
 */

/** One file inside a ZIP file, as the directory describes it. */
export interface ZipEntry {
  readonly name: string
  readonly method: 'stored' | 'deflated'
  readonly crc: number
  readonly packedBytes: number
  readonly bytes: number
  /** Where its local header begins. */
  readonly offset: number
}

/** Entries by `partKey` of their names. */
export type ZipDirectory = ReadonlyMap<string, ZipEntry>

/**
 * What two names of one part have in common. Part names are compared case-blind, and some writers
 * part their folders by a backslash or begin at the root (PKWARE APPNOTE 4.4.17 allows neither).
 */
export function partKey(name: string): string {
  return name
    .replaceAll('\\', '/')
    .replace(/^(?:[.]?\/)+/, '')
    .toLowerCase()
}

/** What a ZIP file may unpack to. */
export interface UnpackingLimits {
  readonly entries: number
  readonly bytes: number
  /** Unpacked to packed bytes of one entry, where it unpacks to more than a megabyte. */
  readonly ratio: number
}

/**
 * Ten times what a file may hold: a workbook of a million rows packs to about a tenth. Deflate can
 * reach 1032 to 1.
 */
export function unpackingLimits(fileBytes: number): UnpackingLimits {
  return { entries: 2000, bytes: fileBytes * 10, ratio: 100 }
}

const RATIO_COUNTS_FROM = 1024 * 1024
/**
 * How many times better than others the content of an OpenDocument spreadsheet may pack: it writes
 * every tick of a register in the same hundred characters, without a reference, and packs to two
 * hundredths and less.
 */
const CONTENT_SHARE = 5
const MOST_DIRECTORY_BYTES = 4 * 1024 * 1024

/**
 * The directory of a ZIP file. Throws FileRefused: `xlsx-damaged`, `xlsx-unpacks-too-large`,
 * `kind-encrypted`.
 */
export async function readZipDirectory(
  source: ByteSource,
  limits: UnpackingLimits,
): Promise<ZipDirectory> {
  const end = await readEnd(source)
  if (end.entries > limits.entries) {
    throw new FileRefused('xlsx-unpacks-too-large', { limit: limits.entries, unit: 'parts' })
  }
  if (end.bytes > MOST_DIRECTORY_BYTES || end.offset + end.bytes > end.at) throw damaged()
  const bytes = await readBytes(source, end.offset, end.bytes)
  if (bytes.length !== end.bytes) throw damaged()
  const entries = parseEntries(bytes, end.entries)
  refuseOverlaps(entries, end.offset)
  refuseBombs(entries, limits)
  const directory = new Map<string, ZipEntry>()
  for (const entry of entries) {
    const key = partKey(entry.name)
    if (directory.has(key)) throw damaged()
    directory.set(key, entry)
  }
  return directory
}

interface DirectoryEnd {
  readonly entries: number
  readonly bytes: number
  readonly offset: number
  /** Where the record itself begins: the directory ends before it. */
  readonly at: number
}

async function readEnd(source: ByteSource): Promise<DirectoryEnd> {
  const tailBytes = Math.min(source.size, 22 + 0xffff)
  const tailAt = source.size - tailBytes
  const tail = await readBytes(source, tailAt, tailBytes)
  const view = viewOf(tail)
  for (let at = tail.length - 22; at >= 0; at -= 1) {
    if (view.getUint32(at, true) !== 0x06054b50) continue
    if (at + 22 + view.getUint16(at + 20, true) !== tail.length) continue
    const disks = view.getUint16(at + 4, true) | view.getUint16(at + 6, true)
    const found = {
      entries: view.getUint16(at + 10, true),
      bytes: view.getUint32(at + 12, true),
      offset: view.getUint32(at + 16, true),
      at: tailAt + at,
    }
    const large =
      found.entries === 0xffff || found.bytes === 0xffffffff || found.offset === 0xffffffff
    if (large) return readLargeEnd(source, found.at)
    if (disks !== 0) throw damaged()
    return found
  }
  throw damaged()
}

/** The ZIP64 end record, through its locator just before the ordinary one. */
async function readLargeEnd(source: ByteSource, endAt: number): Promise<DirectoryEnd> {
  const locator = viewOf(await readBytes(source, Math.max(0, endAt - 20), 20))
  if (locator.byteLength < 20 || locator.getUint32(0, true) !== 0x07064b50) throw damaged()
  const at = safeNumber(locator.getBigUint64(8, true))
  if (at + 56 > endAt) throw damaged()
  const view = viewOf(await readBytes(source, at, 56))
  if (view.byteLength < 56 || view.getUint32(0, true) !== 0x06064b50) throw damaged()
  return {
    entries: safeNumber(view.getBigUint64(32, true)),
    bytes: safeNumber(view.getBigUint64(40, true)),
    offset: safeNumber(view.getBigUint64(48, true)),
    at,
  }
}

function parseEntries(bytes: Uint8Array, count: number): ZipEntry[] {
  const view = viewOf(bytes)
  const entries: ZipEntry[] = []
  let at = 0
  while (at < bytes.length) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) throw damaged()
    const nameEnd = at + 46 + view.getUint16(at + 28, true)
    const extraEnd = nameEnd + view.getUint16(at + 30, true)
    const next = extraEnd + view.getUint16(at + 32, true)
    if (next > bytes.length) throw damaged()
    if ((view.getUint16(at + 8, true) & 0x2041) !== 0) throw new FileRefused('kind-encrypted')
    const name = new TextDecoder().decode(bytes.subarray(at + 46, nameEnd))
    const sizes = largeSizes(view, at, nameEnd, extraEnd)
    const method = view.getUint16(at + 10, true)
    if (method !== 0 && method !== 8) throw damaged()
    entries.push({
      name,
      method: method === 0 ? 'stored' : 'deflated',
      crc: view.getUint32(at + 16, true),
      ...sizes,
    })
    at = next
  }
  if (entries.length !== count) throw damaged()
  return entries
}

/** Sizes and offset of the entry at `at`, from its ZIP64 field where the short ones are full. */
function largeSizes(
  view: DataView,
  at: number,
  extraAt: number,
  extraEnd: number,
): { bytes: number; packedBytes: number; offset: number } {
  const short = [
    view.getUint32(at + 24, true),
    view.getUint32(at + 20, true),
    view.getUint32(at + 42, true),
  ]
  if (short.includes(0xffffffff)) {
    let field = extraAt
    while (field + 4 <= extraEnd && view.getUint16(field, true) !== 1) {
      field += 4 + view.getUint16(field + 2, true)
    }
    const fieldEnd = Math.min(
      extraEnd,
      field + 4 + (field + 4 <= extraEnd ? view.getUint16(field + 2, true) : 0),
    )
    let value = field + 4
    for (const [index, size] of short.entries()) {
      if (size !== 0xffffffff) continue
      if (value + 8 > fieldEnd) throw damaged()
      short[index] = safeNumber(view.getBigUint64(value, true))
      value += 8
    }
  }
  return { bytes: short[0] ?? 0, packedBytes: short[1] ?? 0, offset: short[2] ?? 0 }
}

/**
 * Entries that share bytes unpack the same data many times over (a "better zip bomb", Fifield
 * 2019).
 */
function refuseOverlaps(entries: readonly ZipEntry[], directoryAt: number): void {
  let free = 0
  for (const entry of entries.toSorted((a, b) => a.offset - b.offset)) {
    if (entry.offset < free) throw damaged()
    free = entry.offset + 30 + entry.packedBytes
    if (free > directoryAt) throw damaged()
  }
}

function refuseBombs(entries: readonly ZipEntry[], limits: UnpackingLimits): void {
  let total = 0
  for (const entry of entries) {
    total += entry.bytes
    const ratio = limits.ratio * (partKey(entry.name) === 'content.xml' ? CONTENT_SHARE : 1)
    if (entry.bytes > RATIO_COUNTS_FROM && entry.bytes > entry.packedBytes * ratio) {
      throw new FileRefused('xlsx-unpacks-too-large', { limit: ratio, unit: 'times' })
    }
  }
  if (total > limits.bytes) {
    throw new FileRefused('xlsx-unpacks-too-large', { limit: limits.bytes, unit: 'bytes' })
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

function safeNumber(value: bigint): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw damaged()
  return Number(value)
}

function damaged(): FileRefused {
  return new FileRefused('xlsx-damaged')
}
