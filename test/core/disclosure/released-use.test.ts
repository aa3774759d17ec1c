import { expect, test } from 'vitest'
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
import { drawUsedProgramme } from './small-programmes.ts'

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
