import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { askGrid, askChange } from '#server/intake/correcting/ask-corrections.ts'
import { acceptSubmission } from '#server/intake/submissions/accept-submission.ts'
import { readProgress } from '#server/intake/submissions/job-progress.ts'
import { readSubmission } from '#server/intake/submissions/read-submission.ts'
import { requestCheck } from '#server/intake/checking/request-check.ts'
import { startSession } from '#server/identity/sessions/session.ts'
import { startAnswering } from '#server/jobs/asks/answer-asks.ts'
import { startWorking } from '#server/jobs/worker/work.ts'
import { openPortalSecrets } from '#server/keys/portal-secrets.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { FAULT_POINTS, type FaultPoint } from '#server/platform/faults/fault-points.ts'
import { openEventLog } from '#server/platform/logging/event-log.ts'
import { openBlobs, sealedFilesOver } from '#server/platform/storage/file-store.ts'
import { askWorkers } from '#server/store/ask-workers.ts'
import type { PortalStore } from '#server/store/receiving-store.ts'
import {
  ACORN,
  csvOf,
  match,
  mustUpload,
  openJourneySetting,
  range,
  type JourneySetting,
} from '../../intake/journey/journey-setting.ts'

/** What is asked of workers that are killed, or that have long jobs. */

const WORKER = join(import.meta.dirname, '../../../../lib/server/jobs/worker/worker.ts')

let setting: JourneySetting
let ticket: string

beforeAll(async () => {
  setting = await openJourneySetting()
  ticket = await withTransaction(setting.owner.pool, (client) =>
    startSession(client, ACORN.userId, new Date()),
  )
})
afterAll(() => setting.close())

async function portalStore(): Promise<PortalStore> {
  const { dataDir, programme } = setting.owner
  const { database } = setting.storeOf(ACORN)
  const secrets = await openPortalSecrets({ dataDir })
  const blobs = (): ReturnType<typeof openBlobs> => openBlobs({ dataDir })
  const asker = askWorkers({ database, secrets, blobs, ticket })
  return {
    database,
    programme,
    secrets,
    files: sealedFilesOver(await blobs(), secrets.files),
    asker,
  }
}

/** A worker in a process of its own, which kills itself at a point of its way. */
async function doomedWorker(
  point: FaultPoint,
): Promise<{ child: ChildProcess; ended: Promise<unknown> }> {
  const { dataDir, databaseUrl } = setting.owner
  const child = spawn(process.execPath, [WORKER, '--data', dataDir], {
    env: {
      ...process.env,
      ...{ DATABASE_URL: databaseUrl, COUNTONCE_KILL_AT: String(FAULT_POINTS[point]) },
    },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const ended = once(child, 'exit').then(([, signal]: unknown[]) => signal)
  await once(child, 'message')
  return { child, ended }
}

function answerHere(): void {
  const { owner } = setting
  const log = openEventLog(join(owner.dataDir, 'logs', 'asks.log'), 'asks', () => undefined)
  const lane = startAnswering(owner, log)
  onTestFinished(() => lane.stop())
}

async function draft(rows: number, quarter: string): Promise<string> {
  const { reference } = await mustUpload(setting, csvOf(range(1, rows)), { quarter })
  await match(setting, reference)
  await setting.work(reference)
  return reference
}

test('is answered by another within seconds where the worker is killed', async () => {
  const reference = await draft(40, '2024-Q1')
  const { ended } = await doomedWorker('after-ask-taken')
  const store = await portalStore()
  const begun = performance.now()
  const asking = askGrid(store, reference, { show: 'all' }, { from: 0, count: 5 })
  expect(await ended).toBe('SIGKILL')
  answerHere()
  expect(await asking).toMatchObject({ ok: true, total: 40 })
  expect(performance.now() - begun).toBeLessThan(15_000)
  expect((await setting.owner.pool.query('select 1 from ask')).rows).toEqual([])
})

test('is not done twice where the worker is killed after it did it', async () => {
  const reference = await draft(41, '2024-Q2')
  const { ended } = await doomedWorker('before-ask-answered')
  const store = await portalStore()
  const changing = askChange(
    store,
    { reference, version: 0 },
    { kind: 'set', cells: [{ row: 3, column: 1, text: 'Otherwise' }] },
  )
  expect(await ended).toBe('SIGKILL')
  answerHere()
  // It was changed: who repeats it is told that it was, and looks at the cell as it is.
  expect(await changing).toMatchObject({ ok: false, code: 'corrections-stale' })
  const grid = await askGrid(store, reference, { show: 'all' }, { from: 2, count: 1 })
  expect(grid.ok && [grid.rows[0]?.cells[1], grid.state.version]).toEqual(['Otherwise', 1])
})

test('that ends every worker is left alone in the end', async () => {
  const { pool } = setting.owner
  await pool.query(
    `insert into ask (id, sealed, taken_at, heard_at, takes)
     values (gen_random_uuid(), '\\x00', now(), now() - interval '1 hour', 3)`,
  )
  answerHere()
  const reference = await draft(45, '2024-Q3')
  const store = await portalStore()
  expect(await askGrid(store, reference, { show: 'all' }, { from: 0, count: 1 })).toMatchObject({
    ok: true,
  })
  const { rows } = await pool.query<{ takes: number }>('select takes from ask')
  expect(rows).toEqual([{ takes: 3 }])
  await pool.query('delete from ask')
})

test('is answered while a long linkage and a long reading go on in the same worker', async () => {
  const { owner } = setting
  const { pool } = owner
  const ids = async (reference: string): Promise<string> => {
    const { rows } = await pool.query<{ id: string }>(
      'select id from submission where reference = $1',
      [reference],
    )
    return rows[0]?.id ?? ''
  }
  const asked = await draft(33, '2024-Q4')
  const linking = await ids(await draft(50, '2024-Q1'))
  const reading = await ids(await draft(51, '2024-Q2'))
  await requestCheck(owner, reading, { actor: ACORN.userId })
  const holder = await pool.connect()
  await holder.query('begin')
  await holder.query(
    `select pg_advisory_xact_lock(hashtextextended('countonce.linking.production', 0))`,
  )
  await holder.query('select 1 from submission where id = $1 for update', [reading])
  const log = openEventLog(join(owner.dataDir, 'logs', 'here.log'), 'here')
  const working = await startWorking(owner, { log })
  try {
    const accepted = { leaveOut: false, confirm: true }
    expect((await acceptSubmission(owner, linking, accepted, ACORN.userId)).ok).toBe(true)
    await expect
      .poll(async () => (await readSubmission(pool, linking))?.state, { timeout: 30_000 })
      .toBe('pseudonymised')
    const stageOf = async (id: string): Promise<string | undefined> =>
      (await readProgress(pool, id))?.stage
    await expect.poll(() => stageOf(reading), { timeout: 30_000 }).toBe('reading')
    const store = await portalStore()
    const begun = performance.now()
    expect(await askGrid(store, asked, { show: 'all' }, { from: 0, count: 5 })).toMatchObject({
      ok: true,
      total: 33,
    })
    expect(performance.now() - begun).toBeLessThan(5_000)
    expect(await stageOf(linking)).toMatch(/reading|linking/)
    expect(await stageOf(reading)).toBe('reading')
  } finally {
    await holder.query('rollback')
    holder.release()
    await working.stop(20_000)
    log.close()
  }
})
