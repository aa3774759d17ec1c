import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readRowList } from '#core/checks/row-list.ts'
import { PSEUDONYM_COLUMNS } from '#core/pseudonym/kinds.ts'
import { makeEstimate } from '#server/figures/reach/make-estimate.ts'
import { markReach } from '#server/figures/reach/mark-reach.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { checkSubmission } from '#server/intake/checking/check-submission.ts'
import { putAside } from '#server/intake/submissions/put-aside.ts'
import { readSubmission } from '#server/intake/submissions/read-submission.ts'
import { askAct } from '#server/jobs/acts/acts.ts'
import { processSubmission } from '#server/linkage/processing/process-submission.ts'
import { drawSample } from '#server/linkage/reviewing/draw-sample.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import { give, openResearch, here } from '../../figures/extracts/research-setting.ts'
import { putFramework } from '#server/programme/register/framework-versions.ts'
import {
  activities,
  atActivity,
  FRAMEWORK,
  outcomes,
  scored,
} from '../../intake/kinds/kind-files.ts'
import { child, children, csv, mothers } from '../../intake/submissions/small-files.ts'
import { ACTOR, take } from '../../intake/submissions/small-programme.ts'
import { openTestProgramme, receive, type TestProgramme } from '../../setup/open-programme.ts'
import { carryThrough, doAct, everyRow, makeOfficers, typedOf } from './rights-setting.ts'

/** What is left of somebody whom every room knew, once they are erased: looked for in every table. */

const REVIEWER: Actor = {
  ...{ userId: 'U-REVIEWER', role: 'administrator', providerCode: null, mayExact: true },
}
/** The one who leaves: with a finding, a possible match, answers, questions, a checked pair and in an extract. */
const LEAVER = { ...child(5), contacts: '' }
const ROW = 6

let programme: TestProgramme
let store: OwnProgrammeStore
let first = ''
/** Files of activities and of outcomes, each with several rows of the one who leaves. */
let events: readonly string[] = []
/** A file of the organisation that sent the one who leaves, which was checked and put aside. */
let aside = ''
/** Files that nobody has submitted: of the organisation that sent the one who leaves, and of one to which they came anew. */
let drafts: readonly string[] = []
const DRAFT = { service: 'stay-and-play', quarter: '2024-Q2' }

beforeAll(async () => {
  programme = await openTestProgramme()
  store = programme.store
  await makeOfficers(store)
  await store.pool.query(
    `insert into portal_user (id, email, name, role) values ($1, 'r@programme.example', 'Rae Reviewer', 'administrator')`,
    [REVIEWER.userId],
  )
  const others = children(0, 8).map((row, n) => (n === 5 ? LEAVER : row))
  const sent = await take(store, { bytes: csv([...others, ...mothers(4, 7)]) })
  first = sent.submission.reference
  const again = await take(store, { bytes: csv(children(4, 12)), service: 'toy-library' })
  await take(store, { bytes: csv(children(20, 26)), service: 'health-visiting' })
  events = [await takeActivities(), await takeOutcomes()]
  const place = (submission: string, row: number) => ({ submission, row, role: 'child' as const })
  for (const [decision, left, right] of [
    ['different', place(first, ROW), place(again.submission.reference, 4)],
    ['ask', place(again.submission.reference, 5), place(first, ROW)],
    ['different', place(first, 1), place(again.submission.reference, 8)],
  ] as const) {
    const reason = decision === 'ask' ? 'check-row' : 'provider-confirmed'
    const asked = await askAct(store.pool, REVIEWER, {
      ...{ kind: 'decide', decision, reason, left, right },
    })
    if (!asked.ok) throw new Error(asked.code)
    expect(await doAct(store, asked.id)).toBe('done')
  }
  aside = await putAsideChecked()
  drafts = [await receive(store, csv([LEAVER, child(9)]), DRAFT), await receiveChecked()]
  await drawSample(store.pool, { actor: REVIEWER.userId, now: new Date() })
  await markReach(store.pool)
  await makeEstimate(store.pool)
  await give(store, await openResearch(here(store), '2031-01-01'))
}, 120_000)

afterAll(() => programme.close())

async function putAsideChecked(): Promise<string> {
  const id = await receive(store, csv([{ ...LEAVER, nhs_number: '1234567890' }]), {
    ...{ service: 'stay-and-play', quarter: '2024-Q3' },
  })
  await checkSubmission(store, id, { actor: ACTOR })
  const held = (await readSubmission(store.pool, id)) ?? expect.fail('none')
  await putAside(store, held, 'file-damaged')
  return held.reference
}

