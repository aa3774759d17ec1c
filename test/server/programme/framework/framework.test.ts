import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { EMPTY_FRAMEWORK } from '#core/framework/framework.ts'
import { approvingAct, askingAct, type Approval } from '#server/identity/approvals/approval.ts'
import { dropApproval } from '#server/identity/approvals/approvals.ts'
import { listApprovals } from '#server/identity/approvals/read-approvals.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import { approveFramework, askFramework } from '#server/programme/framework/framework-consent.ts'
import { discardDraft, editDraft } from '#server/programme/framework/framework-draft.ts'
import {
  exportFramework,
  readDraftShown,
  readFrameworkShown,
} from '#server/programme/framework/read-framework.ts'
import {
  addFrameworkVersion,
  readFramework,
} from '#server/programme/register/framework-versions.ts'
import { FRAMEWORK } from '../../../core/framework/invented-framework.ts'
import {
  openAccountSetting,
  type AccountSetting,
  type TestUser,
} from '../../identity/accounts/account-setting.ts'
import { freshFor } from '../../identity/approvals/fresh-for.ts'

/** The measurement framework as two administrators put it in force, on the portal's own connection. */

let setting: AccountSetting
let first: TestUser
let second: TestUser
beforeAll(async () => {
  setting = await openAccountSetting()
  first = await setting.makeUser({ role: 'administrator' })
  second = await setting.makeUser({ role: 'administrator' })
})
afterAll(() => setting.close())

beforeEach(async () => {
  await setting.owner.query('delete from framework_draft')
  await setting.owner.query('delete from framework_version')
  setting.clock.now = new Date(Date.now() + 1_000)
})

const WHOLE = { do: 'import', text: JSON.stringify(FRAMEWORK) } as const
const PLAY = { do: 'add', part: 'outcomes', entry: { code: 'play', label: 'Play' } } as const

async function ask({ actor }: TestUser, seen: number): ReturnType<typeof askFramework> {
  const fresh = freshFor(actor, askingAct('framework'), setting.clock.now)
  return askFramework(setting.context, actor, { seen, reason: 'framework-agreed' }, fresh)
}

function approveAs(
  { actor }: TestUser,
  { reference, boundTo }: Approval,
): ReturnType<typeof approveFramework> {
  const fresh = freshFor(actor, approvingAct(reference), setting.clock.now)
  return approveFramework(setting.context, actor, { reference, boundTo }, fresh)
}

async function asked(by: TestUser, seen: number): Promise<Approval> {
  const outcome = await ask(by, seen)
  if (!outcome.ok) throw new Error(outcome.code)
  return outcome.approval
}

test('[S20] is in force once a second administrator approved exactly what the draft says', async () => {
  const { context } = setting
  expect(await editDraft(context, first.actor, WHOLE, 0)).toEqual({ ok: true, revision: 1 })
  expect(await readFramework(setting.owner)).toBeUndefined()
  const request = await asked(first, 1)
  expect(request.particulars).toMatchObject({ name: 'Version 1', changes: 8 })
  expect(await approveAs(first, request)).toMatchObject({ ok: false, code: 'own-request' })
  expect(await approveAs(second, request)).toEqual({ ok: true, version: 1 })
  expect(await readFramework(setting.owner)).toEqual({ version: 1, framework: FRAMEWORK })
  const shown = await readFrameworkShown(context, second.actor)
  expect(shown).toMatchObject({
    ...{ version: 1, framework: FRAMEWORK, hasDraft: false },
    versions: [{ version: 1, madeBy: 'Sam Marlowe', approvedBy: 'Sam Marlowe' }],
  })
  const exported = await exportFramework(context, first.actor)
  expect(exported.ok && JSON.parse(exported.json)).toEqual(FRAMEWORK)
  // Once more with the next version, which tells what it changed.
  await editDraft(context, second.actor, PLAY, 0)
  expect(await approveAs(first, await asked(second, 1))).toEqual({ ok: true, version: 2 })
  expect(await readFrameworkShown(context, first.actor)).toMatchObject({
    ...{ version: 2, changes: [{ part: 'outcomes', code: 'play', what: 'added' }] },
  })
  expect(await readFrameworkShown(context, first.actor, 1)).toMatchObject({ framework: FRAMEWORK })
  expect(await readFrameworkShown(context, first.actor, 3)).toMatchObject({ code: 'not-found' })
})

