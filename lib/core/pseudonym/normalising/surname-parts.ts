/**
 * The parts of a last name, by each of which another record may know its bearer.
 * Source: docs/pseudonymisation.md, "Alternates and sound", "Parts".
 */
import { foldName } from './fold.ts'
import { isCapitals, isNamePlaceholder } from './name-placeholder.ts'
import { readWords } from './name.ts'

/** Words of a last name that nobody is known by alone. */
const PARTICLES = new Set(
  (
    'AL EL UL UR BIN BINT IBN BEN ABU ABDUL DE DA DO DOS DAS DEL DELLA DI DU LA LE VAN VON ' +
    'DER DEN TER O MC MAC ST SAN SANTA AP'
  ).split(' '),
)

const NONE: readonly string[] = []

/** The parts of the cell of a last name, in order; none where the cell is one word. */
export function readSurnameParts(cell: string): readonly string[] {
  // What is letters alone is one word, and its only part the whole name.
  if (isLetters(cell)) return NONE
  const words = readWords((foldName(cell) ?? '').replaceAll('-', ' '))
  if (isNamePlaceholder(words.join(' '))) return NONE
  return words.filter((word) => !PARTICLES.has(word) && !(word.length === 1 && isCapitals(word)))
}

/** Whether the whole is A–Z and a–z. */
function isLetters(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i) & 0xffdf
    if (code < 0x41 || code > 0x5a) return false
  }
  return true
}