async function receiveChecked(): Promise<string> {
  const bytes = csv([...children(20, 24), LEAVER])
  const id = await receive(store, bytes, { ...DRAFT, service: 'health-visiting' })
  await checkSubmission(store, id, { actor: ACTOR })
  return id
}

/** In rows 2 to 4, of which the last is found to say again what the third says. */
async function takeActivities(): Promise<string> {
  const { submission } = await take(store, {
    ...{ kind: 'activities', choices: { confirm: true } },
    bytes: activities([
      atActivity('P-1', '2024-05-07', child(0)),
      atActivity('P-1', '2024-05-07', LEAVER),
      atActivity('P-2', '2024-05-14', LEAVER),
      atActivity('P-2', '2024-05-14', LEAVER),
      atActivity('P-2', '2024-05-14', child(0)),
      atActivity('P-2', '2024-05-14', child(0)),
    ]),
  })
  return submission.reference
}

/** In rows 2 to 4, of which the last is found to say again what the third says. */
async function takeOutcomes(): Promise<string> {
  await putFramework(store.database, ACTOR, FRAMEWORK, new Date())
  const { submission } = await take(store, {
    ...{ kind: 'outcomes', choices: { confirm: true } },
    bytes: outcomes([
      scored(child(0), 'baseline', '2024-04-20', '30'),
      scored(LEAVER, 'baseline', '2024-04-20', '31'),
      scored(LEAVER, 'exit', '2024-06-20', '41.5'),
      scored(LEAVER, 'exit', '2024-06-20', '41.5'),
    ]),
  })
  return submission.reference
}

/** The records of the one who leaves: their ids, what only they carry, and by which references they go. */
async function known(): Promise<{ ids: string[]; pseudonyms: string[]; references: string[] }> {
  const carried = PSEUDONYM_COLUMNS.map(({ column }) => `r.${column}`).join(', ')
  const { rows } = await store.pool.query<{ id: string; own: string[]; reference: string }>(
    `with leaver as (
       select l.beneficiary_id from record r join submission s on s.id = r.submission_id join link l on l.record_id = r.id
       where s.reference = $1 and r.source_row = $2)
     select r.id::text as id, b.reference,
       array(select v::text from unnest(array[${carried}]) as v where v is not null and not exists (
         select from record o join link k on k.record_id = o.id
         where k.beneficiary_id <> l.beneficiary_id
           and v in (${carried.replaceAll('r.', 'o.')}))) as own
     from leaver join link l using (beneficiary_id) join record r on r.id = l.record_id
     join beneficiary b on b.id = l.beneficiary_id`,
    [first, ROW],
  )
  return {
    ids: rows.map(({ id }) => id),
    pseudonyms: [...new Set(rows.flatMap(({ own }) => own))],
    references: [...new Set(rows.map(({ reference }) => reference))],
  }
}

/** Rows of tables that name a record by its id, or a class of records by the least in it. */
async function namedBy(ids: readonly string[]): Promise<string[]> {
  const { rows: columns } = await store.pool.query<{ place: string; column: string }>(
    `select format('%I.%I', table_schema, table_name) as place, column_name as column from information_schema.columns
     where table_schema not in ('pg_catalog', 'information_schema') and data_type = 'bigint'
       and (column_name ~ 'record|^(part|upper|lower|family|nhs)_id$' or (column_name, table_name) = ('id', 'record'))`,
  )
  const found: string[] = []
  for (const { place, column } of columns) {
    const { rowCount } = await store.pool.query(
      `select from ${place} where "${column}" = any ($1::bigint[])`,
      [ids],
    )
    if ((rowCount ?? 0) > 0) found.push(`${place}.${column}`)
  }
  return found.sort()
}

async function rowsWithFindings(reference = first): Promise<{ listed: number[]; first: number[] }> {
  const { rows } = await store.pool.query<{ rows: Buffer; first: number[] }>(
    `select l.rows, c.first_rows as first from finding_row_list l
     join finding_count c using (submission_id, code, field, severity)
     join submission s on s.id = l.submission_id where s.reference = $1`,
    [reference],
  )
  return {
    listed: rows.flatMap((one) => readRowList(one.rows)),
    first: rows.flatMap((one) => one.first),
  }
}

