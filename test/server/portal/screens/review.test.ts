import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { DecisionKind, DecisionReason } from '#core/messages/review/decision-refusals.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { askAct, listAskedPairs, readAct } from '#server/jobs/acts/acts.ts'
import { runAct } from '#server/jobs/worker/run-act.ts'
import { nextBatch } from '#server/linkage/decisions/ask-providers.ts'
import { listDecisions } from '#server/linkage/decisions/list-decisions.ts'
import {
  lookAtDoubts,
  lookAtNextDoubt,
  pairsOf,
  type DoubtPair,
} from '#server/linkage/decisions/look-at-doubts.ts'
import { lookAtPair, type ComparedPair } from '#server/linkage/decisions/look-at-pair.ts'
import type { ListedDoubt, RecordPlace } from '#server/linkage/decisions/list-doubts.ts'
import { withdrawSubmission } from '#server/linkage/processing/withdraw-submission.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { makeActor, openScreenSetting, type ScreenSetting } from './screen-setting.ts'

const REFUSED = { ok: false, code: 'not-found' }

let setting: ScreenSetting
let reviewer: Actor
let other: Actor

beforeAll(async () => {
  setting = await openScreenSetting()
  reviewer = await makeActor(setting.owner, 'reviewer', false)
  other = await makeActor(setting.owner, 'reviewer', false)
})
afterAll(() => setting.close())
beforeEach(async () => {
  await undoAll()
})

async function undoAll(): Promise<void> {
  const listed = await listDecisions(setting, reviewer)
  for (const { id } of listed.ok ? listed.decisions : []) {
    await done(await ask(reviewer, { kind: 'undo-decision', decision: id }))
  }
}

type Request = Parameters<typeof askAct>[2]

async function ask(actor: Actor, request: Request): Promise<string> {
  const asked = await askAct(setting.pool, actor, request)
  return asked.ok ? asked.id : expect.fail(asked.code)
}

/** Has a worker do it; answers how it ended. */
async function done(id: string): Promise<string> {
  await runAct(setting.store, {
    id,
    isLast: false,
    onFailure: (fault) => {
      throw fault
    },
  })
  const read = await readAct(setting.pool, reviewer, id)
  return read.ok ? (read.act.code ?? read.act.stage) : expect.fail(read.code)
}

function deciding(
  [left, right]: DoubtPair,
  decision: DecisionKind,
  reason: DecisionReason,
  seen?: number,
): Request {
  const place = ({
    submission,
    row,
    role,
  }: RecordPlace): { submission: string; row: number; role: 'child' | 'parent' | 'adult' } => ({
    ...{ submission, row },
    role: role === 'child' || role === 'parent' ? role : 'adult',
  })
  const known = seen === undefined ? {} : { seen }
  return { kind: 'decide', decision, reason, left: place(left), right: place(right), ...known }
}

async function waiting(state: 'waiting' | 'put-off' = 'waiting'): Promise<readonly ListedDoubt[]> {
  const listed = await lookAtDoubts(setting.looks, reviewer, { kind: '', state, page: 1 })
  return listed.ok ? listed.doubts : expect.fail(listed.code)
}

async function pairOf(code: string): Promise<DoubtPair> {
  const doubts = await waiting()
  const doubt = doubts.find((one) => one.code === code)
  const [pair] = doubt === undefined ? [] : pairsOf(doubt)
  return pair ?? expect.fail(`no ${code} but ${doubts.map((one) => one.code).join(' ')}`)
}

async function compare(pair: DoubtPair, actor = reviewer): Promise<ComparedPair> {
  const looked = await lookAtPair(setting, actor, pair)
  return looked.ok ? looked.pair : expect.fail(looked.code)
}

interface Question {
  readonly service: string
  readonly row: number
  readonly other: number | null
  readonly asks: string
  readonly state: string
}

async function questions(): Promise<Question[]> {
  const { rows } = await setting.owner.query<Question>(
    `select service_code as service, source_row as row, other_row as other, asks, state
     from provider_question order by id`,
  )
  return rows
}

