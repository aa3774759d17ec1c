import { describe, expect, it } from 'vitest'
import { Attack } from './attack-by-solver.ts'
import { HidingPrices } from '#core/disclosure/attack/hiding.ts'
import { ReleaseModel, type PrintedRelease } from '#core/disclosure/attack/release-model.ts'
import { repairRelease } from '#core/disclosure/attack/repair.ts'
import { loadSolver } from '#server/figures/releases/highs-solver.ts'
import { HIDDEN_CELL, printLattice, printsAnything } from '#core/disclosure/print-lattice.ts'
import { enumerate } from './enumeration.ts'
import { isSafe, leastLoss } from './optimum.ts'
import { draw, drawTables } from './random-numbers.ts'
import { wardRelease } from './ward-tables.ts'

/** How many tables are drawn; 10,000 with COUNTONCE_RANDOM_TABLES=10000, in some minutes. */
const TABLES = Number(process.env['COUNTONCE_RANDOM_TABLES'] ?? 60)
/** How far the enumeration tries what nothing bounds. */
const MOST = 40

/** What hiding these cells of a release loses, as the repair counts it. */
function lossOf(release: PrintedRelease, printed: Int32Array): number {
  const model = new ReleaseModel(release)
  const prices = new HidingPrices(model)
  return [...model.cellsOf.keys()]
    .filter((unknown) =>
      model.cellsOf[unknown]?.some(
        (cell) => (release.printed[cell] ?? 0) > 0 && (printed[cell] ?? 0) < 0,
      ),
    )
    .reduce((sum, unknown) => sum + prices.price(unknown), 0)
}

describe('random small tables', () => {
  it('[S53] are attacked exactly and repaired so that none leaves fewer than five values, by trying every table', async () => {
    const solver = await loadSolver()
    let asked = 0
    for (const counts of drawTables(TABLES)) {
      const release = wardRelease(counts)
      const model = new ReleaseModel(release)
      const attack = new Attack(model, solver)
      const ranges = enumerate(model.system, (one) => model.bounds(one), MOST)
      for (const secret of attack.secrets) {
        const { least, greatest } = ranges[secret] ?? { least: 0, greatest: 0 }
        // What nothing bounds was tried up to a number only.
        if (attack.range(secret).outer.greatest >= MOST) continue
        expect(attack.interval(secret), counts.join()).toEqual({ least, greatest })
        asked += 1
      }
      const { printed, untold } = repairRelease(release)
      expect(untold, counts.join()).toBe(0)
      // One that prints nothing leaves everything open, which no enumeration ends of.
      if (!printsAnything(release.lattice, printed)) continue
      expect(isSafe(new ReleaseModel({ ...release, printed }), MOST), counts.join()).toBe(true)
    }
    expect(asked).toBeGreaterThan(TABLES)
  })

  it('[S53] of which a second release is made, after people came and went, tell nothing by either, or that is counted', () => {
    const numbers = draw(20261130n)
    let counted = 0
    let changed = 0
    for (const counts of drawTables(TABLES)) {
      if (counts.length > 3) continue
      const before = wardRelease(counts)
      const { printed: published } = repairRelease(before)
      if (!printsAnything(before.lattice, published)) continue
      const later = counts.map((count) => {
        const turn = numbers.next().value % 3
        return turn === 0 ? count : turn === 1 ? 0 : count + (numbers.next().value % 16)
      })
      const now = wardRelease(later)
      const printed = printLattice(now.lattice, now, now.settings, published)
      const release = { ...now, printed, published }
      const repaired = repairRelease(release)
      for (const [cell, once] of published.entries()) {
        if (once === HIDDEN_CELL) expect(repaired.printed[cell]).toBe(HIDDEN_CELL)
      }
      if (repaired.untold > 0) {
        counted += 1
        continue
      }
      changed += 1
      const model = new ReleaseModel({ ...release, printed: repaired.printed })
      expect(isSafe(model, MOST), `${counts.join()} to ${later.join()}`).toBe(true)
    }
    expect(counted).toBeLessThan(changed / 4)
  })

  it('lose no more than a tenth beyond what must be lost, over all tables together', () => {
    let lost = 0
    let least = 0
    for (const counts of drawTables(TABLES)) {
      const release = wardRelease(counts)
      const { printed } = repairRelease(release)
      const own = lossOf(release, printed)
      lost += own
      least += own === 0 ? 0 : (leastLoss(release, own, MOST) ?? own)
    }
    expect(least).toBeGreaterThan(0)
    expect(lost).toBeLessThanOrEqual(least * 1.1)
  })
})
