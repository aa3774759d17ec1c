import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sendKeptMails } from '#server/identity/mails/kept-mails.ts'
import type { Mail } from '#server/platform/mail/mailer.ts'
import { missingWords } from '#core/messages/releases/missing-words.ts'
import {
  giveExtension,
  lookAtMissingFiles,
  readCalendarOf,
} from '#server/programme/quarters/calendar.ts'
import { remind } from '#server/programme/quarters/remind.ts'
import type { RegisterContext } from '#server/programme/register/change-register.ts'
import { readHomeNumbers } from '#server/portal/screens/read-home.ts'
import { arriving, owing } from '../../setup/kept-post.ts'
import { openScreenSetting, type ScreenSetting } from '../../portal/screens/screen-setting.ts'

/** When files are due, who is reminded and who is late. */

let setting: ScreenSetting
beforeAll(async () => {
  setting = await openScreenSetting()
  // As if they had come in the days of their quarters.
  await setting.owner.query(
    `update submission set received_at = case quarter when '2024-Q1' then timestamptz '2024-07-20 10:00+01'
       else timestamptz '2024-11-20 10:00+00' end`,
  )
  await setting.owner.query(
    `update service set reminder = 'Run report 7.' where code = 'toy-library'`,
  )
})
afterAll(() => setting.close())

const at = (day: string): RegisterContext => ({
  ...{ database: setting.pool, programme: setting.store.programme },
  now: new Date(day.includes('T') ? day : `${day}T10:00:00Z`),
})
const admin = () => setting.actors.administrator

/** Sends the reminders of a day. */
async function reminded(day: string): Promise<Mail[]> {
  const { programme, now } = at(day)
  const context = owing(setting.pool, () => now)
  await remind(context, programme)
  return arriving(context)
}

describe('the calendar', () => {
  test('says who came in time, who late, who is late and how often', async () => {
    const view = await readCalendarOf(at('2025-01-10'), admin(), '2024-Q2')
    if (!view.ok) throw new Error(view.code)
    const of = Object.fromEntries(view.places.map((place) => [place.service, place.timeliness]))
    expect(of).toEqual({
      'stay-and-play': 'came-late',
      'toy-library': 'late',
      'health-visiting': 'late',
    })
    expect(view.places[0]?.due).toBe('2024-10-30')
    expect(view.lateness).toEqual([
      { service: 'health-visiting', serviceName: 'Health Visiting', late: 1, due: 2 },
      { service: 'stay-and-play', serviceName: 'Stay and Play', late: 1, due: 2 },
      { service: 'toy-library', serviceName: 'Toy Library', late: 1, due: 2 },
    ])
    expect(await readCalendarOf(at('2025-01-10'), setting.actors.provider, '')).toMatchObject({
      code: 'not-found',
    })
  })

  test('says beside exact figures which files have not come, to those who see them', async () => {
    const context = { pool: setting.pool, now: () => at('2025-01-10').now }
    const quarters = ['2024-Q1', '2024-Q2'] as const
    const missing = await lookAtMissingFiles(context, setting.actors.exactAdministrator, quarters)
    expect(missingWords(missing)).toEqual({
      count:
        '2 of 6 files for this period have not come: who is in none of the others is not counted.',
      which: 'No file of: Health Visiting (Jul–Sep 2024); Toy Library (Jul–Sep 2024).',
    })
    expect(await lookAtMissingFiles(context, setting.actors.provider, quarters)).toEqual({
      ...{ expected: 0, services: [] },
    })
  })

  test('has nothing of a service whose file was replaced, and the one in its place withdrawn', async () => {
    const { owner } = setting
    const set = (state: string, reason: string | null) =>
      owner.query(
        `update submission set state = $1, reason = $2 where service_code = 'stay-and-play' and quarter = '2024-Q2'`,
        [state, reason],
      )
    await set('withdrawn', 'replaced')
    const view = await readCalendarOf(at('2025-01-10'), admin(), '2024-Q2')
    await set('linked', null)
    expect(view.ok && view.places.find(({ service }) => service === 'stay-and-play')).toMatchObject(
      {
        timeliness: 'late',
      },
    )
  })

  test('counts a nil return as an answer', async () => {
    await setting.owner.query(
      `insert into nil_return values ('health-visiting', '2024-Q2', $1, '2024-10-01')`,
      [setting.actors.provider.userId],
    )
    const view = await readCalendarOf(at('2025-01-10'), admin(), '2024-Q2')
    expect(
      view.ok && view.places.find(({ service }) => service === 'health-visiting'),
    ).toMatchObject({
      timeliness: 'nobody',
    })
  })
})

