import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { askAct, readAct, readLastAct } from '#server/jobs/acts/acts.ts'
import {
  approveRelease,
  askDraft,
  readDraft,
  readDraftApproval,
} from '#server/jobs/acts/release-acts.ts'
import { listDrafts } from '#server/jobs/acts/list-drafts.ts'
import { checkAudit } from '#server/jobs/anchoring/check-audit.ts'
import { checkSignedFile } from '#core/disclosure/signed-release.ts'
import { runAct } from '#server/jobs/worker/run-act.ts'
import { listDecisions } from '#server/linkage/decisions/list-decisions.ts'
import { lookAtDoubts } from '#server/linkage/decisions/look-at-doubts.ts'
import { lookAtReleased, lookAtReleaseFile } from '#server/figures/releases/look-at-releases.ts'
import { verifySignature } from '#server/figures/releases/verify-release.ts'
import { approvingAct, askingAct } from '#server/identity/approvals/approval.ts'
import type { ApprovalContext } from '#server/identity/approvals/approvals.ts'
import { freshFor } from '../../identity/approvals/fresh-for.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { children, csv } from '../../intake/submissions/small-files.ts'
import { figures, take } from '../../intake/submissions/small-programme.ts'
import { openScreenSetting, type ScreenSetting } from './screen-setting.ts'

const REFUSED = { ok: false, code: 'not-found' }
const ORDER = { profile: 'programme', lastQuarter: '2024-Q2' } as const

interface DecidedPlace {
  readonly submission: string
  readonly row: number
  readonly role: 'child' | 'parent' | 'adult'
}

let setting: ScreenSetting
let administrator: Actor
beforeAll(async () => {
  setting = await openScreenSetting()
})
afterAll(() => setting.close())
beforeEach(() => {
  administrator = setting.actors.administrator
})

/** Asks, and has a worker do it; answers the act. */
async function run(request: Parameters<typeof askAct>[2]): Promise<{ id: string; stage: string }> {
  const asked = await askAct(setting.pool, administrator, request)
  if (!asked.ok) throw new Error(asked.code)
  return { id: asked.id, stage: await work(asked.id) }
}

const context = (): ApprovalContext => ({ pool: setting.pool, now: () => new Date() })

/** Has a draft counted. */
async function haveDrafted(
  order: Pick<Parameters<typeof askDraft>[2], 'profile' | 'lastQuarter'> = ORDER,
): Promise<{ id: string; stage: string }> {
  const fresh = freshFor(administrator, askingAct('release'), new Date())
  const asked = await askDraft(context(), administrator, order, fresh)
  if (!asked.ok) throw new Error(asked.code)
  return { id: asked.id, stage: await work(asked.id) }
}

/** Approves the release of a draft as it is shown to somebody. */
async function approveDraft(id: string, by: Actor): ReturnType<typeof approveRelease> {
  const asked = await readDraftApproval(context(), by, id)
  const { reference = '', boundTo = '' } = asked ?? {}
  const fresh = freshFor(by, approvingAct(reference), new Date())
  return approveRelease(context(), by, { draft: id, boundTo }, fresh)
}

async function work(id: string): Promise<string> {
  return runAct(setting.store, {
    id,
    isLast: false,
    onFailure: (fault) => {
      throw fault
    },
  })
}

async function referenceOf(service: string, quarter: string): Promise<string> {
  const { rows } = await setting.owner.query<{ reference: string }>(
    `select reference from submission where service_code = $1 and quarter = $2 and state = 'linked'`,
    [service, quarter],
  )
  return rows[0]?.reference ?? ''
}

