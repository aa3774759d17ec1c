import { wordsOfKind } from '#core/purpose/purpose-words.ts'

/** What the states of a submission are called. */
export const STATE_WORDS = {
  received: 'Received',
  mapped: 'Columns matched',
  checked: 'Checked',
  accepted: 'Submitted',
  pseudonymised: 'Waiting to be counted',
  linked: 'In the figures',
  rejected: 'Rejected',
  withdrawn: 'Withdrawn',
} as const

interface Stated {
  readonly dataset: 'production' | 'staging'
  readonly kind: string
}

/** What the state of a submission is called: what went all the way in staging is in no figure, and a feed is in use. */
export function stateWords(state: keyof typeof STATE_WORDS, { dataset, kind }: Stated): string {
  if (state !== 'linked') return STATE_WORDS[state]
  return dataset === 'staging' ? 'In staging, in no figure' : wordsOfKind(kind).linked
}

/** Where a file is that went all the way, to go on from “it is”. */
export function standsWords({ dataset, kind }: Stated): string {
  return dataset === 'staging' ? 'in staging, in no figure' : wordsOfKind(kind).stands
}
