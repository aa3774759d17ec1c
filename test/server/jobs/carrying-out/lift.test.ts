import { createPublicKey } from 'node:crypto'
import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { approvingAct, askingAct } from '#server/identity/approvals/approval.ts'
import { loadSubmission } from '#server/intake/loading/load-submission.ts'
import { findSubmission, readSubmission } from '#server/intake/submissions/read-submission.ts'
import { approveLift, askLift } from '#server/jobs/acts/lift-acts.ts'
import { anchorAudit } from '#server/jobs/anchoring/anchor-audit.ts'
import { makeBackup } from '#server/jobs/backup/make-backup.ts'
import { restoreBackup } from '#server/jobs/backup/restore-backup.ts'
import { readAnchorKey } from '#server/keys/anchor-key.ts'
import { makeBackupKey } from '#server/keys/backup-key.ts'
import { rotatePlatformKey } from '#server/keys/keys.ts'
import { rekeyRecords } from '#server/linkage/links/rekey-records.ts'
import { relink } from '#server/linkage/links/relink.ts'
import { linkSubmission } from '#server/linkage/processing/link-submission.ts'
import {
  openProgrammeStore,
  readProgrammeStore,
  type OwnProgrammeStore,
} from '#server/store/store.ts'
import { measureUses } from '#server/figures/measures/measure-use.ts'
import { activities, atActivity } from '../../intake/kinds/kind-files.ts'
import { freshFor } from '../../identity/approvals/fresh-for.ts'
import { child, children, csv, mothers } from '../../intake/submissions/small-files.ts'
import { ACTOR, figures, holdings, take } from '../../intake/submissions/small-programme.ts'
import { createTestDatabase } from '../../setup/database.ts'
import { openTestProgramme, receive, type TestProgramme } from '../../setup/open-programme.ts'
import {
  approveAct,
  carryThrough,
  contextOf,
  doAct,
  find,
  liftThrough,
  makeOfficers,
  OFFICER,
  openRequest,
  SECOND,
  typedOf,
} from './rights-setting.ts'

/** A restriction that is lifted: the records count again, as if they had never been set apart. */

let programme: TestProgramme
let store: OwnProgrammeStore

beforeAll(async () => {
  programme = await openTestProgramme()
  store = programme.store
  await makeOfficers(store)
  await take(store, { bytes: csv([...children(0, 8), ...mothers(4, 7)]) })
  await take(store, { bytes: csv(children(4, 12)), service: 'toy-library' })
}, 120_000)

afterAll(() => programme.close())

async function keptApart(): Promise<readonly string[]> {
  const { rows } = await store.pool.query<{ reference: string }>(
    `select r.reference from restricted_record x join rights_request r on r.id = x.request_id
     order by x.record_id`,
  )
  return rows.map(({ reference }) => reference)
}

async function counts(): Promise<unknown> {
  const { rows } = await store.pool.query(
    'select reference, records, stopped from submission order by id',
  )
  return rows
}

test('[S63] a restriction is lifted where one officer asks with a reason and another approves, which is an entry', async () => {
  const context = contextOf(store)
  const reason = 'set-by-mistake'
  const fresh = freshFor(OFFICER, askingAct('restriction-lift'), new Date())
  const open = await openRequest(store, 'restriction')
  const ask = (request: string, more: object = {}) =>
    askLift(context, OFFICER, { request, reason, ...more }, fresh)
  expect(await ask(open)).toMatchObject({ code: 'rights-not-restricted' })
  await find(store, open, typedOf(child(9)))
  const before = await holdings(store)
  expect(await doAct(store, await approveAct(store, open))).toBe('done')
  expect(await ask(open, { reason: 'draft-counted' })).toMatchObject({ code: 'not-found' })
  const analyst = { ...OFFICER, role: 'analyst' } as const
  expect(await askLift(context, analyst, { request: open, reason }, fresh)).toMatchObject({
    code: 'not-found',
  })
  const asked = await ask(open)
  if (!asked.ok) throw new Error(asked.code)
  const { reference, boundTo } = asked.approval
  const approveAs = (by: typeof OFFICER, act = approvingAct(reference)) =>
    approveLift(context, by, { request: open, boundTo }, freshFor(by, act, new Date()))
  expect(await approveAs(OFFICER)).toMatchObject({ code: 'own-request' })
  expect(await approveAs(SECOND, approvingAct('AP-2222-2222-2'))).toMatchObject({
    code: 'code-needed',
  })
  const approved = await approveAs(SECOND)
  if (!approved.ok) throw new Error(approved.code)
  expect(await doAct(store, approved.id)).toBe('done')
  expect(await holdings(store)).toEqual(before)
  const { rows } = await store.pool.query<{ actor: string; detail: unknown }>(
    `select actor, detail from audit_event where event = 'rights.lifted' and subject = $1`,
    [open],
  )
  expect(rows).toEqual([{ actor: SECOND.userId, detail: { reason, records: 1 } }])
  // Once: what is lifted is no restriction.
  expect(await ask(open)).toMatchObject({ code: 'rights-not-restricted' })
})

