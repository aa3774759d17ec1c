/**
 * What is written where a name is not known. Source: docs/pseudonymisation.md, "Names", test 1.
 */
import { dropSpaces } from './fold.ts'

const NOT_APPLICABLE = new Set(['N/A', 'N/A.', 'N.A', 'N.A.'])

const PLACEHOLDERS = new Set(
  (
    'ANON ANONYMOUS BABY BABYBOY BABYGIRL FEMALE FIRSTNAME FORENAME INFANT LASTNAME MALE NONAME NONE NOTGIVEN ' +
    'NOTKNOWN NOTNAMED SURNAME TBC TEST TESTER UNKNOWN'
  ).split(' '),
)
for (const character of '0123456789ABC') PLACEHOLDERS.add(`BABY${character}`)
for (const whose of ['', 'BABY', 'INFANT', 'BOY', 'GIRL']) {
  for (const birth of ['TWIN', 'TRIPLET']) {
    for (const which of [
      '',
      '1',
      '2',
      '3',
      'A',
      'B',
      'C',
      'I',
      'II',
      'III',
      'ONE',
      'TWO',
      'THREE',
    ]) {
      PLACEHOLDERS.add(whose + birth + which)
    }
  }
}

const LONGEST = Math.max(...[...PLACEHOLDERS].map((placeholder) => placeholder.length))
const OF_SOMEBODY = ['BABY OF ', 'BABY BOY OF ', 'BABY GIRL OF ', 'INFANT OF ']

/** Whether folded text stands for no name. */
export function isNamePlaceholder(folded: string): boolean {
  const isPlain = isCapitals(folded)
  if (!isPlain && NOT_APPLICABLE.has(dropSpaces(folded))) return true
  const bare = isPlain ? folded : dropMarks(folded)
  if (bare.length <= LONGEST && PLACEHOLDERS.has(bare)) return true
  return isCrossed(bare) || (!isPlain && isOfSomebody(folded))
}

/** Whether the whole is A–Z, as most names are. */
export function isCapitals(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 0x41 || code > 0x5a) return false
  }
  return true
}

/** Without all ASCII but A–Z and 0–9. */
function dropMarks(text: string): string {
  return text.replace(/[ -/:-@[-~]+/g, '')
}

/** XX, XXX, and so on. */
function isCrossed(text: string): boolean {
  if (text.length < 2) return false
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) !== 0x58) return false
  return true
}

function isOfSomebody(folded: string): boolean {
  const spaced = folded.replace(/[ -/:-@[-~]+/g, ' ').replace(/^ | $/g, '')
  return OF_SOMEBODY.some((beginning) => spaced.startsWith(beginning))
}
