import type { OwnCounts } from '#core/disclosure/own-counts.ts'
import { HIDDEN_CELL } from '#core/disclosure/print-lattice.ts'
import { hasToldNothing, hideEverything, isNearlyAllSmall, printNothing } from './hide-at-once.ts'
import type { IntegerSolver } from './integer-solver.ts'
import { isLarge } from './large-release.ts'
import { ReleaseModel, type PrintedRelease } from './release-model.ts'
import type { RepairedRelease } from './repaired-release.ts'
import { RepairRun, type RepairMeans } from './repair-run.ts'
import type { Seen } from './viewer.ts'

/**
 * Hides more of a release until every quantity that must be protected is shown to have enough
 * values: two tables that print the same, in which it differs by so much. Hiding more never takes a
 * table away, so what was shown once need not be looked at again. Where no such table is found,
 * one is made that prints otherwise, and what it prints otherwise is hidden: the table that loses
 * least.
 *
 * `views` are of those who counted some cells themselves: providers.
 */
export function repairRelease(
  release: PrintedRelease,
  views: readonly OwnCounts[] = [],
  { solver, onRound, mostCells }: RepairHelp = {},
): RepairedRelease {
  const isTiny = isNearlyAllSmall(release)
  const means = { solver, isTiny, isLarge: isLarge(release.lattice, mostCells) }
  if (isTiny && hasToldNothing(release)) return { ...nothingOf(release), ...AT_ONCE }
  const model = new ReleaseModel(release)
  const atOnce = isTiny ? hideEverything(model) : []
  const { repaired, seen } = attackFirst(model, views, means, onRound)
  const hidden = [...atOnce, ...repaired.hidden]
  if (repaired.untold === 0) return withoutZeros(release, { ...repaired, hidden })
  // Where nobody is says too much of the few who are somewhere: as a last resort 0 is hidden too.
  const { withZeros } = model
  for (const { cell } of hidden) withZeros.hide([cell])
  const last = new RepairRun(withZeros, views, means, seen).run(onRound)
  const effort = {
    solverCalls: repaired.solverCalls + last.solverCalls,
    rounds: repaired.rounds + last.rounds,
  }
  // What prints nothing tells nothing, whatever releases before and one's own counts say.
  if (last.untold > 0) return { ...last, ...nothingOf(release), ...effort }
  return withoutZeros(release, { ...last, hidden: [...hidden, ...last.hidden], ...effort })
}

/** The first attack; of what it needed only what it saw is kept. */
function attackFirst(
  model: ReleaseModel,
  views: readonly OwnCounts[],
  means: RepairMeans,
  onRound: RepairHelp['onRound'],
): { readonly repaired: RepairedRelease; readonly seen: readonly Seen[] } {
  const run = new RepairRun(model, views, means)
  return { repaired: run.run(onRound), seen: run.seen }
}

/**
 * Where the repair left no figure, nothing is printed as where hardly anybody is: zeros beside nothing else would say that
 * there were figures, and so of wards that are hidden as a total of theirs is that they are nearly the threshold each.
 */
function withoutZeros(release: PrintedRelease, repaired: RepairedRelease): RepairedRelease {
  const hasFigure = repaired.printed.some((one) => one > 0)
  const hidesAny = repaired.printed.includes(HIDDEN_CELL)
  if (hasFigure || !hidesAny || !hasToldNothing(release)) return repaired
  return { ...repaired, ...nothingOf(release) }
}

/** Of hardly anybody no figure would be left, and of some no repair leaves nothing in doubt: nothing is printed then. */
function nothingOf(
  release: PrintedRelease,
): Pick<RepairedRelease, 'printed' | 'hidden' | 'untold'> {
  return { printed: printNothing(release), hidden: [], untold: 0 }
}

/** One round, in which there is nothing to attack. */
const AT_ONCE = { solverCalls: 0, unknowns: 0, rounds: 1, secrets: 0 }

/** What a repair may use, and whom it tells how far it is. */
export interface RepairHelp {
  /** Decides what no search does: each question takes long, so that only so many are asked. */
  readonly solver?: IntegerSolver
  /** Of a release of more cells not everything is tried which takes long. */
  readonly mostCells?: number
  readonly onRound?: (round: number, told: number) => void
}
