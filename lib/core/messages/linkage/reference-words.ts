import type { Words } from '#core/messages/words.ts'

/** Why a reference of a beneficiary, or a row of a submission, leads to nobody. */
export const REFERENCE_WORDS = {
  'reference-mistyped': {
    title: 'This reference is mistyped.',
    fix: 'Its last character checks the others, and they do not agree.',
  },
  'reference-unknown': {
    title: 'Nobody in this programme has this reference.',
    fix: 'It may be from another programme, or the records it stood for may have been withdrawn.',
  },
  'row-empty': {
    title: 'Nobody in the figures stands in this row.',
    fix: 'It may be blank, left out, or above the headings, or the submission was withdrawn or replaced.',
  },
} as const satisfies Readonly<Record<string, Words>>

/** A code of them that is about a reference. */
export type ReferenceCode = Exclude<keyof typeof REFERENCE_WORDS, 'row-empty'>
