import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Quarter, quarterDays } from '#core/standard/quarter.ts'
import { type Grouping, GROUPINGS } from '#core/reach/measure.ts'
import type { ServiceUse } from '#core/reach/reached.ts'
import { measureReach } from '#server/figures/reach/measure-reach.ts'
import { withinTime } from '../../../setup/within-time.ts'
import {
  type OpenSmallStore,
  openSmallStore,
  SmallProgramme,
} from '../../linkage/small-programme.ts'
import { fileOf, QUARTERS, usedInWays } from '../../linkage/small-world.ts'

let open: OpenSmallStore

beforeAll(async () => {
  open = await openSmallStore()
})

afterAll(() => open.close())

/** The first and last day of every quarter, and the days beside them. */
const EDGES = QUARTERS.flatMap((quarter) => {
  const { first, last } = quarterDays(quarter)
  return [dayAfter(first, -1), first, last, dayAfter(last, 1)]
})

function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

const uses: fc.Arbitrary<ServiceUse> = fc.record({
  status: fc.constantFrom('', 'active', 'completed', 'left_early', 'waiting', 'declined'),
  contacts: fc.constantFrom(null, 0, 1, 99_999),
  startDate: fc.constantFrom('', ...EDGES),
  endDate: fc.constantFrom('', '', ...EDGES),
})

const worlds = usedInWays(uses)

/** Somebody twice who may be one with somebody else: what the bounds count of one person is one. */
const TWICE_AND_DOUBTFUL = [
  fileOf('s1', '2024-Q1', [
    { client: 'a', nhsNumber: 'n 1', nameBirth: 'name 1', birth: '2015-03' },
  ]),
  fileOf('s1', '2024-Q2', [
    { client: 'a', nhsNumber: 'n 1', nameBirth: 'name 1', birth: '2015-03' },
  ]),
  fileOf('s2', '2024-Q1', [
    { client: 'b', nhsNumber: 'n 2', nameBirth: 'name 1', birth: '2015-03' },
  ]),
]

/** Every choice of groupings, in one order or another. */
const EVERY_GROUPING = GROUPINGS.reduce<Grouping[][]>(
  (sets, one, index) => [
    ...sets,
    ...sets.map((set) => (index % 2 === 0 ? [...set, one] : [one, ...set])),
  ],
  [[]],
)

describe('reach in SQL', () => {
  test('[S49] equals reach in memory by every grouping and in every period, however services were used', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async (world) => {
        const programme = await SmallProgramme.begin(open.store)
        for (const file of world) await programme.send(file)
        const linkage = programme.inMemory()
        for (const [first, last] of [
          [0, 2],
          [0, 0],
          [1, 2],
          [2, 1],
        ] as const) {
          const period = { from: QUARTERS[first], to: QUARTERS[last] }
          for (const grouping of EVERY_GROUPING) {
            expect(
              await measureReach(open.store.pool, { dataset: 'production', ...period }, grouping),
            ).toEqual(programme.reachInMemory(linkage, period, grouping))
          }
        }
      }),
      // A world that fails is told as it is: to find a smaller one takes minutes.
      {
        examples: [[TWICE_AND_DOUBTFUL]],
        numRuns: 3,
        endOnFailure: true,
        plugins: [withinTime(500_000)],
      },
    )
  }, 600_000)

  test('is nobody where nobody was reached, and leaves no cell', async () => {
    const programme = await SmallProgramme.begin(open.store)
    const nobody = { children: 0, adults: 0, families: 0, people: 0, lower: 0, upper: 0 }
    const measure = (from: Quarter, to: Quarter) =>
      measureReach(open.store.pool, { dataset: 'production', from, to }, ['service'])
    expect(await measure('2024-Q1', '2024-Q4')).toEqual({ unique: nobody, cells: [] })
    await programme.send(
      fileOf('s1', '2024-Q1', [
        { client: 'a', status: 'waiting', contacts: 5 },
        { client: 'b', status: 'declined', contacts: 5 },
        { client: 'c', contacts: 0 },
        { client: 'd', contacts: null },
      ]),
    )
    expect(await measure('2024-Q1', '2024-Q4')).toEqual({ unique: nobody, cells: [] })
    await programme.send(fileOf('s2', '2024-Q2', [{ client: 'z', role: 'adult' }]))
    const one = { ...nobody, adults: 1, people: 1, lower: 1, upper: 1 }
    expect(await measure('2024-Q1', '2024-Q4')).toEqual({
      unique: one,
      cells: [{ by: ['s2'], ...one }],
    })
    expect(await measure('2024-Q4', '2025-Q4')).toEqual({ unique: nobody, cells: [] })
  })

  test('counts a mother who is a child to another service among both, and once among people', async () => {
    const programme = await SmallProgramme.begin(open.store)
    await programme.sendRows('s1', '2024-Q1', [
      { client: 'a', nhsNumber: 'n', role: 'child' },
      { client: 'baby', role: 'child', carerEmail: 'e' },
    ])
    await programme.sendRows('s2', '2024-Q1', [
      { client: 'b', nhsNumber: 'n', role: 'parent', email: 'e' },
    ])
    const { unique, cells } = await measureReach(
      open.store.pool,
      { dataset: 'production', from: '2024-Q1', to: '2024-Q1' },
      ['role'],
    )
    expect(unique).toEqual({ children: 2, adults: 1, families: 1, people: 2, lower: 2, upper: 2 })
    expect(cells.map(({ by, people }) => [...by, people])).toEqual([
      ['child', 2],
      ['parent', 1],
    ])
  })
})