test('a draft that is changed takes its request back, and nobody overwrites another unseen', async () => {
  const { context } = setting
  await editDraft(context, first.actor, WHOLE, 0)
  const request = await asked(first, 1)
  expect(await editDraft(context, second.actor, PLAY, 1)).toEqual({ ok: true, revision: 2 })
  const [listed] = await listApprovals(context.pool, first.actor, setting.clock.now, {
    ...{ kind: 'framework', subject: '1' },
  })
  expect(listed).toMatchObject({ reference: request.reference, stage: 'withdrawn' })
  expect(await approveAs(second, request)).toMatchObject({ ok: false, code: 'approval-over' })
  for (const outcome of [
    await editDraft(context, first.actor, PLAY, 1),
    await discardDraft(context, first.actor, 1),
    await ask(first, 1),
  ])
    expect(outcome).toMatchObject({ ok: false, code: 'framework-changed' })
  expect(await discardDraft(context, first.actor, 2)).toEqual({ ok: true })
  expect(await readDraftShown(context, first.actor)).toMatchObject({
    draft: { framework: EMPTY_FRAMEWORK, revision: 0 },
  })
})

test('what two asked for is put in force once, and the other request is over', async () => {
  const { context } = setting
  await editDraft(context, first.actor, WHOLE, 0)
  const [own, others] = [await asked(first, 1), await asked(second, 1)]
  const shown = await readDraftShown(context, first.actor)
  expect(shown.ok && shown.asked?.reference).toBe(others.reference)
  expect(await approveAs(first, others)).toEqual({ ok: true, version: 1 })
  expect(await approveAs(second, own)).toMatchObject({ ok: false, code: 'approval-over' })
})

test('an approval waits for an edit that is being made, and then finds its request taken back', async () => {
  const { context, owner } = setting
  await editDraft(context, first.actor, WHOLE, 0)
  const request = await asked(first, 1)
  const approved = await withTransaction(forActor(context.pool, first.actor), async (client) => {
    // As an edit does: the framework first, then the request.
    await run(client, 'framework/lock-framework', [])
    const waits = approveAs(second, request)
    await expect
      .poll(async () => {
        const { rows } = await owner.query(
          `select from pg_locks where locktype = 'advisory' and not granted
             and database = (select oid from pg_database where datname = current_database())`,
        )
        return rows.length
      })
      .toBe(1)
    await dropApproval(client, { kind: 'framework', subject: '1' }, setting.clock.now)
    return { waits }
  })
  expect(await approved.waits).toMatchObject({ ok: false, code: 'approval-over' })
})

test('shows no request of a draft that is another than it shows', async () => {
  const { context, owner } = setting
  await editDraft(context, first.actor, WHOLE, 0)
  await asked(first, 1)
  await owner.query(`update framework_draft set framework = framework || '{"outcomes": []}'`)
  expect(await readDraftShown(context, second.actor)).toMatchObject({ ok: true, asked: undefined })
})

test('a draft that says nothing else is not asked for, and one that does not hold together is not kept', async () => {
  const { context } = setting
  expect(await ask(first, 0)).toMatchObject({ ok: false, code: 'framework-same' })
  await editDraft(context, first.actor, PLAY, 0)
  const remove = { do: 'remove', part: 'outcomes', code: 'play' } as const
  await editDraft(context, first.actor, remove, 1)
  expect(await ask(first, 2)).toMatchObject({ ok: false, code: 'framework-same' })
  const broken = { do: 'import', text: '{"outcomes":[]}' } as const
  expect(await editDraft(context, first.actor, broken, 2)).toMatchObject({
    ...{ ok: false, code: 'framework-problem' },
  })
  const named = JSON.stringify({
    ...EMPTY_FRAMEWORK,
    outcomes: [{ code: 'play', label: 'Ask 07700 900611' }],
  })
  expect(await editDraft(context, first.actor, { do: 'import', text: named }, 2)).toMatchObject({
    ...{ ok: false, code: 'framework-problem', detail: { at: 'outcomes.0.label' } },
  })
})

test('[S20] the database takes no version from the portal but one that two people agreed to', async () => {
  const { context } = setting
  await editDraft(context, first.actor, WHOLE, 0)
  const { reference } = await asked(first, 1)
  const makers = { madeBy: first.actor.userId }
  for (const agreed of [undefined, { approval: reference, approvedBy: second.actor.userId }]) {
    const put = withTransaction(forActor(context.pool, first.actor), (client) =>
      addFrameworkVersion(
        client,
        { version: 1, framework: FRAMEWORK },
        agreed === undefined ? makers : { ...makers, agreed },
        setting.clock.now,
      ),
    )
    await expect(put).rejects.toThrow()
  }
  expect(await readFramework(setting.owner)).toBeUndefined()
})

test('is nobody’s but administrators’', async () => {
  const { context } = setting
  for (const role of ['analyst', 'provider'] as const) {
    const { actor } = await setting.makeUser({ role })
    for (const outcome of [
      await readFrameworkShown(context, actor),
      await readDraftShown(context, actor),
      await editDraft(context, actor, WHOLE, 0),
      await discardDraft(context, actor, 0),
    ])
      expect(outcome).toMatchObject({ ok: false, code: 'not-found' })
  }
})
