import { CODE_LISTS } from './codes.ts'
import type { FieldKind, FieldSubject } from './fields.ts'
import { fieldsOfKind, type AnyField, type FileKind } from './further-fields.ts'

/** The version of the standard: templates and dictionaries carry it in their names. */
export const DATASET_VERSION = 1

/** A field as its dictionary tells it, in words. */
export interface DictionaryEntry {
  /** The heading of the template's column. */
  readonly heading: string
  readonly field: string
  readonly what: string
  readonly kind: string
  readonly forWhom: string
  readonly required: string
  readonly examples: string
}

/** One code of one list. */
export interface DictionaryCode {
  readonly heading: string
  readonly code: string
  readonly meaning: string
}

const KINDS: Readonly<Record<FieldKind, string>> = {
  identifier: 'Replaced by a pseudonym or dropped; never stored',
  code: 'One of a list',
  date: 'Date: day, month, year',
  integer: 'Whole number, 0 or more',
  number: 'Number',
  staff: 'Of your staff or an organisation: kept as it is, and shown',
}

const SUBJECTS: Readonly<Record<FieldSubject, string>> = {
  all: 'Everybody',
  child: 'A child',
  carer: 'The carer, where a row holds child and carer',
  contact: 'The contact, where a row is one contact',
}

const REQUIRED = { always: 'Always', child: 'For a child', no: 'No' } as const

/**
 * The headings of a kind of file as its template has them, of people one row a person: each is
 * understood without being matched by hand.
 */
export function templateHeadings(kind: FileKind): string[] {
  return fieldsOfKind(kind)
    .filter(
      ({ for: subject }) =>
        subject === 'all' || subject === 'child' || (subject === 'contact' && kind !== 'people'),
    )
    .map(({ label }) => label)
}

/** Every field of a kind of file, in its order. */
export function dictionaryEntries(kind: FileKind): DictionaryEntry[] {
  return fieldsOfKind(kind).map((field) => ({
    heading: field.label,
    field: field.name,
    what: field.description,
    kind: KINDS[field.kind],
    forWhom: field.for === 'contact' && kind !== 'people' ? SUBJECTS.all : SUBJECTS[field.for],
    required: REQUIRED[field.required],
    examples: field.examples.join(' or '),
  }))
}

/**
 * Every code that a field may hold; other words for the same are understood too. Languages are too
 * many to be listed.
 */
export function dictionaryCodes(kind: FileKind): DictionaryCode[] {
  return fieldsOfKind(kind)
    .filter(hasShortList)
    .flatMap((field) =>
      (field.codes === undefined ? [] : CODE_LISTS[field.codes].codes).map(({ code, label }) => ({
        heading: field.label,
        code,
        meaning: label,
      })),
    )
}

function hasShortList({ codes }: AnyField): boolean {
  return codes !== undefined && codes !== 'language'
}