test('[S63] it counts the records again as linking afresh would, with the files that came meanwhile and those that come', async () => {
  const before = await holdings(store)
  const counted = await counts()
  const request = await carryThrough(store, 'restriction', typedOf(child(5)))
  expect((await figures(store)).unique.people).toBe(before.reach.unique.people - 1)
  expect(await keptApart()).toEqual([request, request])
  // A later file is kept apart too; of another, it is loaded and not linked yet.
  await take(store, { bytes: csv(children(3, 7)), quarter: '2024-Q2', choices: { confirm: true } })
  const id = await receive(store, csv(children(5, 8)), {
    service: 'toy-library',
    quarter: '2024-Q2',
  })
  const received = (await readSubmission(store.pool, id)) ?? expect.fail('none')
  const choices = { actor: ACTOR, leaveOut: false, confirm: true, replace: false }
  const loaded = await loadSubmission(store, received, choices)
  if (!loaded.ok) throw new Error(loaded.code)
  expect(await keptApart()).toHaveLength(4)

  await liftThrough(store, request)
  expect(await keptApart()).toEqual([])
  expect((await counts()) as unknown[]).toEqual([
    ...(counted as unknown[]),
    expect.objectContaining({ records: 4, stopped: 0 }),
    expect.objectContaining({ records: 3, stopped: 0 }),
  ])
  expect(await linkSubmission(store, loaded.submission, ACTOR)).toMatchObject({ ok: true })
  const after = await holdings(store)
  expect(after.reach.unique).toEqual(before.reach.unique)
  expect(after).toMatchObject({ strays: 0, auditIsWhole: true, records: before.records + 7 })
  const again = await relink(store.pool, { dataset: 'production', actor: ACTOR })
  expect(again).toMatchObject({ records: after.records, changed: 0 })
  // The next file keeps them, and no mark of theirs is left.
  const next = await take(store, {
    ...{ bytes: csv(children(4, 7)), quarter: '2024-Q3', choices: { confirm: true } },
  })
  expect(next.file?.stopped).toBe(0)
  const { rows } = await store.pool.query(
    `select (select count(*)::int from rights_mark) as marks, outcome from rights_request where reference = $1`,
    [request],
  )
  expect(rows).toEqual([{ marks: 0, outcome: 'lifted' }])
})

test('[S63] it leaves what another request of theirs keeps apart, and is undone when that is lifted too', async () => {
  const before = (await figures(store)).unique.people
  const first = await carryThrough(store, 'restriction', typedOf(child(10)))
  const second = await carryThrough(store, 'restriction', typedOf(child(10)))
  expect(await keptApart()).toEqual([first])
  await liftThrough(store, first)
  expect(await keptApart()).toEqual([second])
  expect((await figures(store)).unique.people).toBe(before - 1)
  const third = await carryThrough(store, 'restriction', typedOf(child(10)))
  await liftThrough(store, third)
  expect(await keptApart()).toEqual([second])
  await liftThrough(store, second)
  expect(await keptApart()).toEqual([])
  expect((await figures(store)).unique.people).toBe(before)
})

test('it finds what a load kept apart in the moment in which it was lifted, once that is linked', async () => {
  const request = await carryThrough(store, 'restriction', typedOf(child(11)))
  const id = await receive(store, csv(children(10, 12)), {
    ...{ service: 'health-visiting', quarter: '2024-Q3' },
  })
  const received = (await readSubmission(store.pool, id)) ?? expect.fail('none')
  const choices = { actor: ACTOR, leaveOut: false, confirm: true, replace: false }
  const loaded = await loadSubmission(store, received, choices)
  if (!loaded.ok) throw new Error(loaded.code)
  // As if the load's transaction had ended behind the other.
  const hide = (from: string, to: string) =>
    store.pool.query('update restricted_record set submission_id = $2 where submission_id = $1', [
      ...[from, to],
    ])
  await hide(id, '-9')
  await liftThrough(store, request)
  await hide('-9', id)
  expect(await keptApart()).toEqual([request])
  expect(await linkSubmission(store, loaded.submission, ACTOR)).toMatchObject({ ok: true })
  expect(await keptApart()).toEqual([])
  const linked = await findSubmission(store.pool, loaded.submission.reference)
  expect(linked).toMatchObject({ state: 'linked', records: 2 })
  expect((await holdings(store)).strays).toBe(0)
})

