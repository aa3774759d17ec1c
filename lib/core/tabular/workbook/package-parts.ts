import { piecesEndingIn } from '#core/tabular/byte-chunks.ts'
import { FileRefused } from '#core/tabular/table.ts'
import type { ByteSource } from '#core/tabular/table.ts'
import { XmlScanner } from './xml-scanner.ts'
import type { XmlHandler } from './xml-scanner.ts'
import { partKey } from '#core/tabular/zip/zip-directory.ts'
import type { ZipDirectory, ZipEntry } from '#core/tabular/zip/zip-directory.ts'
import { unpackEntry } from '#core/tabular/zip/zip-unpack.ts'

/**
 * The parts of a workbook of any format, in its ZIP file.
 */

/** The byte of `>`. */
const TAG_END = 0x3e

/** A workbook's parts, still packed. */
export interface Package {
  readonly source: ByteSource
  readonly directory: ZipDirectory
}

/**
 * The part of this name, whatever its case, written as a name or as an address (`Sheet%201.xml`);
 * undefined when there is none.
 */
export function findPart(workbook: Package, name: string): ZipEntry | undefined {
  const key = partKey(name)
  return workbook.directory.get(key) ?? workbook.directory.get(decodedName(key))
}

/**
 * Runs `handler` over a part as it unpacks, and yields it after each piece, so that the caller may
 * take or stop.
 */
export async function* scanPart<Handler extends XmlHandler>(
  workbook: Package,
  entry: ZipEntry,
  handler: Handler,
): AsyncGenerator<Handler> {
  const scanner = new XmlScanner(handler)
  let decoder: TextDecoder | undefined
  for await (const bytes of piecesEndingIn(unpackEntry(workbook.source, entry), TAG_END)) {
    decoder ??= new TextDecoder(xmlEncoding(bytes), { fatal: true })
    scanner.push(decode(decoder, bytes))
    yield handler
  }
  if (decoder !== undefined) scanner.push(decode(decoder))
  scanner.finish()
  yield handler
}

/** Runs `handler` over a whole part. */
export async function readPart(
  workbook: Package,
  entry: ZipEntry,
  handler: XmlHandler,
): Promise<void> {
  const pieces = scanPart(workbook, entry, handler)
  let piece = await pieces.next()
  while (piece.done !== true) piece = await pieces.next()
}

/** For what a handler does not want. */
export function ignore(): void {
  // Nothing to do: the part is read for its other content.
}

function decodedName(key: string): string {
  if (!key.includes('%')) return key
  try {
    return decodeURIComponent(key).toLowerCase()
  } catch {
    return key
  }
}

/** Encodings of one byte that a part may declare, although the format knows UTF-8 and UTF-16 alone. */
const ONE_BYTE = /^<[?]xml[^>]{0,100}encoding=["'](iso-8859-1|latin-?1|windows-1252|us-ascii)["']/i

/** The encoding of a part by its first bytes (XML 1.0, appendix F). */
function xmlEncoding(top: Uint8Array): string {
  const [first, second] = top
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) return 'utf-16le'
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) return 'utf-16be'
  const declaration = String.fromCharCode(...top.subarray(0, 160))
  return ONE_BYTE.test(declaration) ? 'windows-1252' : 'utf-8'
}

function decode(decoder: TextDecoder, bytes?: Uint8Array): string {
  try {
    return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true })
  } catch {
    throw new FileRefused('xlsx-damaged')
  }
}
