import type { FileKind } from '#core/standard/further-fields.ts'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { type Quarter, quarterWords } from '#core/standard/quarter.ts'
import type { Mail } from '#server/platform/mail/mailer.ts'

/** What became of a submission that somebody waits for. */
export type ResultKind =
  `submission-${'linked' | 'rejected' | 'withdrawn' | 'waiting' | 'lapsed' | 'unfinished' | 'infected'}`

/** A result that somebody is owed by mail. */
export interface OwedResult {
  readonly kind: ResultKind
  readonly to: string
  readonly reference: string
  readonly service: string
  readonly serviceName: string
  readonly quarter: Quarter
  /** What the rows of the file are about. */
  readonly fileKind: FileKind
  /** Whether it went to staging, where nothing is in a figure. */
  readonly isStaging: boolean
}

interface Told {
  readonly subject: string
  /** Goes on from the file, its service and quarter. */
  readonly told: string
  /** What the link is for. */
  readonly link: string
  readonly step: 'result' | 'progress' | 'upload' | 'check'
}

const TOLD: Readonly<Record<ResultKind, Told>> = {
  'submission-linked': {
    subject: 'Your file is in the figures',
    told: 'is in the figures. Its identifiers were replaced by pseudonyms and the file was erased.',
    ...{ link: 'See the result:', step: 'result' },
  },
  'submission-rejected': {
    subject: 'Your file could not be accepted',
    told: 'could not be accepted. None of it is in the figures, and none of its rows are kept.',
    ...{ link: 'See the result:', step: 'result' },
  },
  'submission-withdrawn': {
    subject: 'Your file was withdrawn',
    told: 'was taken out of the figures. They are now as if it had never been sent.',
    ...{ link: 'See why:', step: 'result' },
  },
  'submission-waiting': {
    subject: 'Your file is still waiting',
    told: 'is not in the figures yet, a day after you uploaded it. You do not need to send it again. If it does not arrive in the next few hours, tell the programme.',
    ...{ link: 'See how far it is:', step: 'progress' },
  },
  'submission-lapsed': {
    subject: 'Your file was not submitted',
    told: 'was erased before it was submitted. We keep a file for 24 hours at most. When somebody’s data is deleted, we erase every file that is not submitted yet, whoever is in it. What you chose for its columns and words is kept.',
    ...{ link: 'Upload it again and carry on:', step: 'upload' },
  },
  'submission-infected': {
    subject: 'Your file may be harmful and was not taken',
    told: 'was not taken: our virus scanner found something harmful in it. It was erased, and nothing of it was read. Do not open your copy. Show it to whoever looks after your computers, then send a clean file.',
    ...{ link: 'See the result:', step: 'result' },
  },
  'submission-unfinished': {
    subject: 'A file that a program sent waits for you',
    told: 'was sent by a program and has something that a person must answer. It is not in the figures yet. Unless you finish it before it is a day old, it is erased and must be sent again.',
    ...{ link: 'See what is to be answered:', step: 'check' },
  },
}

/** What is told otherwise of a file of a service that is being set up. */
const OF_STAGING: Readonly<Partial<Record<ResultKind, Told>>> = {
  'submission-linked': {
    subject: 'Your file went all the way in staging',
    told: 'went all the way in staging. It is in no figure. Its identifiers were replaced by pseudonyms and the file was erased.',
    ...{ link: 'See the result:', step: 'result' },
  },
  'submission-withdrawn': {
    subject: 'Your file was removed from staging',
    told: 'was removed from staging. It was in no figure.',
    ...{ link: 'See why:', step: 'result' },
  },
}

/** Says of what a file is, where it is not of people as most are. */
function ofKind(kind: FileKind): string {
  return kind === 'people' ? '' : `of ${kind} `
}

/**
 * Tells somebody what became of the file they submitted: no figure, nothing of anybody in it, one
 * link.
 */
export function resultMail(
  { kind, to, reference, service, serviceName, quarter, fileKind, isStaging }: OwedResult,
  origin: string,
): Mail {
  const { subject, told, link, step } = (isStaging ? OF_STAGING[kind] : undefined) ?? TOLD[kind]
  const address =
    step === 'upload'
      ? addresses.upload({ service, quarter, kind: fileKind })
      : addresses.step(reference, step)
  return {
    to,
    subject: `${subject} – Count Once`,
    text: [
      `Your file ${ofKind(fileKind)}for ${serviceName}, ${quarterWords(quarter)}, ${told}`,
      link,
      origin + address,
      'Count Once\n',
    ].join('\n\n'),
  }
}
