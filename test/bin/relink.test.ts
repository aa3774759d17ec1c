import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  demonstrationCode,
  makeDemonstrationAccounts,
} from '#demonstration/demonstration-accounts.ts'
import { argonPasswords } from '#server/identity/accounts/passwords.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { approvingAct } from '#server/identity/approvals/approval.ts'
import { approveRelink, readReportApproval } from '#server/jobs/acts/relink-acts.ts'
import { runAct } from '#server/jobs/worker/run-act.ts'
import { openPortalKey } from '#server/keys/portal-key.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import { freshFor } from '../server/identity/approvals/fresh-for.ts'
import { child, csv } from '../server/intake/submissions/small-files.ts'
import { openSmallProgramme, take } from '../server/intake/submissions/small-programme.ts'
import { countonce, type Ended } from './command-line.ts'

let folder: string
let store: OwnProgrammeStore

/** Two adults who share nothing but a telephone: one person to the policy of the slides alone. */
const SHARED_TELEPHONE = [1, 2].map((n) => ({
  ...child(n),
  ...{ role: 'adult', date_of_birth: `199${n}-02-03`, nhs_number: '' },
  ...{ carer_email: '', carer_mobile: '', mobile: '07700 900123' },
}))

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countonce-test-'))
  await chmod(folder, 0o711)
  store = await openSmallProgramme({ dataDir: join(folder, 'data'), env: {} })
  await take(store, { bytes: csv([child(0), ...SHARED_TELEPHONE]) })
}, 120_000)

