/**
 * The quality of linkage on invented programmes whose truth is known, through the real core: `npm run
 * bench:linkage [-- --populations 20] [--seed 1] [--setting usual|double|triple|held-out|small]
 * [--people 3800] [--febrl FOLDER]`. Nothing here is timed, and nothing is a test.
 */
import { parseArgs } from 'node:util'

import { judgePopulations } from './quality/judge-populations.ts'
import { judgePublicSets } from './quality/public-sets.ts'
import { SETTINGS } from './quality/settings.ts'

const { values } = parseArgs({
  options: {
    populations: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    setting: { type: 'string' },
    people: { type: 'string' },
    copies: { type: 'string', default: '100' },
    febrl: { type: 'string' },
  },
})

if (values.febrl === undefined) {
  const settings = SETTINGS.filter(({ name }) => (values.setting ?? name) === name)
  if (settings.length === 0) {
    throw new Error(`There are the settings ${SETTINGS.map(({ name }) => name).join(', ')}.`)
  }
  for (const setting of settings) {
    const people = values.people === undefined ? setting.people : Number(values.people)
    judgePopulations(
      { ...setting, people },
      {
        populations: Number(values.populations),
        firstSeed: Number(values.seed),
        copies: Number(values.copies),
      },
    )
  }
} else {
  await judgePublicSets(values.febrl)
}
