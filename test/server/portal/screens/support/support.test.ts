import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '#server/identity/actors/actor.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { dayInLondon } from '#server/programme/register/quarters.ts'
import type { Mail } from '#server/platform/mail/mailer.ts'
import {
  answerQuestion,
  countAsked,
  listQuestions,
  tellOfQuestions,
} from '#server/portal/screens/support/questions.ts'
import {
  answerReport,
  listReports,
  pageOf,
  readSupport,
  reportProblem,
  tellProblem,
} from '#server/portal/screens/support/reports.ts'
import { arriving, owing } from '../../../setup/kept-post.ts'
import { makeActor, openScreenSetting, type ScreenSetting } from '../screen-setting.ts'

/** What organisations are asked, and what people say is wrong. */

let setting: ScreenSetting
let bridge: Actor
beforeAll(async () => {
  setting = await openScreenSetting()
  const made = await makeActor(setting.owner, 'provider', false)
  await setting.owner.query(`update portal_user set provider_code = 'bridge' where id = $1`, [
    made.userId,
  ])
  bridge = { ...made, providerCode: 'bridge' }
})
afterAll(() => setting.close())

const admin = () => setting.actors.administrator
const acorn = () => setting.actors.provider
const context = (day = '2026-06-01') => ({
  pool: setting.pool,
  now: () => new Date(`${day}T10:00:00Z`),
})

/** Asks two organisations about one pair of rows, and one of them about two rows of its file. */
async function ask(): Promise<void> {
  await setting.owner.query(
    `with made as (
       insert into decision (dataset, kind, left_client, left_birth, left_gender, reason, decided_by)
       values ('production', 'ask', gen_random_uuid(), '2021', 'girl', 'check-birth', 'U-REVIEWER')
       returning id)
     insert into provider_question
       (reference, decision_id, service_code, submission_id, source_row, role, other_row, asks, shown_from)
     select 'QU-' || q.n, made.id, s.service_code, s.id, q.row, 'child', q.other, 'check-birth', current_date
       from made, (values (1, 'stay-and-play', 4, null), (2, 'health-visiting', 7, null),
                          (3, 'toy-library', 2, 9)) as q (n, service, row, other)
       join submission s on s.service_code = q.service and s.quarter = '2024-Q1'`,
  )
}

