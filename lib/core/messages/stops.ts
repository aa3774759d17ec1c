import { describeFileRefusal, FILE_REFUSALS } from './file-refusals.ts'
import { SERVER_WORDS } from './refusals.ts'
import { SUBMISSION_WORDS } from './submission-refusals.ts'
import { WITHDRAWAL_REASONS } from './withdrawal-reasons.ts'

const OWN: Readonly<Record<string, string>> = {
  replaced: 'Another file took its place.',
  withdrawn: 'It was taken out of the figures.',
  ...WITHDRAWAL_REASONS,
}

/** Why a submission stopped, in one sentence: the words of whichever catalogue has its code. */
export function describeStop(code: string): string {
  if (Object.hasOwn(OWN, code)) return OWN[code] ?? code
  if (Object.hasOwn(FILE_REFUSALS, code)) return describeFileRefusal(code).title
  const words: Readonly<Record<string, { readonly title: string }>> = {
    ...SERVER_WORDS,
    ...SUBMISSION_WORDS,
  }
  return (Object.hasOwn(words, code) ? words[code]?.title : undefined) ?? code
}