describe('reminders', () => {
  test('go before, on and after the deadline, once each, in the service’s own words', async () => {
    expect(await reminded('2024-10-22')).toEqual([])
    const [before, ...more] = await reminded('2024-10-25')
    // Of the three services, one said that it reached nobody, and of one the organisation has nobody here.
    expect(more.map(({ to }) => to)).toHaveLength(0)
    expect(before?.subject).toBe('When your file is due – Count Once')
    expect(before?.text).toContain(
      // True on any day that it arrives on.
      'Toy Library for July to September 2024 is 30 October 2024. It had not come on 25 October 2024.',
    )
    expect(before?.text).toContain('Run report 7.')
    expect(before?.text).toContain('/send/toy-library/2024-Q2')
    expect(await reminded('2024-10-26')).toEqual([])
    expect((await reminded('2024-10-30')).map(({ subject }) => subject)).toEqual([
      'Your file is due – Count Once',
    ])
    expect(await reminded('2024-10-31')).toEqual([])
    expect((await reminded('2024-11-06')).map(({ subject }) => subject)).toEqual([
      'Your file is late – Count Once',
    ])
    expect(await reminded('2024-11-20')).toEqual([])
  })

  test('that nobody got, since mail was down for a day, go the next', async () => {
    await setting.owner.query('delete from reminder')
    const { programme, now } = at('2024-10-30')
    const context = owing(setting.pool, () => now)
    expect(await remind(context, programme)).toBe(1)
    expect(await sendKeptMails(context, { send: () => Promise.reject(new Error('down')) })).toBe(0)
    expect(await reminded('2024-10-31')).toHaveLength(1)
  })

  test('are owed again where a portal ends before their mails are kept', async () => {
    await setting.owner.query('delete from reminder')
    await setting.owner.query('revoke insert on kept_mail from countonce_app')
    await expect(reminded('2024-10-30')).rejects.toThrow()
    await setting.owner.query('grant insert on kept_mail to countonce_app')
    expect(await reminded('2024-10-30')).toHaveLength(1)
    expect(await reminded('2024-10-30')).toEqual([])
  })
})

describe('the night in which clocks go back', () => {
  test('belongs to one day of 25 hours, and no reminder goes twice in the hour that comes twice', async () => {
    await setting.owner.query('delete from reminder')
    await setting.owner.query(
      `insert into reporting_quarter (quarter, deadline, closed) values ('2024-Q2', '2024-10-27', false)`,
    )
    const subjects = async (at: string): Promise<string[]> =>
      (await reminded(at)).map(({ subject }) => subject)
    // 23:59 in London.
    expect(await subjects('2024-10-26T22:59:00Z')).toEqual(['When your file is due – Count Once'])
    // 00:30, then half past one twice.
    expect(await subjects('2024-10-26T23:30:00Z')).toEqual(['Your file is due – Count Once'])
    expect(await subjects('2024-10-27T00:30:00Z')).toEqual([])
    expect(await subjects('2024-10-27T01:30:00Z')).toEqual([])
    const timeliness = async (moment: string): Promise<string | undefined> => {
      const view = await readCalendarOf(at(moment), admin(), '2024-Q2')
      if (!view.ok) throw new Error(view.code)
      return view.places.find(({ service }) => service === 'toy-library')?.timeliness
    }
    expect(await timeliness('2024-10-27T23:59:59Z')).not.toBe('late')
    expect(await timeliness('2024-10-28T00:00:00Z')).toBe('late')
    await setting.owner.query(`delete from reporting_quarter where quarter = '2024-Q2'`)
  })
})

describe('an extension', () => {
  test('moves the deadline of one service, with a reason and an entry of the audit trail', async () => {
    const given = {
      ...{ service: 'toy-library', quarter: '2024-Q2', until: '2024-12-10' },
      reason: 'staff-away',
    } as const
    const now = at('2024-11-25')
    expect(await giveExtension(now, setting.actors.provider, given)).toMatchObject({
      code: 'not-found',
    })
    expect(await giveExtension(now, admin(), { ...given, until: '2024-11-24' })).toMatchObject({
      code: 'extension-past',
    })
    expect(await giveExtension(now, admin(), { ...given, quarter: '2031-Q1' })).toMatchObject({
      code: 'not-found',
    })
    expect(await giveExtension(now, admin(), given)).toEqual({ ok: true })
    const view = await readCalendarOf(now, admin(), '2024-Q2')
    expect(view.ok && view.places.find(({ service }) => service === 'toy-library')).toMatchObject({
      ...{ due: '2024-12-10', isExtended: true, timeliness: 'not-due' },
    })
    expect(await setting.countEvents('extension.given')).toBe(1)
    // Those that went by the earlier day go again by the new one, as if none had.
    const { rows } = await setting.owner.query('select stage from reminder order by stage')
    expect(rows).toEqual([{ stage: 'before' }, { stage: 'on' }])
    for (const day of ['2024-11-26', '2024-12-02']) expect(await reminded(day)).toEqual([])
    const again = [...(await reminded('2024-12-04')), ...(await reminded('2024-12-10'))]
    expect(again.map(({ subject }) => subject)).toEqual([
      'When your file is due – Count Once',
      'Your file is due – Count Once',
    ])
    expect(again[0]?.text).toContain('is 10 December 2024. It had not come on 4 December 2024.')
    expect(await reminded('2024-12-11')).toEqual([])
  })
})

test('the home of an administrator has numbers as they are, and nobody else’s has', async () => {
  const numbers = await readHomeNumbers(at('2024-12-20'), admin())
  expect(numbers).toMatchObject({ quarter: '2024-Q2', sent: 1, expected: 3, late: 1, open: 0 })
  expect(numbers?.doubts).toBeGreaterThan(0)
  expect(numbers?.databaseBytes).toBeGreaterThan(1_000_000)
  expect(await readHomeNumbers(at('2024-12-20'), setting.actors.analyst)).toBeUndefined()
  await setting.owner.query(`update submission set received_at = '2024-12-01'`)
  expect(await readHomeNumbers(at('2024-12-30'), admin())).toMatchObject({ oldDoubts: 0 })
  expect(await readHomeNumbers(at('2025-01-02'), admin())).toMatchObject({
    oldDoubts: numbers?.doubts,
  })
})
