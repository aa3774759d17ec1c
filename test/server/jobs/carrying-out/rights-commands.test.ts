import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dueDay } from '#core/rights/request-clock.ts'
import {
  demonstrationCode,
  makeDemonstrationAccounts,
} from '#demonstration/demonstration-accounts.ts'
import { argonPasswords } from '#server/identity/accounts/passwords.ts'
import { approvingAct } from '#server/identity/approvals/approval.ts'
import { approveExtract, readExtractApproval } from '#server/jobs/acts/extract-acts.ts'
import { readLiftApproval } from '#server/jobs/acts/lift-acts.ts'
import { approveRights, readRightsApproval } from '#server/jobs/acts/rights-acts.ts'
import { readRightsRequest } from '#server/linkage/rights/handle-requests.ts'
import { findRightsRequest } from '#server/linkage/rights/rights-request.ts'
import { openPortalKey } from '#server/keys/portal-key.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import { countonce, type Ended } from '../../../bin/command-line.ts'
import { freshFor } from '../../identity/approvals/fresh-for.ts'
import { child, children, csv } from '../../intake/submissions/small-files.ts'
import { take } from '../../intake/submissions/small-programme.ts'
import { openTestProgramme, type TestProgramme } from '../../setup/open-programme.ts'
import {
  carryThrough,
  contextOf,
  doAct,
  everyRow,
  makeOfficers,
  SECOND,
  typedOf,
} from './rights-setting.ts'

/** countonce rights: a request from the asking to the letter, by two officers with codes of their own. */

let programme: TestProgramme
let store: OwnProgrammeStore

beforeAll(async () => {
  programme = await openTestProgramme()
  store = programme.store
  await take(store, { bytes: csv(children(0, 4)) })
  const portalKey = await openPortalKey(store)
  const made = await makeDemonstrationAccounts({ ...store, portalKey, passwords: argonPasswords() })
  if (!made.ok) throw new Error(made.code)
})
afterAll(() => programme.close())

const rights = (user: string, ...args: readonly string[]): Promise<Ended> =>
  run(user, 'rights', ...args)

async function run(user: string, ...args: readonly string[]): Promise<Ended> {
  // Each command is a step of its own, and within one minute here.
  await store.pool.query('update portal_user set code_step = 0')
  const portalKey = await openPortalKey(store)
  const shown = await demonstrationCode({ ...store, portalKey }, user, new Date())
  if (!shown.ok) throw new Error(shown.code)
  return countonce(['--data', store.dataDir, ...args, '--as', user], {
    ...{ DATABASE_URL: programme.databaseUrl, COUNTONCE_CODE: shown.code },
  })
}

async function mustSay(...args: readonly string[]): Promise<string> {
  const ended = await rights('officer', ...args)
  expect(ended.status, ended.stderr).toBe(0)
  return ended.stdout.trim()
}

async function approve(request: string): Promise<void> {
  const { rows } = await store.pool.query<{ id: string }>(
    `select id from portal_user where email like 'officer2@%'`,
  )
  const second = {
    userId: rows[0]?.id ?? '',
    ...({ role: 'officer', providerCode: null, mayExact: false } as const),
  }
  const asked = await readRightsApproval(contextOf(store), second, request)
  if (asked === undefined) throw new Error('nothing was asked for')
  const { reference, boundTo } = asked
  const view = await readRightsRequest(contextOf(store), second, request)
  if (!view.ok) throw new Error(view.code)
  const given = { request, boundTo, picks: view.picks }
  const fresh = freshFor(second, approvingAct(reference), new Date())
  const approved = await approveRights(contextOf(store), second, given, fresh)
  if (!approved.ok) throw new Error(approved.code)
  expect(await doAct(store, approved.id)).toBe('done')
}

