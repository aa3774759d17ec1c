import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Stage } from '#core/messages/register/stage-words.ts'
import { measureReach } from '#server/figures/reach/measure-reach.ts'
import { confirmFinding } from '#server/intake/journey/answer-findings.ts'
import { readHistory } from '#server/intake/journey/list-history.ts'
import { readCheck } from '#server/intake/journey/read-check.ts'
import { submitFile } from '#server/intake/journey/submit-file.ts'
import { acceptSubmission } from '#server/intake/submissions/accept-submission.ts'
import { approvingAct, askingAct, usingAct } from '#server/identity/approvals/approval.ts'
import { approve } from '#server/identity/approvals/approvals.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { Looks } from '#server/identity/audit/looks.ts'
import { runAct } from '#server/jobs/worker/run-act.ts'
import { scrubStaging } from '#server/linkage/processing/scrub-staging.ts'
import { openPool, withTransaction } from '#server/platform/db/pool.ts'
import { beginAgain } from '#server/portal/screens/board/begin-again.ts'
import { compareStaging } from '#server/portal/screens/board/compare-staging.ts'
import {
  answerFeedback,
  giveFeedback,
  listFeedback,
} from '#server/portal/screens/board/give-feedback.ts'
import { askMove, moveAsApproved, moveService } from '#server/portal/screens/board/move-service.ts'
import { readBoard, readCard } from '#server/portal/screens/board/read-board.ts'
import { addAgreement } from '#server/programme/register/agreements.ts'
import type { Mail } from '#server/platform/mail/mailer.ts'
import { openLogins } from '#server/store/logins.ts'
import { freshFor } from '../../../identity/approvals/fresh-for.ts'
import {
  ACORN,
  BRIDGE,
  csvOf,
  match,
  mustUpload,
  NOW,
  openJourneySetting,
  range,
  type JourneySetting,
} from '../../../intake/journey/journey-setting.ts'
import { send } from '../../../intake/submissions/small-programme.ts'
import { makeActor } from '../screen-setting.ts'

/** A service from its first trial file into production and back. */

let setting: JourneySetting
let looks: Looks
let pool: ReturnType<typeof openPool>
let ada: Actor
let ben: Actor
const SERVICE = 'stay-and-play'
const QUARTER = '2024-Q1'
const mails: string[] = []

beforeAll(async () => {
  setting = await openJourneySetting()
  const logins = await openLogins(setting.owner, ['portal', 'exact', 'audit'])
  looks = new Looks(logins)
  pool = openPool(logins.portal)
  ada = await makeActor(setting.owner.pool, 'administrator', false)
  ben = await makeActor(setting.owner.pool, 'administrator', false)
  await setting.owner.pool.query(`update service set stage = 'profiling' where code = $1`, [
    SERVICE,
  ])
})
afterAll(async () => {
  await looks.close()
  await pool.end()
  await setting.close()
})

const now = () => new Date(Date.now() + 5_000)
const context = () => ({ pool, now })
const card = async () => {
  const read = await readCard(pool, ada, SERVICE, now())
  if (!read.ok) throw new Error(read.code)
  return read
}
const stage = async (): Promise<Stage> => (await card()).card.stage
const count = async (sql: string): Promise<number> => {
  const { rows } = await setting.owner.pool.query<{ n: number }>(
    `select count(*)::int as n from ${sql}`,
  )
  return rows[0]?.n ?? -1
}
const reach = async (dataset: 'production' | 'staging') =>
  (await measureReach(setting.owner.pool, { dataset, from: QUARTER, to: QUARTER }, [])).unique
    .people

/** Uploads a file, has it checked, answers for it and submits it. */
async function submitted(numbers: readonly number[]): Promise<string> {
  const store = setting.storeOf(ACORN)
  const { reference } = await mustUpload(setting, csvOf(numbers))
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
  const history = await readHistory(store, ACORN, { service: SERVICE, quarter: QUARTER }, NOW)
  const standing = history.ok ? history.entries.find(({ state }) => state === 'linked') : undefined
  const replaces = standing?.reference ?? ''
  const sent = await submitFile(store, ACORN, { reference, version }, { replaces })
  if (!sent.ok) throw new Error(sent.code)
  return reference
}

