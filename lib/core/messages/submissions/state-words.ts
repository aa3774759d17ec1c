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
