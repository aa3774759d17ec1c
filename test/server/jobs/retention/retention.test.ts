import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DailyKind } from '#core/retention/schedule.ts'
import { liftHold, readRetention, setHold } from '#server/jobs/retention/holds.ts'
import { countDue, removeDue, runDaily } from '#server/jobs/retention/run-retention.ts'
import type { AccountContext } from '#server/identity/accounts/account-context.ts'
import { setUserDisabled } from '#server/identity/accounts/users.ts'
import { verifyChain } from '#server/identity/audit/verify-audit.ts'
import { closeRequest } from '#server/linkage/rights/handle-requests.ts'
import { writeAccessLetter } from '#server/linkage/rights/access-letter.ts'
import { openPool } from '#server/platform/db/pool.ts'
import { prepareWorker } from '#server/store/logins.ts'
import type { OwnProgrammeStore, ProgrammeStore } from '#server/store/store.ts'
import { countonce } from '../../../bin/command-line.ts'
import { putFramework } from '#server/programme/register/framework-versions.ts'
import {
  activities,
  atActivity,
  FRAMEWORK,
  outcomes,
  scored,
} from '../../intake/kinds/kind-files.ts'
import { child, children, csv } from '../../intake/submissions/small-files.ts'
import { ACTOR, take } from '../../intake/submissions/small-programme.ts'
import { openTestProgramme, type TestProgramme } from '../../setup/open-programme.ts'
import { contextOf, makeOfficers, OFFICER, openRequest } from '../carrying-out/rights-setting.ts'

/** The schedule under a clock of the test's own, by the worker's login and no other rights. */

let programme: TestProgramme
let store: OwnProgrammeStore
let worker: pg.Pool
/** The programme as a worker has it. */
let asWorker: ProgrammeStore

/** When everything below was over. */
const THEN = '2024-05-15T12:00:00Z'
const at = (text: string): Date => new Date(text)

beforeAll(async () => {
  programme = await openTestProgramme()
  store = programme.store
  await makeOfficers(store)
  await take(store, { bytes: csv(children(0, 8)) })
  await take(store, { service: 'toy-library', bytes: csv(children(4, 12)) })
  await takeEvents()
  worker = openPool(await prepareWorker(store), { max: 2 })
  asWorker = { ...store, database: worker }
  await plant()
})
afterAll(async () => {
  await worker.end()
  await programme.close()
})

/** Files of activities and outcomes of a service that goes on for now. */
async function takeEvents(): Promise<void> {
  await putFramework(store.database, ACTOR, FRAMEWORK, new Date())
  const more = { service: 'health-visiting', choices: { confirm: true } } as const
  const held = [child(4), child(5)].map((who) => atActivity('P-1', '2024-05-07', who))
  await take(store, { ...more, kind: 'activities', bytes: activities(held) })
  const score = scored(child(4), 'baseline', '2024-04-20', '30')
  await take(store, { ...more, kind: 'outcomes', bytes: outcomes([score]) })
}

