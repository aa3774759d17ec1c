import { describe, expect, it } from 'vitest'
import { ReleaseModel } from '#core/disclosure/attack/release-model.ts'
import { repairRelease } from '#core/disclosure/attack/repair.ts'
import { Secrets } from '#core/disclosure/attack/secrets.ts'
import { cellsOfTable } from '#core/disclosure/left-out.ts'
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
/** One of which no search can tell what figures to hide. */
const IN_DOUBT = 5
const LONG = 120_000

describe('programmes of few people', () => {
  it.each(SEEDS)(
    '[S53] [S56] leave nothing in doubt, and everybody and each provider is left five values of what is hidden: number %i',
    async (seed) => {
      const solver = await loadSolver()
      const { release, views } = drawProgramme(seed)
      const repaired = repairRelease(release, views, { solver })
      const { printed, hidden, leftOut, untold } = repaired
      expect(untold).toBe(0)
      expect(leftOut).toEqual([])
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
      expect(countTold(release, repaired, { views, solver })).toBe(0)
    },
    LONG,
  )

  it(
    '[S53] [S56] leave whole tables out where hiding figures is not enough, and then nothing is told',
    async () => {
      const { release, views } = drawProgramme(IN_DOUBT)
      const repaired = repairRelease(release, views)
      const { printed, leftOut, untold } = repaired
      expect(untold).toBe(0)
      expect(leftOut).toEqual(['new'])
      const cells = cellsOfTable(release.lattice, 'new')
      expect(cells.some((cell) => release.printed[cell] === 0)).toBe(true)
      for (const cell of cells) {
        expect(printed[cell]).toBe(release.unsent?.[cell] === 1 ? 0 : HIDDEN_CELL)
      }
      expect(printed.filter((figure) => figure > 0).length).toBeGreaterThan(400)
      expect(countTold(release, repaired, { views, solver: await loadSolver() })).toBe(0)
    },
    LONG,
  )

  it(
    '[S53] show nothing of which nearly nothing is over the threshold, without a search for what may stay',
    () => {
      const { release } = drawProgramme(TINY)
      const shown = release.printed.filter((figure) => figure > 0).length
      expect(shown).toBeGreaterThan(0)
      const { printed, hidden, leftOut, rounds } = repairRelease(release)
      expect(leftOut).toEqual(['everything'])
      for (const [cell, figure] of printed.entries()) {
        expect(figure).toBe(release.unsent?.[cell] === 1 ? 0 : HIDDEN_CELL)
      }
      expect(hidden).toHaveLength(shown)
      expect(hidden.every(({ cell, figure }) => release.printed[cell] === figure)).toBe(true)
      expect(rounds).toBe(0)
    },
    LONG,
  )
})
