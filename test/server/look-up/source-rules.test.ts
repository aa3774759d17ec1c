import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { RulesOfSource } from '#core/look-up/rules/change-rules.ts'
import { DEFAULT_RULES, rulesInWords } from '#core/look-up/rules/source-rules.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { approvingAct, askingAct, type Approval } from '#server/identity/approvals/approval.ts'
import { listApprovals } from '#server/identity/approvals/read-approvals.ts'
import { refuseApproval } from '#server/identity/approvals/approvals.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import {
  listRules,
  readRulesInForce,
  readRulesShown,
} from '#server/programme/sources/read-rules.ts'
import { listSources } from '#server/programme/sources/read-sources.ts'
import { approveRules, askRules } from '#server/programme/sources/rules-consent.ts'
import {
  openAccountSetting,
  type AccountSetting,
  type TestUser,
} from '../identity/accounts/account-setting.ts'
import { freshFor } from '../identity/approvals/fresh-for.ts'

/** The rules of a source as two administrators change them, on the portal's own connection. */

let setting: AccountSetting
let first: TestUser
let second: TestUser
let third: TestUser
beforeAll(async () => {
  setting = await openAccountSetting()
  first = await setting.makeUser({ role: 'administrator' })
  second = await setting.makeUser({ role: 'administrator' })
  third = await setting.makeUser({ role: 'administrator' })
  await setting.owner.query(
    `insert into source (service_code, kind, area, no_record)
     values ('heron-play', 'housing', 'Northbank', 'Other landlords are not covered.')`,
  )
})
afterAll(() => setting.close())

beforeEach(async () => {
  await setting.owner.query('delete from source_rules')
  await setting.owner.query(`delete from approval where kind = 'source-rules'`)
  await setting.owner.query(
    `insert into source_rules (service_code, version, rules, covered_from, made_by, made_at)
     values ('heron-play', 1, $1, '2020-01-01', 'operator', now())`,
    [JSON.stringify(DEFAULT_RULES.housing)],
  )
  setting.clock.now = new Date(Date.now() + 1_000)
})

const SOURCE = 'heron-play'
const COVERAGE = { from: '2020-01-01', to: null }
const BEFORE: RulesOfSource = { rules: DEFAULT_RULES.housing, coverage: COVERAGE }
const AFTER: RulesOfSource = {
  rules: { ...DEFAULT_RULES.housing, ageFrom: 18, removalDays: 14 },
  coverage: { from: '2021-04-01', to: '2030-03-31' },
}
const OTHER: RulesOfSource = { ...BEFORE, rules: { ...BEFORE.rules, shows: 'historic' } }

function ask({ actor }: { actor: Actor }, wanted = AFTER, seen = 1): ReturnType<typeof askRules> {
  const fresh = freshFor(actor, askingAct('source-rules'), setting.clock.now)
  const given = { source: SOURCE, seen, wanted, reason: 'source-agreed' }
  return askRules(setting.context, actor, given, fresh)
}

async function asked(by: TestUser, wanted = AFTER, seen = 1): Promise<Approval> {
  const outcome = await ask(by, wanted, seen)
  if (!outcome.ok) throw new Error(outcome.code)
  return outcome.approval
}

function approveAs(
  { actor }: TestUser,
  { reference, boundTo }: Approval,
): ReturnType<typeof approveRules> {
  const fresh = freshFor(actor, approvingAct(reference), setting.clock.now)
  return approveRules(setting.context, actor, { reference, boundTo }, fresh)
}

async function inForce(): Promise<RulesOfSource & { version: number }> {
  const rules = await readRulesInForce(setting.owner, SOURCE)
  if (rules === undefined) throw new Error('no rules')
  return rules
}

/** What practitioners read is made of the same. */
async function shownWhen(): Promise<readonly string[]> {
  const [source] = await listSources(setting.owner, { live: false }, setting.clock.now)
  return source === undefined ? [] : rulesInWords(source.rules, source.coverage)
}

test('are in force once a second administrator approved exactly these, and not before', async () => {
  const request = await asked(first)
  expect(request).toMatchObject({ reason: 'source-agreed', particulars: { version: 2 } })
  expect(await inForce()).toEqual({ ...BEFORE, version: 1 })
  expect(await shownWhen()).toEqual(rulesInWords(BEFORE.rules, BEFORE.coverage))
  expect(await approveAs(first, request)).toMatchObject({ ok: false, code: 'own-request' })
  expect(await approveAs(second, request)).toEqual({ ok: true, source: SOURCE })
  expect(await inForce()).toEqual({ ...AFTER, version: 2 })
  expect(await shownWhen()).toEqual(rulesInWords(AFTER.rules, AFTER.coverage))
  expect(await readRulesShown(setting.context, third.actor, SOURCE)).toMatchObject({
    ...{ name: 'Heron Play', provider: 'Heron Trust', asked: undefined, refused: undefined },
    versions: [
      { ...AFTER, version: 2, madeBy: 'Sam Marlowe', approval: request.reference },
      { ...BEFORE, version: 1, madeBy: 'operator', approvedBy: null, approval: null },
    ],
  })
  const { rows } = await setting.owner.query(
    `select actor, detail from audit_event where event = 'source-rules.put-in-force' and subject = $1
     order by seq desc limit 1`,
    [SOURCE],
  )
  expect(rows).toEqual([
    {
      actor: second.id,
      detail: {
        ...{ version: 2, approval: request.reference },
        changed: 'ageFrom coveredFrom coveredTo removalDays',
      },
    },
  ])
})