describe('a release', () => {
  test('is drafted, looked at and made, and read from then on', async () => {
    const { releases, pool, actors } = setting
    expect(
      await lookAtReleased({ releases, pool: setting.pool }, actors.analyst, asked('')),
    ).toMatchObject({
      code: 'nothing-to-release',
    })
    const drafted = await haveDrafted()
    expect(drafted.stage).toBe('done')
    const read = await readAct(pool, administrator, drafted.id)
    const draft = read.ok ? readDraft(read.act) : undefined
    expect(draft?.cells.length).toBeGreaterThan(10)
    // Printed values alone: nothing exact is kept beside the draft.
    for (const { printed } of draft?.cells ?? []) {
      expect(printed === '*' || (printed >= 10 && printed % 5 === 0)).toBe(true)
    }
    // Only a draft of a release is nothing that anybody reads.
    expect(
      await lookAtReleased({ releases, pool: setting.pool }, actors.analyst, asked('')),
    ).toMatchObject({
      code: 'nothing-to-release',
    })

    const wanted = await approveDraft(drafted.id, setting.actors.exactAdministrator)
    if (!wanted.ok) throw new Error(wanted.code)
    expect(await work(wanted.id)).toBe('done')
    // Its entry is anchored outside the database before it is told as done.
    const { rows } = await setting.owner.query<{ seq: number }>(
      `select seq::int as seq from audit_event where event = 'release.made'`,
    )
    const anchored = await checkAudit(setting.store, new Date())
    expect(anchored.lastAnchor?.seq).toBeGreaterThanOrEqual(rows[0]?.seq ?? Infinity)
    const page = await lookAtReleased({ releases, pool: setting.pool }, actors.analyst, asked(''))
    if (!page.ok) throw new Error(page.code)
    expect(page.release).toMatchObject({
      reference: 'REL-2024-Q2-1',
      madeBy: actors.exactAdministrator.userId,
    })
    const whole = draft?.cells.find(
      ({ scope, place, span, measure }) =>
        scope === 'all' && place === 'everywhere' && span === 'start' && measure === 'people',
    )
    expect(page.spanFigures.whole.figures?.people).toBe(whole?.printed)
  })

  test('[S20] is made by somebody else than whoever asked for its draft, in every way there is', async () => {
    const { actors, owner } = setting
    const drafted = await haveDrafted()
    expect(await approveDraft(drafted.id, administrator)).toMatchObject({
      code: 'own-request',
    })
    const listed = await listDrafts(context(), actors.exactAdministrator)
    expect(listed).toMatchObject({ drafts: [{ act: drafted.id, isOthers: true }] })
    expect(await listDrafts(context(), administrator)).toMatchObject({
      drafts: [{ isOthers: false }],
    })
    expect(await listDrafts(context(), actors.analyst)).toEqual(REFUSED)
    // Nor by an act that was written past the page.
    const before = await owner.query('select from release')
    const { reference = '' } = (await readDraftApproval(context(), administrator, drafted.id)) ?? {}
    const forged = await owner.query<{ id: string }>(
      `insert into act (kind, subject, request, asked_by) values ('make-release', 'programme 2024-Q2', $1, $2)
       returning id::text`,
      [
        { kind: 'make-release', ...ORDER, draft: drafted.id, approval: reference },
        administrator.userId,
      ],
    )
    expect(await work(forged.rows[0]?.id ?? '')).toBe('refused')
    expect((await owner.query('select from release')).rowCount).toBe(before.rowCount)
  })

  test('[S54] shows one cell with one value by every filter', async () => {
    const { releases, actors } = setting
    const all = await lookAtReleased({ releases, pool: setting.pool }, actors.analyst, asked(''))
    if (!all.ok) throw new Error(all.code)
    for (const { code, figures: listed } of all.spanFigures.services) {
      const own = await lookAtReleased({ releases, pool: setting.pool }, actors.analyst, {
        ...asked(''),
        scope: `service ${code}`,
      })
      expect(own.ok && own.spanFigures.whole.figures).toEqual(listed)
    }
    for (const scope of ['service nowhere', 'strand ', 'all all', "' or true"]) {
      const other = await lookAtReleased({ releases, pool: setting.pool }, actors.analyst, {
        ...asked(''),
        scope,
      })
      expect(other.ok && other.asked.scope).toBe('')
      expect(other.ok && other.spanFigures.whole).toEqual(all.spanFigures.whole)
    }
    expect(
      await lookAtReleased(
        { releases, pool: setting.pool },
        actors.analyst,
        asked('REL-1999-Q1-1'),
      ),
    ).toEqual(REFUSED)
    expect(
      await lookAtReleased({ releases, pool: setting.pool }, actors.provider, asked('')),
    ).toEqual(REFUSED)
  })

  test('[S61] is taken away as a file by whoever may read it, with an entry', async () => {
    const { actors } = setting
    const reference = 'REL-2024-Q2-1'
    const taken = await lookAtReleaseFile(setting, actors.analyst, { reference, form: 'csv' })
    if (!taken.ok) throw new Error(taken.code)
    expect(taken.text).toContain('Stay and Play')
    expect(await setting.countEvents('release.downloaded')).toBe(1)
    for (const form of ['csv', 'signed'] as const) {
      for (const unknown of ['', 'REL-1999-Q1-1']) {
        const asked = lookAtReleaseFile(setting, actors.analyst, { reference: unknown, form })
        expect(await asked).toEqual(REFUSED)
      }
      expect(await lookAtReleaseFile(setting, actors.provider, { reference, form })).toEqual(
        REFUSED,
      )
    }
  })

  test('is signed by the worker that makes it', async () => {
    const asked = { reference: 'REL-2024-Q2-1', form: 'signed' } as const
    const taken = await lookAtReleaseFile(setting, setting.actors.analyst, asked)
    if (!taken.ok) throw new Error(taken.code)
    expect(taken.name).toBe('REL-2024-Q2-1.signed.json')
    const checked = await checkSignedFile(taken.text, undefined, verifySignature)
    expect(checked.outcome).toBe('genuine')
  })

  test('is not made from figures that nobody looked at', async () => {
    const { pool, store } = setting
    const drafted = await haveDrafted()
    await take(store, {
      ...{ service: 'toy-library', quarter: '2024-Q2', bytes: csv(children(50, 60)) },
      // None of them came in the quarter before.
      choices: { confirm: true },
    })
    const wanted = await approveDraft(drafted.id, setting.actors.exactAdministrator)
    if (!wanted.ok) throw new Error(wanted.code)
    expect(await work(wanted.id)).toBe('refused')
    const read = await readAct(pool, administrator, wanted.id)
    expect(read).toMatchObject({ act: { stage: 'refused', code: 'release-changed' } })
    const { rows } = await setting.owner.query('select reference from release')
    expect(rows).toEqual([{ reference: 'REL-2024-Q2-1' }])
  })

  test('is made once, however often a worker tries', async () => {
    const { pool, owner } = setting
    // Of the quarter before, in which nothing has changed: beside what was published of so few, another would tell.
    const drafted = await haveDrafted({ ...ORDER, lastQuarter: '2024-Q1' })
    const wanted = await approveDraft(drafted.id, setting.actors.exactAdministrator)
    if (!wanted.ok) throw new Error(wanted.code)
    await work(wanted.id)
    // As after a crash between the release and the note that it is done.
    await owner.query(`update act set stage = 'running', result = null where id = $1`, [wanted.id])
    expect(await work(wanted.id)).toBe('done')
    const read = await readAct(pool, administrator, wanted.id)
    expect(read).toMatchObject({ act: { result: { reference: 'REL-2024-Q1-1' } } })
    expect((await owner.query('select from release')).rowCount).toBe(2)
    expect(await work(wanted.id)).toBe('over')
  })
})

