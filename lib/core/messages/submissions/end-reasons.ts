import type { Words } from '#core/messages/words.ts'
import { WITHDRAWAL_REASONS, type WithdrawalReason } from './withdrawal-reasons.ts'

const SEND_AGAIN = 'If the file should count, send it again.'

/** Why a submission is no longer in the figures, of itself or by a reason that somebody chose. */
export const END_WORDS = {
  replaced: { title: 'Another file took its place.', fix: SEND_AGAIN },
  withdrawn: { title: 'It was taken out of the figures.', fix: SEND_AGAIN },
  'time-over': {
    title: 'The time for which its records are kept is over.',
    fix: 'Nothing is to be done: the programme or the agreement ended.',
  },
  ...(Object.fromEntries(
    Object.entries(WITHDRAWAL_REASONS).map(([code, title]) => [code, { title, fix: SEND_AGAIN }]),
  ) as Record<WithdrawalReason, Words>),
} as const satisfies Record<string, Words>
