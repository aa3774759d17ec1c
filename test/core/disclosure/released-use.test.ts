import { expect, test } from 'vitest'
import { HidingPrices } from '#core/disclosure/attack/hiding.ts'
import { ReleaseModel } from '#core/disclosure/attack/release-model.ts'
import { repairRelease } from '#core/disclosure/attack/repair.ts'
import { differencesOf, HIDDEN_CELL, printLattice } from '#core/disclosure/print-lattice.ts'
import {
  cellNumber,
  countedCells,
  layOutLattice,
  MEASURE,
  SPAN,
  type Span,
} from '#core/disclosure/lattice.ts'
import { CHANGES, ENDINGS, isAspect, isToldBy } from '#core/disclosure/released-use.ts'
import { DISCLOSURE_SETTINGS } from '#core/disclosure/settings.ts'
import { loadSolver } from '#server/figures/releases/highs-solver.ts'
import { countTold } from './attack-by-solver.ts'
import { LISTS } from './lattices.ts'
import { drawUsedProgramme, programmeOf } from './small-programmes.ts'

/** What a release tells of how services were used, attacked and repaired like reach. */

const DRAWS = [1, 2, 3, 4, 5, 6, 7, 8]

test('[S53] [S56] use leaves everybody and each provider five values of what is hidden', async () => {
  const solver = await loadSolver()
  const seen = { shown: 0, byRule: 0, forOthers: 0 }
  for (const seed of DRAWS) {
    const { release, views } = drawUsedProgramme(seed, 40 + seed * 10)
    const { printed, hidden, untold } = repairRelease(release, views, { solver })
    expect(untold).toBe(0)
    expect(countTold(release, { hidden }, { views, solver })).toBe(0)
    const { lattice } = release
    for (const cell of countedCells(lattice)) {
      if (!isAspect(lattice.groups[groupOf(lattice, cell)]?.attribute ?? '')) continue
      seen.shown += Number((printed[cell] ?? 0) > 0)
      seen.byRule += Number(release.printed[cell] === HIDDEN_CELL)
      seen.forOthers += Number(hidden.some((one) => one.cell === cell))
    }
  }
  expect(Object.values(seen).every((count) => count > 0)).toBe(true)
}, 60_000)

test('[S56] a provider that counted 10 of 11 completions does not learn of the other one', async () => {
  const solver = await loadSolver()
  const { lists } = drawUsedProgramme(1, 1).release.lattice
  const seen = Array.from({ length: 60 }, (_, number) => ({
    service: number < 40 ? 0 : 1,
    ending: number < 10 || number === 59 ? 0 : 2,
  }))
  const { release, views } = programmeOf({
    ...{ lists, providers: ['a', 'b'], profile: 'programme' },
    people: seen.map(({ service }, family) => ({
      ...{ place: 2, child: true, family, gender: 0, band: 0, used: new Map([[service, [0]]]) },
    })),
    uses: seen.map(({ ending }) => [0, 5, ending, 3]),
  })
  const { use: groups } = release.lattice
  const completed = cellNumber(release.lattice, groups?.endings[0] ?? -1, 0, SPAN.quarter, 0)
  expect(release.printed[completed]).toBe(10)
  expect(repairRelease({ ...release, breakdowns: undefined }, views, { solver }).hidden).toEqual([])
  expect(countTold(release, { hidden: [] }, { views, solver })).toBeGreaterThan(0)
  const { printed, hidden, untold } = repairRelease(release, views, { solver })
  expect([printed[completed], untold]).toEqual([HIDDEN_CELL, 0])
  expect(countTold(release, { hidden }, { views, solver })).toBe(0)
})

test('[S56] a provider of two services that counted 10 of 11 who came to activities does not learn of the other one', async () => {
  const solver = await loadSolver()
  const { lists } = drawUsedProgramme(1, 1).release.lattice
  const services = ['a', 'b', 'c'].map((code) => ({ code, strand: 'one' }))
  // Six and five came to those of the provider's own, one to both.
  const seen = Array.from({ length: 90 }, (_, number) => ({
    services: number === 0 ? [0, 1] : [Math.floor(number / 30)],
    came: number < 6 || (number >= 30 && number < 34) || number === 89,
  }))
  const { release, views } = programmeOf({
    ...{ lists: { ...lists, services }, providers: ['p', 'p', 'q'], profile: 'programme' },
    people: seen.map(({ services: of }, family) => ({
      ...{ place: 2, child: true, family, gender: 0, band: 0 },
      used: new Map(of.map((service) => [service, [0]])),
    })),
    uses: seen.map(({ came }) => [came ? 1 : 0, 5, 2, 3]),
  })
  const { lattice, counts } = release
  const [all = -1] = lattice.use?.activities ?? []
  const cameAtAll = cellNumber(lattice, all, 0, SPAN.quarter, 0)
  expect([counts[cameAtAll], release.printed[cameAtAll]]).toEqual([11, 10])
  const [own, other] = views
  if (own === undefined || other === undefined) throw new Error('there are two providers')
  expect(countTold(release, { hidden: [] }, { views: [own], solver })).toBeGreaterThan(0)
  const { printed, hidden, untold } = repairRelease(release, views, { solver })
  expect([printed[cameAtAll], untold]).toEqual([HIDDEN_CELL, 0])
  expect(countTold(release, { hidden }, { views, solver })).toBe(0)
})

