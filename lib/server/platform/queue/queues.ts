import type { Queue } from 'pg-boss'

/** What a worker does with a submission. */
export type JobKind = 'check' | 'process'

/**
 * What a job of a submission holds: whose file, and who asked. Everything else stands with the
 * submission.
 */
export interface SubmissionJob {
  /** The submission's id. */
  readonly submission: string
  /** Reference of who asked. */
  readonly actor: string
}

/** The queue of each kind of job. */
export const QUEUE_OF: Readonly<Record<JobKind, string>> = {
  check: 'submission.check',
  process: 'submission.process',
}

/** What administrators ask for, each by the id of its act. */
export const ACT_QUEUE = 'programme.act'

/** What a job of an act holds. */
export interface ActJob {
  readonly act: string
}

/** Erases files that nobody may read any more. */
export const SWEEP_QUEUE = 'files.sweep'

/** When the sweep runs: every hour. */
export const SWEEP_TIMES = '7 * * * *'

/** Notes the head of the audit trail outside the database. */
export const ANCHOR_QUEUE = 'audit.anchor'

/** When: every hour. */
export const ANCHOR_TIMES = '0 * * * *'

/** Checks the audit trail against its anchors. */
export const CHECK_AUDIT_QUEUE = 'audit.check'

/** When, beside each time that somebody asks: every day. */
export const CHECK_AUDIT_TIMES = '23 4 * * *'

/** What a check of the audit trail holds: the reference of who asked; nobody for the daily one. */
export interface CheckAuditJob {
  readonly actor?: string
}

/** Removes what has had its time by the schedule. */
export const RETENTION_QUEUE = 'programme.retention'

/** When: every day. */
export const RETENTION_TIMES = '41 3 * * *'

/** Prepares exact figures after links have changed. */
export const MARK_QUEUE = 'reach.mark'

/** How long links are left alone before, in seconds: several files may come at once. */
export const MARK_AFTER = 2

/** Estimates how many people there are, after links have changed. */
export const ESTIMATE_QUEUE = 'reach.estimate'

/** How long links are left alone before, in seconds: it takes a processor for a while. */
export const ESTIMATE_AFTER = 45

const HOUR = 60 * 60
/** A worker that is not heard of for so long, in seconds, is gone, and its job is another's. */
const GONE_AFTER = 30

/**
 * What is common to jobs on submissions. Faults are tried again, later each time; a refusal is an
 * answer, not a fault.
 */
const SUBMISSION_QUEUE = {
  heartbeatSeconds: GONE_AFTER,
  // A bound for what hangs and is heard of all the same: the largest file takes minutes.
  expireInSeconds: 3 * HOUR,
  retryLimit: 6,
  retryDelay: 3,
  retryBackoff: true,
  retryDelayMax: 120,
  deleteAfterSeconds: 24 * HOUR,
  notify: true,
} as const satisfies Partial<Queue>

/** Every queue. The key of a job is its submission. */
export const QUEUES: readonly Queue[] = [
  // One waits at most. Another may wait while it runs, since the mapping may change meanwhile; the
  // submission's own lock keeps two from running at once.
  { ...SUBMISSION_QUEUE, name: QUEUE_OF.check, policy: 'short' },
  // One waits or runs.
  { ...SUBMISSION_QUEUE, name: QUEUE_OF.process, policy: 'exclusive' },
  { ...SUBMISSION_QUEUE, name: ACT_QUEUE, policy: 'exclusive' },
  {
    name: MARK_QUEUE,
    // One waits at most; another may while it runs, since links may change meanwhile.
    policy: 'short',
    heartbeatSeconds: GONE_AFTER,
    retryLimit: 2,
    retryDelay: 60,
    expireInSeconds: HOUR,
    deleteAfterSeconds: HOUR,
  },
  {
    name: ESTIMATE_QUEUE,
    // One waits at most; another may while it runs, and then finds that links have changed.
    policy: 'short',
    heartbeatSeconds: GONE_AFTER,
    retryLimit: 2,
    retryDelay: 60,
    expireInSeconds: HOUR,
    deleteAfterSeconds: HOUR,
  },
  {
    name: ANCHOR_QUEUE,
    policy: 'exclusive',
    retryLimit: 5,
    retryDelay: 60,
    expireInSeconds: HOUR,
    deleteAfterSeconds: 24 * HOUR,
  },
  {
    name: CHECK_AUDIT_QUEUE,
    // One waits at most; another may while it runs, since entries are appended meanwhile.
    policy: 'short',
    retryLimit: 2,
    retryDelay: 60,
    expireInSeconds: HOUR,
    deleteAfterSeconds: 24 * HOUR,
    notify: true,
  },
  {
    name: SWEEP_QUEUE,
    policy: 'exclusive',
    retryLimit: 2,
    retryDelay: 60,
    expireInSeconds: HOUR,
    deleteAfterSeconds: 24 * HOUR,
  },
  {
    name: RETENTION_QUEUE,
    policy: 'exclusive',
    retryLimit: 2,
    retryDelay: 60,
    expireInSeconds: 3 * HOUR,
    deleteAfterSeconds: 24 * HOUR,
  },
]
