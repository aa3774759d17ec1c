import type { Framework, Instrument } from '#core/framework/framework.ts'
import { TIME_POINTS, type TimePoint } from '#core/standard/further-codes.ts'
import type { PersonScore } from './event-measures.ts'
import type { Period } from './person-use.ts'

/**
 * How scores of the same people changed, by the definitions of docs/measures.md: what SQL counts must equal these. Scores are
 * in thousandths, so that sums are exact.
 */

/** A scale with what makes a change of it one, and when it is taken; each instrument as a whole and each sub-scale is one. */
export interface ScaleRule {
  readonly instrument: string
  /** Empty for the instrument as a whole. */
  readonly subScale: string
  /** 1 where a higher score is better, -1 where a lower one is, 0 where it is not known. */
  readonly direction: 1 | 0 | -1
  /** The least reliable change in thousandths; null where none is known. */
  readonly by: number | null
  /** The time points at which it is taken, with the days that are valid. */
  readonly windows: readonly TimeWindow[]
}

interface TimeWindow {
  readonly point: TimePoint
  readonly earliest: number | null
  readonly latest: number | null
}

/** The scales of a framework. */
export function scaleRules({ instruments }: Framework): ScaleRule[] {
  return instruments.flatMap((instrument) => [
    ruleOf(instrument, '', instrument),
    ...(instrument.subScales ?? []).map((scale) => ruleOf(instrument, scale.code, scale)),
  ])
}

function ruleOf(
  { code, better: ofWhole, timePoints }: Instrument,
  subScale: string,
  { better = ofWhole, reliableChange }: Pick<Instrument, 'better' | 'reliableChange'>,
): ScaleRule {
  const points: NonNullable<Instrument['timePoints']> =
    timePoints ?? TIME_POINTS.map((point) => ({ point }))
  return {
    ...{ instrument: code, subScale },
    direction: better === 'higher' ? 1 : better === 'lower' ? -1 : 0,
    by: reliableChange === undefined ? null : Math.round(reliableChange.by * 1_000),
    windows: points.map(({ point, earliest = null, latest = null }) => ({
      ...{ point, earliest, latest },
    })),
  }
}

/** A score with its value, and when its person started with the service. */
export interface DatedScore extends PersonScore {
  readonly thousandths: number
  /** `yyyy-mm-dd`; empty where no file of people says. */
  readonly startDay: string
}

/** What the changes of some people on a scale come to. */
export interface ChangeSums {
  /** People with a valid later score in a file of the period and a valid baseline before it. */
  readonly paired: number
  /** Sum of their changes, and of the squares of these, in thousandths. */
  readonly change: number
  readonly squares: number
  /** By reliable change; null where direction or threshold is not known. The others are the same. */
  readonly improved: number | null
  readonly worse: number | null
  /** Sum of their baselines. */
  readonly baseline: number
  /** People with a score in a file of the period who are not paired, with a valid baseline; and the sum of those. */
  readonly baselineOnly: number
  readonly onlyBaseline: number
  /** And those without any valid baseline. */
  readonly noBaseline: number
}

/** Of one service, instrument and sub-scale, and a period. */
export interface PairedChange extends ChangeSums {
  readonly service: string
  readonly instrument: string
  readonly subScale: string
}

/** Of people whom so many services reached in a period: who has scores of two services is there for each. */
export interface ChangeByServices extends ChangeSums {
  readonly instrument: string
  readonly subScale: string
  readonly services: number
}

/** Changes in a period, by service, instrument and sub-scale in the order of their codes; of scales that `rules` name. */
export function measureChanges(
  scores: readonly DatedScore[],
  period: Period,
  rules: readonly ScaleRule[],
): PairedChange[] {
  return sumGroups(
    comparePeople(scores, period, rules),
    ({ service, rule: { instrument, subScale } }) => ({ service, instrument, subScale }),
    ({ service, instrument, subScale }) => [service, instrument, subScale].join('\0'),
  )
}

/**
 * The same by how many services reached each person in the period (`reachedBy`, none for 0), by instrument, sub-scale and number.
 * It describes people; it does not show that services led to a change.
 */
