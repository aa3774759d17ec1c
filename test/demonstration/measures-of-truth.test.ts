import { beforeAll, expect, test } from 'vitest'
import { figuresOf, type Figures } from '#core/measures/scorecard.ts'
import { measureQuality, type DataQuality } from '#core/measures/data-quality.ts'
import { measureFamilies, type FamilyRecord } from '#core/measures/families-reached.ts'
import { measureYoung, type BornRow } from '#core/measures/young-children.ts'
import { measurePathways, measureServicesUsed } from '#core/measures/pathways.ts'
import { usesOf, type UsedRecord } from '#core/measures/person-use.ts'
import { measureUse } from '#core/measures/use-measures.ts'
import { isReached } from '#core/reach/reached.ts'
import { quarterAfter, quarterDays, type Quarter } from '#core/standard/quarter.ts'
import type { RecordFacts } from '#core/standard/record.ts'
import type { Written } from '#demonstration/written-client.ts'
import { mappingOf, renderFile } from '#demonstration/render-file.ts'
import { tellsContacts, type Content, type ServiceHabit } from '#demonstration/service-habit.ts'
import { DEMONSTRATION_QUARTERS } from '#demonstration/write-demonstration.ts'
import { checkFile } from '../core/checks/files.ts'
import {
  ALL,
  HABITS,
  has,
  isServed,
  sent,
  trueUses,
  wasReached,
  type TrueUse,
} from './true-uses.ts'

/**
 * Indicators from the demonstration's files, its people told apart as they truly are, against a count of who truly used its
 * services: the count reads enrolments and shares no code with the measures.
 */

type ReadRecord = UsedRecord & RecordFacts & FamilyRecord & Pick<BornRow, 'ward'>

/** How many rows and records of a file there are, and the five facts that its records give. */
interface ReadFile {
  readonly service: string
  readonly quarter: Quarter
  readonly quality: DataQuality
}

/** Records of every file as they are read, of the person whom the truth has under their reference. */
async function readRecords(): Promise<{ records: ReadRecord[]; files: ReadFile[] }> {
  const people = new Map<string, number>()
  const records: ReadRecord[] = []
  const files: ReadFile[] = []
  for (const { habit, quarter, truth, ...file } of sent) {
    const mapping = habit.needsMapping ? mappingOf(habit) : {}
    const read = await checkFile(renderFile({ habit, quarter, truth, ...file }), {
      quarter,
      mapping,
    })
    const persons = new Map(truth.map((of) => [of.clientRef.toUpperCase(), of]))
    const { rows, linkability } = read.counted ?? expect.fail(read.refused)
    files.push({
      ...{ service: habit.service, quarter },
      quality: measureQuality(
        {
          ...{ quarter, rowsAccepted: rows.accepted, rowsRejected: rows.rejected, linkability },
          receivedOn: `${quarterDays(quarterAfter(quarter)).first.slice(0, 8)}09`,
        },
        read.facts,
      ),
    })
    const counting = tellsContacts(habit) ? 'contacts' : 'active-enrolment'
    for (const [at, facts] of read.facts.entries()) {
      const reference = (read.people[at] ?? '').split('|')[0] ?? ''
      const of = persons.get(reference.toUpperCase()) ?? expect.fail(`nobody is ${reference}`)
      const { person, family, ward } = of
      if (!people.has(person)) people.set(person, people.size)
      records.push({
        ...facts,
        ...{ beneficiary: people.get(person) ?? 0, service: habit.service, quarter },
        ...{ client: reference, family, ward },
        isReached: isReached(facts, quarter, counting),
      })
    }
  }
  return { records, files }
}

const LAST_DAYS = DEMONSTRATION_QUARTERS.map((quarter) => {
  const [year = 0, number = 0] = quarter.split('-Q').map(Number)
  return Date.UTC(year, 3 + 3 * number, 1) / 86_400_000 - 1
})

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

