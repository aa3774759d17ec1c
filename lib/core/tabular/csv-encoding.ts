import { byteChunks, piecesEndingIn, readBytes } from './byte-chunks.ts'
import { FileRefused } from './table.ts'
import type { ByteSource, Encoding } from './table.ts'
import { Utf8Scan } from './utf8-scan.ts'

/**
 * Finds the encoding of a text file and reads it as text. No byte is dropped: a file that is UTF-8
 * to its last byte is UTF-8, any other file without a mark is Windows-1252, in which every byte is
 * a character (WHATWG Encoding Standard: the five bytes that Microsoft leaves undefined are the
 * control characters of the same number).
 */

/** How a file's bytes become text. */
export interface FoundEncoding {
  readonly encoding: Encoding
  readonly byteOrderMark: boolean
}

const LINE_FEED = 0x0a

/** How many bytes the look for UTF-16 without a mark takes in. */
const PATTERN_BYTES = 4096

/**
 * The encoding by byte order mark, then the pattern of UTF-16, then a scan of the whole file for
 * UTF-8; else Windows-1252. Throws FileRefused: `encoding-wrong` when the file is not in the
 * encoding that its mark or the person says.
 */
export async function findEncoding(source: ByteSource, chosen?: Encoding): Promise<FoundEncoding> {
  const top = await readBytes(source, 0, Math.min(source.size, PATTERN_BYTES))
  const marked = encodingOfMark(top)
  const encoding = chosen ?? marked ?? encodingOfPattern(top)
  const byteOrderMark = marked !== undefined && marked === (encoding ?? 'utf-8')
  if (encoding !== undefined && encoding !== 'utf-8') return { encoding, byteOrderMark }
  if (await isUtf8(source)) return { encoding: 'utf-8', byteOrderMark }
  if (encoding === 'utf-8') throw new FileRefused('encoding-wrong', { encoding: 'UTF-8' })
  return { encoding: 'windows-1252', byteOrderMark: false }
}

/**
 * The text of a file in pieces, without its mark. Throws FileRefused `binary-content` at a NUL
 * character.
 */
export async function* textChunks(
  source: ByteSource,
  encoding: Encoding,
  chunkBytes?: number,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  const chunks = byteChunks(source, 0, source.size, chunkBytes)
  for await (const bytes of piecesEndingIn(chunks, LINE_FEED)) {
    const text = decoder.decode(bytes, { stream: true })
    if (text.includes('\0')) throw new FileRefused('binary-content')
    if (text !== '') yield text
  }
  const last = decoder.decode()
  if (last !== '') yield last
}

function encodingOfMark(top: Uint8Array): Encoding | undefined {
  if (top[0] === 0xef && top[1] === 0xbb && top[2] === 0xbf) return 'utf-8'
  if (top[0] === 0xff && top[1] === 0xfe) return 'utf-16le'
  if (top[0] === 0xfe && top[1] === 0xff) return 'utf-16be'
  return undefined
}

/**
 * UTF-16 of mostly Latin text has a NUL in nearly every other byte, always on the same side, and
 * none on the other.
 */
function encodingOfPattern(top: Uint8Array): Encoding | undefined {
  let even = 0
  let odd = 0
  for (let at = 0; at < top.length; at += 1) {
    if (top[at] !== 0) continue
    if (at % 2 === 0) even += 1
    else odd += 1
  }
  const pairs = top.length / 2
  if (even === 0 && odd >= pairs * 0.4) return 'utf-16le'
  if (odd === 0 && even >= pairs * 0.4) return 'utf-16be'
  return undefined
}

async function isUtf8(source: ByteSource): Promise<boolean> {
  const scan = new Utf8Scan()
  for await (const bytes of byteChunks(source, 0, source.size)) {
    if (!scan.push(bytes)) return false
  }
  return scan.finish()
}
