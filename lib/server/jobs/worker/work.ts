import { PgBoss, type JobWithMetadata } from 'pg-boss'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { run } from '#server/platform/db/run.ts'
import { faultOf, passesByItself } from '#server/platform/db/database-fault.ts'
import type { EventDetail, EventLog } from '#server/platform/logging/event-log.ts'
import type { WorkerMetrics } from '#server/platform/telemetry/metrics.ts'
import type { Traces } from '#server/platform/telemetry/traces.ts'
import { estimateApart, type EstimateThread } from '#server/figures/reach/estimate-apart.ts'
import { sweepResearch } from '#server/figures/extracts/sweep-research.ts'
import { markReach } from '#server/figures/reach/mark-reach.ts'
import { startAnswering } from '#server/jobs/asks/answer-asks.ts'
import { rollWorkersKeys } from '#server/keys/keys.ts'
import { readProgrammeStore, type Store } from '#server/store/store.ts'
import { prepareToRead } from '#server/intake/reading/read-file.ts'
import { oweWaitingMails } from '#server/intake/journey/send-owed-mails.ts'
import { sweepFiles } from '#server/intake/submissions/sweep-files.ts'
import {
  ACT_QUEUE,
  ANCHOR_QUEUE,
  ANCHOR_TIMES,
  CHECK_AUDIT_QUEUE,
  CHECK_AUDIT_TIMES,
  ESTIMATE_AFTER,
  ESTIMATE_QUEUE,
  MARK_AFTER,
  MARK_QUEUE,
  QUEUE_OF,
  RETENTION_QUEUE,
  RETENTION_TIMES,
  SWEEP_QUEUE,
  SWEEP_TIMES,
  type ActJob,
  type CheckAuditJob,
  type JobKind,
  type SubmissionJob,
} from '#server/platform/queue/queues.ts'
import { runDaily } from '#server/jobs/retention/run-retention.ts'
import { eraseOwedDrafts } from '#server/jobs/carrying-out/carry-out.ts'
import { runAct } from './run-act.ts'
import { watchScanner } from './watch-scanner.ts'
import { sweepExpired } from '#server/identity/accounts/sweep-expired.ts'
import { anchorAudit } from '#server/jobs/anchoring/anchor-audit.ts'
import { checkAndNote } from '#server/jobs/anchoring/check-audit.ts'
import { logQueue } from './log-queue.ts'
import { JobFailed, runJob } from './run-job.ts'
import { demandQueues } from '#server/platform/queue/send-job.ts'
import { Turnstile } from '#server/platform/queue/turnstile.ts'

/** A worker at its queues. */
export interface Working {
  /**
   * Takes no more jobs, waits `patience` milliseconds for those it has, and gives back what is not
   * done by then.
   */
  stop(patience: number): Promise<void>
}

/** How a worker works. */
export interface WorkOptions {
  readonly log: EventLog
  /** Where jobs are counted. */
  readonly metrics?: WorkerMetrics
  readonly traces?: Traces | undefined
  /** Told of each job and each answer that ended. */
  readonly onEnded?: () => void
  /** How often it looks for jobs of workers that are gone, in seconds. */
  readonly lookAfterOthers?: number
  /** How often it looks whether a scanner that was away answers again, in milliseconds. */
  readonly lookAfterScanner?: number
}

/** A file of more bytes is read alone: two of them would not fit in a worker's memory. */
const LARGE_FILE = 4 * 1024 * 1024

/** The queue tells of a new job at once; looking is for those to be tried again. */
const WORK = {
  includeMetadata: true,
  pollingIntervalSeconds: 2,
  notifyPollingIntervalSeconds: 2,
} as const

/**
 * Takes jobs from the queues until it is stopped: a check and a submission at a time. Any number of
 * workers, on any machine that reaches the database, the files and the keys, share the work; what
 * one leaves undone another takes over.
 */
