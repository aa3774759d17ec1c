/** Why a reference of a beneficiary leads to nobody. */
export type ReferenceCode = 'reference-mistyped' | 'reference-unknown'

const WORDS: Readonly<Record<ReferenceCode, string>> = {
  'reference-mistyped':
    'This reference is mistyped: its last character checks the others, and they do not agree',
  'reference-unknown':
    'Nobody in this programme has this reference. It may be of another programme, or of records that were withdrawn',
}

/** What a person reads whose reference leads to nobody; without a full stop. */
export function referenceWords(code: ReferenceCode): string {
  return WORDS[code]
}
