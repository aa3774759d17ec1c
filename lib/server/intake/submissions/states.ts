/**
 * The states of a submission and the steps between them: a table, from which everything else is
 * derived. received → mapped → checked → accepted → pseudonymised → linked, or rejected, or
 * withdrawn.
 */

export type SubmissionState =
  | 'received'
  | 'mapped'
  | 'checked'
  | 'accepted'
  | 'pseudonymised'
  | 'linked'
  | 'rejected'
  | 'withdrawn'

/**
 * What each state may become; the audit event of a step is `submission.` and the state it leads to.
 */
const NEXT_STATES: Readonly<Record<SubmissionState, readonly SubmissionState[]>> = {
  // The file is held, encrypted; nothing was read.
  received: ['mapped', 'rejected'],
  // Its columns are matched; a mapping may be changed until the rows are accepted.
  mapped: ['mapped', 'checked', 'rejected'],
  // Every row was checked and the findings are counted.
  checked: ['mapped', 'checked', 'accepted', 'rejected'],
  // A person took responsibility for the rows.
  accepted: ['pseudonymised', 'rejected'],
  // The records are kept, the file is erased; in no figure yet.
  pseudonymised: ['linked', 'withdrawn'],
  // In the figures.
  linked: ['withdrawn'],
  rejected: [],
  withdrawn: [],
}

/** Whether a submission may take a step. */
export function maySubmissionBecome(state: SubmissionState, next: SubmissionState): boolean {
  return NEXT_STATES[state].includes(next)
}

/** In which a submission's file may still be mapped, checked and put aside: nobody has taken responsibility for it yet. */
export const OPEN_STATES: readonly SubmissionState[] = ['received', 'mapped', 'checked']

/** Whether a submission is in one of them. */
export function isOpenToChange(state: SubmissionState): boolean {
  return OPEN_STATES.includes(state)
}