export async function startWorking(store: Store, options: WorkOptions): Promise<Working> {
  const { lookAfterOthers = 10, lookAfterScanner, onEnded = () => undefined } = options
  const log = counting(options)
  await demandQueues(store.pool)
  const boss = new PgBoss({
    connectionString: store.databaseUrl,
    max: 3,
    useListenNotify: true,
    // Its tables are their owner's, who brings them up to date (prepareQueues).
    ...{ migrate: false, createSchema: false, reindex: false },
    superviseIntervalSeconds: lookAfterOthers,
    monitorIntervalSeconds: lookAfterOthers,
  })
  logQueue(boss, log)
  await boss.start()
  prepareToRead()
  const large = new Turnstile()
  const askForFigures = async (): Promise<void> => {
    await boss.send(MARK_QUEUE, {}, { startAfter: MARK_AFTER })
    await boss.send(ESTIMATE_QUEUE, {}, { startAfter: ESTIMATE_AFTER })
  }
  const estimating = new Estimating(store, log)
  for (const kind of ['check', 'process'] as const) {
    await boss.work<SubmissionJob, object, typeof WORK>(QUEUE_OF[kind], WORK, async ([job]) => {
      if (job === undefined) return {}
      const end = await takeJob(store, kind, job, large, log).finally(onEnded)
      if (kind === 'process') await askForFigures()
      return end
    })
  }
  await boss.work<ActJob, object, typeof WORK>(ACT_QUEUE, WORK, async ([job]) => {
    if (job === undefined) return {}
    const end = await takeAct(store, job, log).finally(onEnded)
    await askForFigures()
    return end
  })
  await boss.work(MARK_QUEUE, { pollingIntervalSeconds: 2 }, () => mark(store, log))
  await boss.work(ESTIMATE_QUEUE, { pollingIntervalSeconds: 5 }, () => estimating.estimate())
  await boss.work(ANCHOR_QUEUE, { pollingIntervalSeconds: 5 }, () => anchor(store, log))
  await boss.schedule(ANCHOR_QUEUE, ANCHOR_TIMES)
  await boss.work<CheckAuditJob, object, typeof WORK>(CHECK_AUDIT_QUEUE, WORK, ([job]) =>
    check(store, job?.data.actor, log),
  )
  await boss.schedule(CHECK_AUDIT_QUEUE, CHECK_AUDIT_TIMES)
  await boss.work(SWEEP_QUEUE, { pollingIntervalSeconds: 30 }, () => sweep(store, log))
  await boss.work(RETENTION_QUEUE, { pollingIntervalSeconds: 30 }, () => retain(store, log))
  await boss.schedule(RETENTION_QUEUE, RETENTION_TIMES)
  const answering = startAnswering(store, log, onEnded)
  const scanner = watchScanner(store, log, lookAfterScanner)
  await boss.schedule(SWEEP_QUEUE, SWEEP_TIMES)
  // What was appended while no worker ran need not wait for the hour.
  await boss.send(ANCHOR_QUEUE)
  // What a crash left behind need not wait for the hour.
  await boss.send(SWEEP_QUEUE)
  // Nor need exact figures of what was taken in without a worker.
  await askForFigures()
  return {
    async stop(patience) {
      await scanner.stop()
      await answering.stop()
      // Nothing is lost of it but time: whoever works next begins it anew.
      await estimating.stop()
      await boss.stop({ graceful: true, timeout: patience })
    },
  }
}

/** The log, with every job that ends counted and told of as well. */
function counting({ log, metrics, traces }: WorkOptions): EventLog {
  if (metrics === undefined && traces === undefined) return log
  const count = (detail: EventDetail, stage: string): void => {
    const { queue, seconds, submission } = detail
    const took = Number(seconds ?? 0)
    metrics?.ended({ queue: String(queue), stage, seconds: took })
    traces?.spanned({
      ...{ name: 'job', milliseconds: took * 1000, attributes: { queue: String(queue), stage } },
      submission: typeof submission === 'string' ? submission : undefined,
    })
  }
  return {
    ...log,
    info(event, detail = {}) {
      log.info(event, detail)
      if (event === 'job.ended') count(detail, String(detail['stage']))
    },
    failure(event, error, detail = {}) {
      log.failure(event, error, detail)
      if (event === 'job.failed') count(detail, 'failed')
    },
  }
}

async function takeJob(
  store: Store,
  kind: JobKind,
  job: JobWithMetadata<SubmissionJob>,
  large: Turnstile,
  log: EventLog,
): Promise<object> {
  const { submission } = job.data
  const found = await lookAt(store, submission)
  const told = {
    ...{ queue: job.name, attempt: job.retryCount + 1 },
    // As pages and the portal's log have it; a reference is a failure's own.
    submission: found?.reference ?? submission,
  }
  const started = performance.now()
  const run = async (): Promise<object> => {
    log.info('job.begun', told)
    const end = await runJob(store, {
      kind,
      job: job.data,
      isLast: job.retryCount >= job.retryLimit,
      onFailure: (error) => {
        log.failure('job.failed', error, told)
      },
    })
    const seconds = Math.round(performance.now() - started) / 1000
    log.info('job.ended', { ...told, stage: end.stage, code: end.code ?? null, seconds })
    return { stage: end.stage, code: end.code ?? null }
  }
  return found !== null && found.fileBytes > LARGE_FILE ? large.pass(run) : run()
}

