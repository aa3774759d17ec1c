/** Arbitrary cells: what people, spreadsheets and attackers put where an identifier should be. */
import fc from 'fast-check'
import { listedPoints } from '../literal-specification.ts'

/** Any text at all, ill-formed UTF-16 among it. */
export const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 })
    .map((units) => String.fromCharCode(...units)),
)

/** Text of code points that the fold table lists. */
export const listedText = fc
  .array(fc.nat({ max: listedPoints.length - 1 }), { maxLength: 12 })
  .map((places) => String.fromCodePoint(...places.map((place) => listedPoints[place] ?? 0x20)))

const disguises = [
  ' ',
  '\u00a0',
  '\u200b',
  "'",
  '\u2019',
  '-',
  '\u2011',
  '.',
  ',',
  '\u0301',
  '✓',
  '\t',
  '\ufe0f',
]

/**
 * Text put together from pieces that a field's rules speak of, with what disguises them in between.
 */
export function textOf(pieces: readonly string[]): fc.Arbitrary<string> {
  const piece = fc.oneof(
    { arbitrary: fc.constantFrom(...pieces), weight: 8 },
    { arbitrary: fc.constantFrom(...disguises), weight: 1 },
    { arbitrary: fc.constantFrom(...pieces).map((text) => text.toLowerCase()), weight: 1 },
    { arbitrary: fc.constantFrom(...pieces).map((text) => text.normalize('NFD')), weight: 1 },
  )
  return fc.array(piece, { maxLength: 14 }).map((parts) => parts.join(''))
}