describe('in profiling', () => {
  test('a file is checked and tried out, and nothing of it is kept but counts', async () => {
    const reference = await submitted(range(1, 40))
    const { rows } = await setting.owner.pool.query(
      `select dataset, state, reason, file_id, rows_read from submission where reference = $1`,
      [reference],
    )
    expect(rows).toEqual([
      { dataset: 'staging', state: 'rejected', reason: 'trial-done', file_id: null, rows_read: 40 },
    ])
    expect(await count('record')).toBe(0)
    expect(await card()).toMatchObject({
      card: { stage: 'profiling', tried: 1, share: 1 },
      files: [{ reference, rows: 40, share: 1, figures: { people: 40 } }],
    })
    const { strong = 0, weak = 0, none = 0 } = (await card()).files[0]?.linkability ?? {}
    expect(strong + weak + none).toBe(40)
  })

  test('no file is accepted, whoever asks', async () => {
    const { reference } = await mustUpload(setting, csvOf(range(1, 30)))
    await match(setting, reference)
    await setting.work(reference)
    const { rows } = await setting.owner.pool.query<{ id: string }>(
      'select id::text from submission where reference = $1',
      [reference],
    )
    const accepted = await acceptSubmission(
      setting.owner,
      rows[0]?.id ?? '',
      { leaveOut: true, confirm: true },
      'operator',
    )
    expect(accepted).toMatchObject({ ok: false, code: 'trial-only' })
    const sent = await send(setting.owner, { bytes: csvOf(range(1, 9)) })
    expect(sent).toMatchObject({ ok: false, code: 'service-not-counted' })
    expect(await count('record')).toBe(0)
  })

  test('its provider is asked to look at what was found, and answers; nobody else can', async () => {
    const [file] = (await card()).files
    const feedback = {
      ...context(),
      origin: 'https://count-once.example',
      later: (work: () => Promise<void>) => void work(),
      mailer: { send: ({ to }: { to: string }) => Promise.resolve(void mails.push(to)) },
    }
    const reference = file?.reference ?? ''
    expect(await giveFeedback(feedback, ACORN, reference)).toMatchObject({ code: 'not-found' })
    expect(await giveFeedback(feedback, ada, reference)).toMatchObject({ ok: true })
    expect(await giveFeedback(feedback, ada, reference)).toMatchObject({ ok: true })
    await expect.poll(() => mails).toEqual(['acorn@charity.example'])
    expect(await listFeedback(pool, BRIDGE)).toEqual([])
    expect(await listFeedback(pool, ACORN)).toMatchObject([{ reference, answer: null }])
    const answer = { reference, answer: 'fixed' } as const
    expect(await answerFeedback(context(), BRIDGE, answer)).toMatchObject({ code: 'not-found' })
    expect((await card()).card.passed.answered).toBe(false)
    expect(await answerFeedback(context(), ACORN, answer)).toEqual({ ok: true })
    expect((await card()).card.passed.answered).toBe(true)
  })
})

