import type { OwnCounts } from '#core/disclosure/own-counts.ts'
import { cellsOfTable, type LeftOut } from '#core/disclosure/left-out.ts'
import { hideEverything, isNearlyAllSmall, type HiddenFigure } from './hide-at-once.ts'
import type { IntegerSolver } from './integer-solver.ts'
import { leaveTablesOut } from './leave-tables-out.ts'
import { ReleaseModel, type PrintedRelease } from './release-model.ts'
import { RepairRun, SMALL } from './repair-run.ts'

/** A release after its repair. */
export interface RepairedRelease {
  /** What is printed, by number of cell. */
  readonly printed: Int32Array
  /** What the repair hid, in order: for the release's record, never for its print. */
  readonly hidden: readonly HiddenFigure[]
  /** The tables of which nothing is printed. */
  readonly leftOut: readonly LeftOut[]
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
 * least. Where that is not enough, whole tables of the release are left out. What is in doubt even then is counted: no
 * release may be made of it.
 *
 * `views` are of those who counted some cells themselves: providers.
 */
export function repairRelease(
  release: PrintedRelease,
  views: readonly OwnCounts[] = [],
  help: RepairHelp = {},
): RepairedRelease {
  const isTiny = isNearlyAllSmall(release)
  if (isTiny && isFirst(release)) return leaveEverythingOut(release)
  const { solver, onRound, leaveOut = [] } = help
  const means = { solver, isTiny }
  const first = new RepairRun(new ReleaseModel(release), views, means)
  const atOnce = isTiny ? hideEverything(first.model) : []
  for (const table of leaveOut) first.leaveOut(table)
  const doubts = first.run(onRound).length
  if (doubts === 0) return tell([first], atOnce, leaveOut)
  // Where nobody is says too much of the few who are somewhere: as a last resort 0 is hidden too.
  const last = new RepairRun(new ReleaseModel(release, true), views, means)
  last.continue(first, atOnce)
  for (const table of leaveOut) last.leaveOut(table)
  const isOfUse = release.lattice.cells <= SMALL && !(isTiny && doubts > FEW)
  if (isOfUse) last.run(onRound)
  const left = [...leaveOut, ...leaveTablesOut(last, onRound)]
  return tell([first, last], atOnce, left)
}

/** Whether nobody who reads a release has read any before. */
function isFirst({ published, readers = [undefined] }: PrintedRelease): boolean {
  return published === undefined && readers.every((reader) => reader === undefined)
}

/** Of a release of hardly anybody nothing is printed, so that it tells nothing. */
function leaveEverythingOut(release: PrintedRelease): RepairedRelease {
  const model = new ReleaseModel(release)
  const hidden = hideEverything(model)
  model.leaveOut(cellsOfTable(release.lattice, 'everything'))
  return {
    ...{ printed: model.printed, hidden, leftOut: ['everything'], untold: 0 },
    ...{ solverCalls: 0, unknowns: model.system.size, rounds: 0, secrets: 0 },
  }
}

/** What came of runs, each of which went on from the one before. */
function tell(
  runs: readonly RepairRun[],
  atOnce: readonly HiddenFigure[],
  leftOut: readonly LeftOut[],
): RepairedRelease {
  const sum = (of: (run: RepairRun) => number): number =>
    runs.reduce((all, run) => all + of(run), 0)
  const [last] = runs.slice(-1)
  if (last === undefined) throw new RangeError('nothing was repaired')
  return {
    printed: last.model.printed,
    hidden: [...atOnce, ...runs.flatMap(({ hidden }) => hidden)],
    leftOut,
    untold: last.doubts.length,
    solverCalls: sum(({ examiner }) => examiner.asked),
    unknowns: last.model.system.size,
    rounds: sum(({ rounds }) => rounds),
    secrets: last.examiner.viewers.reduce((all, { secrets }) => all + secrets.length, 0),
  }
}

/** What a repair may use, and whom it tells how far it is. */
export interface RepairHelp {
  /** Decides what no search does: each question takes long, so that only so many are asked. */
  readonly solver?: IntegerSolver
  /** Tables that somebody wants left out as a whole. */
  readonly leaveOut?: readonly LeftOut[]
  readonly onRound?: (round: number, told: number) => void
}

/** Of how many quantities in doubt at most zeros are hidden one by one: that is of no use to more. */
const FEW = 40