async function takeAct(store: Store, job: JobWithMetadata<ActJob>, log: EventLog): Promise<object> {
  const told = { queue: job.name, act: job.data.act, attempt: job.retryCount + 1 }
  log.info('job.begun', told)
  const stage = await runAct(store, {
    id: job.data.act,
    isLast: job.retryCount >= job.retryLimit,
    onFailure: (error) => {
      log.failure('job.failed', error, told)
    },
  })
  log.info('job.ended', { ...told, stage })
  return { stage }
}

async function lookAt(
  store: Store,
  submission: string,
): Promise<{ readonly reference: string; readonly fileBytes: bigint } | null> {
  const found = inPrisma(store.pool, (prisma) =>
    prisma.submission.findUnique({
      where: { id: BigInt(submission) },
      select: { reference: true, fileBytes: true },
    }),
  )
  // Whatever is wrong with the database, the job itself tells better.
  return found.catch(() => null)
}

async function sweep(store: Store, log: EventLog): Promise<object> {
  try {
    const programme = await readProgrammeStore(store)
    const now = new Date()
    const erased = (await eraseOwedDrafts(programme)) + (await sweepFiles(programme, now))
    // After the files: a key that none of those left needs goes as well.
    const destroyed = await rollWorkersKeys(store, now)
    await run(store.pool, 'asks/forget-old', [])
    const owed = await oweWaitingMails(programme.database, now)
    const expired = await sweepExpired(programme.database, now)
    const research = await sweepResearch(programme, now)
    const gone = research.files + research.keys
    if (erased + owed + destroyed + expired + gone > 0) {
      log.info('files.swept', { erased, owed, keysDestroyed: destroyed, expired, research: gone })
    }
    return { erased, owed, destroyed, expired }
  } catch (error) {
    const fault = faultOf(error)
    log.failure('sweep.failed', fault)
    throw new JobFailed(fault)
  }
}

async function retain(store: Store, log: EventLog): Promise<object> {
  try {
    const { due, removed } = await runDaily(await readProgrammeStore(store), new Date())
    log.info('retention.run', { due: sumOf(due), removed: sumOf(removed) })
    return { due, removed }
  } catch (error) {
    const fault = faultOf(error)
    log.failure('retention.failed', fault)
    throw new JobFailed(fault)
  }
}

function sumOf(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}

async function anchor(store: Store, log: EventLog): Promise<object> {
  try {
    const made = await anchorAudit(store, new Date())
    if (made === undefined) return {}
    const { number, seq } = made.anchor
    log.info('audit.anchored', { number, entry: seq, in: made.protection })
    return { number }
  } catch (error) {
    const fault = faultOf(error)
    log.failure('anchor.failed', fault)
    throw new JobFailed(fault)
  }
}

async function check(store: Store, actor: string | undefined, log: EventLog): Promise<object> {
  try {
    const { isWhole, entries, flaws } = await checkAndNote(store, new Date(), actor)
    log.info('audit.checked', { whole: isWhole, entries, flaw: flaws[0]?.code ?? null })
    return { isWhole }
  } catch (error) {
    const fault = faultOf(error)
    log.failure('audit-check.failed', fault)
    throw new JobFailed(fault)
  }
}

async function mark(store: Store, log: EventLog): Promise<object> {
  const started = performance.now()
  try {
    const marks = await markReach(store.pool)
    const seconds = Math.round(performance.now() - started) / 1000
    if (marks === 'made') log.info('reach.marked', { seconds })
    return { marks }
  } catch (error) {
    const fault = faultOf(error)
    // Exact figures are counted without marks meanwhile.
    if (passesByItself(fault)) log.info('mark.waiting', { code: fault.code })
    else log.failure('mark.failed', fault)
    throw new JobFailed(fault)
  }
}

/** Estimates in a thread of its own, one at a time. */
class Estimating {
  readonly #store: Store
  readonly #log: EventLog
  #thread: EstimateThread | undefined

  constructor(store: Store, log: EventLog) {
    this.#store = store
    this.#log = log
  }

  async estimate(): Promise<object> {
    const started = performance.now()
    try {
      this.#thread = estimateApart(this.#store.databaseUrl)
      const estimate = await this.#thread.ended
      const seconds = Math.round(performance.now() - started) / 1000
      if (estimate === 'made') this.#log.info('reach.estimated', { seconds })
      return { estimate }
    } catch (error) {
      const fault = faultOf(error)
      this.#log.failure('estimate.failed', fault)
      throw new JobFailed(fault)
    } finally {
      this.#thread = undefined
    }
  }

  async stop(): Promise<void> {
    await this.#thread?.stop()
  }
}