/** One of every kind, over since THEN, of a live programme that goes on. */
async function plant(): Promise<void> {
  const { pool } = store
  await pool.query(`update programme set live = true, years_to = '2040-03-31'`)
  await pool.query('update agreement set valid_to = null')
  await pool.query(`update submission set received_at = $1 where service_code = 'stay-and-play'`, [
    THEN,
  ])
  await pool.query(`update agreement set valid_to = $1 where service_code = 'stay-and-play'`, [
    THEN.slice(0, 10),
  ])
  await pool.query('delete from finding_row_list')
  await pool.query(
    `with of_it as (select id from submission where service_code = 'stay-and-play'), counted as (
       insert into finding_count (submission_id, code, field, severity, rows, first_rows)
       select id, 'planted', '', 'note', 1, '{7}' from of_it
     )
     insert into finding_row_list (submission_id, code, field, severity, rows)
     select id, 'planted', '', 'note', '\\x07' from of_it`,
  )
  await pool.query('delete from service_mapping')
  await pool.query(
    `insert into service_mapping (service_code, mapping, header) values ('stay-and-play', '{}', '[]'), ('toy-library', '{}', '[]')`,
  )
  await draft(THEN)
  await pool.query(
    `insert into act (kind, subject, request, asked_by, stage, ended_at) values ('draw-sample', 'production', '{}', $1, 'done', $2)`,
    [OFFICER.userId, THEN],
  )
  await pool.query('delete from outbox')
  await pool.query(
    `insert into outbox (kind, user_id, submission_id, made_at)
     select 'submission-linked', $1, id, $2 from submission where service_code = 'toy-library'`,
    [OFFICER.userId, THEN],
  )
  await pool.query(
    `insert into portal_user (id, email, name, role, disabled_at) values ('U-LEFTLONG', 'lea@programme.example', 'Lea Leaver', 'analyst', $1)`,
    [THEN],
  )
  for (const [reference, kind] of [
    ['DR-2222-2222-2', 'access'],
    ['DR-3333-3333-3', 'erasure'],
  ]) {
    await pool.query(
      `with asked as (
         insert into rights_request (reference, kind, received_on, due_on, asked_by, identity_check, identity_checked_on,
           opened_by, opened_at, state, outcome, records, done_at)
         values ($1, $2, '2024-05-01', '2024-06-01', 'self', 'document-seen', '2024-05-01', $3, $4, 'done', 'letter-made', 1, $4)
         returning id
       ), found as (
         insert into rights_record (request_id, number, record_id, dataset, service_code, quarter, submission, source_row, role,
           certainty, because, agreed, picked)
         select id, 1, 1, 'production', 'toy-library', '2024-Q1', 'SU-1', 1, 'child', 'certain', 'nhs', '{}', true
         from asked where $2 = 'access'
       )
       insert into rights_mark (request_id, field, sealed, platform_keys, epoch)
       select id, 'nhsNumber', gen_random_uuid(), 1, 1 from asked`,
      [reference, kind, OFFICER.userId, THEN],
    )
  }
}

async function draft(endedAt: string): Promise<void> {
  await store.pool.query(
    `insert into act (kind, subject, request, asked_by, stage, ended_at) values ('draft-release', 'programme', '{}', $1, 'done', $2)`,
    [OFFICER.userId, endedAt],
  )
}

async function count(from: string): Promise<number> {
  const { rows } = await store.pool.query<{ n: number }>(`select count(*)::int as n from ${from}`)
  return rows[0]?.n ?? -1
}

const PEOPLE_LINKED = `submission where state = 'linked' and file_kind = 'people'`

/** What is due when, and what stays of it; the second moment of one is after that of those before it. */
const TIMES: readonly (readonly [DailyKind, string, string, string, number])[] = [
  ['drafts', '2024-08-13T11:00Z', '2024-08-13T13:00Z', `act where kind = 'draft-release'`, 0],
  ['requests', '2024-11-15T11:00Z', '2024-11-15T13:00Z', 'rights_record', 0],
  ['mails', '2025-05-15T11:00Z', '2025-05-15T13:00Z', 'outbox', 0],
  ['leavers', '2025-05-15T11:00Z', '2025-05-15T13:30Z', `portal_user where name = 'Lea Leaver'`, 0],
  ['remembered', '2025-05-15T23:00Z', '2025-05-16T01:00Z', 'service_mapping', 1],
  ['records', '2025-05-15T23:00Z', '2025-05-16T01:30Z', PEOPLE_LINKED, 1],
  ['findings', '2026-05-15T11:00Z', '2026-05-15T13:00Z', 'finding_row_list', 0],
  ['acts', '2026-05-15T11:00Z', '2026-05-15T13:30Z', 'act', 0],
]