describe('a decision', () => {
  test('is taken about two rows, and the doubt is gone', async () => {
    const { looks } = setting
    const listed = await lookAtDoubts(looks, administrator, { kind: '', page: 1 })
    const doubt = listed.ok
      ? listed.doubts.find(({ code }) => code !== 'reference-used-again')
      : undefined
    const [[left], [right]] = [doubt?.sides[0] ?? [], doubt?.sides[1] ?? []]
    if (left === undefined || right === undefined) throw new Error('no doubt')
    const place = ({ submission, row, role }: typeof left): DecidedPlace => ({
      ...{ submission, row },
      role: role === 'child' || role === 'parent' ? role : 'adult',
    })
    const decided = await run({
      kind: 'decide',
      decision: 'different',
      reason: 'provider-confirmed',
      left: place(left),
      right: place(right),
    })
    expect(decided.stage).toBe('done')
    expect(await setting.countEvents('decision.taken')).toBe(1)
    const after = await lookAtDoubts(looks, administrator, { kind: '', page: 1 })
    expect(after.ok && after.doubts).not.toContainEqual(doubt)
  })

  test('stands in the list with its rows until it is undone, and then the doubt is back', async () => {
    const { looks, actors } = setting
    const before = await lookAtDoubts(looks, administrator, { kind: '', page: 1 })
    const listed = await listDecisions(setting, administrator)
    const decision = listed.ok ? listed.decisions[0] : undefined
    expect(decision).toMatchObject({
      kind: 'different',
      reason: 'provider-confirmed',
      by: 'Sam administrator',
    })
    expect(decision?.rows).toHaveLength(2)
    for (const actor of [actors.provider, actors.exactAnalyst]) {
      expect(await listDecisions(setting, actor)).toEqual(REFUSED)
    }
    const undone = await run({ kind: 'undo-decision', decision: decision?.id ?? 0 })
    expect(undone.stage).toBe('done')
    expect(await listDecisions(setting, administrator)).toMatchObject({ ok: true, decisions: [] })
    const after = await lookAtDoubts(looks, administrator, { kind: '', page: 1 })
    expect(after.ok && before.ok && after.doubts.length).toBeGreaterThan(
      before.ok ? before.doubts.length : 0,
    )
    expect((await run({ kind: 'undo-decision', decision: decision?.id ?? 0 })).stage).toBe(
      'refused',
    )
  })

  test('is refused about a row that is not in the figures', async () => {
    const place = { submission: 'SU-0000-0000-0', row: 1, role: 'child' } as const
    const decided = await run({
      ...{ kind: 'decide', decision: 'same', reason: 'one-child-twice' },
      ...{ left: place, right: { ...place, row: 2 } },
    })
    expect(decided.stage).toBe('refused')
  })
})

