import type { TimePoint } from '#core/standard/further-codes.ts'
import type { Quarter } from '#core/standard/quarter.ts'
import type { Period } from './person-use.ts'

/**
 * What activities and scores come to, by the definitions of docs/measures.md: what SQL counts must
 * equal these. Who came and who has a score are people as linkage knows them.
 */

/** An activity with who came to it, of a file in use; somebody may be in it more than once. */
export interface AttendedActivity {
  readonly service: string
  readonly quarter: Quarter
  readonly adults: number
  readonly children: number
  readonly attendees: readonly number[]
}

/** Of one service and period. */
export interface ActivityMeasures {
  readonly service: string
  readonly activities: number
  /** One person at one activity, once. */
  readonly attendances: number
  /** Different people who came to any. */
  readonly participants: number
  /** Heads that nobody named: somebody who came to several is in several. */
  readonly anonymousAdults: number
  readonly anonymousChildren: number
}

/** Activities of files in the period, by service in the order of their codes. */
export function measureActivities(
  activities: readonly AttendedActivity[],
  { from, to }: Period,
): ActivityMeasures[] {
  const inPeriod = activities.filter(({ quarter }) => quarter >= from && quarter <= to)
  return [...Map.groupBy(inPeriod, ({ service }) => service)]
    .map(([service, held]) => ({
      service,
      activities: held.length,
      attendances: sum(held, ({ attendees }) => new Set(attendees).size),
      participants: new Set(held.flatMap(({ attendees }) => attendees)).size,
      anonymousAdults: sum(held, ({ adults }) => adults),
      anonymousChildren: sum(held, ({ children }) => children),
    }))
    .sort(byWords(({ service }) => [service]))
}

/** A score of somebody, of a file in use. */
export interface PersonScore {
  readonly beneficiary: number
  readonly service: string
  readonly quarter: Quarter
  readonly instrument: string
  /** Empty for the instrument as a whole. */
  readonly subScale: string
  readonly timePoint: TimePoint
  /** `yyyy-mm-dd`. */
  readonly day: string
}

/** Of one service, instrument and sub-scale, and a period. */
export interface ScoreMeasures {
  readonly service: string
  readonly instrument: string
  readonly subScale: string
  /** Of a person, a time point and a day once, however often files give it. */
  readonly scores: number
  /** People with a baseline, and with a later score, in a file of the period. */
  readonly baseline: number
  readonly later: number
  /** Of those with a later score, people with a baseline not after the last of them, of any quarter to the period's end. */
  readonly paired: number
}

/** Scores of files in the period, by service, instrument and sub-scale in the order of their codes. */
export function measureScores(
  scores: readonly PersonScore[],
  { from, to }: Period,
): ScoreMeasures[] {
  const known = scores.filter(({ quarter }) => quarter <= to)
  const scales = Map.groupBy(known, ({ service, instrument, subScale }) =>
    JSON.stringify([service, instrument, subScale]),
  )
  return [...scales.values()]
    .flatMap((ofScale) => {
      const [first] = ofScale
      if (first === undefined) return []
      const { service, instrument, subScale } = first
      const people = [...Map.groupBy(ofScale, ({ beneficiary }) => beneficiary).values()].map(
        (own) => personOf(own, from),
      )
      return [
        {
          ...{ service, instrument, subScale },
          scores: sum(people, (person) => person.scores),
          baseline: people.filter(({ hasBaseline }) => hasBaseline).length,
          later: people.filter(({ hasLater }) => hasLater).length,
          paired: people.filter(({ isPaired }) => isPaired).length,
        },
      ]
    })
    .filter((measures) => measures.scores > 0)
    .sort(byWords(({ service, instrument, subScale }) => [service, instrument, subScale]))
}

function personOf(
  scores: readonly PersonScore[],
  from: Quarter,
): {
  readonly scores: number
  readonly hasBaseline: boolean
  readonly hasLater: boolean
  readonly isPaired: boolean
} {
  const inPeriod = scores.filter(({ quarter }) => quarter >= from)
  const later = inPeriod.filter(({ timePoint }) => timePoint !== 'baseline')
  const lastDay =
    later
      .map(({ day }) => day)
      .sort()
      .at(-1) ?? ''
  return {
    scores: new Set(inPeriod.map(({ timePoint, day }) => `${timePoint} ${day}`)).size,
    hasBaseline: inPeriod.some(({ timePoint }) => timePoint === 'baseline'),
    hasLater: later.length > 0,
    isPaired: scores.some(({ timePoint, day }) => timePoint === 'baseline' && day <= lastDay),
  }
}

function sum<Each>(all: readonly Each[], count: (each: Each) => number): number {
  return all.reduce((total, each) => total + count(each), 0)
}

/** Orders by words, the first first, by code unit. */
function byWords<Each>(
  wordsOf: (each: Each) => readonly string[],
): (left: Each, right: Each) => number {
  const key = (each: Each): string => wordsOf(each).join('\0')
  return (left, right) => (key(left) < key(right) ? -1 : 1)
}
