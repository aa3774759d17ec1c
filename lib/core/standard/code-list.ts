import { codeKey } from './code-key.ts'

/**
 * What a code list is, and how a provider's words are looked up in one.
 */

/** One code, its plain name, and other words that mean the same; all compared by `codeKey`. */
export interface Code {
  readonly code: string
  readonly label: string
  readonly synonyms: readonly string[]
}

export type CodeListName =
  | 'role'
  | 'gender'
  | 'ethnicity'
  | 'language'
  | 'yes-no'
  | 'referral-source'
  | 'status'
  | 'attended'
  | 'activity-type'
  | 'time-point'
  | 'completed-by'
  | 'involvement'
  | 'staff-role'
  | 'admission-type'
  | 'tenancy'
  | 'open-or-closed'
  | 'offence-type'
  | 'offence-standing'
  | 'care-plan'
  | 'community-service'
  | 'hospital-care'
  | 'mental-health-service'

export interface CodeList {
  readonly name: CodeListName
  readonly source: string
  readonly codes: readonly Code[]
  /** Words that say that nothing is known: read as a blank, without a finding. */
  readonly blanks: readonly string[]
}

/** Words for “nothing is known” that every list shares. */
export const NOT_KNOWN: readonly string[] = [
  'unknown',
  'not known',
  'not recorded',
  'not provided',
  'not given',
  'not available',
  'missing',
  'n/a',
  'na',
  'null',
  'tbc',
  '-',
  '99',
  'no data',
  'blank',
]

/**
 * Every word of a list by its key → code; a word that says nothing is known → ''.
 * A code's own key wins over a synonym, and an earlier code over a later one.
 */
export function codeWords(list: CodeList): ReadonlyMap<string, string> {
  const words = new Map<string, string>()
  const add = (word: string, code: string) => {
    const key = wordKey(word)
    if (key !== '' && !words.has(key)) words.set(key, code)
  }
  for (const { code } of list.codes) add(code, code)
  for (const { code, label } of list.codes) add(label, code)
  for (const { code, synonyms } of list.codes) for (const word of synonyms) add(word, code)
  // "A - White British" and "White British (A)" are how exports write a code with its words.
  for (const { code, label, synonyms } of list.codes) {
    for (const word of [label, ...synonyms]) {
      add(`${code} ${word}`, code)
      add(`${word} ${code}`, code)
    }
  }
  for (const word of list.blanks) add(word, '')
  return words
}

/**
 * How a value is looked up in `codeWords`: by its letters and digits, or, of a value that is marks
 * alone (✓, /, -), by those.
 */
export function wordKey(value: string): string {
  const key = codeKey(value)
  return key === '' ? value.trim() : key
}
