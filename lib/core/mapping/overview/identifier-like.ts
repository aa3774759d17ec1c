import { NOT_KNOWN } from '#core/standard/code-list.ts'
import { CODE_LISTS } from '#core/standard/codes.ts'
import { headerWords } from '#core/standard/code-key.ts'

/**
 * Texts that may tell who somebody is, where words are expected: they are never offered to be given a
 * meaning, never listed, never remembered. Being wrong costs a word that is read as blank.
 */

/** A longer text is no word of a list, but says something about somebody. */
const LONGEST = 100
/** The shortest part of a name that tells anybody. */
const SHORTEST_NAME = 3

const EMAIL = /@/
/** Six digits, whatever stands between them: dates have eight, telephone and NHS numbers ten. */
const DIGITS = /[0-9](?:[ ()./+-]{0,2}[0-9]){5}/
const MANY_DIGITS = /[0-9](?:[ ()./+-]{0,2}[0-9]){8}/
const POSTCODE = /\b[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}\b/i
const POSTCODE_ALONE = /^[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}$/i

/**
 * Whether a word reads like an identifier: an email address, six digits in a row, a postcode, a long
 * text, or one that holds a name of `names`.
 */
export function readsLikeIdentifier(word: string, names: ReadonlySet<string> = NOBODY): boolean {
  const text = word.trim()
  if (text.length > LONGEST || holdsIdentifier(text)) return true
  return names.size > 0 && headerWords(text).some((part) => names.has(part))
}

/** Whether a text that others are to read holds an email address, six digits in a row or a postcode. */
export function holdsIdentifier(text: string): boolean {
  return EMAIL.test(text) || DIGITS.test(text) || POSTCODE.test(text)
}

/** The same of a text in which numbers of records stand, as of an ethics committee: nine digits are somebody's. */
export function holdsIdentifierBesideNumbers(text: string): boolean {
  return EMAIL.test(text) || MANY_DIGITS.test(text) || POSTCODE.test(text)
}

const NOBODY: ReadonlySet<string> = new Set()

/** Whether a text is a postcode and nothing else. */
export function isPostcode(text: string): boolean {
  return POSTCODE_ALONE.test(text.trim())
}

/** The parts of names in the words of a file's name columns that no list of codes has as well. */
export function nameParts(words: Iterable<string>): Set<string> {
  const parts = new Set<string>()
  for (const word of words) {
    for (const part of headerWords(word)) {
      if (part.length >= SHORTEST_NAME && !VOCABULARY.has(part) && !/[0-9]/.test(part))
        parts.add(part)
    }
  }
  return parts
}

/** Whether a word is one of the lists of codes, or what places of a service are called. */
export function isListed(part: string): boolean {
  return VOCABULARY.has(part)
}

/** What people and places of a service's words are called, though some are called so by name. */
const PLACES =
  'baker bishop booth brook church club college common court cross day east end field fields garden gate green grove hall health hill home hope house hub king lane library lodge manor may north nursery park parish queen road rose saint school self south star street summer surgery town trust ward water west winter wood work young'

/** Parts of the words of code lists: White, Brown and the like are surnames too. */
const VOCABULARY: ReadonlySet<string> = new Set([
  ...PLACES.split(' '),
  ...NOT_KNOWN.flatMap(headerWords),
  ...Object.values(CODE_LISTS).flatMap(({ codes, blanks }) =>
    [
      ...codes.flatMap(({ code, label, synonyms }) => [code, label, ...synonyms]),
      ...blanks,
    ].flatMap(headerWords),
  ),
])
