import { ByteContexts } from './byte-contexts.ts'
import { byteChunks, piecesEndingIn, readBytes } from '#core/tabular/byte-chunks.ts'
import { BYTE_ORDER_MARK } from '#core/tabular/writing/csv-writer.ts'
import { guessEncoding, type EncodingGuess } from './guess-encoding.ts'
import { FileRefused } from '#core/tabular/table.ts'
import type { ByteSource, Encoding, EncodingReading } from '#core/tabular/table.ts'
import { openDecoder } from './text-decoder.ts'
import { looksTwiceEncoded } from './twice-encoded.ts'
import { Utf8Scan } from './utf8-scan.ts'

/**
 * Finds the encoding of a text file and reads it as text. No byte is dropped: a file that is UTF-8
 * but for a few bytes is UTF-8, and those bytes become U+FFFD, which no value may hold; any other
 * file without a mark is in the encoding of one byte a character that makes the most plausible
 * names of it.
 */

/** How a file's bytes become text. */
export interface FoundEncoding {
  readonly encoding: Encoding
  readonly byteOrderMark: boolean
  /** Whether a person has to look: another encoding is nearly as plausible. */
  readonly isUnsure: boolean
  /** The encodings that are plausible, the best first; none where nothing comes near the first. */
  readonly readings: readonly EncodingReading[]
  /** Whether some bytes are no text in the encoding. */
  readonly hasStrays: boolean
  /** Whether the file ends within a character. */
  readonly isCutOff: boolean
}

const LINE_FEED = 0x0a

/** How many bytes the look for UTF-16 without a mark takes in. */
const PATTERN_BYTES = 4096

/** UTF-8 has at least this share of well-formed letters to bytes that are none. */
const UTF8_SHARE = 0.05

/**
 * The encoding that a person chose; else the one of a byte order mark, the pattern of UTF-16, a
 * scan of the whole file for UTF-8, or the most plausible. Throws FileRefused: `encoding-wrong`
 * when the file is not at all in the encoding that its mark or the person says.
 */
export async function findEncoding(source: ByteSource, chosen?: Encoding): Promise<FoundEncoding> {
  const top = await readBytes(source, 0, Math.min(source.size, PATTERN_BYTES))
  const marked = encodingOfMark(top)
  const known = chosen ?? marked ?? encodingOfPattern(top)
  const byteOrderMark = marked !== undefined && marked === unicodeOf(known ?? 'utf-8')
  const found = { byteOrderMark, isUnsure: false, readings: [], hasStrays: false, isCutOff: false }
  if (known !== undefined && unicodeOf(known) !== 'utf-8') {
    return { ...found, encoding: known, isCutOff: isHalf(known, source.size) }
  }
  const scan = await scanUtf8(source)
  const plausible = known === undefined && hasMoreStrays(scan) ? await guessOf(source) : undefined
  if (plausible?.isOtherScript === true) return { ...found, ...plausible }
  if (isMostlyUtf8(scan)) {
    const isTwice = chosen === undefined && scan.mayBeTwice && (await isTwiceEncoded(source))
    return {
      ...found,
      encoding: isTwice ? 'utf-8-twice' : (known ?? 'utf-8'),
      hasStrays: scan.strays > 0,
      isCutOff: scan.endsWithin,
    }
  }
  if (known !== undefined) throw new FileRefused('encoding-wrong', { encoding: 'UTF-8' })
  return { ...found, ...(plausible ?? (await guessOf(source))) }
}

/**
 * The text of a file in pieces, without its marks: one that stands within it was left there when
 * files were put together. Throws FileRefused `binary-content` at a NUL character.
 */
