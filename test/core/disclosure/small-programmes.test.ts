import { describe, expect, it } from 'vitest'
import { EarlierReleases } from '#core/disclosure/attack/earlier.ts'
import { ReleaseModel } from '#core/disclosure/attack/release-model.ts'
import { hasToldNothing, isNearlyAllSmall } from '#core/disclosure/attack/hide-at-once.ts'
import { repairRelease } from '#core/disclosure/attack/repair.ts'
import { Secrets } from '#core/disclosure/attack/secrets.ts'
import { countedCells } from '#core/disclosure/lattice.ts'
import {
  HIDDEN_CELL,
  printLattice,
  printsAnything,
  UNPUBLISHED_CELL,
} from '#core/disclosure/print-lattice.ts'
import { loadSolver } from '#server/figures/releases/highs-solver.ts'
import { countTold } from './attack-by-solver.ts'
import { drawProgramme } from './small-programmes.ts'

/**
 * Programmes of some dozens of people: two that no search left without a doubt, small ones, and number 7, of
 * which a provider's own people were once taken for others'.
 */
const SEEDS = [1, 4, 5, 6, 7]
/** One of few people, nearly all of whose figures are small. */
const TINY = 27
const LONG = 120_000

describe('programmes of few people', () => {
  it.each(SEEDS)(
    '[S53] [S56] leave nothing in doubt, and everybody and each provider is left five values of what is hidden: number %i',
    async (seed) => {
      const solver = await loadSolver()
      const { release, views } = drawProgramme(seed)
      const { printed, hidden, untold } = repairRelease(release, views, { solver })
      expect(untold).toBe(0)
      const model = new ReleaseModel(release, true)
      for (const { cell, figure } of hidden) {
        model.hide([cell])
        expect(printed[cell]).toBe(HIDDEN_CELL)
        if (figure > 0) continue
        // Of a 0 that is hidden nobody can tell whether it is one.
        expect(release.counts[cell]).toBe(0)
        expect(model.known(cell)).toEqual({ least: 0, greatest: 7 })
      }
      expect(hidden.some(({ figure }) => figure === 0)).toBe(seed === 4)
      expect(new Secrets(model).list().length).toBeGreaterThan(20)
      // Attacked afresh, with every 0 for one that might be hidden.
      expect(countTold(release, { hidden }, { views, solver })).toBe(0)
    },
    LONG,
  )

  it.each([4, 5])(
    '[S53] [S56] leave nothing in doubt where they have more cells than are tried at length: number %i',
    async (seed) => {
      const solver = await loadSolver()
      const { release, views } = drawProgramme(seed)
      const repaired = repairRelease(release, views, { solver, mostCells: 0 })
      expect(repaired.untold).toBe(0)
      expect(printsAnything(release.lattice, repaired.printed)).toBe(true)
      expect(countTold(release, repaired, { views, solver })).toBe(0)
    },
    LONG,
  )

  it('[S53] [S56] print nothing of which nearly nothing is over the threshold, not even where nobody is', () => {
    const { release, views } = drawProgramme(TINY)
    const { lattice, counts, settings, unsent } = release
    expect(release.printed.some((figure) => figure > 0)).toBe(true)
    const first = repairRelease(release, views)
    expect(first).toMatchObject({ hidden: [], untold: 0, rounds: 1 })
    const counted = new Set(countedCells(lattice))
    for (const [cell, printed] of first.printed.entries()) {
      expect(printed).toBe(counted.has(cell) && unsent?.[cell] !== 1 ? HIDDEN_CELL : 0)
    }
    // Who has read it was told nothing, and is told nothing by another; of more people the next prints again.
    const earlier = new EarlierReleases(lattice, counts, 'own')
    const before = first.printed.map((printed, cell) =>
      unsent?.[cell] === 1 ? UNPUBLISHED_CELL : printed,
    )
    earlier.read({ series: 'own', settings, printed: before, hidden: new Map() })
    const { published, readers } = earlier
    const again = printLattice(lattice, { counts }, settings, published)
    const second = repairRelease({ ...release, printed: again, published, readers }, views)
    expect(second).toMatchObject({ printed: first.printed, untold: 0, rounds: 1 })
    // Nobody is not few: a 0 that is hidden for ever since does not make the next one so.
    const { release: larger } = drawProgramme(SEEDS[0] ?? 0)
    const once = larger.printed.map((figure) => (figure === 0 ? HIDDEN_CELL : figure))
    expect([larger, { ...larger, printed: once }].map(isNearlyAllSmall)).toEqual([false, false])
  })

  it('are read after another that showed something, and keep what that printed', () => {
    const { release } = drawProgramme(TINY)
    const { lattice, counts, printed, settings } = release
    const earlier = new EarlierReleases(lattice, counts, 'own')
    earlier.read({ series: 'own', settings, printed, hidden: new Map() })
    const { published, readers } = earlier
    expect(hasToldNothing({ ...release, published, readers })).toBe(false)
    expect(hasToldNothing({ ...release, readers })).toBe(false)
    expect(hasToldNothing(release)).toBe(true)
  })
})
