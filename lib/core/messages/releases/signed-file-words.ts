import type { CheckedFile, ToldRelease } from '#core/disclosure/signed-release.ts'
import { isQuarter, quarterWords } from '#core/standard/quarter.ts'

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

/** What was signed besides the figures, by name: what whoever checked it ought to compare. */
export function toldLines(
  { facts, cells }: ToldRelease,
  key: string,
): readonly { readonly name: string; readonly value: string }[] {
  const fact = (name: string): string => (facts.get(name) ?? []).join(' to ')
  return [
    { name: 'Release', value: fact('reference') },
    { name: 'For', value: fact('profile') === 'public' ? 'The public' : 'The programme' },
    { name: 'Quarters', value: (facts.get('quarters') ?? []).map(quarterOf).join(' – ') },
    { name: 'Made', value: momentOf(fact('made')) },
    { name: 'Figures', value: cells.toLocaleString('en-GB') },
    { name: 'Hidden', value: `${fact('threshold')} people or fewer` },
    { name: 'Rounded to', value: fact('base') },
    { name: 'Linkage policy', value: fact('linkage policy') },
    { name: 'Linkage state', value: fact('linkage version') },
    { name: 'Key check value', value: fact('key check') },
    { name: 'Program', value: `Count Once ${fact('program version')}` },
    { name: 'Key', value: key },
  ]
}

function quarterOf(text: string): string {
  return isQuarter(text) ? quarterWords(text) : text
}

function momentOf(text: string): string {
  const time = new Date(text)
  if (Number.isNaN(time.getTime())) return text
  return time.toLocaleString('en-GB', {
    ...({ dateStyle: 'long', timeStyle: 'short' } as const),
    timeZone: 'Europe/London',
  })
}
