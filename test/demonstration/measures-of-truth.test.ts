import { beforeAll, expect, test } from 'vitest'
import { figuresOf, type Figures } from '#core/measures/scorecard.ts'
import { measurePathways, measureServicesUsed } from '#core/measures/pathways.ts'
import { usesOf, type UsedRecord } from '#core/measures/person-use.ts'
import { measureUse } from '#core/measures/use-measures.ts'
import { isReached } from '#core/reach/reached.ts'
import type { Quarter } from '#core/standard/quarter.ts'
import { makePopulation } from '#demonstration/population.ts'
import { mappingOf, renderFile } from '#demonstration/render-file.ts'
import { tellsContacts, type Content, type ServiceHabit } from '#demonstration/service-habit.ts'
import { enrolments, type Enrolment, type Use } from '#demonstration/service-use.ts'
import { DEMONSTRATION_QUARTERS, makeDemonstration } from '#demonstration/write-demonstration.ts'
import { checkFile } from '../core/checks/files.ts'

/**
 * Indicators from the demonstration's files, its people told apart as they truly are, against a count of who truly used its
 * services: the count reads enrolments and shares no code with the measures.
 */

const OPTIONS = { seed: 5, people: 1_500 }
const { sent } = makeDemonstration(OPTIONS)

/** Records of every file as they are read, of the person whom the truth has under their reference. */
async function readRecords(): Promise<UsedRecord[]> {
  const people = new Map<string, number>()
  const records: UsedRecord[] = []
  for (const { habit, quarter, truth, ...file } of sent) {
    const mapping = habit.needsMapping ? mappingOf(habit) : {}
    const read = await checkFile(renderFile({ habit, quarter, truth, ...file }), {
      quarter,
      mapping,
    })
    const persons = new Map(truth.map(({ clientRef, person }) => [clientRef.toUpperCase(), person]))
    const counting = tellsContacts(habit) ? 'contacts' : 'active-enrolment'
    for (const [at, facts] of read.facts.entries()) {
      const reference = (read.people[at] ?? '').split('|')[0] ?? ''
      const person = persons.get(reference.toUpperCase()) ?? expect.fail(`nobody is ${reference}`)
      if (!people.has(person)) people.set(person, people.size)
      records.push({
        ...facts,
        ...{ beneficiary: people.get(person) ?? 0, service: habit.service, quarter },
        client: reference,
        isReached: isReached(facts, quarter, counting),
      })
    }
  }
  return records
}

/** Somebody's use of a service in a quarter, with all that a file of the service says of it. */
interface TrueUse {
  readonly person: string
  readonly enrolment: Enrolment
  readonly use: Use
}

const ALL = makePopulation({ ...OPTIONS, quarters: DEMONSTRATION_QUARTERS })
const HABITS = [...new Set(sent.map(({ habit }) => habit))]
const LAST_DAYS = DEMONSTRATION_QUARTERS.map((quarter) => {
  const [year = 0, number = 0] = quarter.split('-Q').map(Number)
  return Date.UTC(year, 3 + 3 * number, 1) / 86_400_000 - 1
})

/** Who used a service in a quarter's file, a carer as well where the service writes one down. */
function trueUses(habit: ServiceHabit, quarter: number): TrueUse[] {
  if (
    !sent.some((file) => file.habit === habit && file.quarter === DEMONSTRATION_QUARTERS[quarter])
  )
    return []
  return enrolments(ALL, habit, OPTIONS.seed).flatMap((enrolment) => {
    const use = enrolment.uses.find((one) => one.quarter === quarter)
    // A file of contacts has a row for each that was agreed, and none for who had none.
    const isThere =
      habit.shape !== 'contacts' || (use?.attended.length ?? 0) + (use?.missed.length ?? 0) > 0
    if (use === undefined || !isThere) return []
    const { person, carer } = enrolment
    const both =
      habit.shape === 'child-and-carer' && carer !== undefined ? [person, carer] : [person]
    return both.map(({ id }) => ({ person: id, enrolment, use }))
  })
}

const has = ({ columns }: ServiceHabit, content: Content): boolean =>
  columns.some(([, held]) => held === content)
const isServed = ({ status }: Use): boolean => status !== 'waiting' && status !== 'declined'

function wasReached(habit: ServiceHabit, { use }: TrueUse): boolean {
  return isServed(use) && (!tellsContacts(habit) || use.attended.length > 0)
}

