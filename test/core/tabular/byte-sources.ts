import type { ByteSource, Encoding } from '#core/tabular/table.ts'
import { openDecoder } from '#core/tabular/encoding/text-decoder.ts'

/**
 * A source over bytes in memory; `most` bytes at once, so that pieces can be made to end anywhere.
 */
export function bytesSource(bytes: Uint8Array, most = Infinity, name = 'file.csv'): ByteSource {
  return {
    name,
    size: bytes.length,
    read: (offset, length) =>
      Promise.resolve(
        bytes.subarray(offset, Math.min(offset + length, offset + most, bytes.length)),
      ),
  }
}

/** A source over text as UTF-8. */
export function textSource(text: string, most = Infinity): ByteSource {
  return bytesSource(new TextEncoder().encode(text), most)
}

/** Text in UTF-16, with its mark. */
export function utf16(text: string, littleEndian: boolean, mark = true): Uint8Array {
  const marked = mark ? `\ufeff${text}` : text
  const bytes = new Uint8Array(marked.length * 2)
  const view = new DataView(bytes.buffer)
  for (let at = 0; at < marked.length; at += 1)
    view.setUint16(at * 2, marked.charCodeAt(at), littleEndian)
  return bytes
}

/**
 * Text of characters up to U+00FF, a byte each: Windows-1252 for all that it shares with Latin-1.
 */
export function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}

/** Text in an encoding of one byte a character, which must have all its characters. */
export function oneByte(text: string, encoding: Encoding): Uint8Array {
  const bytes = new Map<string, number>()
  for (let byte = 0; byte < 256; byte += 1)
    bytes.set(openDecoder(encoding).decode(Uint8Array.of(byte), true), byte)
  return Uint8Array.from(text, (character) => {
    const byte = bytes.get(character)
    if (byte === undefined) throw new Error(`${encoding} has no ${character}`)
    return byte
  })
}
