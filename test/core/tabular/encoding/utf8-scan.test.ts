import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Utf8Scan } from '#core/tabular/encoding/utf8-scan.ts'

function decodes(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

/** Bytes that are nearly UTF-8: text, with bytes of every role in a sequence strewn in. */
const nearlyText = fc
  .array(
    fc.oneof(
      fc
        .string({ unit: 'binary', maxLength: 5 })
        .map((text) => [...new TextEncoder().encode(text)]),
      fc.constantFrom(
        [0x80],
        [0xc0, 0x80],
        [0xc2],
        [0xe0, 0x9f, 0xbf],
        [0xed, 0xa0, 0x80],
        [0xf0, 0x8f, 0xbf, 0xbf],
        [0xf4, 0x90, 0x80, 0x80],
        [0xf5],
        [0xff],
      ),
    ),
    { maxLength: 6 },
  )
  .map((parts) => Uint8Array.from(parts.flat()))

it('always agrees with a strict decoder, wherever the pieces end and however they lie in memory', () => {
  fc.assert(
    fc.property(
      nearlyText,
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 0, max: 7 }),
      (bytes, piece, shift) => {
        const scan = new Utf8Scan()
        const shifted = new Uint8Array(bytes.length + shift)
        shifted.set(bytes, shift)
        for (let at = shift; at < shifted.length; at += piece)
          scan.push(shifted.subarray(at, at + piece))
        expect(scan.finish()).toBe(decodes(bytes))
      },
    ),
    { numRuns: 2000 },
  )
})
