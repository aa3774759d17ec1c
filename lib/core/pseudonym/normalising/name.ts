/**
 * First and last names as components. Source: docs/pseudonymisation.md, "Names".
 */
import { foldName } from './fold.ts'
import { NAME_ROWS } from '#core/pseudonym/generated/name-table.ts'
import { isCapitals, isNamePlaceholder } from './name-placeholder.ts'
import { blank, kept, type NormalisedValue } from './normalised-value.ts'

const TITLES = new Set('MR MRS MS MISS MX MASTER DR PROF REV SIR LADY DAME LORD'.split(' '))
const SUFFIXES = new Set('JR SR II III IV'.split(' '))
const DOUBTFUL = new Set('BOY GIRL NA NULL'.split(' '))
const CANONICAL: ReadonlyMap<string, string> = new Map(
  NAME_ROWS.split(';').map((row): [string, string] => {
    const [name = '', canonical = ''] = row.split(',')
    return [name, canonical]
  }),
)

interface NameBlanks {
  readonly character: NormalisedValue
  readonly missing: NormalisedValue
  readonly placeholder: NormalisedValue
  readonly noLetters: NormalisedValue
  readonly oneLetter: NormalisedValue
}

function nameBlanks(field: 'first' | 'last'): NameBlanks {
  return {
    character: blank(`${field}-character`),
    missing: blank(`${field}-missing`),
    placeholder: blank(`${field}-placeholder`),
    noLetters: blank(`${field}-no-letters`),
    oneLetter: blank(`${field}-one-letter`),
  }
}

const FIRST = nameBlanks('first')
const LAST = nameBlanks('last')

/** A first name: its words joined, without titles. */
export function normaliseFirstName(cell: string): NormalisedValue {
  return normaliseName(cell, FIRST, 'first-please-confirm')
}

/** A last name: its words joined, without titles and suffixes. */
export function normaliseLastName(cell: string): NormalisedValue {
  return normaliseName(cell, LAST, 'last-please-confirm')
}

function normaliseName(
  cell: string,
  blanks: NameBlanks,
  finding: 'first-please-confirm' | 'last-please-confirm',
): NormalisedValue {
  if (cell === '') return blanks.missing
  const folded = foldName(cell)
  if (folded === null) return blanks.character
  if (folded === '') return blanks.missing
  if (isNamePlaceholder(folded)) return blanks.placeholder
  let name = folded
  if (!isCapitals(folded)) {
    const words = readWords(folded)
    if (words.length === 0) return blanks.noLetters
    if (isNamePlaceholder(words.join(' '))) return blanks.placeholder
    name = words.join('')
  }
  if (name.length === 1 && isCapitals(name)) return blanks.oneLetter
  return kept(name, DOUBTFUL.has(name) ? finding : '')
}

/**
 * The words of a name without leading titles and trailing suffixes; the last word left always
 * stays.
 */
export function readWords(folded: string): string[] {
  const letters = folded.replace(/[.,]/g, ' ').replace(/[!-@[-~]+/g, '')
  const words = letters.split(' ').filter((word) => word !== '')
  let from = 0
  let to = words.length
  while (to - from > 1 && TITLES.has(words[from] ?? '')) from++
  while (to - from > 1 && SUFFIXES.has(words[to - 1] ?? '')) to--
  return words.slice(from, to)
}

/** The first three code points of a normalised first name, as a component. */
export function firstThree(first: NormalisedValue): NormalisedValue {
  if (first.code !== '') return first
  return kept(threePoints(first.value), first.finding)
}

function threePoints(name: string): string {
  let end = 0
  for (let points = 0; points < 3 && end < name.length; points++) {
    end += (name.codePointAt(end) ?? 0) > 0xffff ? 2 : 1
  }
  return name.slice(0, end)
}

/** A normalised name under the usual spelling of it as a first name, as a component. */
export function canonicalName(name: NormalisedValue): NormalisedValue {
  const canonical = CANONICAL.get(name.value)
  return canonical === undefined ? name : kept(canonical, name.finding)
}

/** A shorter beginning is as often a name of its own. */
const SHORTEST_BEGINNING = 6

const KNOWN_FIRST_NAMES: ReadonlySet<string> = new Set([...CANONICAL].flat())

/**
 * Whether a word in capitals stands in the table of first names with several spellings; most first
 * names do not, so that only many of them tell something.
 */
export function isKnownFirstName(word: string): boolean {
  return KNOWN_FIRST_NAMES.has(word)
}

/** Beginnings of those names that are none of them, of as many letters as a column of names has. */
const BEGINNINGS: ReadonlySet<string> = new Set(
  [...KNOWN_FIRST_NAMES].flatMap((name) =>
    Array.from({ length: Math.max(0, name.length - SHORTEST_BEGINNING) }, (_, index) =>
      name.slice(0, SHORTEST_BEGINNING + index),
    ).filter((beginning) => !KNOWN_FIRST_NAMES.has(beginning)),
  ),
)

/** Whether a word in capitals, of six letters or more, is what is left of one of those names when it is cut. */
export function beginsKnownFirstName(word: string): boolean {
  return BEGINNINGS.has(word)
}
