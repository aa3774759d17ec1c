import { HidingPrices } from '#core/disclosure/attack/hiding.ts'
import type { IntegerSolver } from '#core/disclosure/attack/integer-solver.ts'
import { ReleaseModel, type PrintedRelease } from '#core/disclosure/attack/release-model.ts'
import { repairRelease } from '#core/disclosure/attack/repair.ts'
import { printsAnything } from '#core/disclosure/print-lattice.ts'
import { Attack } from './attack-by-solver.ts'
import { enumerate } from './enumeration.ts'
import { isSafe, leastLoss } from './optimum.ts'
import { wardRelease } from './ward-tables.ts'

/** How far an enumeration tries what nothing bounds. */
export const MOST = 40

/** What became of the quantities of one table, by the attack and by trying every table there is. */
export interface AttackedTable {
  /** Quantities of which both have the same least and greatest, and those of which they have not. */
  readonly exact: number
  readonly inexact: number
  /** Nothing bounds these: no enumeration ends. */
  readonly unbounded: number
}

/** Attacks the people of some wards as they would be printed. */
export function attackTable(counts: readonly number[], solver: IntegerSolver): AttackedTable {
  const model = new ReleaseModel(wardRelease(counts))
  const attack = new Attack(model, solver)
  const ranges = enumerate(model.system, (one) => model.bounds(one), MOST)
  const table = { exact: 0, inexact: 0, unbounded: 0 }
  for (const secret of attack.secrets) {
    const { least, greatest } = ranges[secret] ?? { least: 0, greatest: 0 }
    if (attack.range(secret).outer.greatest >= MOST) {
      table.unbounded += 1
      continue
    }
    const found = attack.interval(secret)
    if (found.least === least && found.greatest === greatest) table.exact += 1
    else table.inexact += 1
  }
  return table
}

/** What became of one table by its repair. */
export interface RepairedTable {
  readonly inDoubt: number
  /** Whether nothing of it is printed: that leaves everything open. */
  readonly isEmpty: boolean
  /** Whether trying every table leaves five values of everything that must be protected. */
  readonly isSafe: boolean
  /** What was lost, and the least that any choice of figures to hide loses. */
  readonly lost: number
  readonly least: number
}

/** Repairs the people of some wards. */
export function repairTable(counts: readonly number[]): RepairedTable {
  const release = wardRelease(counts)
  const { printed, untold } = repairRelease(release)
  const isEmpty = !printsAnything(release.lattice, printed)
  const lost = lossOf(release, printed)
  return {
    ...{ inDoubt: untold, isEmpty, lost },
    isSafe: isEmpty || isSafe(new ReleaseModel({ ...release, printed }), MOST),
    least: lost === 0 ? 0 : (leastLoss(release, lost, MOST) ?? lost),
  }
}

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
