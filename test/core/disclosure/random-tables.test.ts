import { describe, expect, it } from 'vitest'
import { ReleaseModel } from '#core/disclosure/attack/release-model.ts'
import { repairRelease } from '#core/disclosure/attack/repair.ts'
import { loadSolver } from '#server/figures/releases/highs-solver.ts'
import { HIDDEN_CELL, printLattice, printsAnything } from '#core/disclosure/print-lattice.ts'
import { attackTable, MOST, repairTable } from './judge-table.ts'
import { isSafe } from './optimum.ts'
import { draw, drawTables } from './random-numbers.ts'
import { wardRelease } from './ward-tables.ts'

/** How many tables are drawn: `npm run bench random-tables` draws 10,000. */
const TABLES = 60

describe('random small tables', () => {
  it('[S53] are attacked exactly, and repaired so that none leaves fewer than five values and no more than a tenth is lost beyond what must be, by trying every table', async () => {
    const solver = await loadSolver()
    const sum = { exact: 0, lost: 0, least: 0 }
    for (const counts of drawTables(TABLES)) {
      const { exact, inexact } = attackTable(counts, solver)
      expect(inexact, counts.join()).toBe(0)
      const { lost, least, ...repaired } = repairTable(counts)
      expect(repaired, counts.join()).toMatchObject({ inDoubt: 0, isSafe: true })
      sum.exact += exact
      sum.lost += lost
      sum.least += least
    }
    expect(sum.exact).toBeGreaterThan(TABLES)
    expect(sum.least).toBeGreaterThan(0)
    expect(sum.lost).toBeLessThanOrEqual(sum.least * 1.1)
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
})
