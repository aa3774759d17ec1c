import { describeFileRefusal, FILE_REFUSALS } from '#core/messages/file-refusals.ts'
import { isWithdrawalReason, WITHDRAWAL_REASONS } from '#core/messages/withdrawal-reasons.ts'
import { SUBMISSION_WORDS } from '#core/messages/submission-refusals.ts'
import type { FileRefusal } from '#server/intake/journey/read-journey.ts'

const OWN: Readonly<Record<string, string>> = {
  withdrawn: 'It was withdrawn.',
  replaced: 'Another file took its place.',
  discarded: 'Another file was uploaded before it was submitted.',
}

/** Why a submission was rejected or withdrawn, in a sentence. */
export function reasonWords(reason: string | null, refusal: FileRefusal | null = null): string {
  if (reason === null) return ''
  if (isWithdrawalReason(reason)) return WITHDRAWAL_REASONS[reason]
  if (Object.hasOwn(OWN, reason)) return OWN[reason] ?? ''
  if (Object.hasOwn(FILE_REFUSALS, reason))
    return describeFileRefusal(reason, refusal?.detail ?? {}).title
  return Object.hasOwn(SUBMISSION_WORDS, reason)
    ? SUBMISSION_WORDS[reason as keyof typeof SUBMISSION_WORDS].title
    : 'It could not be used.'
}
