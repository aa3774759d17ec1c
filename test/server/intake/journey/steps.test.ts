import { expect, test } from 'vitest'
import { checkAgain, confirmFinding, leaveRowsOut } from '#server/intake/journey/answer-findings.ts'
import { confirmReading, describeReading } from '#server/intake/journey/describe-reading.ts'
import { writeFindingsFile } from '#server/intake/journey/findings-file.ts'
import { listTasks, readHistory } from '#server/intake/journey/list-history.ts'
import { readMatching, saveMatching } from '#server/intake/journey/match-columns.ts'
import { readValues, saveValues } from '#server/intake/journey/match-values.ts'
import { readCheck, readFindingRows, ROWS_A_PAGE } from '#server/intake/journey/read-check.ts'
import { findJourney, type Journey } from '#server/intake/journey/read-journey.ts'
import { sendOwedMails } from '#server/intake/journey/send-owed-mails.ts'
import { readAnswers, submitFile } from '#server/intake/journey/submit-file.ts'
import { listSubmissions } from '#server/intake/submissions/list-submissions.ts'
import { withdrawSubmission } from '#server/linkage/processing/withdraw-submission.ts'
import { withdrawOwn } from '#server/jobs/acts/withdraw-own.ts'
import type { Mail } from '#server/platform/mail/mailer.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import {
  ACORN,
  BRIDGE,
  csvOf,
  journeyOf,
  match,
  mustUpload,
  NOW,
  settingOfFile,
  range,
} from './journey-setting.ts'

const ADMINISTRATOR: Actor = {
  userId: 'U-ADMIN',
  role: 'administrator',
  providerCode: null,
  mayExact: false,
}

const setting = settingOfFile()

/** Uploads, matches and has checked. */
async function checked(
  bytes: Uint8Array,
  place: { actor?: Actor; service?: string; quarter?: string } = {},
): Promise<Journey> {
  const { reference } = await mustUpload(setting, bytes, place)
  await match(setting, reference, place.actor)
  return setting.work(reference)
}

/** Confirms what is to be confirmed. */
async function answer(journey: Journey, actor = ACORN): Promise<Journey> {
  const store = setting.storeOf(actor)
  const view = await readCheck(store, actor, journey.reference)
  if (!view.ok) throw new Error(view.code)
  let version = journey.version
  for (const { code, field, severity } of view.groups.flatMap(({ findings }) => findings)) {
    if (severity !== 'confirm') continue
    const form = { reference: journey.reference, version }
    const done = await confirmFinding(store, actor, form, {
      code,
      field,
      reason: 'looked-and-right',
    })
    if (!done.ok) throw new Error(done.code)
    version += 1
  }
  return journeyOf(setting.storeOf, actor, journey.reference)
}

/**
 * What a provider sees, without what differs between any two files: references, times, versions.
 */
function seen(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, inner: unknown) =>
      [
        'id',
        'reference',
        'fileId',
        'receivedAt',
        'sentAt',
        'begunAt',
        'endedAt',
        'quarter',
      ].includes(key)
        ? undefined
        : inner,
    ),
  )
}