describe('a question', () => {
  test('is seen by the organisation whose row it is, and tells it nothing of another', async () => {
    await ask()
    const seen = async (actor: Actor) =>
      (await listQuestions(setting.pool, actor)).map(({ reference }) => reference)
    expect((await seen(acorn())).sort()).toEqual(['QU-1', 'QU-3'])
    expect(await seen(bridge)).toEqual(['QU-2'])
    expect(await seen(admin())).toHaveLength(3)
    expect(await seen(setting.actors.analyst)).toEqual([])
    // As a spreadsheet counts them, whose first row is of headings: the same that reviewers and findings name.
    const pair = (await listQuestions(setting.pool, acorn())).find(({ otherRow }) => otherRow)
    expect(pair).toMatchObject({ reference: 'QU-3', row: '3', otherRow: '10' })
    const waiting = [acorn(), bridge, admin()].map((actor) => countAsked(setting.pool, actor))
    expect(await Promise.all(waiting)).toEqual([2, 1, 0])
    const [question] = (await listQuestions(setting.pool, bridge)) as [object]
    expect(Object.keys(question)).not.toContain('decisionId')
    expect(JSON.stringify(question)).not.toMatch(/stay|acorn|play/i)
  })

  test('is answered once, by its own organisation, with an answer that fits', async () => {
    const answer = (actor: Actor, reference: string, given: string) =>
      answerQuestion(context(), actor, { reference, answer: given })
    expect(await answer(bridge, 'QU-1', 'right')).toMatchObject({ code: 'not-found' })
    expect(await answer(admin(), 'QU-1', 'right')).toMatchObject({ code: 'not-found' })
    expect(await answer(acorn(), 'QU-1', 'first-right')).toMatchObject({ code: 'answer-other' })
    expect(await answer(acorn(), 'QU-3', 'both-right')).toEqual({ ok: true })
    expect(await answer(acorn(), 'QU-1', 'corrected')).toEqual({ ok: true })
    expect(await answer(acorn(), 'QU-1', 'right')).toMatchObject({ code: 'answered-before' })
    expect(await setting.countEvents('question.answered')).toBe(2)
    expect(await countAsked(setting.pool, acorn())).toBe(0)
    const { rows } = await setting.owner.query(
      `select state, answer, answered_by is not null as by from provider_question order by reference`,
    )
    expect(rows).toEqual([
      { state: 'answered', answer: 'corrected', by: true },
      { state: 'open', answer: null, by: false },
      { state: 'answered', answer: 'both-right', by: true },
    ])
  })

  test('is seen from its day on as London has it, whatever clock the connection keeps', async () => {
    const seen = async (shownFrom: string): Promise<unknown[]> => {
      await setting.owner.query(`update provider_question set shown_from = $1`, [shownFrom])
      const numbers = ['Pacific/Kiritimati', 'Europe/London', 'Etc/GMT+12'].map((zone) =>
        withTransaction(forActor(setting.pool, acorn()), async (client) => {
          await client.query(`select set_config('timezone', $1, true)`, [zone])
          return (await client.query(`select from provider_question`)).rowCount
        }),
      )
      return Promise.all(numbers)
    }
    const now = Date.now()
    expect(await seen(dayInLondon(new Date(now)))).toEqual([2, 2, 2])
    expect(await seen(dayInLondon(new Date(now + 86_400_000)))).toEqual([0, 0, 0])
  })

  test('is told of by mail once, and once more after two weeks without an answer', async () => {
    let mails: Mail[] = []
    const tell = async (day: string) => {
      const telling = owing(setting.pool, context(day).now)
      await tellOfQuestions(telling)
      mails = await arriving(telling)
      return mails.map(({ subject }) => subject)
    }
    await setting.owner.query(`update provider_question set shown_from = '2026-04-01'`)
    expect(await tell('2026-03-31')).toEqual([])
    expect(await tell('2026-04-01')).toEqual([
      'You are asked a question about your files – Count Once',
    ])
    expect(mails[0]?.text).toContain('/inbox')
    expect(mails[0]?.text).not.toMatch(/row 7|Health/)
    expect(await tell('2026-04-02')).toEqual([])
    expect(await tell('2026-04-17')).toEqual([
      'Please answer a question about your files – Count Once',
    ])
    expect(await tell('2026-05-17')).toEqual([])
  })
})

