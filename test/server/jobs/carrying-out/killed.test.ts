import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { FAULT_POINTS } from '#server/platform/faults/fault-points.ts'
import { projectFolder } from '#server/platform/machine/project-folder.ts'
import { checkSubmission } from '#server/intake/checking/check-submission.ts'
import { eraseDrafts } from '#server/intake/submissions/erase-drafts.ts'
import { eraseOwedDrafts } from '#server/jobs/carrying-out/carry-out.ts'
import { loadSubmission } from '#server/intake/loading/load-submission.ts'
import { findLinked, readSubmission } from '#server/intake/submissions/read-submission.ts'
import { linkSubmission } from '#server/linkage/processing/link-submission.ts'
import { child, children, COLUMNS, csv } from '../../intake/submissions/small-files.ts'
import { ACTOR, figures, holdings, take } from '../../intake/submissions/small-programme.ts'
import { TraceFinder } from '../../intake/submissions/traces.ts'
import { agree, here, openResearch } from '../../figures/extracts/research-setting.ts'
import { openTestProgramme, receive, type TestProgramme } from '../../setup/open-programme.ts'
import {
  approveAct,
  approveLifting,
  carryThrough,
  doAct,
  everyRow,
  find,
  makeOfficers,
  openRequest,
  typedOf,
} from './rights-setting.ts'

/** What is asked for while something else goes on, or is broken off. */

const WORKER = join(projectFolder('lib'), 'server/jobs/worker/worker.ts')
const PLAIN = { actor: ACTOR, leaveOut: false, confirm: true, replace: false }

let programme: TestProgramme

beforeAll(async () => {
  programme = await openTestProgramme()
  await makeOfficers(programme.store)
  await take(programme.store, { bytes: csv(children(0, 8)) })
}, 120_000)

afterAll(() => programme.close())

/** Has a worker of its own take what waits, and die at a point. */
async function dieAt(point: keyof typeof FAULT_POINTS): Promise<void> {
  const worker = spawn(process.execPath, [WORKER, '--data', programme.store.dataDir], {
    env: {
      ...process.env,
      ...{ DATABASE_URL: programme.databaseUrl, COUNTONCE_KILL_AT: String(FAULT_POINTS[point]) },
    },
    stdio: 'ignore',
  })
  try {
    expect(await once(worker, 'exit')).toEqual([null, 'SIGKILL'])
  } finally {
    worker.kill('SIGKILL')
  }
}

/** The job of an act that its worker died of, as the queue sends it again in its time; jobs of other kinds stay as they are. */
async function sendAgain(act: string): Promise<void> {
  await programme.store.pool.query(
    `update pgboss.job set state = 'created', started_on = null where state = 'active' and data ->> 'act' = $1`,
    [act],
  )
}

test('[S45] [S63] a worker that is killed after its commit has erased somebody, the sweep erases drafts, and the next try does nothing more', async () => {
  const { store } = programme
  const before = await figures(store)
  const draft = await receive(store, csv(children(2, 5)), { quarter: '2024-Q2' })
  const request = await openRequest(store, 'erasure')
  await find(store, request, typedOf(child(2)))
  const act = await approveAct(store, request)
  await dieAt('after-rights-commit')
  const after = await figures(store)
  expect(after.unique.people).toBe(before.unique.people - 1)
  const { rows } = await store.pool.query<{ state: string }>(
    'select state from rights_request where reference = $1',
    [request],
  )
  expect(rows).toEqual([{ state: 'done' }])
  // What it had not come to, files that nobody had submitted, goes even where the act is given up.
  expect(await eraseOwedDrafts(store)).toBe(1)
  expect(await eraseOwedDrafts(store)).toBe(0)
  expect(await doAct(store, act)).toBe('done')
  expect(await figures(store)).toEqual(after)
  expect(await readSubmission(store.pool, draft)).toMatchObject({ state: 'received', fileId: null })
  expect(await holdings(store)).toMatchObject({ strays: 0, auditIsWhole: true })
})

test('[S45] [S63] a worker that is killed before its commit has erased nobody, and the next try does it once', async () => {
  const { store } = programme
  const before = await figures(store)
  const draft = await receive(store, csv(children(3, 5)), { quarter: '2024-Q4' })
  const request = await openRequest(store, 'erasure')
  await find(store, request, typedOf(child(3)))
  const act = await approveAct(store, request)
  await dieAt('before-rights-commit')
  expect(await figures(store)).toEqual(before)
  const { rows } = await store.pool.query<{ state: string }>(
    'select state from rights_request where reference = $1',
    [request],
  )
  expect(rows).toEqual([{ state: 'open' }])
  // Its next dies behind the commit: all of it is done, and nothing is done again.
  await sendAgain(act)
  await dieAt('after-rights-commit')
  expect((await figures(store)).unique.people).toBe(before.unique.people - 1)
  expect(await doAct(store, act)).toBe('done')
  expect((await figures(store)).unique.people).toBe(before.unique.people - 1)
  expect(await readSubmission(store.pool, draft)).toMatchObject({ state: 'received', fileId: null })
  expect((await holdings(store)).strays).toBe(0)
  expect((await holdings(store)).auditIsWhole).toBe(true)
})