describe('what has had its time', () => {
  test.each(TIMES)(
    '%s: is counted from then on, and stays',
    async (kind, before, after, from, left) => {
      expect((await countDue(worker, at(before))).due[kind]).toBe(0)
      expect((await countDue(worker, at(after))).due[kind]).toBe(1)
      if (kind !== 'acts') expect(await count(from)).toBe(left + 1)
    },
  )

  test('[S64] goes, each once, with an entry of how many', async () => {
    for (const [kind, , after, from, left] of TIMES) {
      await removeDue(asWorker, { asOf: at(after), actor: 'retention' })
      expect([kind, await removals(kind), await count(from)]).toEqual([kind, [1], left])
      expect((await countDue(worker, at(after))).due[kind]).toBe(0)
    }
  })

  async function removals(kind: DailyKind): Promise<readonly unknown[]> {
    const { rows } = await store.pool.query<{ count: number }>(
      `select (detail ->> 'count')::int as count from audit_event where event = 'retention.removed' and subject = $1`,
      [kind],
    )
    return rows.map((row) => row.count)
  }

  test('takes records out as a withdrawal does, and leaves those of other services', async () => {
    const { rows } = await store.pool.query(
      `select service_code as service, state, reason, (select count(*)::int from record r where r.submission_id = s.id) as records
       from submission s where file_kind = 'people' order by service_code`,
    )
    expect(rows).toEqual([
      { service: 'stay-and-play', state: 'withdrawn', reason: 'time-over', records: 0 },
      { service: 'toy-library', state: 'linked', reason: null, records: 8 },
    ])
    // With the three of files of activities and outcomes.
    expect(await count('link_production')).toBe(11)
  })

  test('forgets who left but for their reference, and nobody who may be back', async () => {
    const { rows } = await store.pool.query(
      `select name, email, forgotten_at is not null as forgotten from portal_user where id = 'U-LEFTLONG'`,
    )
    expect(rows).toEqual([
      { name: 'Somebody who left', email: 'u-leftlong@left.invalid', forgotten: true },
    ])
    const context = { ...contextOf(store) } as AccountContext
    const administrator = { ...OFFICER, role: 'administrator' as const }
    expect(await setUserDisabled(context, administrator, 'U-LEFTLONG', false)).toMatchObject({
      ...{ ok: false, code: 'not-found' },
    })
    await store.pool.query(
      `insert into portal_user (id, email, name, role, disabled_at) values ('U-LEFTNOW2', 'now@programme.example', 'Nora', 'analyst', now())`,
    )
    await worker.query(`select forget_leavers(now() + interval '10 years')`)
    expect(await count(`portal_user where name = 'Nora'`)).toBe(1)
    await store.pool.query(`delete from portal_user where id = 'U-LEFTNOW2'`)
  })

  test('leaves who asked to be left out on the stop-list, and makes no letter that says nothing is held', async () => {
    expect(
      await count(
        `rights_mark m join rights_request r on r.id = m.request_id where r.kind = 'erasure'`,
      ),
    ).toBe(1)
    expect(await count('rights_mark')).toBe(1)
    expect(await writeAccessLetter(store, OFFICER, 'DR-2222-2222-2', new Date())).toEqual({
      ...{ ok: false, code: 'rights-forgotten' },
    })
  })

  test('keeps the counts of findings, and the audit trail whole', async () => {
    const { rows } = await store.pool.query(
      `select rows, first_rows as first from finding_count where code = 'planted'`,
    )
    expect(rows).toEqual([{ rows: 1, first: [] }])
    expect(await verifyChain(store.pool, [])).toMatchObject({ flaw: null })
  })
})

