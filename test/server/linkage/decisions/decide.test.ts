import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Decision } from '#core/linkage/part.ts'
import type { DecisionReason } from '#core/messages/review/decision-refusals.ts'
import {
  takeDecision,
  undoDecision,
  type DecisionRequest,
} from '#server/linkage/decisions/decide.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { withinTime } from '../../../setup/within-time.ts'
import { sideOf, type StandingRecord } from '../programme-store.ts'
import { type OpenSmallStore, openSmallStore, SmallProgramme } from '../small-programme.ts'
import { files } from '../small-world.ts'

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
const REASON: DecisionReason = 'provider-confirmed'

type Outcome = Awaited<ReturnType<typeof takeDecision>>

function decide(
  kind: 'same' | 'different',
  left: StandingRecord,
  right: StandingRecord,
  actor = REVIEWER,
): Promise<Outcome> {
  return takeDecision(open.store.pool, actor, {
    dataset: 'production',
    kind,
    reason: REASON,
    left: programme.placeOf(left),
    right: programme.placeOf(right),
  })
}

function undo(outcome: Outcome): Promise<Outcome> {
  if (!outcome.ok) return expect.fail('there is nothing to undo')
  const { decision } = outcome
  return undoDecision(open.store.pool, REVIEWER, { dataset: 'production', decision })
}

/** Clients that are one person, as lists. */
async function people(): Promise<string[]> {
  const { references } = await programme.stored()
  const clients = new Map<string, Set<string>>()
  for (const { id, client } of programme.records) {
    const reference = references.get(id) ?? ''
    clients.set(reference, (clients.get(reference) ?? new Set()).add(client ?? ''))
  }
  return [...clients.values()].map((own) => [...own].sort().join(' ')).sort()
}

async function audited(
  event: string,
): Promise<{ actor: string; detail: Record<string, unknown> }[]> {
  const { rows } = await open.store.pool.query<{ actor: string; detail: Record<string, unknown> }>(
    'select actor, detail from audit_event where event = $1 order by seq desc limit 1',
    [event],
  )
  return rows
}

async function countDecisions(): Promise<number> {
  const { rows } = await open.store.pool.query<{ count: number }>(
    'select count(*)::int as count from decision where undone_at is null',
  )
  return rows[0]?.count ?? -1
}

