import { describe, expect, it } from 'vitest'
import { ReleaseModel } from '#core/disclosure/attack/release-model.ts'
import { repairRelease } from '#core/disclosure/attack/repair.ts'
import { HIDDEN_CELL } from '#core/disclosure/print-lattice.ts'
import { loadSolver } from '#server/figures/releases/highs-solver.ts'
import { Attack } from './attack-by-solver.ts'
import { drawProgramme } from './small-programmes.ts'

/** Programmes of some dozens of people that no search left without a doubt. */
const SEEDS = [4, 5, 7]
const LONG = 120_000

describe('programmes of few people', () => {
  it.each(SEEDS)(
    '[S53] [S56] leave nothing in doubt, and everybody is left five values of what is hidden: number %i',
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
      const attack = new Attack(model, solver)
      expect(attack.secrets.length).toBeGreaterThan(20)
      expect(attack.secrets.filter((secret) => !attack.leaves(secret))).toEqual([])
    },
    LONG,
  )
})