export function measureChangesByServices(
  scores: readonly DatedScore[],
  period: Period,
  {
    rules,
    reachedBy,
  }: { readonly rules: readonly ScaleRule[]; readonly reachedBy: ReadonlyMap<number, number> },
): ChangeByServices[] {
  return sumGroups(
    comparePeople(scores, period, rules),
    ({ beneficiary, rule: { instrument, subScale } }) => ({
      ...{ instrument, subScale, services: reachedBy.get(beneficiary) ?? 0 },
    }),
    ({ instrument, subScale, services }) =>
      [instrument, subScale, String(services).padStart(9, '0')].join('\0'),
  )
}

/** Everybody with a score in files of the period, with each service and scale of theirs. */
function comparePeople(
  scores: readonly DatedScore[],
  { from, to }: Period,
  rules: readonly ScaleRule[],
): ComparedPerson[] {
  const known = scores.filter(({ quarter }) => quarter <= to)
  const keyOf = ({ instrument, subScale }: Pick<ScaleRule, 'instrument' | 'subScale'>): string =>
    JSON.stringify([instrument, subScale])
  const ruled = new Map(rules.map((rule) => [keyOf(rule), rule]))
  const groups = Map.groupBy(known, (score) =>
    JSON.stringify([score.service, keyOf(score), score.beneficiary]),
  )
  return [...groups.values()].flatMap((own) => {
    const [first] = own
    const rule = first === undefined ? undefined : ruled.get(keyOf(first))
    if (first === undefined || rule === undefined) return []
    const compared = personChange(own, from, rule)
    const { service, beneficiary } = first
    return compared.isIn ? [{ ...compared, service, beneficiary, rule }] : []
  })
}

function sumGroups<Of>(
  people: readonly ComparedPerson[],
  groupOf: (person: ComparedPerson) => Of,
  orderOf: (group: Of) => string,
): (Of & ChangeSums)[] {
  const groups = Map.groupBy(people, (person) => orderOf(groupOf(person)))
  return [...groups]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([, own]) => {
      const [first] = own
      return first === undefined ? [] : [{ ...groupOf(first), ...sumUp(own, first.rule) }]
    })
}

interface ComparedPerson extends PersonChange {
  readonly service: string
  readonly beneficiary: number
  readonly rule: ScaleRule
}

interface PersonChange {
  readonly isIn: boolean
  readonly baseline: number | undefined
  /** Undefined for somebody who is not paired. */
  readonly change: number | undefined
}

function personChange(own: readonly DatedScore[], from: string, rule: ScaleRule): PersonChange {
  const windows = new Map(rule.windows.map((window) => [window.point, window]))
  const scores = oneEach(own.filter(({ timePoint }) => windows.has(timePoint)))
  const isIn = own.some(({ quarter, timePoint }) => quarter >= from && windows.has(timePoint))
  const within = ({ timePoint, day }: DatedScore, anchor: string): boolean => {
    const { earliest = null, latest = null } = windows.get(timePoint) ?? {}
    const days = Math.round((Date.parse(day) - Date.parse(anchor)) / DAY)
    return (earliest === null || days >= earliest) && (latest === null || days <= latest)
  }
  const [baseline] = scores
    .filter(({ timePoint }) => timePoint === 'baseline')
    .filter((score) => score.startDay === '' || within(score, score.startDay))
    .sort((left, right) => (left.day < right.day ? -1 : 1))
  if (baseline === undefined) return { isIn, baseline: undefined, change: undefined }
  const later = scores
    .filter(({ timePoint, day }) => timePoint !== 'baseline' && day >= baseline.day)
    .filter((score) => within(score, baseline.day))
    .filter(({ timePoint, day }) =>
      own.some((one) => one.timePoint === timePoint && one.day === day && one.quarter >= from),
    )
    .sort((left, right) => (lateness(left) < lateness(right) ? -1 : 1))
    .at(-1)
  const change = later === undefined ? undefined : later.thousandths - baseline.thousandths
  return { isIn, baseline: baseline.thousandths, change }
}

