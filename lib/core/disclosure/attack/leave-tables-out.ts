import { byLoss, LEAVABLE, type LeftOut } from '#core/disclosure/left-out.ts'
import type { Doubt, RepairRun } from './repair-run.ts'

/**
 * Leaves tables of a release out until nothing is in doubt; none where leaving out all of them would not be
 * enough. What is left out is tried first: what is in doubt is looked at again, and nothing else. Answers what
 * was left out.
 */
export function leaveTablesOut(
  run: RepairRun,
  onRound?: (round: number, told: number) => void,
): LeftOut[] {
  const left: LeftOut[] = []
  let { doubts } = run
  if (doubts.length > 0) run.examiner.allow(MOST_ASKED)
  while (doubts.length > 0 && left.length < LEAVABLE.length) {
    const tables = choose(run, doubts)
    if (tables.length === 0) return left
    left.push(...tables)
    for (const table of tables) run.leaveOut(table)
    run.run(onRound)
    doubts = run.doubts
  }
  return left
}

/** About how many unknowns the solver is asked about for it, counted each time. */
const MOST_ASKED = 20_000

/**
 * What settles all of some doubts: the table that loses least of those that do so alone; else all, and
 * of these each is shown again, from the one that loses most, where the others are enough.
 */
function choose(run: RepairRun, doubts: readonly Doubt[]): readonly LeftOut[] {
  const { model } = run
  const tables = byLoss(model.release.lattice, (cell) => model.isShown(cell), model.printed)
  if (!settles(run, tables, doubts)) return []
  const alone = tables.find((table) => settles(run, [table], doubts))
  if (alone !== undefined) return [alone]
  let needed = tables
  for (const table of tables.toReversed()) {
    const others = needed.filter((one) => one !== table)
    if (settles(run, others, doubts)) needed = others
  }
  return needed
}

/** Whether some doubts would not be without some tables. */
function settles(run: RepairRun, tables: readonly LeftOut[], doubts: readonly Doubt[]): boolean {
  const viewers = new Set(doubts.map(({ viewer }) => viewer))
  const back = [run.model.remember(), ...[...viewers].map((viewer) => viewer.remember())]
  for (const table of tables) run.leaveOut(table, viewers)
  const isSettled = doubts.every(({ viewer, secret }) => run.isSettled(viewer, secret))
  for (const put of back) put()
  return isSettled
}
