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

/** What the state of a submission is called: what went all the way in staging is in no figure. */
export function stateWords(
  state: keyof typeof STATE_WORDS,
  dataset: 'production' | 'staging',
): string {
  return state === 'linked' && dataset === 'staging'
    ? 'In staging, in no figure'
    : STATE_WORDS[state]
}

/** Where a file is that went all the way, to go on from “it is”. */
export function standsWords(dataset: 'production' | 'staging'): string {
  return dataset === 'staging' ? 'in staging, in no figure' : 'in the figures'
}
