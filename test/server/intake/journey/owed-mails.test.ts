import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { confirmFinding } from '#server/intake/journey/answer-findings.ts'
import { readCheck } from '#server/intake/journey/read-check.ts'
import { oweWaitingMails, sendOwedMails } from '#server/intake/journey/send-owed-mails.ts'
import { submitFile } from '#server/intake/journey/submit-file.ts'
import { sweepFiles } from '#server/intake/submissions/sweep-files.ts'
import { withdrawSubmission } from '#server/linkage/processing/withdraw-submission.ts'
import type { Mail } from '#server/platform/mail/mailer.ts'
import {
  ACORN,
  csvOf,
  journeyOf,
  match,
  mustUpload,
  settingOfFile,
  range,
} from './journey-setting.ts'

/** What whoever uploaded a file hears of it later. */

const HOUR = 60 * 60 * 1000

const setting = settingOfFile()

/** Uploads, has checked, confirms and submits; answers the reference. */
async function submitted(bytes: Uint8Array, quarter: string, replaces = ''): Promise<string> {
  const store = setting.storeOf(ACORN)
  const { reference } = await mustUpload(setting, bytes, { quarter })
  await match(setting, reference)
  let { version } = await setting.work(reference)
  const view = await readCheck(store, ACORN, reference)
  if (!view.ok) throw new Error(view.code)
  for (const { code, field, severity } of view.groups.flatMap(({ findings }) => findings)) {
    if (severity !== 'confirm') continue
    const answer = { code, field, reason: 'looked-and-right' }
    const done = await confirmFinding(store, ACORN, { reference, version }, answer)
    if (!done.ok) throw new Error(done.code)
    version += 1
  }
  const sent = await submitFile(store, ACORN, { reference, version }, { replaces })
  if (!sent.ok) throw new Error(sent.code)
  return reference
}

/** Sends what is owed now, or at another time, with a mailer that may not answer. */
async function post(now = new Date(), answers = true): Promise<Mail[]> {
  const mails: Mail[] = []
  const send = async (mail: Mail): Promise<void> => {
    // As long as a mail server takes, so that others look meanwhile.
    await pause(20)
    if (!answers) throw new Error('no mail server')
    mails.push(mail)
  }
  await sendOwedMails({
    pool: setting.storeOf(ACORN).database,
    mailer: { send },
    origin: 'https://count-once.example',
    now: () => now,
  })
  return mails
}

function inHours(hours: number): Date {
  return new Date(Date.now() + hours * HOUR)
}

describe('[S50] a mail', () => {
  test('goes out after what it tells is committed, once, however many portals look and however often one fails', async () => {
    const reference = await submitted(csvOf(range(200, 220)), '2024-Q4')
    const holder = await setting.owner.pool.connect()
    await holder.query('begin')
    await holder.query(
      `select pg_advisory_xact_lock(hashtextextended('countonce.linking.production', 0))`,
    )
    const working = setting.work(reference)
    await expect
      .poll(async () => (await journeyOf(setting.storeOf, ACORN, reference)).state, {
        timeout: 60_000,
      })
      .toBe('pseudonymised')
    expect(await post()).toEqual([])
    await holder.query('commit')
    holder.release()
    await working
    expect(await post(new Date(), false)).toEqual([])
    // It is claimed by the one that failed; an hour later anybody may send it.
    expect(await post()).toEqual([])
    const sent = (await Promise.all([1, 2, 3].map(() => post(inHours(1.1))))).flat()
    expect(sent.map(({ text }) => text.includes(reference))).toEqual([true])
    expect(await post(inHours(3))).toEqual([])
  })

  test('tells who uploaded a file that it was withdrawn, and of a replaced one only what took its place', async () => {
    const first = await submitted(csvOf(range(1, 40)), '2024-Q1')
    await setting.work(first)
    expect((await post()).map(({ subject }) => subject)).toEqual([
      'Your file is in the figures – Count Once',
    ])
    const second = await submitted(csvOf(range(1, 41)), '2024-Q1', first)
    await setting.work(second)
    expect((await post()).map(({ text }) => text.includes(second))).toEqual([true])
    expect((await withdrawSubmission(setting.owner, second, 'U-ADMIN', 'wrong-file')).ok).toBe(true)
    const [told, ...more] = await post()
    expect(more).toEqual([])
    expect(told).toMatchObject({
      to: 'acorn@charity.example',
      subject: 'Your file was withdrawn – Count Once',
    })
    expect(told?.text).toContain(`/files/${second}/result`)
  })

  test('tells once that a submitted file waits longer than a day', async () => {
    const reference = await submitted(csvOf(range(50, 80)), '2024-Q2')
    expect(await oweWaitingMails(setting.owner.database, inHours(23))).toBe(0)
    expect(await oweWaitingMails(setting.owner.database, inHours(25))).toBe(1)
    expect(await oweWaitingMails(setting.owner.database, inHours(26))).toBe(0)
    const [told, ...more] = await post()
    expect(more).toEqual([])
    expect(told?.subject).toBe('Your file is still waiting – Count Once')
    expect(told?.text).toContain(`/files/${reference}/progress`)
    await setting.work(reference)
    expect((await post()).map(({ subject }) => subject)).toEqual([
      'Your file is in the figures – Count Once',
    ])
  })

  test('tells that a file was erased before it was submitted, and leads back to uploading it', async () => {
    const { reference } = await mustUpload(setting, csvOf(range(90, 120)), { quarter: '2024-Q3' })
    await match(setting, reference)
    await sweepFiles(setting.owner, inHours(25))
    expect((await journeyOf(setting.storeOf, ACORN, reference)).step).toBe('upload')
    expect(await oweWaitingMails(setting.owner.database, inHours(25))).toBe(1)
    const [told] = await post()
    expect(told?.subject).toBe('Your file was not submitted – Count Once')
    expect(told?.text).toContain('/send/stay-and-play/2024-Q3/upload')
    expect(told?.text).not.toMatch(/carer|Um|Ab/)
  })
})

test('a mail says of a file of a service that is being set up that it is in no figure', async () => {
  await post()
  await setting.owner.pool.query(`update service set stage = 'staging'`)
  const reference = await submitted(csvOf(range(1, 40)), '2024-Q3')
  await setting.work(reference)
  const [mail, ...more] = await post()
  expect(more).toEqual([])
  expect(mail?.subject).toBe('Your file went all the way in staging – Count Once')
  expect(mail?.text).toContain('It is in no figure.')
  await setting.owner.pool.query(`update service set stage = 'production'`)
})