const DAY = 86_400_000

/** The last day is last, and an exit after a follow-up of the same day. */
function lateness({ day, timePoint }: DatedScore): string {
  return `${day} ${timePoint === 'exit' ? '1' : '0'}`
}

/** One score of each time point and day: of several files the last one's, of several in one quarter the highest. */
function oneEach(own: readonly DatedScore[]): DatedScore[] {
  const groups = Map.groupBy(own, ({ timePoint, day }) => `${timePoint} ${day}`)
  return [...groups.values()].flatMap((same) =>
    same
      .toSorted((left, right) =>
        left.quarter === right.quarter
          ? right.thousandths - left.thousandths
          : left.quarter < right.quarter
            ? 1
            : -1,
      )
      .slice(0, 1),
  )
}

function sumUp(people: readonly PersonChange[], { direction, by }: ScaleRule): ChangeSums {
  const changes = people.flatMap(({ change }) => (change === undefined ? [] : [change]))
  const paired = people.filter(({ change }) => change !== undefined)
  const unpaired = people.filter(({ change }) => change === undefined)
  const only = unpaired.filter(({ baseline }) => baseline !== undefined)
  const reliably = (way: 1 | -1): number | null =>
    direction === 0 || by === null
      ? null
      : changes.filter((change) => change * direction * way >= by).length
  return {
    paired: paired.length,
    change: sum(changes),
    squares: sum(changes.map((change) => change * change)),
    ...{ improved: reliably(1), worse: reliably(-1) },
    baseline: sum(paired.map(({ baseline = 0 }) => baseline)),
    baselineOnly: only.length,
    onlyBaseline: sum(only.map(({ baseline = 0 }) => baseline)),
    noBaseline: unpaired.length - only.length,
  }
}

function sum(all: readonly number[]): number {
  return all.reduce((total, each) => total + each, 0)
}

/** A mean with its 95 % confidence interval, in points of the scale; no interval of one person alone. */
export interface MeanChange {
  readonly mean: number
  readonly interval: { readonly low: number; readonly high: number } | null
}

/** The mean change of people with both scores; null of nobody. */
export function meanChange({
  paired,
  change,
  squares,
}: Pick<ChangeSums, 'paired' | 'change' | 'squares'>): MeanChange | null {
  if (paired === 0) return null
  const mean = change / paired
  if (paired === 1) return { mean: mean / 1_000, interval: null }
  const variance = Math.max(0, squares - paired * mean * mean) / (paired - 1)
  const half = studentQuantile(paired - 1) * Math.sqrt(variance / paired)
  return {
    mean: mean / 1_000,
    interval: { low: (mean - half) / 1_000, high: (mean + half) / 1_000 },
  }
}

/** The mean baseline of people with both scores and of people with a baseline alone, in points; null of nobody. */
export function meanBaselines({ baseline, paired, onlyBaseline, baselineOnly }: ChangeSums): {
  readonly paired: number | null
  readonly alone: number | null
} {
  const mean = (thousandths: number, people: number): number | null =>
    people === 0 ? null : thousandths / people / 1_000
  return { paired: mean(baseline, paired), alone: mean(onlyBaseline, baselineOnly) }
}

/**
 * The 97.5 % quantile of Student's t distribution. Source: tables to 30 degrees of freedom, and from there the expansion of
 * Abramowitz and Stegun, 26.7.5.
 */
export function studentQuantile(freedom: number): number {
  const tabled = TABLE[freedom - 1]
  if (tabled !== undefined) return tabled
  const z = 1.959_963_985
  const [z3, z5, z7] = [z ** 3, z ** 5, z ** 7]
  return (
    z +
    (z3 + z) / (4 * freedom) +
    (5 * z5 + 16 * z3 + 3 * z) / (96 * freedom ** 2) +
    (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * freedom ** 3)
  )
}

const TABLE = [
  ...[12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228],
  ...[2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11, 2.101, 2.093, 2.086],
  ...[2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042],
]
