import { parentPort, workerData } from 'node:worker_threads'
import { repairRelease } from '#core/disclosure/attack/repair.ts'
import { loadSolver } from './highs-solver.ts'
import type { RepairOrder, RepairWord } from './repair-apart.ts'

/** The thread that repairs a release, and tells how far it is and what came of it. */
const say = (word: RepairWord): void => {
  parentPort?.postMessage(word)
}
const { release, views } = workerData as RepairOrder
const repaired = repairRelease(release, views, {
  solver: await loadSolver(),
  onRound: (round, told) => {
    say({ kind: 'progress', progress: { round, told } })
  },
})
say({ kind: 'repaired', repaired })