test('nothing that no release counts is hidden with what it counts, 0s neither', () => {
  const { release } = drawUsedProgramme(1, 40)
  const model = new ReleaseModel(release, true)
  const prices = new HidingPrices(model)
  const counted = new Set(countedCells(release.lattice))
  const cells = [...model.cellsOf.keys()].flatMap((unknown) => prices.cells(unknown))
  expect(cells.length).toBeGreaterThan(100)
  expect(cells.filter((cell) => !counted.has(cell) && release.printed[cell] === 0)).toEqual([])
})

function groupOf({ cells, groups }: ReturnType<typeof layOutLattice>, cell: number): number {
  return Math.floor(cell / (cells / groups.length))
}

const LATTICE = layOutLattice({
  ...LISTS,
  use: {
    scales: [
      { code: 'a', isRuled: true },
      { code: 'a/b', isRuled: false },
    ],
  },
})
const { use } = LATTICE
const cellOf = (group: number | undefined, span: Span): number =>
  cellNumber(LATTICE, group ?? -1, 0, SPAN[span], MEASURE.people)

test('an ending that the others and their total tell is hidden with another, and each is part of who was reached', () => {
  const counts = new Int32Array(LATTICE.cells)
  for (const span of ['quarter', 'year', 'start'] as const) counts[cellOf(0, span)] = 30
  for (const [at, count] of [12, 12, 6].entries())
    counts[cellOf(use?.endings[at], 'quarter')] = count
  const settings = DISCLOSURE_SETTINGS.programme
  const printed = printLattice(LATTICE, { counts }, settings)
  const endings = ENDINGS.map((_, at) => cellOf(use?.endings[at], 'quarter'))
  expect(endings.map((cell) => printed[cell])).toEqual([10, 10, HIDDEN_CELL])
  const repaired = repairRelease({ ...{ lattice: LATTICE, counts, printed, settings } })
  expect(endings.map((cell) => repaired.printed[cell]).toSorted()).toEqual([
    HIDDEN_CELL,
    HIDDEN_CELL,
    10,
  ])
  const pairs = new Set([...differencesOf(LATTICE)].map(({ whole, part }) => `${whole} ${part}`))
  for (const cell of endings) expect(pairs.has(`${cellOf(0, 'quarter')} ${cell}`)).toBe(true)
  const [scale, sub] = use?.scales ?? []
  expect(sub?.changed).toEqual([])
  expect(pairs.has(`${cellOf(scale?.scored, 'year')} ${cellOf(scale?.paired, 'year')}`)).toBe(true)
  expect(
    CHANGES.map((_, at) =>
      pairs.has(`${cellOf(scale?.paired, 'year')} ${cellOf(scale?.changed[at], 'year')}`),
    ),
  ).toEqual([true, true, true])
  // Of a service: who came to its activities, among whom it reached and who came to those of its strand and of all.
  const [all, strand, , service] = use?.activities ?? []
  for (const whole of [
    all,
    strand,
    LATTICE.groups.findIndex(({ scopeCode }) => scopeCode === 'baby-club'),
  ])
    expect(pairs.has(`${cellOf(whole, 'year')} ${cellOf(service, 'year')}`)).toBe(true)
})

test('a release of reach alone tells of no use, another of the scales that it names', () => {
  const told = (use: Parameters<typeof isToldBy>[0]): number[] =>
    LATTICE.groups.flatMap((group, at) => (isToldBy(use, group) ? at : []))
  const reach = LATTICE.groups.flatMap(({ attribute }, at) => (isAspect(attribute) ? [] : at))
  expect(told(undefined)).toEqual(reach)
  expect(told(LATTICE.lists.use)).toEqual([...LATTICE.groups.keys()])
  const scales = use?.scales.map(({ scored, paired, changed }) => [scored, paired, ...changed])
  const [ofA = [], ofB = []] = scales ?? []
  const without = (left: readonly number[]) =>
    [...LATTICE.groups.keys()].filter((group) => !left.includes(group))
  expect(told({ scales: [] })).toEqual(without([...ofA, ...ofB]))
  expect(told({ scales: [{ code: 'a', isRuled: false }] })).toEqual(
    without([...ofA.slice(2), ...ofB]),
  )
})
