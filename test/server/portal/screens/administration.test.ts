import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askAuditCheck, readAuditWatch } from '#server/identity/audit/audit-watch.ts'
import { listAudit } from '#server/identity/audit/list-audit.ts'
import { anchorAudit } from '#server/jobs/anchoring/anchor-audit.ts'
import { checkAndNote } from '#server/jobs/anchoring/check-audit.ts'
import {
  addAgreement,
  readRegister,
  readRegisteredService,
} from '#server/programme/register/agreements.ts'
import { listCovered } from '#server/programme/register/agreement-cover.ts'
import { listSubmissions } from '#server/intake/submissions/list-submissions.ts'
import { readSubmissionHistory } from '#server/intake/submissions/submission-history.ts'
import { readSystem } from '#server/portal/screens/read-system.ts'
import { openScreenSetting, type ScreenSetting } from './screen-setting.ts'

const REFUSED = { ok: false, code: 'not-found' }
const ALL = { service: '', quarter: '', state: '', page: 1 } as const
const NEWEST = { event: '', subject: '', before: null } as const

let setting: ScreenSetting
beforeAll(async () => {
  setting = await openScreenSetting()
})
afterAll(() => setting.close())

describe('the submissions of all services', () => {
  test('are listed newest first, filtered and paged', async () => {
    const { pool, actors } = setting
    const listed = await listSubmissions(pool, actors.administrator, ALL)
    if (!listed.ok) throw new Error(listed.code)
    expect(listed.total).toBe(4)
    expect(
      listed.submissions.map(({ serviceName, quarter }) => `${serviceName} ${quarter}`),
    ).toEqual([
      'Stay and Play 2024-Q2',
      'Toy Library 2024-Q1',
      'Health Visiting 2024-Q1',
      'Stay and Play 2024-Q1',
    ])
    const [newest] = listed.submissions
    expect(newest).toMatchObject({
      state: 'linked',
      providerName: 'Acorn Children’s Charity',
      rows: { read: 25, accepted: 25, rejected: 0, blank: 0 },
      receivedBy: 'test-operator',
    })
    const filtered = await listSubmissions(pool, actors.administrator, {
      ...ALL,
      service: 'stay-and-play',
      quarter: '2024-Q1',
      state: 'linked',
    })
    expect(filtered).toMatchObject({ ok: true, total: 1, page: 1, pages: 1 })
    const none = await listSubmissions(pool, actors.administrator, { ...ALL, state: 'rejected' })
    expect(none).toMatchObject({ ok: true, total: 0, submissions: [] })
    const beyond = await listSubmissions(pool, actors.administrator, { ...ALL, page: 99 })
    expect(beyond).toMatchObject({ ok: true, page: 1 })
  })

  test('tell the history of one, and that somebody looked', async () => {
    const { pool, actors } = setting
    const listed = await listSubmissions(pool, actors.administrator, ALL)
    const reference = listed.ok ? (listed.submissions[0]?.reference ?? '') : ''
    const read = await readSubmissionHistory(setting, actors.administrator, reference)
    if (!read.ok) throw new Error(read.code)
    expect(read.submission).toMatchObject({
      reference,
      serviceCode: 'stay-and-play',
      fileHeld: false,
    })
    expect(read.history.map(({ event }) => event)).toEqual([
      'submission.received',
      'submission.mapped',
      'submission.checked',
      'submission.accepted',
      'submission.pseudonymised',
      'submission.linked',
    ])
    expect(await setting.countEvents('submission.seen')).toBe(1)
    expect(await readSubmissionHistory(setting, actors.administrator, 'SU-0000-0000-0')).toEqual(
      REFUSED,
    )
  })

  test('[S14] are of administrators alone, one that is there as one that is not', async () => {
    const { pool, actors } = setting
    const listed = await listSubmissions(pool, actors.administrator, ALL)
    const reference = listed.ok ? (listed.submissions[0]?.reference ?? '') : ''
    for (const actor of [actors.provider, actors.analyst, actors.exactAnalyst]) {
      expect(await listSubmissions(pool, actor, ALL)).toEqual(REFUSED)
      expect(await readSubmissionHistory(setting, actor, reference)).toEqual(REFUSED)
      expect(await readSubmissionHistory(setting, actor, 'SU-0000-0000-0')).toEqual(REFUSED)
    }
  })
})

