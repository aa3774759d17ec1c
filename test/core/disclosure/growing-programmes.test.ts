import { expect, it } from 'vitest'
import { repairRelease } from '#core/disclosure/attack/repair.ts'
import { printsAnything } from '#core/disclosure/print-lattice.ts'
import { loadSolver } from '#server/figures/releases/highs-solver.ts'
import { countTold } from './attack-by-solver.ts'
import { growProgramme, printAfter, type Made } from './growing-programmes.ts'

/** One that every release prints something of, and one whose last release prints nothing. */
const SEEDS = [
  [5, false],
  [4, true],
] as const

it.each(SEEDS)(
  '[S53] [S56] leaves nothing in doubt quarter after quarter, with a correction and a withdrawal between: number %i',
  async (seed, endsWithNothing) => {
    const solver = await loadSolver()
    const made: Made[] = []
    const empty: boolean[] = []
    for (const { release: counted, views } of growProgramme(seed)) {
      const release = printAfter(counted, made)
      const repaired = repairRelease(release, views, { solver })
      expect(repaired.untold).toBe(0)
      const isEmpty = !printsAnything(release.lattice, repaired.printed)
      // What prints nothing tells nothing; anything else is attacked afresh.
      if (!isEmpty) expect(countTold(release, repaired, { views, solver })).toBe(0)
      empty.push(isEmpty)
      made.push({ release, repaired })
    }
    expect(empty.at(-1)).toBe(endsWithNothing)
    expect(empty.slice(0, -1)).not.toContain(true)
    // What was withheld so is not hidden for ever: the next is printed after what was printed before.
    const [last] = growProgramme(seed).slice(-2)
    if (last === undefined) throw new Error('no programme')
    const next = printAfter(last.release, made)
    expect(next.printed.some((figure) => figure > 0)).toBe(true)
  },
  120_000,
)