describe('in staging', () => {
  test('a file goes all the way, and counts nowhere', async () => {
    expect(await moveService(context(), ada, { service: SERVICE, to: 'production' })).toMatchObject(
      {
        code: 'stage-takes-two',
      },
    )
    expect(await moveService(context(), ACORN, { service: SERVICE, to: 'staging' })).toMatchObject({
      code: 'not-found',
    })
    expect(await moveService(context(), ada, { service: SERVICE, to: 'staging' })).toEqual({
      ok: true,
    })
    const reference = await submitted(range(1, 50))
    await setting.work(reference)
    expect([await reach('staging'), await reach('production')]).toEqual([50, 0])
    expect(await count('link_production')).toBe(0)
  })

  test('what it counts itself is compared with what its files come to', async () => {
    const compare = (actor: Actor, people: number) =>
      compareStaging({ looks, ...context() }, actor, { service: SERVICE, quarter: QUARTER, people })
    expect(await compare(ACORN, 50)).toMatchObject({ code: 'not-found' })
    expect(await compare(ada, 70)).toEqual({ ok: true, counted: 50 })
    expect((await card()).card).toMatchObject({
      ...{ compared: { own: 70, counted: 50 }, passed: { compared: false } },
    })
    expect(await compare(ada, 51)).toEqual({ ok: true, counted: 50 })
    expect((await card()).card.passed.compared).toBe(true)
    expect(await count(`audit_event where event = 'staging.compared'`)).toBe(2)
  })

  test('is scrubbed in one act, any number of times, while production stays', async () => {
    await send(setting.owner, {
      ...{ service: 'toy-library', bytes: csvOf(range(1, 20)) },
      choices: { confirm: true, leaveOut: true },
    })
    expect(await reach('production')).toBe(20)
    expect(await scrubStaging(setting.owner, SERVICE, ada.userId, now())).toBe(1)
    expect([await reach('staging'), await reach('production')]).toEqual([0, 20])
    expect(await count(`record where dataset = 'staging'`)).toBe(0)
    expect(await count(`submission where dataset = 'staging' and file_id is not null`)).toBe(0)
    // Whoever is asked to send it again is told in that mail alone.
    expect(await count(`outbox where kind = 'submission-linked'`)).toBeGreaterThan(0)
    expect(await count(`outbox where kind = 'submission-withdrawn'`)).toBe(0)
    expect(await scrubStaging(setting.owner, SERVICE, ada.userId, now())).toBe(0)
    expect((await card()).card).toMatchObject({ compared: null, passed: { linked: false } })
    const again = await submitted(range(1, 30))
    await setting.work(again)
    expect(await reach('staging')).toBe(30)
  })

  test('scrubbed while a file is loaded, waits for it and removes it as well', async () => {
    const reference = await submitted(range(1, 60))
    const { rows } = await setting.owner.pool.query<{ id: string }>(
      'select id::text from submission where reference = $1',
      [reference],
    )
    let scrubbed: Promise<number> | undefined
    // Whoever loads it holds its lock until the records are kept.
    await withTransaction(setting.owner.pool, async (client) => {
      await client.query(
        `select pg_advisory_xact_lock(hashtextextended('countonce.submission.' || $1, 0))`,
        [rows[0]?.id],
      )
      scrubbed = scrubStaging(setting.owner, SERVICE, ada.userId, now())
      await expect
        .poll(() => count(`pg_locks where locktype = 'advisory' and not granted`))
        .toBeGreaterThan(0)
    })
    expect(await scrubbed).toBe(2)
    const journey = await setting.work(reference).catch(() => undefined)
    expect(journey?.state ?? 'rejected').toBe('rejected')
    expect(await count(`record where dataset = 'staging'`)).toBe(0)
    expect(await reach('production')).toBe(20)
  })

  test('is begun again in one act: removed, and asked for again with the page of each quarter', async () => {
    await setting.work(await submitted(range(1, 30)))
    const letters: Mail[] = []
    const beginning = {
      ...context(),
      origin: 'https://count-once.example',
      later: (work: () => Promise<void>) => void work(),
      mailer: { send: (mail: Mail) => Promise.resolve(void letters.push(mail)) },
    }
    expect(await beginAgain(beginning, ACORN, SERVICE)).toMatchObject({ code: 'not-found' })
    expect(await beginAgain(beginning, ada, SERVICE)).toMatchObject({ ok: true })
    await expect.poll(() => letters.map(({ to }) => to)).toEqual(['acorn@charity.example'])
    expect(letters[0]?.text).toContain('April to June 2024')
    expect(letters[0]?.text).toContain(
      'https://count-once.example/send/stay-and-play/2024-Q1/upload',
    )
    const { rows } = await setting.owner.pool.query<{ id: string }>(
      `select id::text from act where kind = 'scrub-staging' order by act.id desc limit 1`,
    )
    // What comes after the asking is not removed, however late a worker gets to it.
    const again = await submitted(range(1, 35))
    await setting.work(again)
    expect(await reach('staging')).toBe(35)
    const onFailure = (fault: Error) => {
      throw fault
    }
    const tried = { id: rows[0]?.id ?? '', isLast: true, onFailure }
    expect(await runAct(setting.owner, tried)).toBe('done')
    expect(await reach('staging')).toBe(35)
    // Nothing to ask for, nobody to be told.
    await scrubStaging(setting.owner, SERVICE, ada.userId, now())
    letters.length = 0
    expect(await beginAgain(beginning, ada, SERVICE)).toMatchObject({ ok: true })
    expect(letters).toEqual([])
  })
})

