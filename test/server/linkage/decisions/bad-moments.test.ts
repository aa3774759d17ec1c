import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '#server/identity/actors/actor.ts'
import { takeDecision } from '#server/linkage/decisions/decide.ts'
import type { StandingRecord } from '../programme-store.ts'
import { type OpenSmallStore, openSmallStore, SmallProgramme } from '../small-programme.ts'

/**
 * Decisions that come when what they are about has changed: each has one outcome, and links are what
 * the standing files and decisions make of them.
 */

let open: OpenSmallStore
let programme: SmallProgramme

beforeAll(async () => {
  open = await openSmallStore()
})

beforeEach(async () => {
  programme = await SmallProgramme.begin(open.store)
})

afterAll(() => open.close())

const REVIEWER: Actor = {
  userId: 'U-7',
  role: 'administrator',
  providerCode: null,
  mayExact: true,
}

type Outcome = Awaited<ReturnType<typeof takeDecision>>

function decide(
  kind: 'same' | 'different',
  left: StandingRecord,
  right: StandingRecord,
): Promise<Outcome> {
  return takeDecision(open.store.pool, REVIEWER, {
    dataset: 'production',
    kind,
    reason: 'provider-confirmed',
    left: programme.placeOf(left),
    right: programme.placeOf(right),
  })
}

/** Codes of what is queued. */
async function queued(): Promise<string[]> {
  const { rows } = await open.store.pool.query<{ code: string }>(
    'select code from doubt order by code',
  )
  return rows.map(({ code }) => code)
}

async function countPeople(): Promise<number> {
  const { references } = await programme.stored()
  return new Set(references.values()).size
}

const BORN = { nhsNumber: 'n', birth: '2019-04' } as const

describe('a decision about a conflict', () => {
  test('that other files settled meanwhile is a word that stands, and is heard when it opens again', async () => {
    await programme.sendRows('s1', '2024-Q1', [{ client: 'a', ...BORN }])
    await programme.sendRows('s2', '2024-Q1', [{ client: 'b', ...BORN, birth: '2019-05' }])
    expect(await queued()).toEqual(['different-births'])
    // The name shows that one of the births is mistaken.
    await programme.sendRows('s1', '2024-Q2', [{ client: 'a', ...BORN, nameBirth: 'Ann' }])
    await programme.sendRows('s2', '2024-Q2', [
      { client: 'b', ...BORN, birth: '2019-05', nameBirth: 'Ann' },
    ])
    expect(await queued()).toEqual([])
    expect(await countPeople()).toBe(1)
    const [a, b] = [programme.record('a', '2024-Q2'), programme.record('b', '2024-Q2')]
    expect(await decide('same', a, b)).toMatchObject({ ok: true })
    expect(await countPeople()).toBe(1)
    await programme.withdraw('s2', '2024-Q2')
    await programme.withdraw('s1', '2024-Q2')
    expect(await countPeople()).toBe(1)
    expect(await queued()).toEqual([])
  })

  test('whose file was replaced meanwhile is refused, and nothing is kept of it', async () => {
    await programme.sendRows('s1', '2024-Q1', [{ client: 'a', ...BORN }])
    await programme.sendRows('s2', '2024-Q1', [{ client: 'b', ...BORN, birth: '2019-05' }])
    const [a, b] = [programme.record('a'), programme.record('b')]
    const places = [programme.placeOf(a), programme.placeOf(b)] as const
    await programme.sendRows('s2', '2024-Q1', [{ client: 'b', ...BORN }])
    const late = await takeDecision(open.store.pool, REVIEWER, {
      dataset: 'production',
      kind: 'different',
      reason: 'relatives',
      left: places[0],
      right: places[1],
    })
    expect(late).toEqual({ ok: false, code: 'record-not-linked' })
    expect(await countPeople()).toBe(1)
  })

  test('that comes while its file is withdrawn is of before or refused, and links are those of after', async () => {
    for (const first of ['withdraw', 'decide'] as const) {
      programme = await SmallProgramme.begin(open.store)
      await programme.sendRows('s1', '2024-Q1', [{ client: 'a' }, { client: 'c' }])
      await programme.sendRows('s2', '2024-Q1', [{ client: 'b' }])
      const [a, b] = [programme.record('a'), programme.record('b')]
      const steps = {
        withdraw: () => programme.withdraw('s2', '2024-Q1'),
        decide: () => decide('same', a, b),
      }
      const begun = [steps[first](), first === 'withdraw' ? steps.decide() : steps.withdraw()]
      const outcomes = await Promise.all(begun)
      const decided = outcomes[first === 'decide' ? 0 : 1] as Outcome
      if (!decided.ok) expect(decided.code).toBe('record-not-linked')
      expect(await countPeople()).toBe(2)
      // What was decided of a file that is gone speaks of its clients when they come back.
      await programme.sendRows('s2', '2024-Q1', [{ client: 'b' }])
      expect(await countPeople()).toBe(decided.ok ? 2 : 3)
    }
  })
})

describe('an earlier "same person"', () => {
  test('gives way to two NHS numbers, which are a conflict, and holds again when one is gone', async () => {
    await programme.sendRows('s1', '2024-Q1', [{ client: 'a' }])
    await programme.sendRows('s2', '2024-Q1', [{ client: 'b' }])
    expect(await decide('same', programme.record('a'), programme.record('b'))).toMatchObject({
      ok: true,
    })
    await programme.sendRows('s1', '2024-Q2', [{ client: 'a', nhsNumber: 'n' }])
    expect(await countPeople()).toBe(1)
    await programme.sendRows('s2', '2024-Q2', [{ client: 'b', nhsNumber: 'another' }])
    expect(await countPeople()).toBeGreaterThan(1)
    expect(await queued()).toContain('different-nhs-numbers')
    await programme.withdraw('s2', '2024-Q2')
    expect(await countPeople()).toBe(1)
    expect(await queued()).toEqual([])
  })
})