test('[S63] nothing is left of somebody who is erased but their marks and what a project is told', async () => {
  const { ids, pseudonyms, references } = await known()
  expect(ids).toHaveLength(4)
  const before = await everyRow(store)
  for (const text of [...pseudonyms, ...references]) expect(before).toContain(text)
  expect(await namedBy(ids)).toEqual(
    expect.arrayContaining([
      ...['public.attendance.record_id', 'public.link.part_id', 'public.record.id'],
      'public.score.record_id',
    ]),
  )
  expect((await rowsWithFindings()).listed).toContain(ROW)
  for (const each of events) expect((await rowsWithFindings(each)).listed).toContain(4)
  expect((await rowsWithFindings(aside)).listed).toContain(1)
  const countOf = async (table: string) =>
    (await store.pool.query(`select from ${table}`)).rowCount ?? 0
  expect(await countOf('decision')).toBe(3)
  expect(await namingActs()).toBe(2)
  expect(await heldFiles()).not.toEqual([])
  expect(await countOf('provider_question')).toBeGreaterThan(0)
  const pairs = await countOf('review_sample')
  expect(pairs).toBeGreaterThan(0)

  await carryThrough(store, 'erasure', typedOf(LEAVER))
  await markReach(store.pool)
  await makeEstimate(store.pool)

  const after = await everyRow(store)
  expect(pseudonyms.filter((pseudonym) => after.includes(pseudonym))).toEqual([])
  expect(references.filter((reference) => after.includes(reference))).toEqual([])
  expect(await namedBy(ids)).toEqual([])
  const told = await rowsWithFindings()
  expect([...told.listed, ...told.first]).not.toContain(ROW)
  for (const each of events) {
    const found = await rowsWithFindings(each)
    for (const row of [2, 3, 4]) expect([...found.listed, ...found.first]).not.toContain(row)
  }
  expect(await rowsWithFindings(aside)).toEqual({ listed: [], first: [] })
  expect(await countOf('decision')).toBe(1)
  // What was asked about others stays.
  expect(await namingActs()).toBe(0)
  expect(await countOf("act where kind = 'decide'")).toBe(1)
  expect(await countOf('provider_question')).toBe(0)
  expect(await countOf('review_sample')).toBeLessThan(pairs)
  expect(await countOf('research_removal')).toBe(1)
  // Files that were sent went with their loading, and what the senders of the one who left had not submitted with the erasure.
  const [own, other] = await Promise.all(drafts.map((id) => readSubmission(store.pool, id)))
  expect(own).toMatchObject({ state: 'received', fileId: null, words: null })
  expect(other).toMatchObject({ state: 'checked', fileId: expect.any(String) as string })
  // The file, and what its check kept beside it.
  expect(await heldFiles()).toHaveLength(2)
  expect(await heldFiles()).toContain(other?.fileId)
})

test('[S63] a file of another organisation is not touched by the erasure of who is in it, and is loaded without them', async () => {
  const id = drafts[1] ?? ''
  const choices = { actor: ACTOR, leaveOut: false, confirm: true, replace: false }
  const done = await processSubmission(store, id, choices)
  if (!done.ok) throw new Error(done.code)
  const { rows } = await store.pool.query(
    'select count(*)::int as records from record where submission_id = $1',
    [id],
  )
  expect(rows).toEqual([{ records: 4 }])
  expect(await heldFiles()).toEqual([])
})

test('[S63] a file that nobody had submitted goes on where it was once it is sent again, without who was erased', async () => {
  const id = await receive(store, csv([LEAVER, child(9)]), DRAFT)
  expect(id).toBe(drafts[0])
  const checked = await checkSubmission(store, id, { actor: ACTOR })
  expect(checked).toMatchObject({ ok: true, file: { stopped: 1 } })
})

test('[S63] where two officers agree on it held files of every organisation go, whoever is in them', async () => {
  const others = await receive(store, csv([child(30)]), { ...DRAFT, service: 'health-visiting' })
  // Nobody has sent them.
  await carryThrough(store, 'erasure', typedOf(child(41)))
  expect(await heldFiles()).not.toEqual([])
  await carryThrough(store, 'erasure', typedOf(child(42)), true)
  expect(await heldFiles()).toEqual([])
  expect(await readSubmission(store.pool, others)).toMatchObject({ fileId: null })
})

/** How many acts name a row of the one who leaves. */
async function namingActs(): Promise<number> {
  const { rowCount } = await store.pool.query(
    `select from act where request::text like '%' || $1 || '%' and request::text ~ $2`,
    [first, `"row": ${String(ROW)}[,}]`],
  )
  return rowCount ?? 0
}

/** What lies in the place of files: files, and what is kept beside them. */
async function heldFiles(): Promise<string[]> {
  return readdir(join(store.dataDir, 'blobs'))
}
