import { piecesEndingIn } from './byte-chunks.ts'
import { FileRefused } from './table.ts'
import type { ByteSource } from './table.ts'
import { XmlScanner } from './xml-scanner.ts'
import type { XmlHandler } from './xml-scanner.ts'
import type { ZipDirectory, ZipEntry } from './zip-directory.ts'
import { unpackEntry } from './zip-unpack.ts'

/**
 * The parts of a workbook and how they refer to each other. Source: ECMA-376 part 2 (Open Packaging
 * Conventions).
 */

/** The byte of `>`. */
const TAG_END = 0x3e

/** A workbook's parts, still packed. */
export interface Package {
  readonly source: ByteSource
  readonly directory: ZipDirectory
}

/** A reference from one part to another inside the package. */
export interface Relationship {
  readonly id: string
  /**
   * The last word of the type, which strict and transitional workbooks share: `worksheet`,
   * `sharedStrings`.
   */
  readonly type: string
  /** Name of the part, from the package's root. */
  readonly target: string
}

/** The part of this name, whatever its case; undefined when there is none. */
export function findPart(workbook: Package, name: string): ZipEntry | undefined {
  return workbook.directory.get(name.toLowerCase())
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

/** The relationships of a part (or, for '', of the package) that lead inside the package. */
export async function readRelationships(
  workbook: Package,
  partName: string,
): Promise<Relationship[]> {
  const slash = partName.lastIndexOf('/') + 1
  const folder = partName.slice(0, slash)
  const entry = findPart(workbook, `${folder}_rels/${partName.slice(slash)}.rels`)
  const found: Relationship[] = []
  if (entry === undefined) return found
  await readPart(workbook, entry, {
    open(name, scanner) {
      if (name !== 'Relationship') return
      if (scanner.attribute('TargetMode') === 'External') return
      const type = scanner.attribute('Type') ?? ''
      found.push({
        id: scanner.attribute('Id') ?? '',
        type: type.slice(type.lastIndexOf('/') + 1),
        target: resolveTarget(folder, scanner.attribute('Target') ?? ''),
      })
    },
    close: ignore,
    text: ignore,
  })
  return found
}

/** For what a handler does not want. */
export function ignore(): void {
  // Nothing to do: the part is read for its other content.
}

/** Joins a target to the folder of the part that names it; it cannot lead out of the package. */
function resolveTarget(folder: string, target: string): string {
  const path = target.startsWith('/') ? target : folder + target
  const steps: string[] = []
  for (const step of path.split('/')) {
    if (step === '..') steps.pop()
    else if (step !== '' && step !== '.') steps.push(step)
  }
  return steps.join('/')
}

function xmlEncoding(top: Uint8Array): string {
  if (top[0] === 0xff && top[1] === 0xfe) return 'utf-16le'
  if (top[0] === 0xfe && top[1] === 0xff) return 'utf-16be'
  return 'utf-8'
}

function decode(decoder: TextDecoder, bytes?: Uint8Array): string {
  try {
    return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true })
  } catch {
    throw new FileRefused('xlsx-damaged')
  }
}
