import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AccountContext } from '#server/identity/accounts/account-context.ts'
import { nameOwner } from '#server/identity/accounts/users.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import type { Mail } from '#server/platform/mail/mailer.ts'
import {
  readReport,
  writeReportCsv,
  type ManagementReport,
} from '#server/portal/screens/report/read-report.ts'
import { keepMinute, listOwners, sendReport } from '#server/portal/screens/report/send-report.ts'
import { arriving, owing } from '../../../setup/kept-post.ts'
import { openScreenSetting, type ScreenSetting } from '../screen-setting.ts'

/** How the work of a quarter went. */

let setting: ScreenSetting
beforeAll(async () => {
  setting = await openScreenSetting()
  await setting.owner.query(
    `update submission set received_at = '2024-07-20 10:00+01' where quarter = '2024-Q1';
     insert into submission_job (submission_id, kind, stage, sent_at, ended_at)
       select id, 'process', 'done', received_at, received_at + interval '90 minutes' from submission;
     update submission set form = 'hashed', manifest = '{}' where service_code = 'health-visiting'`,
  )
})
afterAll(() => setting.close())

const at = (day: string) => ({
  ...{ database: setting.pool, programme: setting.store.programme },
  now: new Date(`${day}T10:00:00Z`),
})
const read = async (quarter = '2024-Q1'): Promise<ManagementReport> => {
  const report = await readReport(at('2025-01-10'), setting.actors.administrator, quarter)
  if (!report.ok) throw new Error(report.code)
  return report
}
const valueOf = (report: ManagementReport, name: string) =>
  report.lines.find((line) => line.name === name)?.value

describe('the report of a quarter', () => {
  test('counts timeliness, ways, times, findings, matches and what was refused', async () => {
    const report = await read()
    expect(
      Object.fromEntries(
        [
          'Files expected',
          'Came in time',
          'Late now',
          'Uploaded in the clear',
          'Hashed at source',
        ].map((name) => [name, valueOf(report, name)]),
      ),
    ).toEqual({
      ...{ 'Files expected': '3', 'Came in time': '3', 'Late now': '0' },
      ...{ 'Uploaded in the clear': '2', 'Hashed at source': '1' },
    })
    expect(valueOf(report, 'Half within')).toBe('90 minutes')
    expect(report.lines.some(({ part }) => part === 'Findings, by rows')).toBe(true)
    expect(Number(valueOf(report, 'Open now'))).toBeGreaterThan(0)
    const all = await Promise.all(report.quarters.map(read))
    expect(all.map(({ quarter }) => quarter)).toEqual(report.quarters)
  })

  test('keeps a file that came before its service went back to staging', async () => {
    const { owner } = setting
    await owner.query(`update service set stage = 'staging' where code = 'health-visiting'`)
    const report = await read()
    await owner.query(`update service set stage = 'production' where code = 'health-visiting'`)
    expect(['Files expected', 'Came in time'].map((name) => valueOf(report, name))).toEqual([
      '3',
      '3',
    ])
  })

  test('counts every refusal of a minute, and no ended session or first half of what takes two', async () => {
    const counted = async (): Promise<number> => {
      const counts = await run(setting.owner, 'report/count-others', ['2000-01-01', '2200-01-01'])
      return counts.find(({ what }) => what === 'access.refused')?.counted ?? 0
    }
    const before = await counted()
    const refusals = { 'not-found': 4, session: 5, 'consent-waits': 6 }
    for (const [reason, times] of Object.entries(refusals)) {
      const entry = { actor: 'portal', event: 'access.refused', subject: '' } as const
      await withTransaction(setting.owner, (client) =>
        appendAudit(client, { ...entry, detail: { reason, times } }),
      )
    }
    expect(await counted()).toBe(before + 4)
  })

  test('is CSV as well, and of administrators alone', async () => {
    const csv = writeReportCsv(await read())
    expect(csv).toContain('April to June 2024,Timeliness,Files expected,3')
    for (const actor of [setting.actors.provider, setting.actors.exactAnalyst]) {
      expect(await readReport(at('2025-01-10'), actor, '')).toMatchObject({ code: 'not-found' })
    }
  })

  test('tells the share of minutes in which the portal answered, and none that was not kept', async () => {
    expect(valueOf(await read('2024-Q3'), 'The portal answered')).toBe(
      'Nothing was kept of these months',
    )
    for (const minute of ['10:40', '10:41', '10:41', '10:59']) {
      await keepMinute(owing(setting.pool, () => new Date(`2024-12-31T${minute}:30Z`)))
    }
    const { rows } = await setting.owner.query(
      `select bit_count(minutes::bit(64))::int as n from portal_hour`,
    )
    expect(rows).toEqual([{ n: 3 }])
    // From the first minute that was kept to the end of the quarter: 800 minutes, 3 of them up.
    expect(valueOf(await read('2024-Q3'), 'The portal answered')).toBe('0.37% of 800 minutes')
  })
})