describe('the queue', () => {
  test('begins with what an answer changes most, and ends with what changes no figure', async () => {
    const doubts = await waiting()
    expect(doubts.length).toBeGreaterThan(1)
    const people = doubts.map((doubt) => doubt.people)
    expect(people).toEqual([...people].sort((a, b) => b - a))
    const next = await lookAtNextDoubt(setting.looks, reviewer, { skip: 0, isAsked: () => false })
    const [first] = doubts
    expect(next.ok && next.next).toEqual(first === undefined ? undefined : pairsOf(first)[0])
    const second = await lookAtNextDoubt(setting.looks, reviewer, { skip: 1, isAsked: () => false })
    expect(second.ok && second.next).not.toEqual(next.ok && next.next)
  })

  test('asks nobody about what a worker is still to do', async () => {
    const [first] = (await waiting()).flatMap(pairsOf)
    const pair = first ?? expect.fail('no doubt')
    const id = await ask(reviewer, deciding(pair, 'later', 'look-again'))
    const asked = await listAskedPairs(setting.pool)
    expect(asked).toMatchObject([{ left: { row: pair[0].row }, right: { row: pair[1].row } }])
    await done(id)
    expect(await listAskedPairs(setting.pool)).toEqual([])
  })

  test('is for reviewers, and every look is in the audit log', async () => {
    const before = await setting.countEvents('doubts.listed')
    for (const actor of [setting.actors.provider, setting.actors.exactAnalyst]) {
      const asked = { skip: 0, isAsked: () => false }
      expect(await lookAtNextDoubt(setting.looks, actor, asked)).toEqual(REFUSED)
      const [first] = (await waiting()).flatMap(pairsOf)
      expect(await lookAtPair(setting, actor, first ?? expect.fail())).toEqual(REFUSED)
    }
    expect(await setting.countEvents('doubts.listed')).toBe(before + 2)
  })
})

describe('two people side by side', () => {
  test('tell what agrees and what differs, births, genders and rows, and no pseudonym', async () => {
    const pair = await pairOf('name-postcode-other-birth')
    const compared = await compare(pair)
    expect(compared.isOnePerson).toBe(false)
    expect(compared.doubt).toMatchObject({ kind: 'near-match', people: 1 })
    const says = new Map(compared.kinds.map(({ kind, says: one }) => [kind, one]))
    expect(says.get('name_postcode')).toBe('agrees')
    expect(says.get('name_birth')).toBe('differs')
    // Of adults the year, of children the month: no day is kept.
    for (const { births } of [compared.left, compared.right]) {
      expect(births.join()).toMatch(/^[0-9]{4}(-[0-9]{2})?$/)
    }
    expect([compared.left.places[0], compared.right.places[0]]).toEqual(pair)
    // 16 bytes as uuid, as hexadecimal or as Latin-1 would be longer than any word of the page.
    const told = JSON.stringify(compared)
    expect(told).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-|[0-9a-f]{32}|[^ -~“”]/)
  })

  test('that are one person by now are compared by their clients', async () => {
    const pair = await pairOf('name-postcode-other-birth')
    expect(await done(await ask(reviewer, deciding(pair, 'same', 'mistake-in-a-file')))).toBe(
      'done',
    )
    const compared = await compare(pair)
    expect(compared).toMatchObject({ isOnePerson: true, doubt: undefined })
    expect(compared.answers).toMatchObject([{ kind: 'same', undoneAt: null }])
    const own = [compared.left, compared.right].map(({ places }) => places.map(rowOf))
    expect(own[0]?.filter((row) => own[1]?.includes(row))).toEqual([])
  })

  test('show what was answered before and undone, and by whom', async () => {
    const pair = await pairOf('name-postcode-other-birth')
    await done(await ask(other, deciding(pair, 'different', 'relatives')))
    await undoAll()
    const { answers } = await compare(pair)
    expect(answers[0]).toMatchObject({
      ...{ kind: 'different', reason: 'relatives', by: 'Sam reviewer', undoneBy: 'Sam reviewer' },
      undoneAt: expect.any(Date) as Date,
    })
    const all = await listDecisions(setting, reviewer, { all: true, page: 1 })
    expect(all.ok && all.decisions[0]).toMatchObject({
      kind: 'different',
      undoneBy: 'Sam reviewer',
    })
    const standing = await listDecisions(setting, reviewer)
    expect(standing.ok && standing.decisions).toEqual([])
  })
})