describe('a withdrawal', () => {
  test('takes the submission out, once, with its reason', async () => {
    const { pool, store, owner } = setting
    const submission = await referenceOf('toy-library', '2024-Q2')
    const before = await figures(store)
    const withdrawn = await run({ kind: 'withdraw', submission, reason: 'provider-asked' })
    expect(withdrawn.stage).toBe('done')
    expect((await figures(store)).unique.people).toBeLessThan(before.unique.people)
    const after = await figures(store)
    await owner.query(`update act set stage = 'running' where id = $1`, [withdrawn.id])
    expect(await work(withdrawn.id)).toBe('done')
    expect(await figures(store)).toEqual(after)
    const { rows } = await owner.query(
      `select actor, detail->>'reason' as reason from audit_event
       where event = 'submission.withdrawn' and subject = $1`,
      [submission],
    )
    expect(rows).toEqual([{ actor: administrator.userId, reason: 'provider-asked' }])
    expect(await readLastAct(pool, administrator, submission)).toMatchObject({ stage: 'done' })
    expect(await readLastAct(pool, setting.actors.analyst, submission)).toBeUndefined()
  })

  test('is refused for what is not in the figures', async () => {
    const refused = await run({
      ...{ kind: 'withdraw', reason: 'wrong-file' },
      submission: 'SU-0000-0000-0',
    })
    expect(refused.stage).toBe('refused')
  })
})

describe('what is asked of workers', () => {
  test('is of administrators alone', async () => {
    const { pool, actors } = setting
    const before = await setting.owner.query('select from act')
    const submission = await referenceOf('health-visiting', '2024-Q1')
    for (const actor of [actors.provider, actors.analyst, actors.exactAnalyst]) {
      expect(
        await askDraft(context(), actor, ORDER, freshFor(actor, askingAct('release'), new Date())),
      ).toEqual(REFUSED)
      expect(
        await askAct(pool, actor, { kind: 'withdraw', submission, reason: 'wrong-file' }),
      ).toEqual(REFUSED)
      expect(await readAct(pool, actor, '1')).toEqual(REFUSED)
      expect(await approveDraft('1', actor)).toEqual(REFUSED)
    }
    for (const id of ['', '0', '99999', "1' or true"]) {
      expect(await readAct(pool, administrator, id)).toEqual(REFUSED)
    }
    expect((await setting.owner.query('select from act')).rowCount).toBe(before.rowCount)
  })

  test('is not done for somebody who was disabled or demoted meanwhile', async () => {
    const { pool, owner, store } = setting
    const submission = await referenceOf('stay-and-play', '2024-Q1')
    const before = await figures(store)
    for (const change of ['disabled_at = now()', `role = 'analyst'`]) {
      const asked = await askAct(pool, administrator, {
        ...{ kind: 'withdraw', reason: 'wrong-file' },
        submission,
      })
      if (!asked.ok) throw new Error(asked.code)
      await owner.query(`update portal_user set ${change} where id = $1`, [administrator.userId])
      try {
        expect(await work(asked.id)).toBe('refused')
      } finally {
        await owner.query(
          `update portal_user set disabled_at = null, role = 'administrator' where id = $1`,
          [administrator.userId],
        )
      }
    }
    expect(await figures(store)).toEqual(before)
  })

  test('leaves nothing and sends nothing when the entry cannot be written', async () => {
    const { owner } = setting
    const count = async (): Promise<unknown> =>
      (
        await owner.query(
          `select (select count(*) from act) as acts,
             (select count(*) from pgboss.job where name = 'programme.act') as jobs`,
        )
      ).rows
    const before = await count()
    const right = 'execute on function append_audit(text, text, text, jsonb)'
    await owner.query(`revoke ${right} from countonce_app`)
    try {
      await expect(haveDrafted()).rejects.toThrow('database-refused')
    } finally {
      await owner.query(`grant ${right} to countonce_app`)
    }
    expect(await count()).toEqual(before)
  })
})

function asked(release: string): Parameters<typeof lookAtReleased>[2] {
  return { release, quarter: '', span: 'start', scope: '', place: '' }
}