/** The indicators of a service's quarter that follow from its use, as they truly are. */
function trueFigures(habit: ServiceHabit, quarter: number): Figures {
  const before = [0, 1, 2].slice(0, quarter).flatMap((earlier) => trueUses(habit, earlier))
  const now = trueUses(habit, quarter)
  const known = [...before, ...now]
  const reachedIn = (uses: readonly TrueUse[]): Set<string> =>
    new Set(uses.filter((use) => wasReached(habit, use)).map(({ person }) => person))
  const reached = reachedIn(now)
  const fresh = [...reached].filter((person) => !reachedIn(before).has(person))
  const own = Map.groupBy(known, ({ person }) => person)
  const [first, last] = [(LAST_DAYS[quarter - 1] ?? LAST_DAYS[0] ?? 0) + 1, LAST_DAYS[quarter] ?? 0]
  const from = quarter === 0 ? last - 90 : first
  const waits: number[] = []
  if (has(habit, 'referral_date') && has(habit, 'start_date'))
    for (const uses of own.values()) {
      const starts = uses.filter(({ use }) => isServed(use)).map(({ enrolment }) => enrolment.start)
      const start = Math.min(...starts)
      const wait = start - Math.min(...uses.map(({ enrolment }) => enrolment.referred))
      if (start >= from && start <= last && wait >= 0) waits.push(wait)
    }
  waits.sort((left, right) => left - right)
  const contacts = fresh.map((person) =>
    (own.get(person) ?? []).reduce((sum, { use }) => sum + use.attended.length, 0),
  )
  const starters = tellsContacts(habit) ? contacts.length : 0
  const ends = [...Map.groupBy(now, ({ person }) => person).values()].map((uses) =>
    has(habit, 'status') ? endOf(uses.map(({ use }) => use.status)) : '',
  )
  const completed = ends.filter((end) => end === 'completed').length
  const ended = completed + ends.filter((end) => end === 'left_early').length
  const middle =
    ((waits[Math.floor((waits.length - 1) / 2)] ?? 0) +
      (waits[Math.ceil((waits.length - 1) / 2)] ?? 0)) /
    2
  const percent = (part: number, of: number): { value: number | null; of: number } => ({
    ...{ value: of === 0 ? null : (100 * part) / of, of },
  })
  return {
    reached: { value: reached.size, of: null },
    fresh: { value: fresh.length, of: reached.size },
    wait: { value: waits.length === 0 ? null : middle, of: waits.length },
    longWaits: percent(waits.filter((days) => days > 28).length, waits.length),
    cameToFour: percent(tellsContacts(habit) ? contacts.filter((n) => n >= 4).length : 0, starters),
    completed: percent(completed, ended),
  }
}

/** Whoever is still there with one of their children has not ended. */
function endOf(statuses: readonly string[]): string {
  if (statuses.includes('active') || statuses.includes('waiting')) return ''
  return statuses.includes('completed') ? 'completed' : (statuses[0] ?? '')
}

let records: readonly UsedRecord[]
beforeAll(async () => {
  records = await readRecords()
})

test('every indicator of use equals a count of who truly used the services', () => {
  const told = new Map<string, unknown>()
  const truly = new Map<string, unknown>()
  for (const [at, quarter] of DEMONSTRATION_QUARTERS.entries()) {
    const period = { from: quarter, to: quarter }
    const uses = usesOf(records, period)
    for (const habit of HABITS) {
      const use = measureUse(
        uses.filter(({ service }) => service === habit.service),
        period,
      )
      const none = { part: 0, whole: 0 }
      const quality = { complete: none, usable: none, matchable: none, daysAfter: 0 }
      const { reached, fresh, wait, longWaits, cameToFour, completed } = figuresOf({ use, quality })
      const key = `${habit.service} ${quarter}`
      told.set(key, { reached, fresh, wait, longWaits, cameToFour, completed })
      truly.set(key, trueFigures(habit, at))
    }
  }
  expect(Object.fromEntries(told)).toEqual(Object.fromEntries(truly))
})

test('services used and which came next equal a count of where people truly were', () => {
  const period = { from: DEMONSTRATION_QUARTERS[0], to: DEMONSTRATION_QUARTERS[2] as Quarter }
  const uses = usesOf(records, period)
  const firsts = new Map<string, Map<string, number>>()
  for (const habit of HABITS)
    for (const quarter of [2, 1, 0])
      for (const use of trueUses(habit, quarter).filter((one) => wasReached(habit, one)))
        firsts.set(
          use.person,
          (firsts.get(use.person) ?? new Map<string, number>()).set(habit.service, quarter),
        )
  const counts = new Map<number, number>()
  const ways = new Map<string, number>()
  for (const own of firsts.values()) {
    counts.set(own.size, (counts.get(own.size) ?? 0) + 1)
    const times = [...new Set(own.values())].sort()
    const at = (time: number | undefined): string[] =>
      [...own].filter(([, quarter]) => quarter === time).map(([service]) => service)
    for (const first of at(times[0]))
      for (const next of times.length > 1 ? at(times[1]) : [''])
        ways.set(`${first} ${next}`, (ways.get(`${first} ${next}`) ?? 0) + 1)
  }
  expect(
    new Map(measureServicesUsed(uses).map(({ services, people }) => [services, people])),
  ).toEqual(counts)
  expect(
    new Map(
      measurePathways(uses, period).map(({ first, next, people }) => [`${first} ${next}`, people]),
    ),
  ).toEqual(ways)
})
