import { expect, test } from 'vitest'
import { measureActivities, type AttendedActivity } from '#core/measures/event-measures.ts'
import {
  measureChanges,
  measureChangesByServices,
  scaleRules,
  type DatedScore,
} from '#core/measures/paired-change.ts'
import { INVENTED_FRAMEWORK } from '#demonstration/invented-framework.ts'
import { DEMONSTRATION_QUARTERS } from '#demonstration/write-demonstration.ts'
import { events, HABITS, trueUses, wasReached } from './true-uses.ts'

/** Measures of activities and scores against a count of the demonstration's truth; event-files.test.ts holds files to that. */

test('attendances, and changes of scores by service and by number of services, equal a count of what truly happened', () => {
  const period = { from: DEMONSTRATION_QUARTERS[0], to: '2024-Q3' } as const
  const numbers = new Map<string, number>()
  const numberOf = (person: string): number => {
    numbers.set(person, numbers.get(person) ?? numbers.size)
    return numbers.get(person) ?? 0
  }
  const held = events.flatMap(({ service, quarter, truth }): AttendedActivity[] =>
    [...Map.groupBy(truth, (of) => (of.is === 'score' ? '' : of.activity))]
      .filter(([activity]) => activity !== '')
      .map(([, of]) => ({
        ...{ service, quarter },
        adults: of.reduce((sum, one) => sum + (one.is === 'heads' ? one.adults : 0), 0),
        children: of.reduce((sum, one) => sum + (one.is === 'heads' ? one.children : 0), 0),
        attendees: of.flatMap((one) => (one.is === 'attendance' ? [numberOf(one.person)] : [])),
      })),
  )
  const came = events.find(({ service }) => service === 'parent-champions') ?? expect.fail()
  const all = events.filter(({ service }) => service === came.service).flatMap((of) => of.truth)
  const visits = all.flatMap((of) => (of.is === 'attendance' ? [of] : []))
  const heads = all.flatMap((of) => (of.is === 'heads' ? [of] : []))
  const [champions] = measureActivities(held, period).filter((of) => of.service === came.service)
  expect(champions).toEqual({
    service: came.service,
    activities: new Set([...visits, ...heads].map(({ activity }) => activity)).size,
    attendances: new Set(visits.map(({ activity, person }) => `${activity} ${person}`)).size,
    participants: new Set(visits.map(({ person }) => person)).size,
    anonymousAdults: heads.reduce((sum, { adults }) => sum + adults, 0),
    anonymousChildren: heads.reduce((sum, { children }) => sum + children, 0),
  })
  const taken = events.flatMap(({ service, quarter, truth }) =>
    truth.flatMap((of) => (of.is === 'score' ? [{ ...of, service, quarter }] : [])),
  )
  const scores = taken.map(({ person, score, ...of }): DatedScore => ({
    ...of,
    ...{ beneficiary: numberOf(person), thousandths: score * 1_000, startDay: '' },
  }))
  const reachedBy = new Map<string, Set<string>>()
  for (const habit of HABITS)
    for (const quarter of [0, 1, 2])
      for (const use of trueUses(habit, quarter).filter((one) => wasReached(habit, one)))
        reachedBy.set(use.person, (reachedBy.get(use.person) ?? new Set()).add(habit.service))
  const rules = scaleRules(INVENTED_FRAMEWORK)
  const ways = new Map([...reachedBy].map(([person, own]) => [numberOf(person), own.size]))
  const truly = (scale: string, of: string): unknown => {
    const own = Map.groupBy(
      taken.filter((one) => `${one.instrument} ${one.subScale}` === scale),
      ({ person }) => person,
    )
    const changes = [...own].flatMap(([person, mine]) => {
      if (of !== 'all' && (reachedBy.get(person)?.size ?? 0) !== Number(of)) return []
      const inOrder = mine.toSorted((left, right) => (left.day < right.day ? -1 : 1))
      const first = inOrder.find(({ timePoint }) => timePoint === 'baseline')
      const last = inOrder.findLast(
        ({ timePoint, day }) =>
          timePoint !== 'baseline' &&
          Date.parse(day) - Date.parse(first?.day ?? '') >= 10 * 86_400_000,
      )
      return first === undefined || last === undefined ? [] : [last.score - first.score]
    })
    return { paired: changes.length, change: 1_000 * changes.reduce((sum, one) => sum + one, 0) }
  }
  const told = measureChanges(scores, period, rules)
  expect(told.length).toBe(4)
  for (const { instrument, subScale, ...of } of told)
    expect(of).toMatchObject(truly(`${instrument} ${subScale}`, 'all') as object)
  const byServices = measureChangesByServices(scores, period, { rules, reachedBy: ways })
  expect(byServices.length).toBeGreaterThan(told.length)
  for (const { instrument, subScale, services, ...of } of byServices)
    expect(of).toMatchObject(truly(`${instrument} ${subScale}`, String(services)) as object)
})
