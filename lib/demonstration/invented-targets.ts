import { TARGET_COLUMNS } from '#core/measures/targets.ts'
import type { IndicatorCode } from '#core/measures/scorecard.ts'
import type { Quarter } from '#core/standard/quarter.ts'
import { writePlainCsv } from '#core/tabular/writing/csv-writer.ts'
import type { TrueReach } from './truth.ts'

/** What every service of the demonstration aims at in every quarter; a share in per cent. */
const FOR_ALL: readonly (readonly [IndicatorCode, number])[] = [
  ['wait', 21],
  ['longWaits', 20],
  ['cameToFour', 40],
  ['completed', 65],
  ['complete', 80],
  ['usable', 98],
  ['matchable', 90],
  ['daysAfter', 30],
]
/** By what part of its first quarter a service is to reach more people in each quarter after it. */
const GROWTH = 0.05
/** Which part of the people reached should be new. */
const FRESH = 0.3
const STEP = 5

/**
 * What the services of the demonstration aim at in each quarter, in the form that the programme imports. Invented, as the
 * people are: a commissioner who knew whom a service truly reached in its first quarter would ask for a little more in each.
 */
export function inventedTargetsCsv({ cells }: TrueReach, quarters: readonly Quarter[]): string {
  const [first = ''] = quarters
  const rows = cells
    .filter(({ quarter }) => quarter === first)
    .flatMap(({ service = '', people }) =>
      quarters.flatMap((quarter, since) => {
        const reached = toStep(people * (1 + GROWTH * since))
        const aims = [['reached', reached], ['fresh', toStep(FRESH * reached)], ...FOR_ALL] as const
        return aims.map(([indicator, target]) => [service, quarter, indicator, target])
      }),
    )
  return writePlainCsv([[...TARGET_COLUMNS], ...rows])
}

function toStep(people: number): number {
  return Math.max(STEP, STEP * Math.round(people / STEP))
}
