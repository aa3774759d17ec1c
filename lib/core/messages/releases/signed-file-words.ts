import type { CheckedFile } from '#core/disclosure/signed-release.ts'

const WORDS: Readonly<
  Record<CheckedFile['outcome'], { readonly title: string; readonly text: string }>
> = {
  genuine: {
    title: 'These are the figures that were signed',
    text: 'Nothing in them was changed since.',
  },
  changed: {
    title: 'These are not the figures that were signed',
    text: 'Something in the file was changed. Do not use it. Ask the programme for the file again.',
  },
  'other-key': {
    title: 'Somebody else signed these figures',
    text: 'The key in the file is not the one that you gave. Check the key. If it is right, do not use the file.',
  },
  'not-signed': {
    title: 'This is not a file of signed figures',
    text: 'Choose the file that ends in .signed.json, as it was downloaded.',
  },
}

/** What a person reads of a signed file that they checked. */
export function signedFileWords(outcome: CheckedFile['outcome']): {
  readonly title: string
  readonly text: string
} {
  return WORDS[outcome]
}