describe('the audit trail on its page', () => {
  test('is paged by number without losing or repeating an entry', async () => {
    const { owner, actors } = setting
    await owner.query(
      `select append_audit('test', 'filler.written', 'page ' || n, '{}') from generate_series(1, 120) as n`,
    )
    const seen: number[] = []
    let before: number | null = null
    do {
      const page = await listAudit(setting, actors.administrator, {
        ...NEWEST,
        event: 'filler.written',
        before,
      })
      if (!page.ok) throw new Error(page.code)
      seen.push(...page.lines.map(({ seq }) => seq))
      before = page.before
    } while (before !== null)
    expect(seen).toHaveLength(120)
    expect(seen).toEqual([...new Set(seen)].sort((a, b) => b - a))
  })

  test('is filtered by event and subject, names users, and offers every event', async () => {
    const { pool, actors } = setting
    const { userId } = actors.administrator
    await addAgreement(pool, actors.administrator, {
      service: 'toy-library',
      from: '2025-04-01',
      to: null,
    })
    const page = await listAudit(setting, actors.administrator, {
      ...NEWEST,
      subject: 'toy-library',
    })
    if (!page.ok) throw new Error(page.code)
    expect(page.lines[0]).toMatchObject({
      by: 'Sam administrator',
      event: 'agreement.added',
      detail: { from: '2025-04-01', to: null },
    })
    expect(page.lines.map(({ by }) => by)).not.toContain(userId)
    expect(page.events).toEqual([...page.events].sort())
    expect(page.events).toContain('submission.linked')
  })

  test('[S61] is an entry itself when it is read, and when a check is asked for', async () => {
    const { pool, actors } = setting
    const before = await setting.countEvents('audit.read')
    await listAudit(setting, actors.administrator, NEWEST)
    expect(await setting.countEvents('audit.read')).toBe(before + 1)
    expect(await askAuditCheck(pool, actors.administrator)).toEqual({ ok: true })
    expect(await setting.countEvents('audit-check.asked')).toBe(1)
    const { rows } = await setting.owner.query<{ data: unknown }>(
      `select data from pgboss.job where name = 'audit.check'`,
    )
    expect(rows).toEqual([{ data: { actor: actors.administrator.userId } }])
  })

  test('is of administrators alone', async () => {
    const { pool, actors } = setting
    for (const actor of [actors.provider, actors.exactAnalyst]) {
      expect(await listAudit(setting, actor, NEWEST)).toEqual(REFUSED)
      expect(await readAuditWatch(pool, actor)).toEqual(REFUSED)
      expect(await askAuditCheck(pool, actor)).toEqual(REFUSED)
    }
  })

  test('[S59] shows its anchors, what none covers yet, and what the last check came to', async () => {
    const { store, pool, owner, actors } = setting
    const now = new Date()
    const read = async () => readAuditWatch(pool, actors.administrator)
    expect(await read()).toMatchObject({ ok: true, anchor: null, check: null })
    await anchorAudit(store, now)
    await checkAndNote(store, now, actors.administrator.userId)
    expect(await read()).toMatchObject({
      anchor: { number: 1, at: now, protection: 'folder' },
      uncovered: { entries: 1 },
      check: { at: now, report: { isWhole: true, anchors: 1 } },
    })
    await owner.query('alter table audit_event disable trigger audit_event_only_appended')
    try {
      await owner.query(`update audit_event set actor = 'nobody' where seq = 3`)
      await checkAndNote(store, now)
      expect(await read()).toMatchObject({
        check: { report: { isWhole: false, flaws: [{ code: 'edited', seq: 3 }] } },
      })
    } finally {
      await owner.query('alter table audit_event enable trigger audit_event_only_appended')
    }
    expect(await setting.countEvents('audit.verified')).toBe(2)
  })
})

