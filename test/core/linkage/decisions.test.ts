import { describe, expect, it } from 'vitest'
import { checkDecision, standingDecisions } from '#core/linkage/decisions.ts'
import type { Decision, DecisionSide, LinkRecord } from '#core/linkage/part.ts'
import { decide, doubts, people, records, type Said } from './people.ts'

const side = (client: string, more: Partial<DecisionSide> = {}): DecisionSide => ({
  client,
  birth: '',
  gender: 'unknown',
  nameBirth: null,
  ...more,
})
const pair =
  (kind: 'same' | 'different') =>
  (left: string, right: string, order = 1): Decision => ({
    kind,
    left: side(left),
    right: side(right),
    order,
  })
const same = pair('same')
const different = pair('different')
const [A, B, C] = ['client 1', 'client 2', 'client 3'] as const

function outcome(said: readonly Said[], decisions: readonly Decision[]): [string, string[]] {
  const of: LinkRecord[] = records(...said)
  return [people(of, { decisions }), doubts(of, { decisions })]
}

describe('"same person"', () => {
  it('joins what nothing else would, and counts for the upper bound', () => {
    const decision = decide(records({}, {}), { decisions: [same(A, B)] })
    expect([...decision.beneficiary]).toEqual([0, 0])
    expect([...decision.upper]).toEqual([0, 0])
    expect(decision.joins).toEqual([{ left: 1, right: 2, rule: 'decided', agreed: [] }])
  })

  it('goes past births, genders and twins, but never past two NHS numbers', () => {
    const twins = [
      { service: 's', child: 'k', nameBirth: 'a', birth: '2015-03', gender: 'F' },
      { service: 's', child: 'k', nameBirth: 'b', birth: '2015-04', gender: 'M' },
    ] as const
    expect(outcome(twins, [same(A, B)])).toEqual(['00', []])
    expect(
      outcome(
        [
          { ...twins[0], nhsNumber: 'N' },
          { ...twins[1], nhsNumber: 'M' },
        ],
        [same(A, B)],
      ),
    ).toEqual(['01', ['conflict different-nhs-numbers 1|2']])
  })

  it('makes the joined values one value from then on', () => {
    const said: Said[] = [
      { birth: '2015-03', gender: 'F', child: 'k' },
      { birth: '2015-04', gender: 'M', child: 'l' },
      { birth: '2015-03', gender: 'F', child: 'l' },
      { birth: '2015-05', gender: 'F', child: 'k' },
    ]
    expect(outcome(said, [same(A, B)])[0]).toBe('0001')
  })

  it('makes the names of twins that were one child one name from then on', () => {
    const child = { service: 's', child: 'k' }
    const said: Said[] = [
      { ...child, nameBirth: 'marie' },
      { ...child, nameBirth: 'maria' },
      { ...child, nameBirth: 'marie' },
    ]
    expect(outcome(said, [])[0]).toBe('010')
    expect(outcome(said, [same(A, B)])[0]).toBe('000')
  })
})

describe('"different people"', () => {
  it('keeps apart whatever agrees, and is no doubt any more', () => {
    const said: Said[] = [
      { nameBirth: 'n', ward: 'w', nhsNumber: 'N' },
      { nameBirth: 'n', ward: 'w', nhsNumber: 'N' },
    ]
    expect(outcome(said, [different(A, B)])).toEqual(['01', []])
  })

  it('ends a near match', () => {
    const said: Said[] = [
      { nameBirth: 'n', ward: 'w' },
      { nameBirth: 'n', ward: 'x' },
    ]
    expect(outcome(said, [])[1]).toHaveLength(1)
    expect(outcome(said, [different(A, B)])[1]).toEqual([])
  })

  it('tells two people under one reference apart by birth, gender and name', () => {
    const said: Said[] = [
      { client: 'c', birth: '2015-03', nameBirth: 'a' },
      { client: 'c', birth: '2015-03', nameBirth: 'b' },
      { client: 'c', birth: '2015-03' },
    ]
    const apart: Decision = {
      kind: 'different',
      left: side('c', { birth: '2015-03', nameBirth: 'a' }),
      right: side('c', { birth: '2015-03', nameBirth: 'b' }),
      order: 1,
    }
    // The third could be either, so that it is with neither.
    expect(outcome(said, [apart])).toEqual(['012', ['conflict either-of-two 1|2|3']])
  })
})

describe('"this NHS number is wrong here"', () => {
  const said: Said[] = [
    { role: 'parent', nhsNumber: 'N', birth: '1990', gender: 'F' },
    { nhsNumber: 'N', birth: '2024-01', client: 'baby', nameBirth: 'b' },
    { nhsNumber: 'M', birth: '2024-01', client: 'baby', nameBirth: 'b' },
  ]
  const wrong: Decision = {
    kind: 'nhs-wrong',
    left: side('baby', { birth: '2024-01', nameBirth: 'b' }),
    nhsNumber: 'N',
    order: 1,
  }

  it('takes the number from that person alone', () => {
    expect(outcome(said, [])[0]).toBe('012')
    expect(outcome(said, [wrong])).toEqual(['011', []])
  })

  it('takes it out of the lower bound, too', () => {
    expect([...decide(records(...said), { decisions: [wrong] }).nhs]).toEqual([0, -1, 1])
    expect([...decide(records(said[1] ?? {}), { decisions: [wrong] }).nhs]).toEqual([-1])
  })
})

describe('a side', () => {
  it('outlives the birthday from which the month is no longer kept', () => {
    const decisions: Decision[] = [
      { kind: 'same', left: side('a', { birth: '2008-05' }), right: side('b'), order: 1 },
    ]
    expect(people(records({ client: 'a', birth: '2008' }, { client: 'b' }), { decisions })).toBe(
      '00',
    )
    expect(people(records({ client: 'a', birth: '2009' }, { client: 'b' }), { decisions })).toBe(
      '01',
    )
  })
})

describe('of several decisions', () => {
  it('the latest about the same sides wins, whichever way round', () => {
    expect(outcome([{}, {}], [same(A, B, 1), different(B, A, 2)])[0]).toBe('01')
    expect(outcome([{}, {}], [different(A, B, 1), same(B, A, 2)])[0]).toBe('00')
    expect(outcome([{}, {}], [different(A, B, 1), same(B, A, 1)])[0]).toBe('01')
    expect(standingDecisions([same(A, B, 1), different(B, A, 2)]).pairs.get(A)).toHaveLength(1)
  })

  it('a chain that contradicts itself is refused', () => {
    const chain = [same(A, B, 1), same(B, C, 2)]
    expect(checkDecision(chain, different(A, C, 3))).toEqual({
      ok: false,
      code: 'contradicts-decisions',
    })
    expect(checkDecision([same(A, B, 1), different(B, C, 2)], same(C, A, 3)).ok).toBe(false)
    expect(checkDecision(chain, different(A, B, 3))).toEqual({ ok: true })
    expect(checkDecision([different(A, C, 1)], same(A, B, 2))).toEqual({ ok: true })
    expect(checkDecision([], same(A, A))).toEqual({ ok: false, code: 'same-side-twice' })
    expect(
      checkDecision(chain, { kind: 'nhs-wrong', left: side(A), nhsNumber: 'N', order: 3 }).ok,
    ).toBe(true)
  })

  it('a contradiction that was stored all the same joins nothing and is queued', () => {
    expect(outcome([{}, {}, {}], [same(A, B, 1), same(B, C, 2), different(A, C, 3)])).toEqual([
      '012',
      ['conflict either-of-two 1|2|3'],
    ])
  })
})