describe('the day’s work', () => {
  test('removes what an earlier day’s run told of, and never at once', async () => {
    await draft('2026-12-01T12:00Z')
    const first = await runDaily(asWorker, at('2027-03-05T03:41Z'))
    expect([first.due.drafts, first.removed]).toEqual([1, {}])
    const soon = await runDaily(asWorker, at('2027-03-05T05:00Z'))
    expect(soon.removed).toEqual({})
    const next = await runDaily(asWorker, at('2027-03-06T03:41Z'))
    expect([next.due.drafts, next.removed.drafts]).toEqual([0, 1])
    const view = await readRetention(store, OFFICER)
    expect(view).toMatchObject({ ok: true, last: { removed: { drafts: 1 }, due: { drafts: 0 } } })
  })

  test('is stopped by a hold that an officer sets, until it is lifted', async () => {
    await draft('2027-01-01T12:00Z')
    const held = await setHold(contextOf(store), OFFICER, { kind: 'drafts', reason: 'inquiry' })
    if (!held.ok) throw new Error(held.code)
    const asOf = at('2027-06-01T12:00Z')
    expect(await countDue(worker, asOf)).toMatchObject({
      due: { drafts: 1 },
      stopped: { drafts: 'held' },
    })
    const kept = await removeDue(asWorker, { asOf, actor: 'retention' })
    expect([kept.removed.drafts, kept.stopped.drafts]).toEqual([undefined, 'held'])
    expect(await count(`act where kind = 'draft-release'`)).toBe(1)
    expect(await liftHold(contextOf(store), OFFICER, held.reference)).toEqual({ ok: true })
    expect(await liftHold(contextOf(store), OFFICER, held.reference)).toMatchObject({ ok: false })
    expect((await removeDue(asWorker, { asOf, actor: 'retention' })).removed.drafts).toBe(1)
  })

  test('keeps what an open request may be about', async () => {
    const reference = await openRequest(store, 'access')
    expect((await countDue(worker, new Date())).stopped).toEqual({
      ...{ records: 'asked', findings: 'asked', requests: 'asked' },
    })
    await closeRequest(contextOf(store), OFFICER, { reference, reason: 'taken-back' })
    expect((await countDue(worker, new Date())).stopped).toEqual({})
  })

  test('removes activities, attendances and scores with their records, and how their columns were matched', async () => {
    const KEPT = [
      ['activity', 1],
      ['attendance', 2],
      ['score', 1],
      ['further_mapping', 2],
    ] as const
    for (const [table, rows] of KEPT) expect([table, await count(table)]).toEqual([table, rows])
    await store.pool.query(
      `update agreement set valid_to = $1 where service_code = 'health-visiting'`,
      [THEN.slice(0, 10)],
    )
    const asOf = at('2027-06-02T12:00Z')
    const { removed } = await removeDue(asWorker, { asOf, actor: 'retention' })
    expect(removed).toMatchObject({ records: 2, remembered: 2 })
    for (const [table] of KEPT) expect([table, await count(table)]).toEqual([table, 0])
  })

  test('is for officers to hold, and for nobody else to see but administrators', async () => {
    const analyst = { ...OFFICER, role: 'analyst' as const }
    const administrator = { ...OFFICER, role: 'administrator' as const }
    expect(await readRetention(store, analyst)).toMatchObject({ ok: false, code: 'not-found' })
    expect(await readRetention(store, administrator)).toMatchObject({ ok: true, holds: [] })
    for (const actor of [analyst, administrator]) {
      expect(
        await setHold(contextOf(store), actor, { kind: 'all', reason: 'inquiry' }),
      ).toMatchObject({ ok: false, code: 'not-found' })
    }
  })

  test('is counted on the command line, and done there when that is asked for', async () => {
    // A live one would need its keys elsewhere.
    await store.pool.query('update programme set live = false')
    await draft(THEN)
    const retention = async (...more: string[]): Promise<unknown> => {
      const ended = await countonce(['--data', store.dataDir, 'retention', '--json', ...more], {
        DATABASE_URL: programme.databaseUrl,
      })
      expect([ended.status, ended.stderr]).toEqual([0, ''])
      return JSON.parse(ended.stdout)
    }
    expect(await retention()).toMatchObject({ done: false, counts: { drafts: 1 } })
    expect(await count(`act where kind = 'draft-release'`)).toBe(1)
    expect(await retention('--do')).toMatchObject({ done: true, counts: { drafts: 1 } })
    expect(await count(`act where kind = 'draft-release'`)).toBe(0)
  })
})