describe('that something is wrong', () => {
  test('keeps of an address its page and a reference, and nothing else', () => {
    expect(pageOf('/files/SU-2345-6789-E/check?code=x&field=Ada')).toEqual({
      ...{ page: '/files/check', about: 'SU-2345-6789-E' },
    })
    expect(pageOf('/doubts/explain?reference=Ada%20Lovelace')).toEqual({
      ...{ page: '/doubts/explain', about: '' },
    })
    expect(pageOf('/releases/REL-2024-Q2-1')).toEqual({
      ...{ page: '/releases', about: 'REL-2024-Q2-1' },
    })
  })

  test('[S73] keeps no name of an address, and none that looks like a reference', async () => {
    for (const hostile of [
      ...['/ada@example.org', '/users/4857773456', '/<script>', '', '/Ä/Ö'],
      ...['/ada-lovelace', '/users/ada-lovelace?name=ada', '/SU-ADA-LOVELACE', '/F-LOVELACE'],
      ...['/users?q=F-07700900612', '/AP-2345-6789-A', '/REL-ADA-LOVELACE', '/constructor'],
    ]) {
      expect([hostile, pageOf(hostile)]).toEqual([
        hostile,
        { page: expect.stringMatching(/^[/](users)?$/) as string, about: '' },
      ])
    }
    for (const reference of [
      'SU-ADA-LOVELACE',
      'F-LOVELACE',
      'TK-07700-900612',
      'SU-2345-6789-A',
    ]) {
      expect(
        await reportProblem(context(), acorn(), { kind: 'slow', from: '/send', reference }),
      ).toMatchObject({ code: 'report-reference' })
    }
  })

  test('reaches the queue, and its own organisation alone; a text that is no reference is refused', async () => {
    const report = (actor: Actor, reference = '') =>
      reportProblem(context(), actor, {
        ...({ kind: 'looks-wrong', from: '/files/SU-2345-6789-E/check' } as const),
        reference,
      })
    expect(await report(acorn(), 'Ada Lovelace')).toMatchObject({ code: 'report-reference' })
    expect(await report(acorn())).toMatchObject({ ok: true })
    expect(await report(bridge, 'F-3K9Q-7TXW')).toMatchObject({ ok: true })
    const abouts = async (actor: Actor) =>
      (await listReports(setting.pool, actor)).map(({ about }) => about)
    expect(await abouts(acorn())).toEqual(['SU-2345-6789-E'])
    expect(await abouts(bridge)).toEqual(['F-3K9Q-7TXW'])
    expect(await abouts(setting.actors.analyst)).toEqual([])
    expect(await abouts(admin())).toHaveLength(2)
  })

  test('may be said by everybody, of a release as well', async () => {
    const { administrator, ...others } = setting.actors
    for (const actor of Object.values({ administrator, ...others })) {
      expect(
        await reportProblem(context('2026-05-01'), actor, {
          ...({ kind: 'slow', from: '/releases/REL-2024-Q2-1' } as const),
          reference: '',
        }),
      ).toMatchObject({ ok: true })
    }
    await setting.owner.query(`delete from problem_report where made_at < '2026-05-02'`)
  })

  test('is said twenty times an hour and no oftener, so that nobody else is drowned', async () => {
    const told = async (actor: Actor, day: string) =>
      reportProblem(context(day), actor, { kind: 'slow', from: '/send', reference: '' })
    for (let at = 0; at < 20; at += 1)
      expect(await told(acorn(), '2026-07-01')).toMatchObject({ ok: true })
    expect(await told(acorn(), '2026-07-01')).toMatchObject({ code: 'reports-many' })
    expect(await told(bridge, '2026-07-01')).toMatchObject({ ok: true })
    expect(await told(acorn(), '2026-07-02')).toMatchObject({ ok: true })
    await setting.owner.query(`delete from problem_report where made_at > '2026-06-15'`)
  })

  test('is answered once by administrators, and everybody sees how fast', async () => {
    const [first] = await listReports(setting.pool, admin())
    const reference = first?.reference ?? ''
    const answer = (actor: Actor) =>
      answerReport({ ...context(), now: () => new Date() }, actor, {
        reference,
        answer: 'corrected',
      })
    expect(await answer(acorn())).toMatchObject({ code: 'not-found' })
    await setting.owner.query(`update problem_report set made_at = now() - interval '5 hours'`)
    expect(await answer(admin())).toEqual({ ok: true })
    expect(await answer(admin())).toMatchObject({ code: 'answered-before' })
    const { level } = await readSupport(setting.pool)
    expect(level).toMatchObject({ asked: 2, answered: 1, inTwoDays: 1 })
    expect(level.medianHours).toBeCloseTo(5, 1)
  })

  test('is told everybody while it lasts', async () => {
    const words = 'Files of one system are read slowly. Send them as CSV.'
    expect(await tellProblem(context(), acorn(), { words })).toMatchObject({ code: 'not-found' })
    expect(await tellProblem(context(), admin(), { words })).toEqual({ ok: true })
    const [problem] = (await readSupport(setting.pool)).problems
    expect(problem).toMatchObject({ words })
    expect(await tellProblem(context(), admin(), { over: problem?.id ?? '0' })).toEqual({
      ok: true,
    })
    expect((await readSupport(setting.pool)).problems).toEqual([])
  })
})
