import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '#server/identity/actors/actor.ts'
import { makeEstimate } from '#server/figures/reach/make-estimate.ts'
import { isSampled } from '#server/linkage/decisions/sample-decision.ts'
import { drawSample } from '#server/linkage/reviewing/draw-sample.ts'
import {
  giveVerdict,
  readCheckResults,
  readNextCheck,
  type CheckResults,
  type PairToCheck,
} from '#server/linkage/reviewing/check-sample.ts'
import { takeDecision, undoDecision } from '#server/linkage/decisions/decide.ts'
import { lookAtDoubts, pairsOf, type DoubtPair } from '#server/linkage/decisions/look-at-doubts.ts'
import { makeActor, openScreenSetting, type ScreenSetting } from './screen-setting.ts'

const REFUSED = { ok: false, code: 'not-found' }
const NOW = new Date('2026-11-29T12:00:00Z')

let setting: ScreenSetting
let one: Actor
let other: Actor
beforeAll(async () => {
  setting = await openScreenSetting()
  one = await makeActor(setting.owner, 'reviewer', false)
  other = await makeActor(setting.owner, 'reviewer', false)
})
afterAll(() => setting.close())

async function next(actor: Actor): Promise<PairToCheck | undefined> {
  const read = await readNextCheck(setting, actor)
  return read.ok ? read.next : expect.fail(read.code)
}

async function results(): Promise<CheckResults> {
  const read = await readCheckResults(setting.pool, one)
  return read.ok ? read.results : expect.fail(read.code)
}

async function drawn(): Promise<unknown[]> {
  const { rows } = await setting.owner.query<Record<string, unknown>>(
    `select number, rule, left_submission, left_row, right_submission, right_row
     from review_sample where kind = 'joined' order by number`,
  )
  return rows
}

describe('the joined pairs of a quarter', () => {
  test('are drawn once, by a lot that repeats, among pairs of two clients that count as one', async () => {
    const { store, owner } = setting
    const order = { actor: one.userId, now: NOW, pairs: 12 }
    expect(await drawSample(store.database, order)).toBe(12)
    const first = await drawn()
    expect(await drawSample(store.database, order)).toBe(0)
    expect(await drawn()).toEqual(first)
    expect(await setting.countEvents('sample.drawn')).toBe(1)
    // Another time, the same links give the same pairs; another quarter gives others.
    await owner.query('truncate review_sample, review_verdict')
    await drawSample(store.database, order)
    expect(await drawn()).toEqual(first)
    await owner.query('truncate review_sample, review_verdict')
    await drawSample(store.database, { ...order, now: new Date('2027-02-01T00:00:00Z') })
    expect(await drawn()).not.toEqual(first)
    await owner.query('truncate review_sample, review_verdict')
    await drawSample(store.database, order)
    const { rows } = await owner.query(
      `select from review_sample p
       join submission ls on ls.reference = p.left_submission
       join record lr on lr.submission_id = ls.id and lr.source_row = p.left_row and lr.role = p.left_role
       join link ll on ll.record_id = lr.id
       join submission rs on rs.reference = p.right_submission
       join record rr on rr.submission_id = rs.id and rr.source_row = p.right_row and rr.role = p.right_role
       join link rl on rl.record_id = rr.id
       where ll.beneficiary_id = rl.beneficiary_id and lr.client_pseudonym <> rr.client_pseudonym`,
    )
    expect(rows).toHaveLength(12)
  })

  test('are shown without whom they count as, to reviewers, and answered about once by each', async () => {
    const shown = (await next(one)) ?? expect.fail('nothing to check')
    expect(Object.keys(shown.pair).sort()).toEqual(['kinds', 'left', 'right'])
    expect(await readNextCheck(setting, setting.actors.exactAnalyst)).toEqual(REFUSED)
    const { sample } = shown
    const given = { sample, verdict: 'same' } as const
    expect(await giveVerdict(setting.pool, setting.actors.exactAnalyst, given)).toEqual(REFUSED)
    expect(await giveVerdict(setting.pool, one, given)).toEqual({ ok: true })
    expect(await giveVerdict(setting.pool, one, { sample, verdict: 'different' })).toMatchObject({
      code: 'verdict-given',
    })
    expect(await giveVerdict(setting.pool, one, { ...given, sample: '999999' })).toEqual(REFUSED)
    expect((await next(one))?.sample).not.toBe(sample)
    expect((await results()).joins).toEqual({ checked: 1, wrong: 0 })
    expect(await setting.countEvents('sample.answered')).toBe(1)
  })

  test('are every fifth answered about by two, who agree or not, and then go into the estimate', async () => {
    const { store } = setting
    const made = (): ReturnType<typeof makeEstimate> => makeEstimate(store.database, { copies: 2 })
    await made()
    expect(await made()).toBe('there')
    for (let left = await next(one); left !== undefined; left = await next(one)) {
      await giveVerdict(setting.pool, one, { sample: left.sample, verdict: 'same' })
    }
    let twice = 0
    for (let left = await next(other); left !== undefined; left = await next(other)) {
      twice += 1
      await giveVerdict(setting.pool, other, { sample: left.sample, verdict: 'different' })
    }
    expect(twice).toBe(2)
    const { joins, agreement, share } = await results()
    expect(joins).toEqual({ checked: 12, wrong: 2 })
    expect(agreement).toMatchObject({ pairs: 2, agreed: 0, share: 0 })
    expect(share?.high).toBeLessThan(0.5)
    // An answer that came after the estimate has it made anew.
    expect(await made()).toBe('made')
    expect(await made()).toBe('there')
  })
})

describe('a decision that the lot falls on', () => {
  test('is answered about by somebody else than who took it, without the first answer', async () => {
    const { store, owner, looks } = setting
    const listed = await lookAtDoubts(looks, one, { kind: '', page: 1 })
    const doubt = listed.ok
      ? listed.doubts.find(({ code }) => code === 'name-postcode-other-birth')
      : undefined
    const [pair]: readonly DoubtPair[] = doubt === undefined ? [] : pairsOf(doubt)
    const [left, right] = pair ?? expect.fail('no doubt')
    let decision = 0
    while (!isSampled(decision)) {
      if (decision > 0) {
        await undoDecision(store.database, one, { dataset: 'production', decision })
      }
      const taken = await takeDecision(store.database, one, {
        ...{ dataset: 'production', kind: 'different', reason: 'relatives', left, right },
      })
      decision = taken.ok ? taken.decision : expect.fail(taken.code)
    }
    expect(await next(one)).toBeUndefined()
    const shown = (await next(other)) ?? expect.fail('nothing to check')
    expect(JSON.stringify(shown)).not.toContain('relatives')
    const before = (await results()).agreement
    await giveVerdict(setting.pool, other, { sample: shown.sample, verdict: 'different' })
    const after = (await results()).agreement
    expect(after).toMatchObject({ pairs: before.pairs + 1, agreed: before.agreed + 1 })
    // Nothing is decided by it.
    const { rows } = await owner.query(`select from decision where undone_at is null`)
    expect(rows).toHaveLength(1)
  })

  test('is one of about five', () => {
    const sampled = Array.from({ length: 2000 }, (_, id) => isSampled(id + 1)).filter(Boolean)
    expect(sampled.length).toBeGreaterThan(320)
    expect(sampled.length).toBeLessThan(480)
  })
})
