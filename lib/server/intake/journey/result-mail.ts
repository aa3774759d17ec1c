import { addresses } from '#core/addresses/portal-addresses.ts'
import { type Quarter, quarterWords } from '#core/standard/quarter.ts'
import type { Mail } from '#server/platform/mail/mailer.ts'

/** What became of a submission that somebody waits for. */
export type ResultKind = 'submission-linked' | 'submission-rejected'

/** A result that somebody is owed by mail. */
export interface OwedResult {
  readonly kind: ResultKind
  readonly to: string
  readonly reference: string
  readonly serviceName: string
  readonly quarter: Quarter
}

const TOLD: Readonly<Record<ResultKind, { readonly subject: string; readonly told: string }>> = {
  'submission-linked': {
    subject: 'Your file is in the figures',
    told: 'is in the figures. Its identifiers were replaced by pseudonyms and the file was erased.',
  },
  'submission-rejected': {
    subject: 'Your file could not be accepted',
    told: 'could not be accepted. None of it is in the figures, and none of its rows are kept.',
  },
}

/**
 * Tells somebody what became of the file they submitted: no figure, nothing of anybody in it, one
 * link.
 */
export function resultMail(
  { kind, to, reference, serviceName, quarter }: OwedResult,
  origin: string,
): Mail {
  const { subject, told } = TOLD[kind]
  return {
    to,
    subject: `${subject} – Count Once`,
    text: [
      `Your file for ${serviceName}, ${quarterWords(quarter)}, ${told}`,
      'See the result:',
      origin + addresses.step(reference, 'result'),
      'Count Once\n',
    ].join('\n\n'),
  }
}