test('of two that are asked for at once one waits, and the other is told', async () => {
  const outcomes = await Promise.all([ask(first), ask(second, OTHER)])
  expect(outcomes.map((outcome) => (outcome.ok ? 'waits' : outcome.code)).sort()).toEqual([
    ...['rules-asked', 'waits'],
  ])
  const listed = await listRules({ ...setting.context, programme: { live: false } }, third.actor)
  expect(listed).toMatchObject({ ok: true, sources: [{ code: SOURCE, isAsked: true }] })
})

test('the same asked again by the same person is the same request', async () => {
  const request = await asked(first)
  expect((await asked(first)).reference).toBe(request.reference)
  expect(await ask(second)).toMatchObject({ code: 'rules-asked' })
})

test('of two who approve at once one does, and the rules change once', async () => {
  const request = await asked(first)
  const outcomes = await Promise.all([approveAs(second, request), approveAs(third, request)])
  expect(outcomes.map((outcome) => (outcome.ok ? 'in force' : outcome.code)).sort()).toEqual([
    ...['approval-over', 'in force'],
  ])
  expect((await inForce()).version).toBe(2)
})

test('a form of rules that are not in force any more is refused, and so is what is in force already', async () => {
  await approveAs(second, await asked(first))
  expect(await ask(third, OTHER, 1)).toMatchObject({ code: 'rules-changed' })
  expect(await ask(third, AFTER, 2)).toMatchObject({ code: 'rules-same' })
  expect(await ask(third, OTHER, 2)).toMatchObject({ ok: true })
})

test('a request is stale once the rules have moved on, and changes nothing', async () => {
  const request = await asked(first)
  await setting.owner.query(
    `insert into source_rules (service_code, version, rules, covered_from, made_by, made_at)
     values ($1, 2, $2, '2020-01-01', 'operator', now())`,
    [SOURCE, JSON.stringify(OTHER.rules)],
  )
  expect(await approveAs(second, request)).toMatchObject({ ok: false, code: 'rules-changed' })
  expect(await inForce()).toEqual({ ...OTHER, version: 2 })
})

test('what was refused is over, changes nothing, and lets others ask', async () => {
  const { reference, boundTo } = await asked(first)
  const refused = await refuseApproval(
    setting.context,
    second.actor,
    { reference, boundTo },
    'not-right',
  )
  expect(refused).toMatchObject({ ok: true })
  expect((await inForce()).version).toBe(1)
  expect(await readRulesShown(setting.context, first.actor, SOURCE)).toMatchObject({
    refused: { reference, refusedFor: 'not-right' },
  })
  expect(await ask(third, OTHER)).toMatchObject({ ok: true })
})

test('takes a right, a fresh code, a reason of the list and a source that is there', async () => {
  const officer = await setting.makeUser({ role: 'officer' })
  expect(await ask(officer)).toMatchObject({ code: 'not-found' })
  const { actor } = first
  const given = { source: SOURCE, seen: 1, wanted: AFTER, reason: 'source-agreed' }
  const { context, clock } = setting
  const fresh = freshFor(actor, askingAct('source-rules'), clock.now)
  const other = freshFor(actor, askingAct('framework'), clock.now)
  expect(await askRules(context, actor, given, other)).toMatchObject({ code: 'code-needed' })
  for (const wrong of [{ reason: 'because' }, { source: 'otter-play' }]) {
    expect(await askRules(context, actor, { ...given, ...wrong }, fresh)).toMatchObject({
      code: 'not-found',
    })
  }
  expect(await listApprovals(context.pool, actor, clock.now, { subject: SOURCE })).toEqual([])
})

test('[S20] the database takes no rules of the portal that two people did not agree to', async () => {
  const request = await asked(first)
  const put = (rules: object, version: number, approval: string | null): Promise<unknown> =>
    withTransaction(forActor(setting.context.pool, second.actor), (client) =>
      client.query(
        `insert into source_rules (service_code, version, rules, covered_from, covered_to, made_by, made_at, approval, approved_by)
         values ($1, $2, $3, '2021-04-01', '2030-03-31', $4, now(), $5, $6)`,
        [
          ...[SOURCE, version, JSON.stringify(rules), first.id, approval],
          approval === null ? null : second.id,
        ],
      ),
    )
  // Not approved yet, none at all, another than was asked for, and another version.
  await expect(put(AFTER.rules, 2, request.reference)).rejects.toThrow()
  await setting.owner.query(
    `update approval set outcome = 'approved', decided_by = $2, decided_at = asked_at where reference = $1`,
    [request.reference, second.id],
  )
  await expect(put(AFTER.rules, 2, null)).rejects.toThrow()
  await expect(put(OTHER.rules, 2, request.reference)).rejects.toThrow()
  await expect(put(AFTER.rules, 3, request.reference)).rejects.toThrow()
  await put(AFTER.rules, 2, request.reference)
  expect((await inForce()).version).toBe(2)
  await expect(
    withTransaction(forActor(setting.context.pool, second.actor), (client) =>
      client.query(`update source_rules set version = 9`),
    ),
  ).rejects.toThrow()
})
