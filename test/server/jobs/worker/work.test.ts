import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { spawn, type ChildProcess } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { FAULT_POINTS } from '#server/platform/faults/fault-points.ts'
import { makeEstimate } from '#server/figures/reach/make-estimate.ts'
import { measureReach, type ExactReach } from '#server/figures/reach/measure-reach.ts'
import { measureMarked } from '#server/figures/reach/read-marks.ts'
import {
  readProgress,
  type JobProgress,
  type JobStage,
} from '#server/intake/submissions/job-progress.ts'
import { prepareQueues } from '#server/platform/queue/send-job.ts'
import { startWorking } from '#server/jobs/worker/work.ts'
import { openEventLog } from '#server/platform/logging/event-log.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import { acceptSubmission } from '#server/intake/submissions/accept-submission.ts'
import { checkSubmission } from '#server/intake/checking/check-submission.ts'
import { readSubmission } from '#server/intake/submissions/read-submission.ts'
import { requestCheck } from '#server/intake/checking/request-check.ts'
import { children, csv, csvText, mothers } from '../../intake/submissions/small-files.ts'
import { ACTOR, figures, holdings, take } from '../../intake/submissions/small-programme.ts'
import { openCollector } from '../../setup/collector.ts'
import { freePort } from '../../setup/free-port.ts'
import { openTestProgramme, receive, type TestProgramme } from '../../setup/open-programme.ts'

let programme: TestProgramme
let store: OwnProgrammeStore

beforeEach(async () => {
  programme = await openTestProgramme()
  store = programme.store
})

afterEach(() => programme.close())

const GOOD = csv([...children(0, 12), ...mothers(0, 12)])
const PLAIN = { leaveOut: false, confirm: true }
/** Half of it is waiting for a silence to be long enough. */
const PATIENCE = { timeout: 150_000 }
const WORKER = join(import.meta.dirname, '../../../../lib/server/jobs/worker/worker.ts')

/** A worker in this process, which soon takes over what others leave. */
async function workHere(): Promise<void> {
  const log = openEventLog(join(store.dataDir, 'logs', 'here.log'), 'here')
  const working = await startWorking(store, { log, lookAfterOthers: 1 })
  onTestFinished(async () => {
    await working.stop(10_000)
    log.close()
  })
}