test('[S45] a worker that is killed while it lifts a restriction has lifted none of it or all, and the next try notes it once', async () => {
  const { store } = programme
  const before = await holdings(store)
  const request = await carryThrough(store, 'restriction', typedOf(child(6)))
  const restricted = await holdings(store)
  expect(restricted.reach.unique.people).toBe(before.reach.unique.people - 1)
  const act = await approveLifting(store, request)
  const outcome = async (): Promise<unknown> => {
    const { rows } = await store.pool.query<{ outcome: string; kept: number }>(
      `select outcome, (select count(*)::int from restricted_record) as kept
       from rights_request where reference = $1`,
      [request],
    )
    return rows[0]
  }
  const isNoted = async (): Promise<boolean> =>
    (await readdir(join(store.dataDir, 'stop-list'))).some((name) => name.endsWith('.lifted'))
  await dieAt('before-rights-commit')
  expect(await outcome()).toEqual({ outcome: 'set-apart', kept: 1 })
  expect(await holdings(store)).toEqual(restricted)
  await sendAgain(act)
  await dieAt('after-rights-commit')
  expect(await outcome()).toEqual({ outcome: 'lifted', kept: 0 })
  expect(await isNoted()).toBe(false)
  const lifted = await holdings(store)
  expect(lifted).toEqual(before)
  expect(await doAct(store, act)).toBe('done')
  expect(await isNoted()).toBe(true)
  expect(await holdings(store)).toEqual(before)
})

test('[S45] [S44] a worker that is killed while it makes an extract has made none, and the next try makes it once', async () => {
  const { store } = programme
  const project = await openResearch(here(store), '2099-01-01')
  const { extract, act } = await agree(here(store), project, { variables: ['kind'] })
  await dieAt('before-extract-commit')
  const count = async (): Promise<unknown> => {
    const { rows } = await store.pool.query(
      `select count(e.made_at)::int as made, (select count(*)::int from research_member) as members
       from research_extract e where reference = $1`,
      [extract],
    )
    return rows[0]
  }
  expect(await count()).toEqual({ made: 0, members: 0 })
  expect(await doAct(store, act)).toBe('done')
  const made = await count()
  expect(made).toMatchObject({ made: 1 })
  expect(await doAct(store, act)).toBe('done')
  expect(await count()).toEqual(made)
  expect((await holdings(store)).auditIsWhole).toBe(true)
})

test('[S63] somebody who is erased in the middle of a load is not in what is linked after it', async () => {
  const { store } = programme
  const id = await receive(store, csv(children(4, 7)), { service: 'toy-library' })
  const submission = (await readSubmission(store.pool, id)) ?? expect.fail('none')
  const loaded = await loadSubmission(store, submission, PLAIN)
  if (!loaded.ok) throw new Error(loaded.code)
  await carryThrough(store, 'objection', typedOf(child(5)))
  expect(await linkSubmission(store, loaded.submission, ACTOR)).toMatchObject({ ok: true })
  const standing = await findLinked(store.pool, loaded.submission)
  expect(standing?.records).toBe(2)
  expect((await holdings(store)).strays).toBe(0)
})

test('[S63] a file that is erased in the middle of its check goes on where it was, and is not rejected', async () => {
  const { store } = programme
  const id = await receive(store, csv(children(4, 7)), { quarter: '2024-Q3' })
  const { files } = store
  const keepBeside: typeof files.keepBeside = async (...what) => {
    expect(await eraseDrafts(store, ['bridge'])).toBe(0)
    expect(await eraseDrafts(store, ['acorn'])).toBe(1)
    return files.keepBeside(...what)
  }
  // What it makes is kept beside the file once it is being read.
  const erasing = { ...store, files: { ...files, keepBeside } }
  const checked = await checkSubmission(erasing, id, { actor: ACTOR })
  expect(checked).toMatchObject({ ok: false, code: 'file-erased' })
  const draft = await readSubmission(store.pool, id)
  expect(draft).toMatchObject({ state: 'received', fileId: null })
  const { rows } = await store.pool.query('select from finding_row_list where submission_id = $1', [
    id,
  ])
  expect(rows).toEqual([])
})

test('[S38] nothing that was typed is in any table, log or note of the stop-list', async () => {
  const { store } = programme
  const values = COLUMNS.filter((column) => !['role', 'gender', 'start_date'].includes(column))
  const finder = new TraceFinder(
    [2, 3, 5].flatMap((n) => values.map((column) => child(n)[column] ?? '')),
  )
  expect(finder.search(Buffer.from(await everyRow(store)))).toEqual([])
  for (const folder of ['stop-list', 'logs']) {
    const path = join(store.dataDir, folder)
    for (const name of await readdir(path).catch(() => [])) {
      expect([name, finder.search(await readFile(join(path, name)))]).toEqual([name, []])
    }
  }
})
