import type { OwnCounts } from '#core/disclosure/own-counts.ts'
import {
  hasToldNothing,
  hideEverything,
  isNearlyAllSmall,
  printNothing,
  type HiddenFigure,
} from './hide-at-once.ts'
import { isLarge } from './hiding-plans.ts'
import type { IntegerSolver } from './integer-solver.ts'
import { ReleaseModel, type PrintedRelease } from './release-model.ts'
import { RepairRun } from './repair-run.ts'

/** A release after its repair. */
export interface RepairedRelease {
  /** What is printed, by number of cell. */
  readonly printed: Int32Array
  /** What the repair hid, in order: for the release's record, never for its print. */
  readonly hidden: readonly HiddenFigure[]
  /** How many quantities may leave too few values still: whatever may be hidden was not enough. */
  readonly untold: number
  readonly solverCalls: number
  readonly unknowns: number
  readonly rounds: number
  /** How many quantities had to be protected, of everybody and of each provider. */
  readonly secrets: number
}

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
  { solver, onRound }: RepairHelp = {},
): RepairedRelease {
  const isTiny = isNearlyAllSmall(release)
  if (isTiny && hasToldNothing(release)) return nothingOf(release)
  const model = new ReleaseModel(release)
  const atOnce = isTiny ? hideEverything(model) : []
  const repaired = new RepairRun(model, views, { solver, isTiny }).run(onRound)
  const hidden = [...atOnce, ...repaired.hidden]
  const isLast = isLarge(model) || (isTiny && repaired.untold > FEW)
  if (repaired.untold === 0 || isLast) return { ...repaired, hidden }
  // Where nobody is says too much of the few who are somewhere: as a last resort 0 is hidden too.
  const withZeros = new ReleaseModel(release, true)
  for (const { cell } of hidden) withZeros.hide([cell])
  const last = new RepairRun(withZeros, views, { solver, isTiny }).run(onRound)
  return {
    ...last,
    hidden: [...hidden, ...last.hidden],
    solverCalls: repaired.solverCalls + last.solverCalls,
    rounds: repaired.rounds + last.rounds,
  }
}

/** Of hardly anybody no figure would be left: nothing is printed then, and nothing has to be attacked. */
function nothingOf(release: PrintedRelease): RepairedRelease {
  return {
    ...{ printed: printNothing(release), hidden: [], untold: 0 },
    // One round, in which there is nothing to attack.
    ...{ solverCalls: 0, unknowns: 0, rounds: 1, secrets: 0 },
  }
}

/** What a repair may use, and whom it tells how far it is. */
export interface RepairHelp {
  /** Decides what no search does: each question takes long, so that only so many are asked. */
  readonly solver?: IntegerSolver
  readonly onRound?: (round: number, told: number) => void
}

/** Of how many quantities in doubt at most zeros are hidden: that is of no use to more. */
const FEW = 40