test('a file goes from its upload to the figures, and its result is mailed once', async () => {
  const journey = await answer(await checked(csvOf(range(1, 60))))
  expect(journey.step).toBe('answers')
  expect(journey.rows).toEqual({ read: 60, accepted: 60, rejected: 0, blank: 0, leftOut: 0 })
  const store = setting.storeOf(ACORN)
  const submitted = await submitFile(store, ACORN, journey, { replaces: '' })
  expect(submitted).toEqual({ ok: true })
  expect(await submitFile(store, ACORN, journey, { replaces: '' })).toMatchObject({
    code: 'no-longer-open',
  })
  const done = await setting.work(journey.reference)
  expect(done).toMatchObject({ state: 'linked', step: 'result', fileId: null, records: 60 })
  const mails: Mail[] = []
  const post = {
    pool: store.database,
    mailer: { send: (mail: Mail) => Promise.resolve(void mails.push(mail)) },
    origin: 'https://count-once.example',
    now: () => new Date(),
  }
  const sent = await Promise.all([sendOwedMails(post), sendOwedMails(post)])
  expect(sent[0] + sent[1]).toBe(1)
  expect(await sendOwedMails(post)).toBe(0)
  expect(mails).toHaveLength(1)
  expect(mails[0]?.to).toBe('acorn@charity.example')
  expect(mails[0]?.text.match(/https?:\/\//g)).toHaveLength(1)
  expect(mails[0]?.text).toContain(`/files/${journey.reference}/result`)
  // Its matching is remembered: next quarter nothing is asked.
  const next = await mustUpload(setting, csvOf(range(1, 62)), { quarter: '2024-Q2' })
  const view = await readMatching(store, ACORN, next.reference)
  expect(view).toMatchObject({ ok: true })
  expect(view.ok && view.columns.every(({ answer: chosen }) => chosen.startsWith('field:'))).toBe(
    true,
  )
})

test('[S73] what was confirmed is offered again, with a reason of the list and no word of anybody’s own', async () => {
  const store = setting.storeOf(ACORN)
  // The file of the play group, sent for the toy library as well.
  const bytes = csvOf(range(800, 840))
  await mustUpload(setting, bytes, { quarter: '2024-Q4' })
  const confirmed = await checked(bytes, { service: 'toy-library', quarter: '2024-Q2' })
  const view = await readCheck(store, ACORN, confirmed.reference)
  const finding = view.ok
    ? view.groups
        .flatMap(({ findings }) => findings)
        .find(({ code }) => code === 'sent-for-other-service')
    : undefined
  expect(finding).toMatchObject({ severity: 'confirm', reason: null })
  const given = { code: 'sent-for-other-service', field: '' }
  for (const reason of ['', 'ask ann@mail.example', 'It is right', 'toString', 'not-known'])
    expect(await confirmFinding(store, ACORN, confirmed, { ...given, reason })).toMatchObject({
      code: 'reason-missing',
    })
  expect(await leaveRowsOut(store, ACORN, confirmed, 'Ann Smith moved')).toMatchObject({
    code: 'reason-missing',
  })
  const kept = await confirmFinding(store, ACORN, confirmed, {
    ...given,
    reason: 'several-services',
  })
  expect(kept.ok).toBe(true)
  expect((await journeyOf(setting.storeOf, ACORN, confirmed.reference)).isAnswered).toBe(true)
  const next = csvOf(range(850, 890))
  await mustUpload(setting, next, { quarter: '2024-Q4' })
  const later = await checked(next, { service: 'toy-library', quarter: '2024-Q3' })
  const laterView = await readCheck(store, ACORN, later.reference)
  expect(
    laterView.ok &&
      laterView.groups.flatMap(({ findings }) => findings).find(({ code }) => code === given.code)
        ?.offered,
  ).toBe('several-services')
})

test('[S19] no step is skipped, whoever tries', async () => {
  const { reference } = await mustUpload(setting, csvOf(range(100, 140)), { quarter: '2024-Q3' })
  const store = setting.storeOf(ACORN)
  const at = await journeyOf(setting.storeOf, ACORN, reference)
  const answers = { answers: at.header.map(() => 'none'), shape: 'person', role: '' } as const
  expect(await submitFile(store, ACORN, at, { replaces: '' })).toMatchObject({
    code: 'step-not-reached',
  })
  expect(await leaveRowsOut(store, ACORN, at, 'not-known')).toMatchObject({
    code: 'step-not-reached',
  })
  expect(await checkAgain(store, ACORN, reference)).toMatchObject({ ok: false })
  expect((await writeFindingsFile(store, ACORN, reference)).ok).toBe(false)
  // Nothing matched that must be; then, with everything matched, before it was read.
  expect(await saveMatching(store, ACORN, at, answers)).toMatchObject({ code: 'columns-refused' })
  const right = {
    ...answers,
    answers: ['field:client_ref', ...at.header.slice(1).map(() => 'none')],
  }
  expect(await saveMatching(store, ACORN, at, right)).toMatchObject({ code: 'step-not-reached' })
  const confirmed = await confirmReading(store, ACORN, at)
  expect(confirmed.ok).toBe(true)
  const matched = await match(setting, reference)
  expect(await submitFile(store, ACORN, matched, { replaces: '' })).toMatchObject({
    code: 'step-not-reached',
  })
  // Matching again after the check takes it back to before the check.
  const done = await setting.work(reference)
  expect(done.state).toBe('checked')
  await match(setting, reference)
  const again = await journeyOf(setting.storeOf, ACORN, reference)
  expect(again).toMatchObject({ state: 'mapped', step: 'check' })
  expect(await submitFile(store, ACORN, again, { replaces: '' })).toMatchObject({
    code: 'step-not-reached',
  })
})

test('a form that somebody else’s answer made stale changes nothing', async () => {
  const { reference } = await mustUpload(setting, csvOf(range(150, 190)), { quarter: '2024-Q4' })
  const store = setting.storeOf(ACORN)
  const both = await journeyOf(setting.storeOf, ACORN, reference)
  const answered = await Promise.all([
    confirmReading(store, ACORN, both),
    confirmReading(store, ACORN, both),
  ])
  expect(answered.map(({ ok }) => ok).sort()).toEqual([false, true])
  expect(answered.find(({ ok }) => !ok)).toMatchObject({ code: 'form-stale' })
})

test('[S14] another provider’s submission is as one that does not exist, for every function', async () => {
  const { reference } = await mustUpload(setting, csvOf(range(200, 240)), {
    actor: BRIDGE,
    service: 'health-visiting',
  })
  await match(setting, reference, BRIDGE)
  const { version } = await setting.work(reference)
  const store = setting.storeOf(ACORN)
  const none = 'SU-0000-0000-0'
  const form = (named: string): { reference: string; version: number } => ({
    reference: named,
    version,
  })
  const matching = { answers: [], shape: 'person', role: '' } as const
  const functions: ((named: string) => Promise<unknown>)[] = [
    (named) => findJourney(store, ACORN, named),
    (named) => describeReading(store, ACORN, named),
    (named) => confirmReading(store, ACORN, form(named)),
    (named) => readMatching(store, ACORN, named),
    (named) => saveMatching(store, ACORN, form(named), matching),
    (named) => readValues(store, ACORN, named),
    (named) => saveValues(store, ACORN, form(named), []),
    (named) => readCheck(store, ACORN, named),
    (named) => readFindingRows(store, ACORN, { reference: named, code: 'x', field: '', page: 1 }),
    (named) =>
      confirmFinding(store, ACORN, form(named), { code: 'x', field: '', reason: 'ask-us' }),
    (named) => leaveRowsOut(store, ACORN, form(named), 'so'),
    (named) => checkAgain(store, ACORN, named),
    (named) => readAnswers(store, ACORN, named),
    (named) => submitFile(store, ACORN, form(named), { replaces: '' }),
    (named) => writeFindingsFile(store, ACORN, named),
    (named) => withdrawOwn(store, ACORN, { reference: named, reason: 'wrong-file' }),
  ]
  for (const call of functions) expect(await call(reference)).toEqual(await call(none))
  const others = { service: 'health-visiting', quarter: '2024-Q1' }
  expect(await readHistory(store, ACORN, others, NOW)).toEqual(
    await readHistory(store, ACORN, { ...others, service: 'none' }, NOW),
  )
  const listed = await listTasks(store, ACORN, NOW)
  expect(listed.ok && listed.services.map(({ service }) => service)).not.toContain(
    'health-visiting',
  )
  // Even with the other's actor in hand, the database shows the connection's own rows alone.
  expect(await findJourney(store, BRIDGE, reference)).toBeUndefined()
})

test('[S40] a provider sees the same whether or not another service knows the child', async () => {
  // Bridge has the children 300 to 340 in the figures; acorn knows none of them.
  const known = await answer(
    await checked(csvOf(range(300, 340)), {
      actor: BRIDGE,
      service: 'health-visiting',
      quarter: '2024-Q2',
    }),
    BRIDGE,
  )
  await submitFile(setting.storeOf(BRIDGE), BRIDGE, known, { replaces: '' })
  await setting.work(known.reference)
  const views: unknown[] = []
  for (const [numbers, quarter] of [
    [range(300, 340), '2024-Q1'],
    // Numbers of which births, homes and contacts are the same.
    [range(300 + 1080, 340 + 1080), '2024-Q1'],
  ] as const) {
    // The same shape of file: what differs is whom it names.
    const file = csvOf(numbers, (n) => ({ email: `carer${String(n)}@mail.example` }))
    const journey = await answer(await checked(file, { service: 'toy-library', quarter }))
    const store = setting.storeOf(ACORN)
    const before = await readAnswers(store, ACORN, journey.reference)
    await submitFile(store, ACORN, journey, { replaces: '' })
    const after = await setting.work(journey.reference)
    views.push(seen([before, after, await readAnswers(store, ACORN, after.reference)]))
    // Out again, so that both are the service's first file.
    expect(await withdrawSubmission(setting.owner, journey.reference, 'test')).toMatchObject({
      ok: true,
    })
  }
  expect(views[0]).toEqual(views[1])
})

test('every row of a finding is on one of its pages', async () => {
  const numbers = range(1, 2 * ROWS_A_PAGE + 31)
  const journey = await checked(
    csvOf(numbers, () => ({ email: '' })),
    { quarter: '2024-Q4' },
  )
  const rows: number[] = []
  for (let page = 1, pages = 1; page <= pages; page += 1) {
    const view = await readFindingRows(setting.storeOf(ACORN), ACORN, {
      reference: journey.reference,
      code: 'email-missing',
      field: 'carer_email',
      page,
    })
    if (!view.ok) throw new Error(view.code)
    pages = view.pages
    rows.push(...view.rows.map(({ place }) => place.fileRow))
  }
  expect(rows).toEqual(numbers.map((n) => n + 1))
})

test('[S33] the file with findings is neutral, and comes back as the file it was', async () => {
  const bytes = csvOf(range(600, 640), (n) =>
    n === 600
      ? { ref: '=1+1', first: '@SUM(A1)' }
      : n === 601
        ? { ref: '-7' }
        : n === 602
          ? { ref: '' }
          : {},
  )
  const journey = await checked(bytes, { service: 'toy-library', quarter: '2024-Q4' })
  const file = await writeFindingsFile(setting.storeOf(ACORN), ACORN, journey.reference)
  if (!file.ok) throw new Error(file.code)
  const text = await new Response(file.bytes).text()
  const lines = text.replace('\ufeff', '').split('\r\n')
  expect(lines[0]).toMatch(/,Count Once findings$/)
  expect(lines[1]).toMatch(/^'=1\+1,'@SUM\(A1\),/)
  expect(lines[2]).toMatch(/^'-7,/)
  expect(lines[3]).toMatch(/There is no client reference/)
  for (const cell of text.split(/[,\r\n]+/)) expect(cell).not.toMatch(/^[\s"]*[=+\-@\t＝＋－＠]/)
  const view = async (reference: string): Promise<unknown> => {
    const check = await readCheck(setting.storeOf(ACORN), ACORN, reference)
    return check.ok ? seen([check.groups, check.journey.rows, check.journey.linkability]) : check
  }
  const before = await view(journey.reference)
  const back = await checked(Buffer.from(text), { service: 'toy-library', quarter: '2024-Q4' })
  expect(await view(back.reference)).toEqual(before)
})

test('words that no list knows are asked for, and an answer to each is needed', async () => {
  const bytes = csvOf(range(700, 740), (n) => ({ gender: n % 2 === 0 ? 'Lad' : 'Lass' }))
  const { reference } = await mustUpload(setting, bytes, {
    service: 'toy-library',
    quarter: '2024-Q3',
  })
  const matched = await match(setting, reference)
  expect(matched.step).toBe('values')
  const store = setting.storeOf(ACORN)
  const view = await readValues(store, ACORN, reference)
  if (!view.ok) throw new Error(view.code)
  expect(view.fields.map(({ field, words }) => [field, words.map(({ word }) => word)])).toEqual([
    ['gender', ['Lad', 'Lass']],
  ])
  expect(await saveValues(store, ACORN, matched, ['M', ''])).toMatchObject({
    unanswered: [{ at: 1 }],
  })
  expect(await saveValues(store, ACORN, matched, ['M', 'nonsense'])).toMatchObject({
    unanswered: [{ at: 1 }],
  })
  expect((await saveValues(store, ACORN, matched, ['M', 'F'])).ok).toBe(true)
  expect((await setting.work(reference)).mapping?.values).toMatchObject({
    gender: { Lad: 'M', Lass: 'F' },
  })
})

test('a file takes the place of another only after the difference was shown', async () => {
  const store = setting.storeOf(ACORN)
  const [standing] = await listHistory('2024-Q1')
  const file = csvOf(range(6, 65), (n) => (n === 10 ? { dob: '02/02/2020' } : {}))
  const journey = await answer(await checked(file))
  const answers = await readAnswers(store, ACORN, journey.reference)
  expect(answers).toMatchObject({
    ok: true,
    standing: { reference: standing, difference: { same: 54, changed: 1, new: 5, removed: 5 } },
  })
  expect(await submitFile(store, ACORN, journey, { replaces: '' })).toMatchObject({
    code: 'replace-needed',
  })
  expect(await submitFile(store, ACORN, journey, { replaces: standing ?? '' })).toEqual({
    ok: true,
  })
  expect((await setting.work(journey.reference)).state).toBe('linked')
  const before = await journeyOf(setting.storeOf, ACORN, standing ?? '')
  expect(before).toMatchObject({ state: 'withdrawn', reason: 'replaced' })
})

test('the history of a quarter says of a file what the list of tasks says', async () => {
  const place = { service: 'stay-and-play', quarter: '2024-Q3' }
  const journey = await answer(await checked(csvOf(range(700, 706)), place))
  const store = setting.storeOf(ACORN)
  const history = await readHistory(store, ACORN, place, NOW)
  const found = history.ok && history.entries.find((one) => one.reference === journey.reference)
  expect(found).toMatchObject({ step: journey.step })
  expect(journey.step).toBe('answers')
})

async function listHistory(quarter: string): Promise<string[]> {
  const history = await readHistory(
    setting.storeOf(ACORN),
    ACORN,
    { service: 'stay-and-play', quarter },
    NOW,
  )
  if (!history.ok) throw new Error(history.code)
  return history.entries.filter(({ state }) => state === 'linked').map(({ reference }) => reference)
}

test('every list says that a file is being withdrawn as soon as somebody asks for it', async () => {
  const place = { service: 'toy-library', quarter: '2024-Q3' }
  const journey = await answer(await checked(csvOf(range(700, 720)), place))
  const store = setting.storeOf(ACORN)
  await submitFile(store, ACORN, journey, { replaces: '' })
  const { reference } = await setting.work(journey.reference)
  expect(await whoSaysWithdrawn(reference, place)).toEqual([])

  const asking = { reference, reason: 'wrong-file' }
  expect(await withdrawOwn(store, ACORN, asking)).toEqual({ ok: true })
  const all = ['its pages', 'tasks', 'history', 'submissions']
  expect(await whoSaysWithdrawn(reference, place)).toEqual(all)
  // Asked for twice is asked for once.
  expect(await withdrawOwn(store, ACORN, asking)).toEqual({ ok: true })
  const acts = await setting.owner.pool.query('select from act where subject = $1', [reference])
  expect(acts.rowCount).toBe(1)

  // What no worker could do leaves the file where it was.
  await setting.owner.pool.query(`update act set stage = 'failed' where subject = $1`, [reference])
  expect(await whoSaysWithdrawn(reference, place)).toEqual([])
})

/** What says of a submission that it is being withdrawn. */
async function whoSaysWithdrawn(
  reference: string,
  place: { readonly service: string; readonly quarter: string },
): Promise<string[]> {
  const store = setting.storeOf(ACORN)
  const journey = await findJourney(store, ACORN, reference)
  const tasks = await listTasks(store, ACORN, NOW, true)
  const history = await readHistory(store, ACORN, place, NOW)
  const filter = { service: '', quarter: '', state: '', page: 1 } as const
  const listed = await listSubmissions(setting.owner.pool, ADMINISTRATOR, filter)
  if (!tasks.ok || !history.ok || !listed.ok) throw new Error('not listed')
  const lists = {
    'its pages': [journey],
    tasks: tasks.services.flatMap((service) => service.tasks),
    history: history.entries,
    submissions: listed.submissions,
  }
  return Object.entries(lists)
    .filter(
      ([, lines]) => lines.find((line) => line?.reference === reference)?.isBeingWithdrawn === true,
    )
    .map(([name]) => name)
}
