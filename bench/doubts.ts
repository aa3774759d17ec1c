import { parseArgs } from 'node:util'
import { areFarApart, birthCode } from '#core/linkage/birth.ts'
import type { Doubt } from '#core/linkage/part.ts'
import { linkRecords } from './quality/link-records.ts'
import { makeProgramme } from './quality/make-records.ts'
import { SETTINGS } from './quality/settings.ts'

/**
 * npm run bench doubts [-- --populations 4] [--seed 900] [--setting usual]: how many doubts of each
 * kind are queued, and how many of them are one person in truth. What is queued first follows from it
 * (lib/core/linkage/doubt-weights.ts).
 */

const { values } = parseArgs({
  options: {
    populations: { type: 'string', default: '4' },
    seed: { type: 'string', default: '900' },
    setting: { type: 'string', default: 'usual' },
  },
})
const setting = SETTINGS.find(({ name }) => name === values.setting) ?? SETTINGS[0]
if (setting === undefined) throw new Error('There are no settings.')

interface Count {
  doubts: number
  /** Of its first two sides, how many are one person. */
  same: number
  /** Whose births are twelve years apart or more. */
  farApart: number
}
const counts = new Map<string, Count>()

for (let seed = 0; seed < Number(values.populations); seed++) {
  const { records, truth } = makeProgramme(setting, Number(values.seed) + seed)
  const place = new Map(records.map(({ id }, index) => [id, index]))
  const countDoubt = ({ kind, code, rule, sides }: Doubt): void => {
    const key = `${kind} ${code}${kind === 'conflict' ? ` by ${rule ?? ''}` : ''}`
    const count = counts.get(key) ?? { doubts: 0, same: 0, farApart: 0 }
    counts.set(key, count)
    const [left = [], right = []] = sides.map((side) => side.map((id) => place.get(id) ?? 0))
    const personOf = (at: number | undefined): string => truth[at ?? -1]?.person ?? ''
    const births = (side: readonly number[]): number[] =>
      side.map((at) => birthCode(records[at]?.birth ?? ''))
    count.doubts++
    if (personOf(left[0]) === personOf(right[0])) count.same++
    if (births(left).some((a) => births(right).some((b) => areFarApart(a, b)))) count.farApart++
  }
  for (const { decision } of linkRecords(records, 'cautious').parts) {
    for (const doubt of decision.doubts) countDoubt(doubt)
  }
}

const print = (text: string): void => {
  process.stdout.write(`${text}\n`)
}
const line = (name: string, { doubts, same, farApart }: Count): string =>
  `${name.padEnd(56)} ${String(doubts).padStart(6)} ${String(same).padStart(8)} ${(same / Math.max(1, doubts)).toFixed(2).padStart(6)} ${String(farApart).padStart(9)}`
print(`${'doubt'.padEnd(56)} doubts one person  share far apart`)
for (const [name, count] of [...counts].sort((a, b) => b[1].doubts - a[1].doubts)) {
  print(line(name, count))
}
