import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { NO_REPORT_WORDS, type ReportWords } from '#core/reports/report-words.ts'
import { makeRelease } from '#server/figures/releases/make-release.ts'
import { PAGE_POLICY } from '#server/figures/publishing/page-policy.ts'
import { readReportState } from '#server/figures/reports/read-report.ts'
import { readReportFile } from '#server/figures/reports/report-file.ts'
import {
  askReport,
  signReport,
  writeReport,
  type ReportContext,
} from '#server/figures/reports/write-report-words.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { approvingAct, askingAct, type Approval } from '#server/identity/approvals/approval.ts'
import { freshFor } from '../../identity/approvals/fresh-for.ts'
import { readSheets } from './read-workbook.ts'
import { openScreenSetting, type ScreenSetting } from './screen-setting.ts'

/** The quarterly report of a release: an analyst words it, an administrator signs it off. */

let setting: ScreenSetting
let analyst: Actor
let administrator: Actor
let now: Date
let release: string
beforeAll(async () => {
  setting = await openScreenSetting()
  analyst = setting.actors.analyst
  administrator = setting.actors.administrator
  now = new Date(Date.now() + 60_000)
  release = await make()
})
afterAll(() => setting.close())

async function make(): Promise<string> {
  const by = setting.actors.exactAdministrator.userId
  const order = { profile: 'programme', lastQuarter: '2024-Q2', actor: by } as const
  const made = await makeRelease(setting.store.pool, order, now)
  if (!made.ok) throw new Error(made.code)
  return made.reference
}

const context = (): ReportContext => ({
  ...{ pool: setting.pool, releases: setting.releases, now: () => now },
})

const write = (by: Actor, seen: number, words: Partial<ReportWords>) =>
  writeReport(context(), by, { release, seen, words: { ...NO_REPORT_WORDS, ...words } })

const ask = (by: Actor, seen: number) =>
  askReport(
    context(),
    by,
    { release, seen, reason: 'report-ready' },
    freshFor(by, askingAct('report'), now),
  )

const sign = (by: Actor, { reference, boundTo }: Approval) =>
  signReport(context(), by, { reference, boundTo }, freshFor(by, approvingAct(reference), now))

async function asked(by: Actor, seen: number): Promise<Approval> {
  const outcome = await ask(by, seen)
  if (!outcome.ok) throw new Error(outcome.code)
  return outcome.approval
}

async function read(form = 'read', isDraft = false): Promise<string | Uint8Array> {
  const file = await readReportFile(context(), analyst, { release, form, isDraft })
  if (!file.ok) throw new Error(file.code)
  return file.body
}

test('is signed off by another person than who wrote it, as it was shown, and is then frozen', async () => {
  expect(await read()).toContain('Nobody has written the words')
  expect(await write(analyst, 0, { summary: 'More <families> came in 2024-25.' })).toEqual({
    ...{ ok: true, version: 1, release },
  })
  expect(await write(analyst, 0, { summary: 'Over it.' })).toMatchObject({ code: 'report-changed' })
  expect(await write(analyst, 1, { next: 'Ring 07700 900123.' })).toMatchObject({
    ...{ code: 'report-personal', detail: { section: 'next' } },
  })
  expect(await write(setting.actors.provider, 1, {})).toMatchObject({ code: 'not-found' })
  expect(await read()).toContain('are not signed off')
  const first = await asked(analyst, 1)
  expect(await sign(analyst, first)).toMatchObject({ code: 'not-found' })
  // Past the server functions, by the portal's own login.
  const forge = `update report_words set approval = $1, signed_by = $2, signed_at = now() where version = 1`
  const client = await setting.pool.connect()
  await client.query(`select set_config('countonce.reach', 'programme', false)`)
  await expect(client.query(forge, [first.reference, administrator.userId])).rejects.toThrow(
    'two people have not agreed',
  )
  await expect(client.query(`update report_words set sections = '{}'`)).rejects.toThrow(
    'permission denied',
  )
  await client.query('reset all')
  client.release()
  // What is changed takes its request back.
  expect(await write(analyst, 1, { summary: 'More <families> came.' })).toMatchObject({
    version: 2,
  })
  expect(await sign(administrator, first)).toMatchObject({ code: 'approval-over' })
  const second = await asked(analyst, 2)
  expect(await sign(administrator, second)).toEqual({ ok: true, release })
  expect(await setting.countEvents('report.signed')).toBe(1)
  expect(await ask(analyst, 2)).toMatchObject({ code: 'report-signed' })
  const page = String(await read())
  expect(page).toContain('More &lt;families&gt; came.')
  expect(page).toMatch(/Words in version 2, signed off by /)
  expect(page).not.toContain('Draft.')
  // An administrator who wrote a version does not sign it, whoever asks.
  expect(await write(administrator, 2, { summary: 'Fewer came.' })).toMatchObject({ version: 3 })
  expect(await sign(administrator, await asked(analyst, 3))).toMatchObject({ code: 'report-own' })
  expect(String(await read())).toContain('More &lt;families&gt; came.')
  expect(String(await read('read', true))).toContain('Fewer came.')
  await expect(setting.owner.query('delete from report_words')).rejects.toThrow('frozen')
})

test('tells figures, pictures, what changed and how sure, with its tables as a workbook', async () => {
  const page = String(await read('html'))
  for (const heading of ['How sure these figures are', 'Services', 'Places', 'What changed since'])
    expect(page).toContain(`>${heading}`)
  expect(page.match(/<svg/g)?.length).toBe(3)
  expect(page).not.toMatch(/<script|<form|src=/)
  const sheets = readSheets((await read('xlsx')) as Uint8Array<ArrayBuffer>)
  expect(sheets.map(({ name }) => name)).toEqual(expect.arrayContaining(['Cover', 'Table 1']))
  expect(await setting.countEvents('report.downloaded')).toBe(2)
  expect(
    await readReportFile(context(), setting.actors.provider, {
      release,
      form: 'html',
      isDraft: false,
    }),
  ).toMatchObject({ code: 'not-found' })
})

test('arrives with its style, which is all that its page may load', async () => {
  const styles = [...String(await read()).matchAll(/<style>(.*?)<\/style>/gs)]
  expect(styles).toHaveLength(1)
  const digest = createHash('sha256')
    .update(styles[0]?.[1] ?? '')
    .digest('base64')
  expect(PAGE_POLICY).toContain(`style-src 'sha256-${digest}'`)
  expect(PAGE_POLICY).toContain("default-src 'none'")
})

test('says that a later release takes its place, which may begin with its words', async () => {
  const before = release
  // As if it had been made of the same figures once more.
  const { rows } = await setting.owner.query<{ reference: string }>(
    `insert into release (reference, profile, first_quarter, last_quarter, version, made_at, made_by, settings,
       linkage_version, linkage_policy, key_check, program_version, coverage, strands, services, service_strands,
       wards, digest)
     select 'PRG-2024-Q2-9', profile, first_quarter, last_quarter, 9, made_at, made_by, settings,
       linkage_version, linkage_policy, key_check, program_version, coverage, strands, services, service_strands,
       wards, digest
     from release where reference = $1 returning reference`,
    [before],
  )
  release = rows[0]?.reference ?? ''
  const state = await readReportState(context(), analyst, release)
  expect(state).toMatchObject({ before: { release: before, words: { summary: 'Fewer came.' } } })
  const superseded = await readReportFile(context(), analyst, {
    ...{ release: before, form: 'read', isDraft: false },
  })
  expect(superseded.ok ? String(superseded.body) : '').toContain(
    `Release ${release} takes the place of the one that this report is of.`,
  )
})
