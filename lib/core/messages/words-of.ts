import { COMPARED_WORDS } from './findings/compared-words.ts'
import { END_WORDS } from './submissions/end-reasons.ts'
import { FILE_WORDS } from './reading/file-refusals.ts'
import { FINDING_CATALOGUES } from './findings/findings.ts'
import { HASHED_WORDS } from './hasher/hashed-refusals.ts'
import { HASHER_WORDS } from './hasher/hasher-refusals.ts'
import { MAPPING_WORDS } from './mapping/mapping-refusals.ts'
import { REFERENCE_WORDS } from './linkage/reference-words.ts'
import { SERVER_WORDS } from './operating/refusals.ts'
import { SUBMISSION_WORDS } from './submissions/submission-refusals.ts'
import type { CodeOf, Words, WordsDetail } from './words.ts'

/**
 * Every catalogue: what is found in a file and what stops it, here, on the command line and at
 * source. No code is in two.
 */
export const CATALOGUES = [
  COMPARED_WORDS,
  END_WORDS,
  FILE_WORDS,
  ...FINDING_CATALOGUES,
  HASHED_WORDS,
  HASHER_WORDS,
  MAPPING_WORDS,
  REFERENCE_WORDS,
  SERVER_WORDS,
  SUBMISSION_WORDS,
] as const

/** A code that a person reads about. */
export type Code = CodeOf<(typeof CATALOGUES)[number]>

const WORDS = new Map<string, Words | ((detail: WordsDetail) => Words)>(
  CATALOGUES.flatMap((catalogue) => Object.entries(catalogue)),
)

/** Whether a text that came from outside, or from an older version's store, is a code. */
export function isCode(text: string): text is Code {
  return WORDS.has(text)
}

/**
 * What a person reads about a code, wherever they read it. A code that another version wrote gets
 * words that fit any.
 */
export function wordsOf(code: Code, detail: WordsDetail = {}): Words {
  const words = WORDS.get(code)
  if (words === undefined) {
    return {
      title: 'The file could not be used.',
      fix: 'Export or save the file again and send the new copy.',
    }
  }
  return typeof words === 'function' ? words(detail) : words
}

/**
 * What a person reads about a code that stands alone, as why something stopped: a whole sentence.
 */
export function stopWordsOf(code: Code, detail: WordsDetail = {}): Words {
  const { title, fix } = wordsOf(code, detail)
  return { title: /[.?!]$/.test(title) ? title : `${title}.`, fix }
}
