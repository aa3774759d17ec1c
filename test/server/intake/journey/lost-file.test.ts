import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { describeReading } from '#server/intake/journey/describe-reading.ts'
import { sendOwedMails } from '#server/intake/journey/send-owed-mails.ts'
import { askGrid } from '#server/intake/correcting/ask-corrections.ts'
import { besideId } from '#server/platform/storage/kept-beside.ts'
import { startSession } from '#server/identity/sessions/session.ts'
import { putAside } from '#server/intake/submissions/put-aside.ts'
import { findSubmission } from '#server/intake/submissions/read-submission.ts'
import { runJob } from '#server/jobs/worker/run-job.ts'
import { requestCheck } from '#server/intake/checking/request-check.ts'
import { startAnswering } from '#server/jobs/asks/answer-asks.ts'
import { openPortalSecrets } from '#server/keys/portal-secrets.ts'
import { processSubmission } from '#server/linkage/processing/process-submission.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { openEventLog } from '#server/platform/logging/event-log.ts'
import type { Mail } from '#server/platform/mail/mailer.ts'
import { openBlobs } from '#server/platform/storage/file-store.ts'
import { askWorkers } from '#server/store/ask-workers.ts'
import {
  ACORN,
  csvOf,
  journeyOf,
  match,
  mustUpload,
  settingOfFile,
  range,
} from './journey-setting.ts'

/** Stored files that somebody deletes or changes while they are held. */

const setting = settingOfFile()

const DAMAGES = {
  async deleted(path: string) {
    await rm(path)
  },
  async changed(path: string) {
    const bytes = await readFile(path)
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1
    await writeFile(path, bytes)
  },
  async cut(path: string) {
    const bytes = await readFile(path)
    await writeFile(path, bytes.subarray(0, bytes.length - 5))
  },
} as const

const CODES = { deleted: 'file-erased', changed: 'file-damaged', cut: 'file-damaged' } as const

type Damage = keyof typeof DAMAGES
const ALL = Object.keys(DAMAGES) as Damage[]

/** Does it to the file of a submission; answers its id. */
async function damage(reference: string, how: Damage): Promise<string> {
  const { rows } = await setting.owner.pool.query<{ id: string; file: string }>(
    'select id, file_id as file from submission where reference = $1',
    [reference],
  )
  const { id, file } = rows[0] ?? { id: '', file: '' }
  await DAMAGES[how](join(setting.owner.dataDir, 'blobs', file))
  return id
}

/** Its pages, the trail and a mail say why, nothing of it is left, and what was chosen comes back. */
async function expectPutAside(reference: string, how: Damage): Promise<void> {
  const code = CODES[how]
  const journey = await journeyOf(setting.storeOf, ACORN, reference)
  expect(journey).toMatchObject({
    ...{ state: 'rejected', step: 'result', reason: code, fileId: null },
    refusal: { code },
  })
  const { rows } = await setting.owner.pool.query<{ actor: string; detail: unknown }>(
    `select actor, detail from audit_event where event = 'submission.rejected' and subject = $1`,
    [reference],
  )
  expect(rows).toEqual([
    { actor: 'worker', detail: expect.objectContaining({ reason: code }) as unknown },
  ])
  const mails: Mail[] = []
  await sendOwedMails({
    pool: setting.storeOf(ACORN).database,
    mailer: { send: (mail: Mail) => Promise.resolve(void mails.push(mail)) },
    origin: 'https://count-once.example',
    now: () => new Date(),
  })
  expect(mails.map(({ subject }) => subject)).toEqual([
    'Your file could not be accepted – Count Once',
  ])
  expect(mails[0]?.text).toContain(`/files/${reference}/result`)
  expect(await readdir(join(setting.owner.dataDir, 'blobs'))).toEqual([])
}