/** A worker in a process of its own, once it is ready. */
async function workThere(
  env: Readonly<Record<string, string>> = {},
  ...options: string[]
): Promise<{ child: ChildProcess; ended: Promise<NodeJS.Signals | number | null> }> {
  const child = spawn(process.execPath, [WORKER, '--data', store.dataDir, ...options], {
    env: { ...process.env, DATABASE_URL: programme.databaseUrl, ...env },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const ended = once(child, 'exit').then(
    ([code, signal]) => (signal ?? code) as NodeJS.Signals | number | null,
  )
  const [message] = (await Promise.race([once(child, 'message'), ended.then(() => ['ended'])])) as [
    unknown,
  ]
  expect(message).toEqual({ ready: true })
  return { child, ended }
}

async function until(id: string, ...stages: JobStage[]): Promise<JobProgress> {
  const deadline = Date.now() + 60_000
  for (;;) {
    const progress = await readProgress(store.pool, id)
    if (progress !== undefined && stages.includes(progress.stage)) return progress
    if (Date.now() > deadline) throw new Error(`still ${JSON.stringify(progress)}`)
    await pause(50)
  }
}

async function checked(bytes: Uint8Array): Promise<string> {
  const id = await receive(store, bytes)
  await requestCheck(store, id, { actor: ACTOR })
  await until(id, 'done')
  return id
}

/**
 * Lets the queue miss a worker after the shortest time it knows, and try again without waiting: for
 * jobs sent from here on.
 */
async function hurryQueues(): Promise<void> {
  await store.pool.query(
    `update pgboss.queue set heartbeat_seconds = 10, retry_delay = 1, retry_backoff = false, retry_delay_max = null
     where name like 'submission.%'`,
  )
}

let figuresOfGood: Promise<ExactReach> | undefined

/** What a programme comes to that took the good file without any of this. */
function undisturbed(): Promise<ExactReach> {
  figuresOfGood ??= openTestProgramme().then(async (other) => {
    try {
      await take(other.store, { bytes: GOOD, choices: { confirm: true } })
      return await figures(other.store)
    } finally {
      await other.close()
    }
  })
  return figuresOfGood
}

describe('a worker', () => {
  test('checks and links what is sent, says how far it is, and leaves nobody’s data in the queue or the log', async () => {
    await workHere()
    const id = await checked(GOOD)
    expect((await readSubmission(store.pool, id))?.state).toBe('checked')
    await acceptSubmission(store, id, PLAIN, ACTOR)
    const progress = await until(id, 'done')
    expect(progress).toMatchObject({ kind: 'process', attempts: 1, code: null, isStalled: false })
    expect(progress.endedAt).toBeInstanceOf(Date)
    expect((await readSubmission(store.pool, id))?.state).toBe('linked')
    expect(await figures(store)).toEqual(await undisturbed())

    const bad = await receive(store, new TextEncoder().encode(`${csvText(children(20, 22))}"open`))
    await requestCheck(store, bad, { actor: ACTOR })
    expect(await until(bad, 'refused')).toMatchObject({
      code: 'quote-unterminated',
      detail: { fileRow: 4 },
      attempts: 1,
    })
    const { rows } = await store.pool.query<{ text: string }>(
      `select string_agg(job::text, ' ') as text from pgboss.job
       union all select string_agg(submission_job::text, ' ') from submission_job`,
    )
    const log = await readFile(join(store.dataDir, 'logs', 'here.log'), 'utf8')
    const kept = [...rows.map(({ text }) => text), log].join('\n').toLowerCase()
    expect(kept).toContain('quote-unterminated')
    for (const row of [...children(0, 12), ...mothers(0, 12), ...children(20, 22)]) {
      for (const name of ['first_name', 'nhs_number', 'email', 'date_of_birth', 'postcode']) {
        const value = row[name as keyof typeof row]?.toLowerCase() ?? ''
        if (value !== '') expect(kept.includes(value), name).toBe(false)
      }
    }
  })

  test('prepares exact figures once links have changed', async () => {
    await workHere()
    const id = await checked(GOOD)
    await acceptSubmission(store, id, PLAIN, ACTOR)
    await until(id, 'done')
    const period = { from: '2024-Q1', to: '2024-Q1' } as const
    await expect
      .poll(() => measureMarked(store.pool, period, []), { timeout: 60_000 })
      .toEqual(await measureReach(store.pool, { dataset: 'production', ...period }, []))
  })

  test('[S50] tries again what failed under it, and gives the figures of an undisturbed run', async () => {
    await workHere()
    await hurryQueues()
    const id = await checked(GOOD)
    await store.pool.query(`update linkage_state set platform_key_check = 'another'`)
    await acceptSubmission(store, id, PLAIN, ACTOR)
    const waiting = await until(id, 'waiting').then(async () => {
      for (;;) {
        const progress = await readProgress(store.pool, id)
        if (progress?.code != null) return progress
        await pause(20)
      }
    })
    expect(waiting.code).toBe('keys-behind')
    expect(waiting.reference).toMatch(/^F-/)
    expect(await holdings(store)).toMatchObject({ records: 0, links: 0, filesNamed: 1 })
    await store.pool.query('update linkage_state set platform_key_check = null')
    const done = await until(id, 'done')
    expect(done.attempts).toBeGreaterThan(1)
    expect(await figures(store)).toEqual(await undisturbed())
    expect(await readFile(join(store.dataDir, 'logs', 'here.log'), 'utf8')).toContain(
      waiting.reference ?? 'none',
    )
  })

  test('[S50] goes on when its connections are cut in the middle', async () => {
    await workHere()
    await hurryQueues()
    const id = await checked(GOOD)
    const holder = await store.pool.connect()
    await holder.query('begin')
    await holder.query(
      `select pg_advisory_xact_lock(hashtextextended('countonce.linking.production', 0))`,
    )
    await acceptSubmission(store, id, PLAIN, ACTOR)
    await untilPseudonymised(id)
    await holder.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`,
    )
    await holder.query('commit')
    holder.release()
    await until(id, 'done')
    expect(await figures(store)).toEqual(await undisturbed())
  })

  test('does not try again what only the sender can fix', async () => {
    const id = await receive(store, GOOD)
    await requestCheck(store, id, { actor: ACTOR })
    const file = (await readSubmission(store.pool, id))?.fileId ?? ''
    await store.files.erase(file)
    await workHere()
    expect(await until(id, 'refused')).toMatchObject({ code: 'file-erased', attempts: 1 })
  })

  test('tells a stalled job from a slow one', async () => {
    await prepareQueues(store.pool)
    const id = await receive(store, GOOD)
    await requestCheck(store, id, { actor: ACTOR })
    await store.pool.query(
      `update submission_job set stage = 'reading', begun_at = now(), heartbeat_at = now() - interval '29 s'`,
    )
    expect(await readProgress(store.pool, id)).toMatchObject({ isStalled: false })
    await store.pool.query(`update submission_job set heartbeat_at = now() - interval '31 s'`)
    expect(await readProgress(store.pool, id)).toMatchObject({ isStalled: true })
  })

  async function untilPseudonymised(id: string): Promise<void> {
    while ((await readSubmission(store.pool, id))?.state !== 'pseudonymised') await pause(20)
  }
})

describe('a worker process', () => {
  test(
    '[S45] that is killed by kill -9 has its job taken over by another, with the same figures',
    PATIENCE,
    async () => {
      const files = [
        { bytes: GOOD, service: 'stay-and-play', point: 'during-copy' },
        { bytes: csv(children(6, 18)), service: 'toy-library', point: 'after-figures' },
      ] as const
      const ids: string[] = []
      for (const { bytes, service, point } of files) {
        const id = await receive(store, bytes, { service })
        const checked = await checkSubmission(store, id, { actor: ACTOR })
        expect(checked).toMatchObject({ ok: true })
        const doomed = await workThere({ COUNTONCE_KILL_AT: String(FAULT_POINTS[point]) })
        await hurryQueues()
        await acceptSubmission(store, id, PLAIN, ACTOR)
        expect(await doomed.ended).toBe('SIGKILL')
        ids.push(id)
      }
      expect((await holdings(store)).links).toBe(0)
      await workHere()
      for (const id of ids) {
        const progress = await until(id, 'done')
        expect(progress.attempts).toBe(2)
      }
      const other = await openTestProgramme()
      try {
        for (const { bytes, service } of files) {
          await take(other.store, { bytes, service, choices: { confirm: true } })
        }
        expect(await figures(store)).toEqual(await figures(other.store))
      } finally {
        await other.close()
      }
      expect(await holdings(store)).toMatchObject({
        strays: 0,
        blobs: [],
        fileKeys: [],
        auditIsWhole: true,
      })
    },
  )

  test(
    '[S45] that is killed in the middle of an estimate leaves none, and another makes the one it would have made',
    // Estimates are made at the lowest priority.
    { timeout: 2 * PATIENCE.timeout },
    async () => {
      await take(store, { bytes: csv(children(0, 4)), choices: { confirm: true } })
      const holder = await store.pool.connect()
      await holder.query('begin; lock table reach_estimate in access exclusive mode')
      const doomed = await workThere()
      await store.pool.query(
        `update pgboss.job set start_after = now(), heartbeat_seconds = 10, retry_delay = 1 where name = 'reach.estimate'`,
      )
      await untilTold(
        `select from pg_locks where relation = 'reach_estimate'::regclass and not granted`,
      )
      doomed.child.kill('SIGKILL')
      expect(await doomed.ended).toBe('SIGKILL')
      await holder.query('rollback')
      holder.release()
      expect(await keptEstimates()).toEqual([])
      await workHere()
      await untilTold('select from reach_estimate')
      await untilTold(
        `select from pgboss.job where name = 'reach.estimate' and state = 'completed' and retry_count = 1`,
      )
      const made = await keptEstimates()
      await store.pool.query('delete from reach_estimate')
      expect(await makeEstimate(store.pool)).toBe('made')
      expect(await keptEstimates()).toEqual(made)
    },
  )

  async function untilTold(question: string): Promise<void> {
    while ((await store.pool.query(question)).rowCount === 0) await pause(50)
  }

  async function keptEstimates(): Promise<unknown[]> {
    const { rows } = await store.pool.query<{ mistakes: Buffer; family_mistakes: Buffer }>(
      'select linkage_version, cells, mistakes, family_mistakes from reach_estimate',
    )
    return rows
  }

  test(
    'gives back a job it has no time for when told to stop, else ends it',
    PATIENCE,
    async () => {
      const JOB = `select state from pgboss.job where name = 'submission.process'`
      const collector = await openCollector()
      onTestFinished(collector.close)
      const port = String(await freePort())
      const watched = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.place, WORKER_METRICS: port }
      const { child, ended } = await workThere(watched, '--patience', '1')
      await hurryQueues()
      const id = await receive(store, GOOD)
      await requestCheck(store, id, { actor: ACTOR })
      await until(id, 'done')
      await expect
        .poll(async () => (await fetch(`http://127.0.0.1:${port}/metrics`)).text())
        .toContain('countonce_jobs_total{queue="submission.check",stage="done",part="worker"} 1')
      const holder = await store.pool.connect()
      await holder.query('begin')
      await holder.query(
        `select pg_advisory_xact_lock(hashtextextended('countonce.linking.production', 0))`,
      )
      await acceptSubmission(store, id, PLAIN, ACTOR)
      while ((await readSubmission(store.pool, id))?.state !== 'pseudonymised') await pause(20)
      child.kill('SIGTERM')
      const status = await ended
      const { rows } = await store.pool.query(JOB)
      // Another has the time: told to stop, it ends what it has begun.
      const other = await workThere()
      await untilTold(`${JOB} and state = 'active'`)
      other.child.kill('SIGTERM')
      await pause(500)
      await holder.query('rollback')
      holder.release()
      expect([status, rows, await other.ended]).toEqual([0, [{ state: 'retry' }], 0])
      // The first told what it had done before it ended.
      expect(collector.told.join('')).toMatch(/"count-once-worker".*"submission[.]check"/)
      await until(id, 'done')
      expect(await figures(store)).toEqual(await undisturbed())
      const log = await readFile(join(store.dataDir, 'logs', 'worker.log'), 'utf8')
      const events = log
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { event: string }).event)
      expect(events[0]).toBe('worker.started')
      expect(events.at(-1)).toBe('worker.stopped')
    },
  )

  test('says why it cannot begin, and ends', async () => {
    const child = spawn(process.execPath, [WORKER, '--data', store.dataDir], {
      env: { ...process.env, DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none' },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let said = ''
    child.stderr.on('data', (piece: Buffer) => (said += piece.toString()))
    const [status] = (await once(child, 'exit')) as [number]
    expect(status).toBe(1)
    expect(said).toContain('"code":"database-gone"')
    expect(said).not.toContain('nobody')
  })
})