describe('an answer that settles nothing', () => {
  test('for later leaves the queue for four weeks, without a change of links, and can be undone', async () => {
    const version = await linkageVersion()
    const pair = await pairOf('name-postcode-other-birth')
    const before = (await waiting()).length
    expect(await done(await ask(reviewer, deciding(pair, 'later', 'wait-for-files')))).toBe('done')
    expect(await linkageVersion()).toBe(version)
    expect(await waiting()).toHaveLength(before - 1)
    expect(await waiting('put-off')).toMatchObject([{ putOff: 'later' }])
    await setting.owner.query(`update doubt set put_off_at = put_off_at - interval '29 days'`)
    expect(await waiting()).toHaveLength(before)
    await undoAll()
    expect(await waiting('put-off')).toEqual([])
    expect(await waiting()).toHaveLength(before)
  })

  test('stays put off when links are made anew', async () => {
    const pair = await pairOf('name-postcode-other-birth')
    await done(await ask(reviewer, deciding(pair, 'later', 'wait-for-files')))
    const conflict = await pairOf('different-nhs-numbers')
    await done(await ask(reviewer, deciding(conflict, 'different', 'known-elsewhere')))
    const { rows } = await setting.owner.query(`select from doubt where people is null`)
    expect(rows).toEqual([])
    expect(await waiting('put-off')).toMatchObject([{ putOff: 'later' }])
  })

  test('has each provider asked about its own row, from the next quarter on, and no other', async () => {
    const pair = await pairOf('different-nhs-numbers')
    expect(await done(await ask(reviewer, deciding(pair, 'ask', 'check-nhs-number')))).toBe('done')
    expect(await waiting('put-off')).toMatchObject([{ putOff: 'ask' }])
    const asked = (await questions()).slice(-2)
    expect(asked).toEqual(
      pair.map(({ service, row }) => ({
        service,
        row,
        other: null,
        asks: 'check-nhs-number',
        state: 'open',
      })),
    )
    const { provider } = setting.actors
    const seen = (): Promise<{ serviceCode: string; sourceRow: number }[]> =>
      inPrisma(forActor(setting.pool, provider), ({ providerQuestion }) =>
        providerQuestion.findMany({
          where: { state: 'open' },
          select: { serviceCode: true, sourceRow: true },
        }),
      )
    expect(await seen()).toEqual([])
    await setting.owner.query(`update provider_question set shown_from = current_date`)
    const own = await seen()
    expect(own.length).toBeGreaterThan(0)
    const { rows } = await setting.owner.query<{ code: string }>(
      `select code from service where provider_code = $1`,
      [provider.providerCode],
    )
    const codes = rows.map(({ code }) => code)
    expect(own.every(({ serviceCode }) => codes.includes(serviceCode))).toBe(true)
    // Nor which decision it came from, which both providers' questions have in common.
    await expect(setting.pool.query('select decision_id from provider_question')).rejects.toThrow(
      'permission denied',
    )
    await undoAll()
    expect((await questions()).slice(-2).map(({ state }) => state)).toEqual([
      'withdrawn',
      'withdrawn',
    ])
  })

  test('asks once where both rows are in one file', async () => {
    const pair = await pairOf('name-postcode-other-birth')
    const before = (await questions()).length
    await done(await ask(reviewer, deciding(pair, 'ask', 'check-birth')))
    const [{ service, row }, { row: otherRow }] = pair
    expect((await questions()).slice(before)).toEqual([
      { service, row, other: otherRow, asks: 'check-birth', state: 'open' },
    ])
  })

  test('comes up again once all that was asked is answered', async () => {
    const pair = await pairOf('name-postcode-other-birth')
    const before = (await waiting()).length
    await done(await ask(reviewer, deciding(pair, 'ask', 'check-row')))
    expect(await waiting()).toHaveLength(before - 1)
    await setting.owner.query(
      `update provider_question set state = 'answered', answer = 'right', answered_at = now()
       where state = 'open'`,
    )
    expect(await waiting()).toHaveLength(before)
  })

  test('is shown on the first day of the next quarter', () => {
    expect(nextBatch(new Date('2026-11-29T12:00:00Z'))).toBe('2027-01-01')
    expect(nextBatch(new Date('2027-01-01T00:00:00Z'))).toBe('2027-04-01')
    // In London it is July already.
    expect(nextBatch(new Date('2026-06-30T22:59:59Z'))).toBe('2026-07-01')
    expect(nextBatch(new Date('2026-06-30T23:00:00Z'))).toBe('2026-10-01')
  })
})

