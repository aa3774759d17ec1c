import { repairRelease } from '#core/disclosure/attack/repair.ts'
import { printsAnything } from '#core/disclosure/print-lattice.ts'
import { loadSolver } from '#server/figures/releases/highs-solver.ts'
import { countTold } from '../test/core/disclosure/attack-by-solver.ts'
import { drawProgramme } from '../test/core/disclosure/small-programmes.ts'

/**
 * What is told of small programmes after their repair: `npm run bench small-programmes [how many] [from]`. Each
 * is repaired, and then attacked afresh by everybody and each provider, by an integer programme for
 * each quantity. What is told of a programme that is said to leave nothing in doubt is a fault.
 */

const many = Number(process.argv[2] ?? 200)
const first = Number(process.argv[3] ?? 0)
const solver = await loadSolver()
const seconds = (): number => process.cpuUsage().user / 1e6
let inDoubt = 0
let faults = 0
for (let seed = first; seed < first + many; seed++) {
  const { release, views } = drawProgramme(seed)
  const started = seconds()
  const repaired = repairRelease(release, views, { solver })
  const took = seconds() - started
  // What prints nothing tells nothing.
  const isEmpty = !printsAnything(release.lattice, repaired.printed)
  const told = isEmpty ? 0 : countTold(release, repaired, { views, solver })
  if (repaired.untold > 0) inDoubt += 1
  else if (told > 0) faults += 1
  const of = `${repaired.hidden.length} hidden, ${repaired.untold} in doubt, ${told} told`
  process.stdout.write(
    `number ${seed}: ${of}, repaired in ${took.toFixed(1)} s of processor time\n`,
  )
}
process.stdout.write(
  `${many} programmes: ${inDoubt} leave something in doubt, ${faults} tell something although they are said not to\n`,
)
