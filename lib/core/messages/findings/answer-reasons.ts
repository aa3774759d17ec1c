import type { Choice } from '#core/forms/fields.ts'

/**
 * Why a provider confirms what was found in its file, or leaves rows out. Lists and no free text, so
 * that no name is written into the store: who needs to say more telephones the programme.
 */

/** Why what was found is right. */
export const CONFIRM_REASONS = {
  'looked-and-right': 'I looked, and it is right.',
  'always-so': 'It is always so at our service.',
  'more-or-fewer': 'More or fewer people came than usual.',
  'service-changed': 'The service changed: its place, its times or what it offers.',
  'not-recorded': 'Our system does not record it.',
  'one-family': 'The rows are of one family or one home.',
  'several-services': 'The same people use several of our services.',
  'not-people': 'The rows are not people we work with.',
  'programme-knows': 'The programme knows about it.',
  'ask-us': 'For another reason: ask us about it.',
} as const

/** Why rows that must be fixed are left out. */
export const LEAVE_OUT_REASONS = {
  'not-known': 'The details are not known and cannot be found out.',
  'not-ours': 'They are not people of this service.',
  'never-came': 'They were referred and never came.',
  'written-twice': 'They are written down twice.',
  'family-asked': 'The family asked not to be counted.',
  'tests-or-examples': 'They are tests or examples.',
  'in-a-later-file': 'They will be put right in a later file.',
  'ask-us': 'For another reason: ask us about it.',
} as const

/** The reasons to leave rows out, as the choices of a list. */
export const LEAVE_OUT_CHOICES = choicesOf(LEAVE_OUT_REASONS)

/** The reasons to confirm, as the choices of a list. */
export const CONFIRM_CHOICES = choicesOf(CONFIRM_REASONS)

/** The code of a reason why what was found is right. */
export type ConfirmReason = keyof typeof CONFIRM_REASONS

/** The code of a reason why rows are left out. */
export type LeaveOutReason = keyof typeof LEAVE_OUT_REASONS

/** Whether a text is the code of a reason why what was found is right. */
export function isConfirmReason(text: string): text is ConfirmReason {
  return Object.hasOwn(CONFIRM_REASONS, text)
}

/** Whether a text is the code of a reason why rows are left out. */
export function isLeaveOutReason(text: string): text is LeaveOutReason {
  return Object.hasOwn(LEAVE_OUT_REASONS, text)
}

function choicesOf(reasons: Readonly<Record<string, string>>): readonly Choice[] {
  return [
    { value: '', text: 'Choose a reason' },
    ...Object.entries(reasons).map(([value, text]) => ({ value, text })),
  ]
}
