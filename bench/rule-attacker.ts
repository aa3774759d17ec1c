import { DISCLOSURE_SETTINGS, type Profile } from '#core/disclosure/settings.ts'
import { drawTables } from '../test/core/disclosure/random-numbers.ts'
import { readByRule } from '../test/core/disclosure/rule-attacker.ts'

/**
 * What somebody works out who has this program: `npm run bench rule-attacker [how many] [profile]`. Of random
 * tables of two and three wards, of which at most two are small, every table that could be behind a print is
 * printed and repaired. What is left fewer than five values by that is told.
 */

const many = Number(process.argv[2] ?? 150)
const profile: Profile = process.argv[3] === 'public' ? 'public' : 'programme'
const settings = DISCLOSURE_SETTINGS[profile]
/** How far a hidden ward is tried. */
const MOST = 30

let tables = 0
let hidden = 0
let told = 0
for (const counts of drawTables(many * 3)) {
  const small = counts.filter((count) => count > 0 && count <= settings.threshold).length
  if (tables === many || counts.length > 3 || small > 2) continue
  tables += 1
  const left = readByRule(counts, settings, MOST)
  const few = left.filter(({ least, greatest }) => greatest - least + 1 < settings.candidates)
  hidden += left.length
  told += few.length
  for (const { ward, least, greatest } of few) {
    process.stdout.write(`wards ${counts.join()}: number ${ward + 1} is ${least} to ${greatest}\n`)
  }
}
const seconds = process.cpuUsage().user / 1e6
process.stdout.write(
  `${tables} tables, ${hidden} hidden wards, ${told} left too few values, ${seconds.toFixed(1)} s of processor time\n`,
)