test('an officer opens, finds, asks and prints at the command line, and another has to approve', async () => {
  const today = new Date().toISOString().slice(0, 10)
  const opening = ['open', '--kind', 'access', '--received', today]
  const checked = ['--check', 'document-seen', '--checked', today]
  const request = await mustSay(...opening, ...checked)
  expect(request).toMatch(/^DR-/)

  const typed = join(store.dataDir, 'typed.json')
  await writeFile(typed, '{ "firstNames": "Secretname", ')
  const broken = await rights('officer', 'find', request, '--typed', typed)
  expect(broken).toMatchObject({ status: 2, stdout: '' })
  expect(broken.stderr).not.toContain('Secretname')
  await writeFile(typed, JSON.stringify(typedOf(child(2))))
  expect(await mustSay('find', request, '--typed', typed)).toBe('1 certain, 0 doubtful')
  expect(JSON.parse(await mustSay('show', request, '--json'))).toMatchObject({
    request: { reference: request, kind: 'access' },
    found: [{ service: 'stay-and-play', quarter: '2024-Q1', place: '4', picked: true }],
  })

  const early = await rights('officer', 'letter', request)
  expect(early).toMatchObject({ status: 3, stdout: '' })
  expect(early.stderr).toContain('rights-no-letter')
  const everybody = await rights('officer', 'ask', request, '--everybody')
  expect(everybody).toMatchObject({ status: 2, stdout: '' })
  expect(await mustSay('ask', request)).toMatch(/^AP-/)
  await approve(request)
  const letter = JSON.parse(await mustSay('letter', request)) as { records: readonly unknown[] }
  expect(letter).toMatchObject({ reference: request, programme: 'Small Steps' })
  expect(letter.records).toHaveLength(1)
  const { last_name: name = '', nhs_number: number = '' } = child(2)
  const kept = await everyRow(store)
  expect([kept.includes(name), kept.includes(number)]).toEqual([false, false])
})

test('an officer picks, extends and closes at the command line', async () => {
  const today = new Date().toISOString().slice(0, 10)
  const checked = ['--check', 'document-seen', '--checked', today]
  const request = await mustSay('open', '--kind', 'erasure', '--received', today, ...checked)
  const typed = join(store.dataDir, 'typed.json')
  await writeFile(typed, JSON.stringify(typedOf(child(1))))
  await mustSay('find', request, '--typed', typed)
  expect(await mustSay('pick', request, 'none')).toBe('0 picked')
  for (const none of ['all', '1,7']) {
    const ended = await rights('officer', 'pick', request, none)
    expect(ended).toMatchObject({ status: 2, stdout: '' })
  }
  expect(await mustSay('extend', request, '--reason', 'complex')).toBe(dueDay(today, true))
  await mustSay('close', request, '--reason', 'taken-back')
  expect(await findRightsRequest(store.pool, request)).toMatchObject({
    ...{ state: 'closed', outcome: 'taken-back', extendedFor: 'complex' },
  })
})

test('an officer asks at the command line to have a restriction lifted, and another has to approve', async () => {
  await makeOfficers(store)
  const request = await carryThrough(store, 'restriction', typedOf(child(3)))
  expect(await mustSay('lift', request, '--reason', 'accuracy-settled')).toMatch(/^AP-/)
  expect(await readLiftApproval(contextOf(store), SECOND, request)).toMatchObject({
    ...{ stage: 'waiting', reason: 'accuracy-settled', particulars: { records: 1 } },
  })
})

