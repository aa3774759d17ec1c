import { BetweenTally } from './between-parts.ts'
import { Causes } from './causes.ts'
import { EstimateTally } from './estimate-programme.ts'
import { attainableGroups, Judge } from './judge.ts'
import { FamilyTally } from './judge-families.ts'
import { countByNhsNumber, linkRecords, type Counting } from './link-records.ts'
import { makeProgramme, type QualityProgramme, type QualitySetting } from './make-records.ts'
import { percent, print, printPairs, printTable } from './print-tables.ts'

/** How many populations, and of which seeds. */
export interface JudgeOptions {
  readonly populations: number
  readonly firstSeed: number
  readonly copies: number
}

const COUNTINGS: readonly Counting[] = ['cautious', 'leap-2020', 'nhs-number']

/** Makes populations of a setting, links them each way, and prints what came of it. */
export function judgePopulations(setting: QualitySetting, options: JudgeOptions): void {
  const { populations, firstSeed } = options
  const lastSeed = firstSeed + populations - 1
  print(
    `\n# ${setting.name}: ${String(populations)} populations, seeds ${String(firstSeed)} to ${String(lastSeed)}`,
  )
  const judges = new Map(COUNTINGS.map((counting) => [counting, new Judge()]))
  const errors = new Map<Counting, number[]>(COUNTINGS.map((counting) => [counting, []]))
  /** As if everything attainable were joined, and nothing else. */
  const attainable: number[] = []
  const estimates = new EstimateTally()
  const causes = new Causes()
  const between = new BetweenTally()
  const families = new FamilyTally()
  for (let seed = firstSeed; seed <= lastSeed; seed++) {
    const programme = makeProgramme(setting, seed)
    const truth = countReached(programme, (place) => programme.truth[place]?.person ?? '')
    const groups = attainableGroups(programme)
    attainable.push(countReached(programme, (place) => groups[place] ?? 0) / truth - 1)
    for (const counting of COUNTINGS) {
      const linked =
        counting === 'nhs-number' ? undefined : linkRecords(programme.records, counting)
      if (counting === 'cautious' && linked !== undefined) families.add(programme, linked)
      const clusters = linked?.clusters ?? countByNhsNumber(programme.records)
      if (counting === 'cautious' && linked !== undefined) {
        causes.add(programme, linked)
        between.add(programme, linked)
        if (options.copies > 0) estimates.add(programme, linked, { seed, copies: options.copies })
      }
      judges.get(counting)?.add(programme, clusters)
      const found = countReached(programme, (place) => clusters[place] ?? 0)
      errors.get(counting)?.push(found / truth - 1)
    }
  }
  for (const [counting, judge] of judges) printPairs(`${setting.name}, ${counting}`, judge)
  print(`\n${setting.name}: unique reach, found against true`)
  printTable(
    ['by', 'mean error', 'mean of the sizes', 'largest'],
    [...errors, ['all attainable', attainable] as const].map(([counting, list]) => [
      counting,
      percent(mean(list), 3),
      percent(mean(list.map(Math.abs)), 3),
      percent(Math.max(...list.map(Math.abs)), 3),
    ]),
  )
  families.print(setting.name)
  causes.print(setting.name)
  between.print(setting.name)
  if (options.copies > 0) estimates.print(setting.name)
}

function countReached(
  { truth }: QualityProgramme,
  whoOf: (place: number) => string | number,
): number {
  const people = new Set<string | number>()
  truth.forEach(({ reached }, place) => {
    if (reached) people.add(whoOf(place))
  })
  return people.size
}

function mean(list: readonly number[]): number {
  return list.reduce((sum, value) => sum + value, 0) / Math.max(1, list.length)
}