export async function* textChunks(
  source: ByteSource,
  encoding: Encoding,
  chunkBytes?: number,
): AsyncGenerator<string> {
  const decoder = openDecoder(encoding)
  const chunks = byteChunks(source, await lengthOfMark(source), source.size, chunkBytes)
  for await (const bytes of piecesEndingIn(chunks, LINE_FEED)) {
    const text = withoutMarks(decoder.decode(bytes, false))
    if (text !== '') yield text
  }
  const last = withoutMarks(decoder.decode(new Uint8Array(), true))
  if (last !== '') yield last
}

function withoutMarks(text: string): string {
  if (text.includes('\0')) throw new FileRefused('binary-content')
  return text.includes(BYTE_ORDER_MARK) ? text.replaceAll(BYTE_ORDER_MARK, '') : text
}

/** UTF-8 in either form; any other encoding is itself. */
function unicodeOf(encoding: Encoding): Encoding {
  return encoding === 'utf-8-twice' ? 'utf-8' : encoding
}

async function lengthOfMark(source: ByteSource): Promise<number> {
  const marked = encodingOfMark(await readBytes(source, 0, Math.min(source.size, 3)))
  return marked === undefined ? 0 : marked === 'utf-8' ? 3 : 2
}

function encodingOfMark(top: Uint8Array): Encoding | undefined {
  if (top[0] === 0xef && top[1] === 0xbb && top[2] === 0xbf) return 'utf-8'
  if (top[0] === 0xff && top[1] === 0xfe) return 'utf-16le'
  if (top[0] === 0xfe && top[1] === 0xff) return 'utf-16be'
  return undefined
}

/** Of the pairs of bytes of UTF-16, those that are ASCII: separators, digits and line ends alone are more. */
const UTF16_SHARE = 0.25
/** Of them, letters such as U+0100, whose NUL is on the other side. */
const UTF16_SLIPS = 0.02

/**
 * UTF-16 of a table has a NUL in many of its pairs of bytes, always on the same side, and hardly
 * any on the other.
 */
function encodingOfPattern(top: Uint8Array): Encoding | undefined {
  let even = 0
  let odd = 0
  for (let at = 0; at < top.length; at += 1) {
    if (top[at] !== 0) continue
    if (at % 2 === 0) even += 1
    else odd += 1
  }
  const few = (top.length / 2) * UTF16_SHARE
  if (odd >= few && even <= odd * UTF16_SLIPS) return 'utf-16le'
  if (even >= few && odd <= even * UTF16_SLIPS) return 'utf-16be'
  return undefined
}

/** UTF-16 that ends with half a character. */
function isHalf(encoding: Encoding, size: number): boolean {
  return encoding.startsWith('utf-16') && size % 2 === 1
}

async function scanUtf8(source: ByteSource): Promise<Utf8Scan> {
  const scan = new Utf8Scan()
  for await (const bytes of byteChunks(source, 0, source.size)) scan.push(bytes)
  return scan
}

/**
 * A text in another encoding has hardly ever two bytes side by side that are one letter in UTF-8,
 * so a few of these say more than many that stand alone: these came from another file.
 */
function isMostlyUtf8({ strays, sequences, endsWithin }: Utf8Scan): boolean {
  return strays === 0 && !endsWithin ? true : sequences > strays * UTF8_SHARE
}

/** Names of another script in a code page of DOS have such letters by chance, beside more that are none. */
function hasMoreStrays({ strays, sequences }: Utf8Scan): boolean {
  return strays > sequences
}

async function guessOf(source: ByteSource): Promise<EncodingGuess> {
  return guessEncoding(await contextsOf(source))
}

async function isTwiceEncoded(source: ByteSource): Promise<boolean> {
  for await (const text of textChunks(source, 'utf-8')) if (looksTwiceEncoded(text)) return true
  return false
}

async function contextsOf(source: ByteSource): Promise<ReturnType<ByteContexts['finish']>> {
  const contexts = new ByteContexts()
  for await (const bytes of byteChunks(source, 0, source.size)) {
    contexts.push(bytes)
    if (contexts.isEnough) break
  }
  return contexts.finish()
}