describe('availability', () => {
  // The quarter that has the day, its first and last hour in London, and how many hours those are.
  test.each([
    ['25 hours', '2024-Q3', '2024-09-30T23:00Z', '2024-12-31T23:00Z', '2024-10-27T01:00Z', 2209],
    ['23 hours', '2024-Q4', '2025-01-01T00:00Z', '2025-03-31T22:00Z', '2025-03-30T01:00Z', 2159],
  ] as const)(
    'of months in London with a day of %s counts each of their minutes once',
    async (_, quarter, first, last, changed, hours) => {
      const { owner } = setting
      await owner.query('delete from portal_hour')
      // All minutes of these hours, and of one before and one after.
      const kept = await owner.query(
        `insert into portal_hour select hour, (1::bigint << 60) - 1
           from generate_series($1::timestamptz - interval '1 hour', $2::timestamptz + interval '1 hour', interval '1 hour') hour`,
        [first, last],
      )
      expect(kept.rowCount).toBe(hours + 2)
      const told = async (): Promise<string | undefined> =>
        valueOf(await read(quarter), 'The portal answered')
      const all = (hours * 60).toLocaleString('en-GB')
      expect(await told()).toBe(`100% of ${all} minutes`)
      // The hour after the change is one of its own: of the hour that comes twice, the second.
      await owner.query('delete from portal_hour where hour = $1::timestamptz', [changed])
      expect(await told()).toBe(`99.95% of ${all} minutes`)
      await keepMinute(owing(setting.pool, () => new Date(changed)))
      expect(
        await owner.query('select from portal_hour where hour = $1 and minutes = 1', [changed]),
      ).toHaveProperty('rowCount', 1)
      await owner.query('delete from portal_hour')
    },
  )
})

/** Sends the report on a day, and answers whether one was due. */
async function send(day: string, mails: Mail[]): Promise<boolean> {
  const context = owing(setting.pool, () => new Date(`${day}T10:00:00Z`))
  const isDue = await sendReport(context, setting.store.programme)
  mails.push(...(await arriving(context)))
  return isDue
}

test('the report is mailed to the owners who are named, else to administrators, the day after the deadline, once', async () => {
  const mails: Mail[] = []
  expect(await send('2024-10-30', mails)).toBe(false)
  expect(await send('2024-10-31', mails)).toBe(true)
  expect(await send('2024-11-01', mails)).toBe(false)
  expect(mails).toHaveLength(2)
  expect(mails[0]?.subject).toBe('Report of July to September 2024 – Count Once')
  expect(mails[0]?.text).toContain('Timeliness: Files expected: 3')
  const { administrator, analyst, provider } = setting.actors
  const accounts = { pool: setting.pool, now: () => new Date() } as AccountContext
  expect(await nameOwner(accounts, analyst, analyst.userId, true)).toMatchObject({
    code: 'not-found',
  })
  for (const { userId } of [analyst, provider]) {
    expect(await nameOwner(accounts, administrator, userId, true)).toEqual({ ok: true })
  }
  expect(await setting.countEvents('owner.named')).toBe(1)
  const owners = await listOwners(setting.pool)
  expect(owners).toHaveLength(1)
  await setting.owner.query(`delete from report_mail where quarter = '2024-Q2'`)
  mails.length = 0
  expect(await send('2024-11-02', mails)).toBe(true)
  expect(mails.map(({ to }) => to)).toEqual(owners.map(({ email }) => email))
  expect(await nameOwner(accounts, administrator, analyst.userId, false)).toEqual({ ok: true })
  expect(await send('2024-12-25', mails)).toBe(false)
})

test('no report is mailed of a quarter that was over before the programme was made, unless its files came', async () => {
  const mails: Mail[] = []
  const sendLate = () => send('2025-02-03', mails)
  const makeOn = (day: string) =>
    setting.owner.query('update programme set made_at = $1::timestamptz', [`${day}T10:00:00Z`])
  await makeOn('2025-01-01')
  expect(await sendLate()).toBe(false)
  expect(mails).toEqual([])
  expect(
    await setting.owner.query(`select from report_mail where quarter = '2024-Q3'`),
  ).toHaveProperty('rowCount', 0)
  await setting.owner.query(
    `insert into submission (reference, service_code, quarter, dataset, file_digest, file_bytes, state, received_by)
     values ('SU-2222-2222-2', 'toy-library', '2024-Q3', 'production', sha256('x'), 1, 'received', 'somebody')`,
  )
  expect(await sendLate()).toBe(true)
  await setting.owner.query(`delete from report_mail where quarter = '2024-Q3'`)
  await setting.owner.query(`delete from submission where quarter = '2024-Q3'`)
  await makeOn('2024-12-31')
  expect(await sendLate()).toBe(true)
  expect(mails[0]?.subject).toBe('Report of October to December 2024 – Count Once')
})
