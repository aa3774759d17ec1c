/** Why a reference of a beneficiary leads to nobody. */
export type ReferenceCode = 'reference-mistyped' | 'reference-unknown'

/** What a person reads, and what they can look for. */
export interface ReferenceWords {
  readonly title: string
  readonly look: string
}

const WORDS: Readonly<Record<ReferenceCode, ReferenceWords>> = {
  'reference-mistyped': {
    title: 'This reference is mistyped',
    look: 'Its last character checks the others, and they do not agree.',
  },
  'reference-unknown': {
    title: 'Nobody in this programme has this reference',
    look: 'It may be from another programme, or the records it stood for may have been withdrawn.',
  },
}

/** The words for a reference that leads to nobody. */
export function referenceWords(code: ReferenceCode): ReferenceWords {
  return WORDS[code]
}
