/**
 * Why a submission was taken out of the figures. A list and no free text, so that no name is
 * written into the store.
 */
export const WITHDRAWAL_REASONS = {
  'wrong-file': 'It is not the file that was meant.',
  'wrong-period': 'It is of another service or quarter.',
  'quality-too-poor': 'Too much in it is wrong or missing.',
  'provider-asked': 'The provider asked for it.',
  'family-asked': 'A family asked for it.',
  'no-agreement': 'No agreement covers it.',
} as const

/** The code of a reason. */
export type WithdrawalReason = keyof typeof WITHDRAWAL_REASONS

/** Whether a text is the code of a reason. */
export function isWithdrawalReason(text: string): text is WithdrawalReason {
  return Object.hasOwn(WITHDRAWAL_REASONS, text)
}