test('[S44] a project is written down, asks, is approved and given what its environment alone opens, at the command line', async () => {
  const inFolder = (name: string): string => join(store.dataDir, name)
  const research = async (...args: readonly string[]): Promise<string> => {
    const ended = await run('officer', 'research', ...args)
    expect(ended.status, ended.stderr).toBe(0)
    return ended.stdout.trim()
  }
  const plain = (...args: readonly string[]): Promise<Ended> =>
    countonce(['--data', store.dataDir, 'research', ...args], {
      DATABASE_URL: programme.databaseUrl,
    })
  await take(store, { bytes: csv(children(4, 12)), service: 'toy-library' })
  const made = await plain('key', '--out', inFolder('own.key'))
  const project = {
    ...{ title: 'Early speech', purpose: 'Who is reached when.', people: ['Ro, a university'] },
    ...{ legalBasis: 'public-task', environment: 'A safe haven', recipient: made.stdout.trim() },
    ...{ endsOn: '2099-01-01', approvals: [{ givenBy: 'Board', givenOn: '2024-01-05' }] },
  }
  await writeFile(inFolder('project.json'), JSON.stringify({ ...project, people: [] }))
  const open = ['research', 'open', inFolder('project.json')] as const
  expect(await run('officer', ...open)).toMatchObject({ status: 2, stdout: '' })
  await writeFile(inFolder('project.json'), JSON.stringify(project))
  const reference = await research('open', inFolder('project.json'))
  const asking = ['ask', reference, '--from', '2024-Q1', '--to', '2024-Q1', '--tell']
  const extract = await research(...asking, 'kind,birth')
  const { rows } = await store.pool.query<{ id: string }>(
    `select id from portal_user where email like 'officer2@%'`,
  )
  const second = {
    userId: rows[0]?.id ?? '',
    ...({ role: 'officer', providerCode: null, mayExact: false } as const),
  }
  const asked = await readExtractApproval(contextOf(store), second, extract)
  if (asked === undefined) throw new Error('nothing was asked for')
  const fresh = freshFor(second, approvingAct(asked.reference), new Date())
  const shown = { extract, boundTo: asked.boundTo }
  const approved = await approveExtract(contextOf(store), second, shown, fresh)
  if (!approved.ok) throw new Error(approved.code)
  expect(await doAct(store, approved.id)).toBe('done')

  await research('fetch', extract, '--to', inFolder('sealed'))
  const opening = ['unseal', inFolder('sealed'), '--extract', extract, '--to', inFolder('open')]
  expect((await plain(...opening, '--key', inFolder('own.key'))).status).toBe(0)
  const data = await readFile(inFolder('open/data.csv'), 'utf8')
  expect(data.split('\n')[0]).toBe('person,family,kind,birth')
  const today = new Date().toISOString().slice(0, 10)
  const certificate = ['--by', 'Ro', '--how', 'erased', '--on', today]
  expect(await research('certify', extract, ...certificate)).toBe(reference)
})

test('[S63] [S64] somebody is asked about and then erased at the command line, and stays out of the next file', async () => {
  const today = new Date().toISOString().slice(0, 10)
  const checked = ['--check', 'document-seen', '--checked', today, '--received', today]
  const typed = join(store.dataDir, 'typed.json')
  await writeFile(typed, JSON.stringify(typedOf(child(0))))
  const doFor = async (kind: string, ...more: readonly string[]) => {
    const request = await mustSay('open', '--kind', kind, ...checked)
    await mustSay('find', request, '--typed', typed)
    expect(await mustSay('ask', request, ...more)).toMatch(/^AP-/)
    await approve(request)
    const { rows } = await store.pool.query(
      `select (select count(*)::int from provider_question) as asked,
         (select count(*)::int from record where source_row = 1 and submission_id = (select min(id) from submission)) as records`,
    )
    return rows[0] as unknown
  }
  expect(await doFor('rectification')).toEqual({ asked: 1, records: 1 })
  expect(await doFor('erasure', '--everybody')).toEqual({ asked: 0, records: 0 })
  const next = await take(store, {
    ...{ bytes: csv(children(0, 2)), quarter: '2024-Q2', choices: { confirm: true } },
  })
  expect(next.file?.stopped).toBe(1)
})

test('nobody but an officer is answered', async () => {
  for (const [user, ...args] of [
    ['analyst', 'list', '--json'],
    ['administrator', 'show', 'DR-2222-2222-2'],
  ] as const) {
    const ended = await rights(user, ...args)
    expect([user, ended.stdout.replace('[]', '').trim()]).toEqual([user, ''])
  }
})
