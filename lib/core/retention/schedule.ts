/**
 * How long everything is kept: the one list that the sweeps, the daily job, the page of the schedule and the public page
 * follow. What is removed when is said here and nowhere else.
 */

/** A length of time: hours and days of 24 hours, or months of the calendar. */
export type Period =
  | { readonly hours: number }
  | { readonly days: number }
  | { readonly months: number }

/** Who removes it: a job of the workers, somebody outside the program, or nobody while there is a programme. */
type Remover = 'hourly' | 'daily' | 'outside' | 'nobody'

interface Kept {
  /** What it is, as a heading. */
  readonly what: string
  /** How long it is kept at most; null: as long as there is a programme. */
  readonly keep: Period | null
  /** From when that counts. */
  readonly from: string
  /** Why so long and no longer, with its source. */
  readonly why: string
  readonly by: Remover
  /** An open request of a person stops it: what they ask about must not go meanwhile. */
  readonly waitsForRequests?: true
}

/** The schedule. Source of the principle: UK GDPR, article 5(1)(e). */
export const RETENTION = {
  'held-files': {
    what: 'Files that were sent',
    keep: { hours: 24 },
    from: 'when they arrive; sooner, once their rows are pseudonymised or somebody’s data is deleted',
    why: 'They name people, and are needed only to be checked: UK GDPR, article 5(1)(c) and (e).',
    by: 'hourly',
  },
  'sign-in': {
    what: 'Sessions, links, codes and tries of signing in',
    keep: { hours: 24 },
    from: 'when they are over or were counted',
    why: 'They protect accounts while they last: UK GDPR, article 32.',
    by: 'hourly',
  },
  'ended-tokens': {
    what: 'Tokens of programs that ended',
    keep: { days: 30 },
    from: 'when they ended',
    why: 'Who still sends with one is told why it is refused: UK GDPR, article 32.',
    by: 'hourly',
  },
  findings: {
    what: 'In which rows of a file something was found',
    keep: { months: 24 },
    from: 'when the file arrived',
    why: 'Services compare a year with the one before; later only the counts are of use: UK GDPR, article 5(1)(e).',
    by: 'daily',
    waitsForRequests: true,
  },
  records: {
    what: 'Records of people, with their links',
    keep: { months: 12 },
    from: 'the end of the programme, or of the service’s last agreement; a source’s feed sooner, by the days of its rules',
    why: 'The last quarters are corrected and released within the year; then nothing allows more: UK GDPR, article 5(1)(b) and (e).',
    by: 'daily',
    waitsForRequests: true,
  },
  remembered: {
    what: 'How a service’s files were matched',
    keep: { months: 12 },
    from: 'the end of the programme, or of the service’s last agreement',
    why: 'It serves the next file alone: UK GDPR, article 5(1)(e).',
    by: 'daily',
  },
  drafts: {
    what: 'Drafts of releases',
    keep: { days: 90 },
    from: 'when they were made',
    why: 'A draft that nobody approved is not published: UK GDPR, article 5(1)(e).',
    by: 'daily',
  },
  acts: {
    what: 'What was asked of the workers, and reports of linking anew',
    keep: { months: 24 },
    from: 'when it was done',
    why: 'The audit trail keeps who did what; the rest explains two yearly reports: UK GDPR, article 5(1)(e).',
    by: 'daily',
  },
  mails: {
    what: 'Notes of emails about files',
    keep: { months: 12 },
    from: 'when they were written',
    why: 'They tell whether somebody was told in time: UK GDPR, article 5(1)(e) and (2).',
    by: 'daily',
  },
  leavers: {
    what: 'Name, email address and factors of somebody who left',
    keep: { months: 12 },
    from: 'when the account was closed',
    why: 'Audits of the year before ask who somebody was; then the reference is enough: UK GDPR, article 5(1)(e).',
    by: 'daily',
  },
  requests: {
    what: 'What was found for a request of access or correction',
    keep: { months: 6 },
    from: 'when the request was done',
    why: 'A person may complain to the Information Commissioner within three months of the answer, and their letter is made again.',
    by: 'daily',
    waitsForRequests: true,
  },
  'look-ups': {
    what: 'Look-ups: who asked, for which case, what was shown, and sealed marks of whom',
    keep: { months: 24 },
    from: 'when the look-up was made',
    why: 'Samples are checked and misuse is told for two yearly reviews; the audit trail keeps that it was made: UK GDPR, article 5(1)(e) and (2).',
    by: 'daily',
  },
  extracts: {
    what: 'Extracts for researchers, sealed for their environment',
    keep: { days: 30 },
    from: 'when they were made; sooner where the extract or project ends, or somebody in it leaves',
    why: 'They are fetched once. Who is in them stays, by reference, until their destruction is certified, so that who leaves can be named: UK GDPR, articles 17(2) and 19.',
    by: 'hourly',
  },
  'stop-list': {
    what: 'Who asked to be left out, as sealed marks',
    keep: null,
    from: '',
    why: 'Without it later files would bring them back: UK GDPR, articles 17 and 21.',
    by: 'nobody',
  },
  releases: {
    what: 'Released figures',
    keep: null,
    from: '',
    why: 'They hold nobody: they are rounded, and small figures are hidden.',
    by: 'nobody',
  },
  audit: {
    what: 'Audit trail',
    keep: null,
    from: '',
    why: 'It shows that the rest is so, names people by references alone, and no entry can go without breaking its chain: UK GDPR, article 5(2).',
    by: 'nobody',
  },
  logs: {
    what: 'Logs of the servers',
    keep: { days: 90 },
    from: 'when they were written',
    why: 'They help to find faults and intruders: UK GDPR, article 32. They hold references and codes.',
    by: 'outside',
  },
} as const satisfies Record<string, Kept>