test.each(ALL)('one that is %s before its check is refused, in words', async (how) => {
  const { owner } = setting
  const bytes = csvOf(range(1, 30))
  const { reference } = await mustUpload(setting, bytes)
  const { mapping } = await match(setting, reference)
  const id = await damage(reference, how)
  await requestCheck(owner, id, { actor: ACORN.userId })
  const end = await runJob(owner, {
    ...{ kind: 'check', job: { submission: id, actor: ACORN.userId }, isLast: false },
    onFailure: (fault) => {
      throw fault
    },
  })
  expect(end).toMatchObject({ stage: 'refused', code: CODES[how] })
  expect(end.reference).toBeUndefined()
  await expectPutAside(reference, how)
  // Sent again it is another submission, matched as the first was.
  const again = await mustUpload(setting, bytes)
  expect(again.reference).not.toBe(reference)
  expect((await journeyOf(setting.storeOf, ACORN, again.reference)).mapping).toEqual(mapping)
  await owner.files.erase((await journeyOf(setting.storeOf, ACORN, again.reference)).fileId ?? '')
  await owner.pool.query(`update submission set state = 'withdrawn', file_id = null`)
})

test.each(ALL)('one that is %s is refused on the command line, not failed', async (how) => {
  const { reference } = await mustUpload(setting, csvOf(range(1, 31)), { quarter: '2024-Q2' })
  const id = await damage(reference, how)
  const choices = { actor: 'operator', leaveOut: false, confirm: true, replace: false }
  expect(await processSubmission(setting.owner, id, choices)).toMatchObject({
    ok: false,
    code: CODES[how],
  })
  await expectPutAside(reference, how)
})

test.each(ALL)('one that is %s is refused by the page that reads it', async (how) => {
  const store = setting.storeOf(ACORN)
  const { reference } = await mustUpload(setting, csvOf(range(1, 32)), { quarter: '2024-Q3' })
  const { fileId } = await journeyOf(setting.storeOf, ACORN, reference)
  // So that it has to be read again.
  await rm(join(setting.owner.dataDir, 'blobs', besideId(fileId ?? '', 'profile')))
  await damage(reference, how)
  const view = await describeReading(store, ACORN, reference)
  expect(view.ok && view.reading).toMatchObject({ ok: false, code: CODES[how] })
  await expectPutAside(reference, how)
})

test.each(ALL)('one that is %s is refused by the grid of its corrections', async (how) => {
  const { owner } = setting
  const { reference } = await mustUpload(setting, csvOf(range(1, 33)), { quarter: '2024-Q4' })
  await match(setting, reference)
  expect(await setting.work(reference)).toMatchObject({ state: 'checked' })
  await damage(reference, how)
  const { database } = setting.storeOf(ACORN)
  const ticket = await withTransaction(owner.pool, (client) =>
    startSession(client, ACORN.userId, new Date()),
  )
  const secrets = await openPortalSecrets({ dataDir: owner.dataDir })
  const blobs = (): ReturnType<typeof openBlobs> => openBlobs({ dataDir: owner.dataDir })
  const log = openEventLog(join(owner.dataDir, 'logs', 'asks.log'), 'asks', () => undefined)
  const lane = startAnswering(owner, log)
  const store = {
    ...setting.storeOf(ACORN),
    asker: askWorkers({ database, secrets, blobs, ticket }),
  }
  expect(await askGrid(store, reference, { show: 'all' }, { from: 0, count: 5 })).toEqual({
    ok: false,
    code: 'file-erased',
  })
  await lane.stop()
  await expectPutAside(reference, how)
})

test('one that was sent again while its last file was read is left, whatever became of that', async () => {
  const { owner } = setting
  const { reference } = await mustUpload(setting, csvOf(range(1, 30)))
  const held = await findSubmission(owner.pool, reference)
  if (held === undefined) throw new Error('none')
  await putAside(owner, { id: held.id, fileId: 'of-before' }, 'file-erased')
  expect(await findSubmission(owner.pool, reference)).toEqual(held)
  await putAside(owner, held, 'file-damaged')
  await expectPutAside(reference, 'changed')
})