test('[S51] it is heard of by a backup that was made before it, and by one from before the restriction', async () => {
  const key = makeBackupKey()
  await anchorAudit(store, new Date())
  const own = await readAnchorKey(store)
  if (own === undefined) throw new Error('no key of anchors')
  const backup = (name: string) => ({
    ...{ path: join(store.dataDir, name), key, signer: createPublicKey(own.key) },
  })
  const keep = (name: string) =>
    makeBackup(store, { path: backup(name).path, recipient: key.publicKey }, new Date())
  await take(store, {
    ...{ kind: 'activities', choices: { confirm: true } },
    bytes: activities([atActivity('P-1', '2024-05-07', child(7))]),
  })
  const before = await figures(store)
  const request = await openRequest(store, 'restriction')
  await find(store, request, typedOf(child(7)))
  await keep('open')
  expect(await doAct(store, await approveAct(store, request))).toBe('done')
  const restricted = await figures(store)
  await keep('restricted')
  const restored = async (name: string): Promise<unknown> => {
    const database = await createTestDatabase({ empty: true })
    const env = { DATABASE_URL: database.url }
    const dataDir = `${store.dataDir}-${name}`
    for (const folder of ['keys', 'stop-list'])
      await cp(join(store.dataDir, folder), join(dataDir, folder), { recursive: true })
    try {
      await restoreBackup({ dataDir, env, url: database.url }, backup(name))
      const copy = await openProgrammeStore({ dataDir, env })
      try {
        const { rows } = await copy.pool.query<{ outcome: string }>(
          'select outcome from rights_request where reference = $1',
          [request],
        )
        const period = { from: '2024-Q1', to: '2024-Q4' } as const
        const { activities: held } = await measureUses(copy.pool, 'production', period)
        const came = held.map(({ participants }) => participants)
        return { outcome: rows[0]?.outcome, unique: (await figures(copy)).unique, came }
      } finally {
        await copy.close()
      }
    } finally {
      await database.drop()
      await rm(dataDir, { recursive: true })
    }
  }
  expect(await restored('restricted')).toEqual({
    ...{ outcome: 'set-apart', unique: restricted.unique, came: [0] },
  })
  await liftThrough(store, request)
  const lifted = { outcome: 'lifted', unique: before.unique, came: [1] }
  expect(await restored('restricted')).toEqual(lifted)
  expect(await restored('open')).toEqual(lifted)
})

test('it brings records back under the platform key of now, and nothing that an erasure takes', async () => {
  const before = await holdings(store)
  const request = await carryThrough(store, 'restriction', typedOf(child(9)))
  const other = await carryThrough(store, 'restriction', typedOf(child(8)))
  const rotated = await rotatePlatformKey({ dataDir: store.dataDir })
  await rekeyRecords(store.pool, rotated.platform, ACTOR)
  store = await readProgrammeStore(store)
  await liftThrough(store, request)
  expect((await holdings(store)).reach.unique.people).toBe(before.reach.unique.people - 1)
  const again = await relink(store.pool, { dataset: 'production', actor: ACTOR })
  expect(again.changed).toBe(0)
  const next = await take(store, {
    ...{ bytes: csv(children(8, 10)), service: 'health-visiting', quarter: '2024-Q4' },
    choices: { confirm: true },
  })
  expect(next.file?.stopped).toBe(1)
  expect((await holdings(store)).reach.unique.people).toBe(before.reach.unique.people - 1)
  // An officer leaves the record that is kept apart out of an erasure; it is theirs for certain all the same.
  const erasure = await openRequest(store, 'erasure')
  await find(store, erasure, typedOf(child(8)))
  await store.pool.query(
    'update rights_record set picked = false where request_id = (select id from rights_request where reference = $1)',
    [erasure],
  )
  expect(await doAct(store, await approveAct(store, erasure))).toBe('done')
  await liftThrough(store, other)
  expect(await keptApart()).toEqual([])
  expect((await holdings(store)).reach.unique.people).toBe(before.reach.unique.people - 1)
})
