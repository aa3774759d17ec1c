import { expect, test } from 'vitest'
import { checkSubmission } from '#server/intake/checking/check-submission.ts'
import { requestCheck } from '#server/intake/checking/request-check.ts'
import { readCheck } from '#server/intake/journey/read-check.ts'
import type { Journey } from '#server/intake/journey/read-journey.ts'
import { acceptSubmission } from '#server/intake/submissions/accept-submission.ts'
import { changeState } from '#server/intake/submissions/change-state.ts'
import { ProgressWriter, readProgress } from '#server/intake/submissions/job-progress.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import {
  ACORN,
  csvOf,
  journeyOf,
  match,
  mustUpload,
  range,
  settingOfFile,
} from './journey-setting.ts'

const setting = settingOfFile()

/** A file whose columns are matched, so that its check waits for a worker. */
async function matched(from: number, quarter: string): Promise<Journey> {
  const { reference } = await mustUpload(setting, csvOf(range(from, from + 11)), { quarter })
  return match(setting, reference)
}

/** Resolves once somebody waits for what another transaction holds. */
async function somebodyWaits(): Promise<void> {
  const waiting = async (): Promise<number | null> => {
    const { rowCount } = await setting.owner.pool.query(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
    return rowCount
  }
  await expect.poll(waiting, { timeout: 30_000, interval: 20 }).toBe(1)
}

test('a page that is read as a check ends tells of one moment: never a check that is done and a file that is unchecked', async () => {
  const { id, reference } = await matched(0, '2024-Q1')
  const { pool } = setting.owner
  const progress = await ProgressWriter.begin(pool, id, 'check')
  let page: ReturnType<typeof readCheck> | undefined
  await withTransaction(pool, async (client) => {
    // The page has read what state the file is in, and waits for what was found.
    await client.query('lock table finding_count in access exclusive mode')
    page = readCheck(setting.storeOf(ACORN), ACORN, reference)
    await somebodyWaits()
    await changeState(client, id, { to: 'checked', actor: ACORN.userId })
    await progress.end({ stage: 'done' })
  })
  expect(await page).toMatchObject({
    journey: { state: 'mapped', job: { kind: 'check', stage: 'reading' } },
  })
  expect(await journeyOf(setting.storeOf, ACORN, reference)).toMatchObject({
    ...{ state: 'checked', job: { kind: 'check', stage: 'done' } },
  })
})

test('a check that ends after the next was asked for does not say that all is done', async () => {
  const { id, reference } = await matched(20, '2024-Q2')
  const { pool } = setting.owner
  const progress = await ProgressWriter.begin(pool, id, 'check')
  const checked = await checkSubmission(setting.owner, id, { actor: ACORN.userId })
  if (!checked.ok) throw new Error(checked.code)
  const { mapping } = checked.file
  // The queue may hold the first still.
  await pool.query(`update pgboss.job set state = 'active' where data ->> 'submission' = $1`, [id])
  await requestCheck(setting.owner, id, { actor: ACORN.userId, mapping })
  progress.advance('reading', 7, null)
  await progress.end({ stage: 'done' })
  expect(await journeyOf(setting.storeOf, ACORN, reference)).toMatchObject({
    ...{ state: 'mapped', job: { kind: 'check', stage: 'waiting', done: 0 } },
  })
  const next = await ProgressWriter.begin(pool, id, 'check')
  await next.end({ stage: 'done' })
  expect(await readProgress(pool, id)).toMatchObject({ stage: 'done' })
})

test('a check that is tried again after its file was submitted leaves what is told of that alone', async () => {
  const { id } = await matched(40, '2024-Q3')
  const { pool } = setting.owner
  const checked = await checkSubmission(setting.owner, id, { actor: ACORN.userId })
  if (!checked.ok) throw new Error(checked.code)
  const plain = { leaveOut: false, confirm: true }
  expect(await acceptSubmission(setting.owner, id, plain, ACORN.userId)).toMatchObject({ ok: true })
  const loading = await ProgressWriter.begin(pool, id, 'process')
  const late = await ProgressWriter.begin(pool, id, 'check')
  await late.end({ stage: 'refused', code: 'no-longer-open' })
  expect(await readProgress(pool, id)).toMatchObject({ kind: 'process', stage: 'reading' })
  await loading.end({ stage: 'done' })
  expect(await readProgress(pool, id)).toMatchObject({ kind: 'process', stage: 'done' })
})