afterAll(async () => {
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

function relink(...options: string[]): Promise<Ended> {
  return countonce(['--data', join(folder, 'data'), 'relink', ...options])
}

/** The policy of each dataset, how often its links changed, and how many people there are. */
async function state(): Promise<unknown[]> {
  const { rows } = await store.pool.query<object>(
    `select dataset, policy, version, (select count(distinct beneficiary_id)::int from link l where l.dataset = s.dataset) as people
     from linkage_state s order by dataset`,
  )
  return rows
}

async function notNeeded(): Promise<unknown[]> {
  const { rows } = await store.pool.query<object>(
    `select actor, subject from audit_event where event = 'approval.not-needed' order by seq`,
  )
  return rows
}

test('a policy or a dataset that there is not is refused before anything is opened', async () => {
  const before = await state()
  for (const wrong of [
    ['--policy', 'bold'],
    ['--dataset', 'live'],
  ]) {
    const ended = await relink(...wrong)
    expect(ended.status, ended.stderr).toBe(2)
    expect(ended.stdout).toBe('')
  }
  expect(await state()).toEqual(before)
}, 120_000)

test('a dry run tells who would join, writes them as CSV, and changes nothing', async () => {
  const before = await state()
  const report = join(folder, 'report.csv')
  const ended = await relink('--dry-run', '--policy', 'leap-2020', '--report', report)
  expect(ended.status, ended.stderr).toBe(0)
  expect(ended.stdout).toContain('Policy cautious now, leap-2020 then; 3 records.')
  expect(ended.stdout).toContain('3 people now, 2 then.')
  expect(ended.stdout).toContain('1 would be joined of several, 0 would part.')
  const [head, joined, ...rest] = (await readFile(report, 'utf8'))
    .replace(/^\uFEFF/, '')
    .trimEnd()
    .split(/\r?\n/)
  expect(head).toBe('what,people,before,after,rules,services')
  expect(joined).toMatch(
    /^join,CO-\S+ CO-\S+,2,1,the same mobile number of their own,stay-and-play$/,
  )
  expect(rest).toEqual([])
  expect(await state()).toEqual(before)
  expect(await notNeeded()).toEqual([])
}, 120_000)

test('an operator decides again alone while a programme is set up, which is audited', async () => {
  const ended = await relink('--policy', 'leap-2020')
  expect(ended.status, ended.stderr).toBe(0)
  expect(ended.stderr).toContain('decided under the policy leap-2020')
  expect(await state()).toContainEqual(
    expect.objectContaining({ dataset: 'production', policy: 'leap-2020', people: 2 }),
  )
  expect(await notNeeded()).toEqual([expect.objectContaining({ subject: 'leap-2020' })])
  // Who names no policy keeps the one there is, and needs nobody's consent.
  const again = await relink()
  expect(again.stderr).toContain('decided under the policy leap-2020; 0 changed hands')
  expect(await notNeeded()).toHaveLength(1)
}, 120_000)

test('once there are two administrators, another policy is asked for under a name', async () => {
  const portalKey = await openPortalKey(store)
  const made = await makeDemonstrationAccounts({ ...store, portalKey, passwords: argonPasswords() })
  expect(made.ok).toBe(true)
  const before = await state()
  const ended = await relink('--policy', 'cautious')
  expect(ended.status).toBe(2)
  expect(ended.stderr).toContain('--as')
  expect(await state()).toEqual(before)
  // The staging dataset has no figure that anybody is told.
  const staging = await relink('--dataset', 'staging', '--policy', 'leap-2020')
  expect(staging.status, staging.stderr).toBe(0)
}, 120_000)

/** Asks as an account of the demonstration, with its present code or another. */
async function relinkAs(user: string, otherCode?: string, ...options: string[]): Promise<Ended> {
  // The step of the code before does not matter to whom it is not about.
  await store.pool.query('update portal_user set code_step = 0')
  const portalKey = await openPortalKey(store)
  const shown = await demonstrationCode({ ...store, portalKey }, user, new Date())
  return countonce(
    [
      ...['--data', join(folder, 'data'), 'relink', '--policy', 'cautious'],
      '--as',
      user,
      ...options,
    ],
    { COUNTONCE_CODE: otherCode ?? (shown.ok ? shown.code : '') },
  )
}

async function requests(): Promise<{ subject: string; reason: string; asked_by: string }[]> {
  const { rows } = await store.pool.query<{ subject: string; reason: string; asked_by: string }>(
    `select subject, reason, asked_by from approval where kind = 'relink' order by asked_at`,
  )
  return rows
}

test('who has no right to it, or a wrong code, asks for nothing', async () => {
  const before = await state()
  for (const ended of [await relinkAs('administrator', '000000'), await relinkAs('provider')]) {
    expect(ended.status, ended.stderr).toBe(3)
    expect(ended.stdout).toBe('')
  }
  expect(await requests()).toEqual([])
  expect(await state()).toEqual(before)
}, 120_000)

test('what one administrator asks by the command is done once another has approved its report', async () => {
  const before = await state()
  const ended = await relinkAs('administrator', undefined, '--reason', 'back-to-usual')
  expect(ended.status, ended.stderr).toBe(0)
  expect(ended.stderr).toContain('Nothing was changed yet')
  expect(await state()).toEqual(before)
  const [asked, ...others] = await requests()
  expect(others).toEqual([])
  const report = asked?.subject ?? ''
  const { rows } = await store.pool.query<{ id: string; actor: Actor }>(
    `select id, json_build_object('userId', id, 'role', role, 'providerCode', null, 'mayExact', false) as actor
       from portal_user where email like 'administrator%' order by length(email)`,
  )
  const [asker, second] = rows
  if (asker === undefined || second === undefined) throw new Error('There are two administrators.')
  expect(asked?.asked_by).toBe(asker.id)
  const context = { pool: store.pool, now: () => new Date() }
  const approval = await readReportApproval(context, second.actor, report)
  if (approval === undefined) throw new Error('It is asked for.')
  expect(ended.stdout.trim()).toBe(approval.reference)
  const approveAs = (actor: Actor): ReturnType<typeof approveRelink> => {
    const fresh = freshFor(actor, approvingAct(approval.reference), new Date())
    return approveRelink(context, actor, { report, boundTo: approval.boundTo }, fresh)
  }
  expect(await approveAs(asker.actor)).toMatchObject({ ok: false })
  const approved = await approveAs(second.actor)
  if (!approved.ok) throw new Error(approved.code)
  const onFailure = (fault: Error): void => {
    throw fault
  }
  await runAct(store, { id: approved.id, isLast: true, onFailure })
  expect(await state()).toContainEqual(
    expect.objectContaining({ dataset: 'production', policy: 'cautious', people: 3 }),
  )
}, 120_000)
