import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { approvingAct, askingAct, type Approval } from '#server/identity/approvals/approval.ts'
import { refuseApproval, type ApprovalContext } from '#server/identity/approvals/approvals.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { askAct, readAct } from '#server/jobs/acts/acts.ts'
import { approveRelink, askRelink, readReportApproval } from '#server/jobs/acts/relink-acts.ts'
import { runAct } from '#server/jobs/worker/run-act.ts'
import { lookAtReport, lookAtReportCsv } from '#server/linkage/relinking/look-at-report.ts'
import { freshFor } from '../../identity/approvals/fresh-for.ts'
import { children, csv } from '../../intake/submissions/small-files.ts'
import { take } from '../../intake/submissions/small-programme.ts'
import { openScreenSetting, type ScreenSetting } from './screen-setting.ts'

const REFUSED = { ok: false, code: 'not-found' }

let setting: ScreenSetting
beforeAll(async () => {
  setting = await openScreenSetting()
})
afterAll(() => setting.close())

const context = (): ApprovalContext => ({ pool: setting.pool, now: () => new Date() })

/** Has a worker do an act; answers how it ended. */
async function done(id: string): Promise<string> {
  await runAct(setting.store, {
    id,
    isLast: false,
    onFailure: (fault) => {
      throw fault
    },
  })
  const read = await readAct(setting.pool, setting.actors.administrator, id)
  return read.ok ? (read.act.code ?? read.act.stage) : expect.fail(read.code)
}

async function report(policy: 'cautious' | 'leap-2020'): Promise<string> {
  const asked = await askAct(setting.pool, setting.actors.administrator, {
    ...{ kind: 'try-policy', policy },
  })
  if (!asked.ok) throw new Error(asked.code)
  expect(await done(asked.id)).toBe('done')
  return asked.id
}

async function ask(of: string, by: Actor): Promise<Approval> {
  const fresh = freshFor(by, askingAct('relink'), new Date())
  const asked = await askRelink(context(), by, { report: of, reason: 'to-compare' }, fresh)
  return asked.ok ? asked.approval : expect.fail(asked.code)
}

async function approveIt(of: string, by: Actor): ReturnType<typeof approveRelink> {
  const asked = await readReportApproval(context(), by, of)
  const { reference = '', boundTo = '' } = asked ?? {}
  const fresh = freshFor(by, approvingAct(reference), new Date())
  return approveRelink(context(), by, { report: of, boundTo }, fresh)
}

async function policyNow(): Promise<string> {
  const { rows } = await setting.owner.query<{ policy: string }>(
    `select policy from linkage_state where dataset = 'production'`,
  )
  return rows[0]?.policy ?? ''
}

describe('another policy', () => {
  test('is reported by a worker to administrators, as page and file, and nothing is changed', async () => {
    const { looks, actors } = setting
    const id = await report('leap-2020')
    expect(await policyNow()).toBe('cautious')
    const looked = await lookAtReport(looks, actors.exactAdministrator, id)
    if (!looked.ok) throw new Error(looked.code)
    const { joins, parts, changes, figures, isCurrent } = looked.report
    expect(isCurrent).toBe(true)
    expect(joins + parts).toBeGreaterThan(0)
    expect(changes).toHaveLength(joins + parts)
    expect(figures?.reach.map(({ service }) => service)).toContain('')
    // Exact figures take leave; the rest does not.
    const without = await lookAtReport(looks, actors.administrator, id)
    expect(without.ok && without.report.figures).toBeUndefined()
    const file = await lookAtReportCsv(looks, actors.exactAdministrator, id)
    const lines = file.ok ? file.csv.split('\r\n') : []
    for (const { service, before, after } of figures?.reach ?? []) {
      const reach = [service === '' ? 'programme' : service, before, after].join(',')
      expect(lines).toContain(`reach,cautious,leap-2020,${reach},,`)
    }
    expect(lines.filter((line) => /^(join|part),/.test(line))).toHaveLength(joins + parts)
    const plain = await lookAtReportCsv(looks, actors.administrator, id)
    expect(plain.ok && plain.csv).not.toMatch(/^reach,/m)
    for (const actor of [actors.provider, actors.exactAnalyst]) {
      expect(await lookAtReport(looks, actor, id)).toEqual(REFUSED)
      expect(await lookAtReportCsv(looks, actor, id)).toEqual(REFUSED)
      expect(await askAct(setting.pool, actor, { kind: 'try-policy', policy: 'cautious' })).toEqual(
        REFUSED,
      )
    }
    expect(await lookAtReport(looks, actors.administrator, '999999')).toEqual(REFUSED)
    expect(await setting.countEvents('linkage.tried')).toBe(1)
    expect(await setting.countEvents('linkage.report-seen')).toBe(4)
  })

  test('[S20] is asked for by one and done once another approves, in no other way', async () => {
    const { actors, owner, pool } = setting
    const id = await report('leap-2020')
    const { reference } = await ask(id, actors.administrator)
    expect(await approveIt(id, actors.administrator)).toMatchObject({ code: 'own-request' })
    // Nor by an act that was written past the page.
    const forged = await owner.query<{ id: string }>(
      `insert into act (kind, subject, request, asked_by) values ('relink', 'links', $1, $2) returning id::text`,
      [
        { kind: 'relink', policy: 'leap-2020', report: id, approval: reference },
        actors.exactAdministrator.userId,
      ],
    )
    expect(await done(forged.rows[0]?.id ?? '')).toBe('not-found')
    const asOne = { kind: 'relink', policy: 'leap-2020', report: id, approval: reference }
    expect(await askAct(pool, actors.exactAdministrator, asOne as never)).toEqual(REFUSED)
    expect(await policyNow()).toBe('cautious')

    const approved = await approveIt(id, actors.exactAdministrator)
    if (!approved.ok) throw new Error(approved.code)
    expect(await done(approved.id)).toBe('done')
    expect(await policyNow()).toBe('leap-2020')
    // As after a crash between the change and the note that it is done.
    const version = await owner.query('select version from linkage_state')
    await owner.query(`update act set stage = 'running', result = null where id = $1`, [
      approved.id,
    ])
    expect(await done(approved.id)).toBe('done')
    expect((await owner.query('select version from linkage_state')).rows).toEqual(version.rows)
  })

  test('is not done from a report that links have left behind, nor once it was refused', async () => {
    const { actors, store } = setting
    const stale = await report('cautious')
    await ask(stale, actors.administrator)
    await take(store, {
      ...{ service: 'toy-library', quarter: '2024-Q2', bytes: csv(children(50, 60)) },
      choices: { confirm: true },
    })
    const looked = await lookAtReport(setting.looks, actors.administrator, stale)
    expect(looked.ok && looked.report.isCurrent).toBe(false)
    const approved = await approveIt(stale, actors.exactAdministrator)
    if (!approved.ok) throw new Error(approved.code)
    expect(await done(approved.id)).toBe('relink-changed')
    expect(await policyNow()).toBe('leap-2020')

    const refused = await report('cautious')
    const { reference, boundTo } = await ask(refused, actors.administrator)
    await refuseApproval(context(), actors.exactAdministrator, { reference, boundTo }, 'not-needed')
    expect(await approveIt(refused, actors.exactAdministrator)).toMatchObject({
      code: 'approval-over',
    })
    expect(await policyNow()).toBe('leap-2020')
  })
})