describe('the register', () => {
  test('is shown as it is, with its agreements', async () => {
    const { pool, actors } = setting
    const register = await readRegister(pool, actors.administrator)
    if (!register.ok) throw new Error(register.code)
    expect(register.services).toHaveLength(4)
    expect(register.wards.map(({ name }) => name)).toEqual(['Hillside', 'Riverside'])
    expect(register.providers.map(({ services }) => services)).toEqual([3, 1])
    expect(await readRegister(pool, actors.exactAnalyst)).toEqual(REFUSED)
    expect(await readRegisteredService(pool, actors.provider, 'toy-library')).toEqual(REFUSED)
    expect(await readRegisteredService(pool, actors.administrator, 'nowhere')).toEqual(REFUSED)
  })

  test('takes an agreement, after which the service may send', async () => {
    const { pool, owner, actors } = setting
    const covered = () =>
      listCovered(
        owner,
        { live: false, purpose: 'reach' },
        { services: ['unsigned'], quarter: '2024-Q1' },
        new Date(),
      )
    expect(await covered()).toEqual(new Set())
    const agreement = { service: 'unsigned', from: '2024-04-01', to: '2025-03-31' }
    expect(await addAgreement(pool, actors.administrator, agreement)).toEqual({ ok: true })
    expect(await covered()).toEqual(new Set(['unsigned']))
    const read = await readRegisteredService(pool, actors.administrator, 'unsigned')
    expect(read).toMatchObject({
      service: { agreements: [{ from: '2024-04-01', to: '2025-03-31', demonstration: false }] },
    })
  })

  test('takes the same agreement once, however often its answer is lost', async () => {
    const { pool, actors } = setting
    const count = async (): Promise<number> => {
      const read = await readRegisteredService(pool, actors.administrator, 'toy-library')
      return read.ok ? read.service.agreements.length : -1
    }
    const before = await count()
    for (const to of ['2031-03-31', null]) {
      const agreement = { service: 'toy-library', from: '2030-04-01', to }
      const asked = Array.from({ length: 3 }, () =>
        addAgreement(pool, actors.administrator, agreement),
      )
      for (const answer of await Promise.all(asked)) expect(answer).toEqual({ ok: true })
      expect(await addAgreement(pool, actors.administrator, agreement)).toEqual({ ok: true })
    }
    expect(await count()).toBe(before + 2)
  })

  test('refuses an agreement that ends before it begins, of no service, or from anybody else', async () => {
    const { pool, actors } = setting
    const agreement = { service: 'unsigned', from: '2026-04-01', to: '2026-03-31' }
    expect(await addAgreement(pool, actors.administrator, agreement)).toMatchObject({
      code: 'agreement-dates',
    })
    expect(
      await addAgreement(pool, actors.administrator, {
        ...agreement,
        service: 'nowhere',
        to: null,
      }),
    ).toEqual(REFUSED)
    for (const actor of [actors.provider, actors.exactAnalyst]) {
      expect(await addAgreement(pool, actor, { ...agreement, to: null })).toEqual(REFUSED)
    }
  })

  test('is never changed or emptied by the portal’s own role', async () => {
    const { pool } = setting
    for (const change of ['delete from agreement', `update agreement set valid_to = null`]) {
      await expect(pool.query(change)).rejects.toThrow('permission denied')
    }
  })
})

test('the system page shows check values of keys and never a key', async () => {
  const { pool, store, actors } = setting
  const system = await readSystem(pool, actors.administrator, await store.secrets.card())
  if (!system.ok) throw new Error(system.code)
  expect(system.keys.map(({ check }) => check)).toContain(store.keys.platform[0]?.check)
  expect(system.linkage.map(({ dataset, version }) => [dataset, version])).toEqual([
    ['production', 4],
    ['staging', 0],
  ])
  const shown = JSON.stringify(system)
  for (const { key } of [...store.keys.source, ...store.keys.platform, store.keys.remembering]) {
    expect(shown).not.toContain(Buffer.from(key).toString('hex'))
  }
  expect(await readSystem(pool, actors.exactAnalyst, await store.secrets.card())).toEqual(REFUSED)
})