describe('what goes wrong while somebody reviews', () => {
  test('two who answer at once: the first stands, the second is told and changes nothing', async () => {
    const pair = await pairOf('name-postcode-other-birth')
    const seen = (await compare(pair)).answers[0]?.id ?? 0
    const first = await ask(reviewer, deciding(pair, 'same', 'mistake-in-a-file', seen))
    const second = await ask(other, deciding(pair, 'different', 'relatives', seen))
    expect([await done(first), await done(second)]).toEqual(['done', 'decided-meanwhile'])
    const { answers, isOnePerson } = await compare(pair)
    expect(answers[0]).toMatchObject({ kind: 'same', undoneAt: null })
    expect(isOnePerson).toBe(true)
    // Whoever has seen it may answer otherwise: the latest stands.
    const now = answers[0]?.id ?? 0
    expect(await done(await ask(other, deciding(pair, 'different', 'relatives', now)))).toBe('done')
    expect((await compare(pair)).isOnePerson).toBe(false)
  })

  test('a reason that does not fit the answer, or a kind that is none, is refused', async () => {
    const pair = await pairOf('name-postcode-other-birth')
    expect(await done(await ask(reviewer, deciding(pair, 'same', 'check-birth')))).toBe(
      'decision-reason',
    )
    const forged = { ...deciding(pair, 'same', 'known-elsewhere'), decision: 'merge' } as never
    expect(await askAct(setting.pool, reviewer, forged)).toEqual(REFUSED)
  })

  test('a submission withdrawn meanwhile: the answer is refused, and its open questions end', async () => {
    const pair = await pairOf('different-nhs-numbers')
    await done(await ask(reviewer, deciding(pair, 'ask', 'check-row')))
    const decided = await ask(reviewer, deciding(pair, 'same', 'known-elsewhere'))
    const gone = pair.find(({ service }) => service === 'health-visiting') ?? expect.fail()
    const withdrawn = await withdrawSubmission(setting.store, gone.submission, reviewer.userId)
    expect(withdrawn.ok).toBe(true)
    expect(await done(decided)).toBe('record-not-linked')
    expect(await lookAtPair(setting, reviewer, pair)).toEqual(REFUSED)
    const states = (await questions()).slice(-2)
    expect(states.find(({ service }) => service === gone.service)?.state).toBe('withdrawn')
    expect(states.find(({ service }) => service !== gone.service)?.state).toBe('open')
    // What was answered is kept, and can be undone, though its row is gone.
    const listed = await listDecisions(setting, reviewer)
    expect(listed.ok && listed.decisions[0]).toMatchObject({ kind: 'ask' })
  })
})

const rowOf = ({ submission, row, role }: RecordPlace): string => `${submission} ${role} ${row}`

async function linkageVersion(): Promise<string> {
  const { rows } = await setting.owner.query<{ version: string }>(
    `select version::text from linkage_state where dataset = 'production'`,
  )
  return rows[0]?.version ?? ''
}