let records: readonly ReadRecord[]
let files: readonly ReadFile[]
beforeAll(async () => {
  ;({ records, files } = await readRecords())
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

// No area is known here, so of the five facts each record gives four at most.
test('the quality of every file equals a count of what its rows have', () => {
  const all = new Map<string, unknown>()
  const expected = new Map<string, unknown>()
  for (const { habit, quarter, rows, truth } of sent) {
    const told = files.find((file) => file.service === habit.service && file.quarter === quarter)
    const people = rows.filter((row) => row !== null)
    const clients = habit.shape === 'contacts' ? oneEach(people) : people
    let [whole, facts, strong] = [0, 0, 0]
    for (const row of clients) {
      for (const who of whoIsIn(row, habit)) {
        whole += 1
        facts += who.facts
        strong += Number(who.isStrong)
      }
    }
    expect(truth.length, quarter).toBeGreaterThan(0)
    const key = `${habit.service} ${quarter}`
    all.set(key, told?.quality)
    expected.set(key, {
      complete: { part: facts, whole: whole * 5 },
      usable: { part: people.length, whole: people.length },
      matchable: { part: strong, whole },
      daysAfter: 9,
    })
  }
  expect(Object.fromEntries(all)).toEqual(Object.fromEntries(expected))
})

function oneEach(rows: readonly Written[]): Written[] {
  return [...new Map(rows.map((row) => [row.client_ref, row])).values()]
}

/** Who a row is of: how many of the five facts it says of them, and whether it shows strongly who they are. */
function whoIsIn(
  row: Written,
  habit: ServiceHabit,
): { readonly facts: number; readonly isStrong: boolean }[] {
  const said = (content: Content): string => (has(habit, content) ? (row[content] ?? '') : '')
  // What stands for a birth that nobody knows is one where years have two digits alone.
  const birthOf = (content: Content): string =>
    said(content) === '1900-01-01' && habit.dates !== 'dd-Mon-yy' ? '' : said(content)
  const known = (facts: readonly string[]): number =>
    facts.filter((fact) => !['', 'unknown', 'Z'].includes(fact)).length
  const [birth, carerBirth] = [birthOf('date_of_birth'), birthOf('carer_date_of_birth')]
  const gender = said('gender')
  // A newborn without a name has none that anybody can be matched by.
  const isNamed = !/^(?:baby|twin)/i.test(row.first_name ?? '')
  const isOfCarer =
    habit.audience.startsWith('children') && said('carer_email') + said('carer_mobile') !== ''
  const own = {
    facts: known([birth, gender, said('ethnicity'), said('main_language')]),
    isStrong:
      isNhsNumber(said('nhs_number')) ||
      (birth !== '' &&
        isNamed &&
        ((isOfCarer && known([gender]) === 1) || said('postcode') !== '')),
  }
  if (habit.shape !== 'child-and-carer' || (row.carer_first_name ?? '') === '') return [own]
  const isCarerStrong = carerBirth !== '' && said('postcode') !== ''
  return [
    own,
    {
      facts: known([carerBirth, said('carer_gender')]),
      isStrong: isNhsNumber(said('carer_nhs_number')) || isCarerStrong,
    },
  ]
}

function isNhsNumber(text: string): boolean {
  const digits = Array.from(text.replaceAll(/[^0-9]/g, ''), Number)
  if (digits.length !== 10) return false
  const sum = digits.slice(0, 9).reduce((all, digit, at) => all + digit * (10 - at), 0)
  return (11 - (sum % 11)) % 11 === digits[9]
}

test('families reached whole equal a count of who truly came', () => {
  for (const [from, to] of [
    [0, 2],
    [1, 1],
    [2, 2],
  ] as const) {
    const families = new Map<number, Set<string>>()
    for (let quarter = 0; quarter <= to; quarter++)
      for (const habit of HABITS)
        for (const used of trueUses(habit, quarter)) {
          const { family, kin } = ALL.people.find(({ id }) => id === used.person) ?? expect.fail()
          const own = families.get(family) ?? new Set()
          families.set(family, own)
          const side = kin === 'child' ? 'child' : 'carer'
          own.add(side)
          if (quarter >= from && wasReached(habit, used)) own.add(`${side} reached`)
        }
    const count = (is: (own: Set<string>) => boolean): number =>
      [...families.values()].filter(is).length
    const [child, carer] = ['child reached', 'carer reached'] as const
    const period = {
      from: DEMONSTRATION_QUARTERS[from] ?? expect.fail(),
      to: DEMONSTRATION_QUARTERS[to] ?? expect.fail(),
    }
    expect(measureFamilies(records, period)).toEqual({
      families: count((own) => own.has(child) || own.has(carer)),
      whole: count((own) => own.has(child) && own.has(carer)),
      childrenAlone: count((own) => own.has(child) && !own.has(carer) && own.has('carer')),
      carersAlone: count((own) => own.has(carer) && !own.has(child) && own.has('child')),
      noCarer: count((own) => own.has(child) && !own.has('carer')),
      noChild: count((own) => own.has(carer) && !own.has('child')),
      ofNoFamily: 0,
    })
  }
})

test('young children by ward and age equal a count of what rows say of who was reached', () => {
  const last = 2024 * 12 + 11
  const births = new Map<string, string>()
  const wards = new Map<string, Set<string>>()
  for (const { rows, truth } of sent) {
    const of = new Map(truth.map((one) => [one.clientRef, one]))
    for (const row of rows) {
      const one = of.get(row?.client_ref ?? '')
      if (row === null || one?.reached !== true || !one.child) continue
      const birth = (row.date_of_birth ?? '').slice(0, 7)
      const known = births.get(one.person)
      if (known === undefined || birth < known) births.set(one.person, birth)
      wards.set(one.person, (wards.get(one.person) ?? new Set()).add(one.ward))
    }
  }
  const counts = new Map<string, number>()
  let ofNoWard = 0
  for (const [person, birth] of births) {
    const months = last - (Number(birth.slice(0, 4)) * 12 + Number(birth.slice(5)) - 1)
    const age = Math.max(0, Math.floor(months / 12))
    if (age >= 4) continue
    const own = [...(wards.get(person) ?? [])].filter((ward) => ward !== '')
    if (own.length === 0) ofNoWard += 1
    else
      for (const ward of ['', ...own])
        for (const key of [`${ward} ${age}`, `${ward} all`])
          counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const reached = records.flatMap((record): BornRow[] =>
    record.isReached
      ? [
          {
            ...{ ...record, upper: record.beneficiary, lower: record.beneficiary },
            ...{ nhs: null, strand: '' },
          },
        ]
      : [],
  )
  const young = measureYoung(reached, '2024-Q3', 4)
  expect(
    new Map(young.cells.map(({ ward, age, people }) => [`${ward} ${age ?? 'all'}`, people])),
  ).toEqual(counts)
  expect(young).toMatchObject({ ofNoWard, ofNoBirth: 0 })
})
