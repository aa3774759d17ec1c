import { describe, expect, it } from 'vitest'
import { ReleaseModel } from '#core/disclosure/attack/release-model.ts'
import { repairRelease } from '#core/disclosure/attack/repair.ts'
import { Secrets } from '#core/disclosure/attack/secrets.ts'
import { HIDDEN_CELL } from '#core/disclosure/print-lattice.ts'
import { loadSolver } from '#server/figures/releases/highs-solver.ts'
import { countTold } from './attack-by-solver.ts'
import { drawProgramme } from './small-programmes.ts'

/**
 * Programmes of some dozens of people: two that no search left without a doubt, small ones, and number 7, of
 * which a provider's own people were once taken for others'.
 */
const SEEDS = [1, 4, 5, 6, 7]
/** One of few people, nearly all of whose figures are hidden before the repair. */
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

  it(
    '[S53] show nothing of which nearly nothing is over the threshold, without a search for what may stay',
    () => {
      const { release } = drawProgramme(TINY)
      const shown = release.printed.filter((figure) => figure > 0).length
      expect(shown).toBeGreaterThan(0)
      const { printed, hidden, rounds } = repairRelease(release)
      expect(printed.filter((figure) => figure > 0)).toHaveLength(0)
      expect(hidden).toHaveLength(shown)
      expect(hidden.every(({ cell, figure }) => release.printed[cell] === figure)).toBe(true)
      expect(rounds).toBe(1)
    },
    LONG,
  )
})
