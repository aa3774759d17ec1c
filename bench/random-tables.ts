import { loadSolver } from '#server/figures/releases/highs-solver.ts'
import { attackTable, repairTable } from '../test/core/disclosure/judge-table.ts'
import { drawTables } from '../test/core/disclosure/random-numbers.ts'

/**
 * The attack and the repair against trying every table there is: `npm run bench random-tables [how many] [from]`, of random
 * tables of two to four wards with many small counts. Prints how many least and greatest values are those of the
 * enumeration, how many tables leave fewer than five values after their repair, and what is hidden beyond the
 * least that any choice of figures comes to. Ends with status 1 where a value is not exact or a table not safe.
 */

const many = Number(process.argv[2] ?? 10_000)
const first = Number(process.argv[3] ?? 0)
const solver = await loadSolver()
const sum = { exact: 0, inexact: 0, unbounded: 0, inDoubt: 0, empty: 0, unsafe: 0 }
const loss = { lost: 0, least: 0, beyondTenth: 0, hiding: 0, worst: 1 }
let number = 0
for (const counts of drawTables(first + many)) {
  if (number++ < first) continue
  const attacked = attackTable(counts, solver)
  sum.exact += attacked.exact
  sum.inexact += attacked.inexact
  sum.unbounded += attacked.unbounded
  const repaired = repairTable(counts)
  sum.inDoubt += repaired.inDoubt
  sum.empty += Number(repaired.isEmpty)
  sum.unsafe += Number(!repaired.isSafe)
  loss.lost += repaired.lost
  loss.least += repaired.least
  loss.hiding += Number(repaired.lost > 0)
  const isBeyond = repaired.lost > repaired.least * 1.1
  loss.beyondTenth += Number(isBeyond)
  if (repaired.least > 0) loss.worst = Math.max(loss.worst, repaired.lost / repaired.least)
  const isFaulty = attacked.inexact > 0 || repaired.inDoubt > 0 || !repaired.isSafe
  if (isFaulty || isBeyond) {
    process.stdout.write(
      `wards ${counts.join()}: ${JSON.stringify({ ...attacked, ...repaired })}\n`,
    )
  }
}
process.stdout.write(
  [
    `${many} tables: the attack’s least and greatest of ${sum.exact} quantities are those of all tables, of ${sum.inexact} they are not; nothing bounds ${sum.unbounded}`,
    `after the repair ${sum.unsafe} tables leave something fewer than five values, ${sum.inDoubt} quantities are in doubt, ${sum.empty} tables print nothing`,
    `${loss.lost} lost, ${loss.least} had to be; of ${loss.hiding} tables that hide more ${loss.beyondTenth} lose over a tenth more than they had to, at most ${loss.worst.toFixed(2)} times as much`,
    `${(process.cpuUsage().user / 1e6).toFixed(0)} s of processor time`,
    '',
  ].join('\n'),
)
process.exitCode = sum.inexact + sum.unsafe + sum.inDoubt > 0 ? 1 : 0