/** Something that is kept. */
export type RetentionKind = keyof typeof RETENTION

/** What the daily job removes. */
export type DailyKind = {
  [Kind in RetentionKind]: (typeof RETENTION)[Kind]['by'] extends 'daily' ? Kind : never
}[RetentionKind]

/** How many of each kind: things that are due, or that went. */
export type RetentionCounts = Readonly<Partial<Record<DailyKind, number>>>

/** All that the daily job removes, in the order of the schedule. */
export const DAILY_KINDS = (Object.keys(RETENTION) as RetentionKind[]).filter(
  (kind): kind is DailyKind => RETENTION[kind].by === 'daily',
)

/** Whether an open request of a person stops its removal. */
export function waitsForRequests(kind: DailyKind): boolean {
  const kept: Kept = RETENTION[kind]
  return kept.waitsForRequests === true
}

/** What is from before this moment has had its time at `now`. */
export function cutOff(kind: DailyKind, now: Date): Date {
  const { keep } = RETENTION[kind]
  return 'months' in keep
    ? monthsBefore(now, keep.months)
    : new Date(now.getTime() - lengthOf(keep))
}

/** How long something is kept that is kept for hours or days, in milliseconds. */
export function keptFor(kind: 'held-files' | 'sign-in' | 'ended-tokens' | 'extracts'): number {
  return lengthOf(RETENTION[kind].keep)
}

const HOUR = 60 * 60 * 1000

function lengthOf(period: { readonly hours: number } | { readonly days: number }): number {
  return 'hours' in period ? period.hours * HOUR : period.days * 24 * HOUR
}

/** The same day and time of an earlier month, or the last day of it. */
function monthsBefore(now: Date, months: number): Date {
  const there = new Date(now)
  there.setUTCDate(1)
  there.setUTCMonth(there.getUTCMonth() - months)
  const lastDay = new Date(
    Date.UTC(there.getUTCFullYear(), there.getUTCMonth() + 1, 0),
  ).getUTCDate()
  there.setUTCDate(Math.min(now.getUTCDate(), lastDay))
  return there
}