describe('a reviewer', () => {
  test('joins two people, who stay joined when their files are replaced and withdrawn, until it is undone', async () => {
    await programme.sendRows('s1', '2024-Q1', [{ client: 'a', nameBirth: 'Ann', birth: '2015-03' }])
    await programme.sendRows('s2', '2024-Q1', [
      { client: 'b', nameBirth: 'Anne', birth: '2015-04' },
    ])
    const taken = await decide('same', programme.record('a'), programme.record('b'))
    expect(taken).toMatchObject({ ok: true })
    expect(await people()).toEqual(['a b'])
    expect(await audited('decision.taken')).toMatchObject([
      {
        actor: 'U-7',
        detail: { kind: 'same', reason: REASON, changed: expect.any(Number) as number },
      },
    ])

    await programme.sendRows('s1', '2024-Q1', [
      { client: 'a', nameBirth: 'Ann', birth: '2015-03', ward: 'w1' },
      { client: 'c', nameBirth: 'Cleo' },
    ])
    expect(await people()).toEqual(['a b', 'c'])
    await programme.withdraw('s2', '2024-Q1')
    expect(await people()).toEqual(['a', 'c'])
    await programme.sendRows('s2', '2024-Q1', [
      { client: 'b', nameBirth: 'Anne', birth: '2015-04' },
    ])
    expect(await people()).toEqual(['a b', 'c'])

    expect(await undo(taken)).toMatchObject({ ok: true })
    expect(await people()).toEqual(['a', 'b', 'c'])
    expect(await audited('decision.undone')).toMatchObject([{ actor: 'U-7' }])
    expect(await undo(taken)).toEqual({ ok: false, code: 'decision-unknown' })
  })

  test('parts what evidence joined, and the earlier word stands again when the later is undone', async () => {
    await programme.sendRows('s1', '2024-Q1', [{ client: 'a', nhsNumber: 'n' }])
    await programme.sendRows('s2', '2024-Q1', [{ client: 'b', nhsNumber: 'n' }])
    expect(await people()).toEqual(['a b'])
    const [a, b] = [programme.record('a'), programme.record('b')]
    await decide('same', a, b)
    const parted = await decide('different', b, a)
    expect(await people()).toEqual(['a', 'b'])
    await undo(parted)
    expect(await people()).toEqual(['a b'])
  })

  test('says that a number is not the child’s, and nothing else of the row is lost', async () => {
    await programme.sendRows('s1', '2024-Q1', [
      { client: 'mother', nhsNumber: 'hers', birth: '1990', role: 'parent' },
    ])
    await programme.sendRows('s2', '2024-Q1', [
      { client: 'baby', nhsNumber: 'hers', birth: '2024-02', child: 'k' },
    ])
    await programme.sendRows('s3', '2024-Q1', [{ client: 'child', birth: '2024-02', child: 'k' }])
    expect((await programme.stored()).doubts).not.toEqual([])
    const request: DecisionRequest = {
      dataset: 'production',
      kind: 'nhs-wrong',
      reason: 'mistake-in-a-file',
      left: programme.placeOf(programme.record('baby')),
    }
    expect(await takeDecision(open.store.pool, REVIEWER, request)).toMatchObject({ ok: true })
    expect((await programme.stored()).doubts).toEqual([])
    expect(await people()).toEqual(['baby child', 'mother'])
    const without = { ...request, left: programme.placeOf(programme.record('child')) }
    expect(await takeDecision(open.store.pool, REVIEWER, without)).toEqual({
      ok: false,
      code: 'record-without-nhs-number',
    })
  })

  test('cannot contradict what stands, nor undo what would bring a contradiction back', async () => {
    for (const [service, client] of [
      ['s1', 'a'],
      ['s2', 'b'],
      ['s3', 'c'],
    ] as const) {
      await programme.sendRows(service, '2024-Q1', [{ client }])
    }
    const [a, b, c] = [programme.record('a'), programme.record('b'), programme.record('c')]
    await decide('same', a, b)
    const joined = await decide('same', b, c)
    expect(await decide('different', a, c)).toEqual({ ok: false, code: 'contradicts-decisions' })
    expect(await countDecisions()).toBe(2)
    expect(await people()).toEqual(['a b c'])

    const parted = await decide('different', b, c)
    const apart = await decide('different', a, c)
    expect([parted, apart]).toMatchObject([{ ok: true }, { ok: true }])
    // Without it b and c are the same again, and with them a and c, who were said to be different.
    expect(await undo(parted)).toEqual({ ok: false, code: 'contradicts-decisions' })
    expect(await people()).toEqual(['a b', 'c'])
    expect(await undo(apart)).toMatchObject({ ok: true })
    expect(await undo(parted)).toMatchObject({ ok: true })
    expect(await people()).toEqual(['a b c'])
    expect(await undo(joined)).toMatchObject({ ok: true })
    expect(await people()).toEqual(['a b', 'c'])
  })

  test('is refused without the right, a reason, or a row that counts; nothing is kept of it', async () => {
    await programme.sendRows('s1', '2024-Q1', [{ client: 'a' }, { client: null, nhsNumber: 'n' }])
    await programme.sendRows('s2', '2024-Q1', [{ client: 'b' }])
    const [a, b] = [programme.record('a'), programme.record('b')]
    const [, nameless = a] = programme.records
    const request: DecisionRequest = {
      dataset: 'production',
      kind: 'same',
      reason: REASON,
      left: programme.placeOf(a),
      right: programme.placeOf(b),
    }
    const refusals: [DecisionRequest, string, Actor?][] = [
      [request, 'not-found', { ...REVIEWER, role: 'analyst' }],
      [request, 'not-found', { ...REVIEWER, role: 'provider', providerCode: 'p' }],
      [{ ...request, reason: 'Ann Smith told me so' }, 'decision-reason'],
      [{ ...request, reason: 'toString' }, 'decision-reason'],
      [{ ...request, right: { ...request.right, row: 9 } }, 'record-not-linked'],
      [{ ...request, right: { ...request.right, role: 'parent' } }, 'record-not-linked'],
      [{ ...request, dataset: 'staging' }, 'record-not-linked'],
      [{ ...request, right: request.left }, 'same-side-twice'],
      [{ ...request, right: programme.placeOf(nameless) }, 'record-without-client'],
    ]
    const before = await programme.stored()
    for (const [refused, code, actor] of refusals) {
      expect(await takeDecision(open.store.pool, actor ?? REVIEWER, refused)).toEqual({
        ok: false,
        code,
      })
    }
    await programme.withdraw('s2', '2024-Q1')
    expect(await takeDecision(open.store.pool, REVIEWER, request)).toEqual({
      ok: false,
      code: 'record-not-linked',
    })
    expect(await countDecisions()).toBe(0)
    expect(before.known).toHaveLength(3)
    const analyst = { ...REVIEWER, role: 'analyst' } as const
    expect(
      await undoDecision(open.store.pool, analyst, { dataset: 'production', decision: 1 }),
    ).toEqual({ ok: false, code: 'not-found' })
  })

  test('of two who decide the opposite at once leaves one word, and links that follow it', async () => {
    await programme.sendRows('s1', '2024-Q1', [{ client: 'a' }])
    await programme.sendRows('s2', '2024-Q1', [{ client: 'b' }])
    await programme.sendRows('s3', '2024-Q1', [{ client: 'c' }])
    const [a, b, c] = [programme.record('a'), programme.record('b'), programme.record('c')]
    await decide('same', a, b)
    const outcomes = await Promise.all([decide('same', b, c), decide('different', a, c)])
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    expect(outcomes.filter(({ ok }) => !ok)).toEqual([{ ok: false, code: 'contradicts-decisions' }])
    expect(await people()).toEqual(outcomes[0].ok ? ['a b c'] : ['a b', 'c'])
  })
})