describe('into production', () => {
  const ask = (to: Stage) =>
    askMove(
      context(),
      ada,
      { service: SERVICE, to, reason: 'checklist-passed' },
      freshFor(ada, askingAct('service-stage'), now()),
    )

  /** Asked by Ada, approved by Ben, done by Ada. */
  async function byTwo(to: Stage, between: () => Promise<unknown> = () => Promise.resolve()) {
    const asked = await ask(to)
    if (!asked.ok) return asked
    const { reference, boundTo } = asked.approval
    const use = () =>
      moveAsApproved(context(), ada, reference, freshFor(ada, usingAct(reference), now()))
    // What was approved and could not be done yet still stands.
    if (asked.approval.stage === 'approved') return use()
    expect(await use()).toMatchObject({ code: 'approval-waits' })
    const proof = freshFor(ben, approvingAct(reference), now())
    expect(await approve(context(), ben, { reference, boundTo }, proof)).toMatchObject({ ok: true })
    await between()
    return use()
  }

  test('it goes from a passed checklist alone', async () => {
    expect(await byTwo('production')).toMatchObject({ ok: false, code: 'checklist-open' })
    const file = await submitted(range(1, 40))
    await setting.work(file)
    await compareStaging({ looks, ...context() }, ada, {
      ...{ service: SERVICE, quarter: QUARTER, people: 40 },
    })
    await addAgreement(pool, ada, {
      ...{ service: SERVICE, from: '2024-04-01', to: null },
      facts: {
        ...{ controller: 'Acorn', reference: 'DSA 1', assessment: 'DPIA 1' },
        ...{ lawfulBasis: 'public-task', gateway: null, privacyNotice: 'https://acorn.example' },
        ...{ purposes: [], fields: [], documentDigest: '' },
      },
    })
    expect(Object.values((await card()).card.passed)).not.toContain(false)
    // What is lost between the approval and the act stops it, and the approval stays.
    const lost = () =>
      setting.owner.pool.query(`update staging_comparison set own = 400 where service_code = $1`, [
        SERVICE,
      ])
    expect(await byTwo('production', lost)).toMatchObject({ code: 'checklist-open' })
    expect(await stage()).toBe('staging')
    await setting.owner.pool.query('update staging_comparison set own = 40')
  })

  test('[S20] it goes by two people, and its next file counts', async () => {
    expect(await byTwo('production')).toMatchObject({ ok: true, service: SERVICE })
    expect(await stage()).toBe('production')
    expect(await reach('production')).toBe(20)
    const first = await submitted(range(101, 125))
    await setting.work(first)
    expect([await reach('production'), await reach('staging')]).toEqual([45, 40])
  })

  test('[S20] it goes back to staging likewise; what counted stays, what comes does not count', async () => {
    expect(await moveService(context(), ada, { service: SERVICE, to: 'staging' })).toMatchObject({
      code: 'stage-takes-two',
    })
    expect(await byTwo('staging')).toMatchObject({ ok: true })
    expect(await ask('staging')).toMatchObject({ code: 'stage-same' })
    expect(await reach('production')).toBe(45)
    const { rows } = await setting.owner.pool.query(
      `select detail from audit_event where event = 'service.moved' order by seq`,
    )
    expect(rows).toEqual([
      { detail: { from: 'profiling', to: 'staging' } },
      { detail: { from: 'staging', to: 'production' } },
      { detail: { from: 'production', to: 'staging' } },
    ])
  })

  test('the board shows every service to administrators alone', async () => {
    const board = await readBoard(pool, ada, now())
    expect(board).toMatchObject({ ok: true, cards: { length: 4 } })
    expect(await readBoard(pool, ACORN, now())).toMatchObject({ code: 'not-found' })
  })
})
