import type { CodeOf } from '#core/messages/words.ts'
import { COMPARED_WORDS } from './compared-words.ts'
import { CLIENT_REFERENCE_WORDS } from './client-reference-words.ts'
import { NAME_WORDS } from './name-words.ts'
import { BIRTH_WORDS } from './birth-words.ts'
import { IDENTIFIER_WORDS } from './identifier-words.ts'
import { SERVICE_WORDS } from './service-words.ts'
import { FORM_WORDS } from './form-words.ts'
import { EVENT_WORDS } from './event-words.ts'
import { FEED_WORDS } from './feed-words.ts'

/**
 * The words of every finding, for the person who sent the file: what it is, and how to fix it.
 * Findings of reading a file are in `messages/reading/file-refusals.ts`, those of a comparison with
 * earlier quarters in `compared-words.ts`. A message never holds a value.
 */
export const FINDING_CATALOGUES = [
  CLIENT_REFERENCE_WORDS,
  NAME_WORDS,
  BIRTH_WORDS,
  IDENTIFIER_WORDS,
  SERVICE_WORDS,
  EVENT_WORDS,
  FEED_WORDS,
  FORM_WORDS,
] as const

/** A stable code of a finding. */
export type FindingCode =
  | CodeOf<(typeof FINDING_CATALOGUES)[number]>
  | keyof typeof COMPARED_WORDS
  | 'no-rows'

/** Whether a text that came from outside is the code of a finding. */
export function isFindingCode(text: string): text is FindingCode {
  return (
    text === 'no-rows' ||
    [...FINDING_CATALOGUES, COMPARED_WORDS].some((catalogue) => Object.hasOwn(catalogue, text))
  )
}

/** Codes of what is found in a file as a whole; every other is found in rows. */
const OF_FILE: ReadonlySet<FindingCode> = new Set<FindingCode>([
  'no-rows',
  'birth-month-first',
  'date-month-first',
  'quarter-mismatch',
  'most-dates-after-quarter',
  'nhs-column-exponent',
  'gender-reversed',
  'rows-of-several-services',
  'value-often-the-same',
  'values-in-series',
  'values-of-other-rows',
  'postcode-of-everybody',
  'names-not-given',
  'names-in-brackets',
  'refs-are-identifiers',
  'attended-not-mapped',
  'as-of-differs',
  'staff-names-many',
  'staff-names-alike',
  'nobody-attended',
  'contact-year-doubtful',
  'names-often-the-same',
  'names-the-same',
  'names-cut-short',
  'contacts-stand-in',
  'contacts-in-minutes',
  'birth-year-first-doubtful',
  'refs-alike',
  'contacts-not-mapped',
  'encoding-unsure',
  'letters-lost',
  'rows-short',
  'columns-second-table',
  'sheets-of-others',
  'file-cut-off',
  'sent-for-other-service',
  'sent-for-other-quarter',
  'formula-column',
  'column-errors',
  'formula-column-unused',
  'rows-look-left-out',
  'clients-are-others',
  'refs-count-rows',
  'refs-are-names',
  'refs-of-two-kinds',
  'refs-rounded',
  'refs-marked',
  'rows-twice',
  'births-apart-from-ages',
  'refs-of-two-alphabets',
  'children-grown-up',
  'birth-serial-in-text',
  'name-order-doubtful',
  'most-values-unusable',
  'codes-read-two-ways',
  'nobody-told-child',
  'children-without-births',
  'adults-for-want-of-birth',
  'birth-order-doubtful',
  'birth-before-midnight',
  'birth-digits-short',
  'birth-often-the-same',
  'birth-calendar-doubtful',
  'births-of-two-ages',
  'contacts-mostly-outside',
  'birth-is-service-date',
  'date-order-doubtful',
  'date-before-midnight',
  'date-digits-short',
  'ref-derived',
  'shape-sheets',
  'shape-family-blocks',
  'shape-register',
  'shape-children-across',
])

/** Whether a finding is about the file as a whole: it has no rows to be named or counted. */
export function isAboutFile(code: FindingCode): boolean {
  return OF_FILE.has(code) || Object.hasOwn(COMPARED_WORDS, code)
}

/** What a finding is about: its column's heading where it has one, else the row or the file. */
export function aboutWords(code: FindingCode, column: string): string {
  if (column !== '') return column
  return isAboutFile(code) ? 'The file as a whole' : 'The row as a whole'
}