interface Said {
  readonly kind: 'same' | 'different' | 'undo'
  readonly left: number
  readonly right: number
}

const said: fc.Arbitrary<Said> = fc.record({
  kind: fc.constantFrom<Said['kind'][]>('same', 'same', 'different', 'undo'),
  left: fc.nat(50),
  right: fc.nat(50),
})

describe('decisions always', () => {
  test('make of the store what they make of it in memory, whatever was refused', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(files(3), { minLength: 2, maxLength: 4 }),
        fc.array(said, { minLength: 6, maxLength: 12 }),
        async (sent, words) => {
          programme = await SmallProgramme.begin(open.store)
          for (const file of sent) await programme.send(file)
          let standing: Decision[] = []
          for (const { kind, left, right } of words) {
            if (kind === 'undo') {
              const order = standing[left % Math.max(1, standing.length)]?.order ?? 0
              const request = { dataset: 'production', decision: order } as const
              const { ok } = await undoDecision(open.store.pool, REVIEWER, request)
              if (ok) standing = standing.filter((decision) => decision.order !== order)
              continue
            }
            const of = programme.records
            const [one, other] = [of[left % of.length], of[right % of.length]]
            if (one === undefined || other === undefined) continue
            const outcome = await decide(kind, one, other)
            const sides = [sideOf(one), sideOf(other)]
            const [a = sideOf(one), b = sideOf(one)] = sides
            if (!outcome.ok || a === undefined || b === undefined) continue
            standing = [...standing, { kind, left: a, right: b, order: outcome.decision }]
          }
          const stored = await programme.stored()
          const inMemory = programme.inMemory('cautious', standing)
          expect(stored.classes).toEqual(inMemory.classes)
          expect(stored.doubts).toEqual(inMemory.doubts)
        },
      ),
      { numRuns: 5, plugins: [withinTime(500_000)] },
    )
  }, 600_000)
})
