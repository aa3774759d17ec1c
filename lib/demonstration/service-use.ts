import type { Quarter } from '#core/standard/quarter.ts'

import { quarterSpan } from './calendar.ts'
import type { Family, Person, Population } from './population.ts'
import { Choices, mix } from './random.ts'
import type { ServiceHabit } from './service-habit.ts'

/**
 * Who truly used a service, from when to when and how often: without any error of writing.
 */

/** One person's time with one service. */
export interface Enrolment {
  readonly person: Person
  /** The grown-up who comes along, where the service writes one down. */
  readonly carer: Person | undefined
  readonly family: Family
  /** Day numbers; no end while it lasts beyond the last quarter. */
  readonly referred: number
  readonly start: number
  readonly end: number | undefined
  readonly endsEarly: boolean
  readonly declined: boolean
  readonly referralSource: string
  readonly uses: readonly Use[]
}

/** An enrolment in one quarter. */
export interface Use {
  /** Index among the population's quarters. */
  readonly quarter: number
  readonly status: 'waiting' | 'active' | 'completed' | 'left_early' | 'declined'
  /** Days of contacts attended, in order; a contact each. */
  readonly attended: readonly number[]
  /** Days of contacts that were missed. */
  readonly missed: readonly number[]
}

const REFERRAL_SOURCES = [
  'self',
  'gp',
  'midwife',
  'health_visitor',
  'health_visitor',
  'social_care',
  'nursery_school',
  'other_service',
] as const
const MONTH_DAYS = 30.44
const DECLINES = 0.025
const COMES_WITH_ANOTHER = 0.14
const MEAN_CONTACTS = 3.4
const MEAN_MISSED = 0.4

/** Everyone the service enrolled, in the order in which references are given: by start. */
export function enrolments(population: Population, habit: ServiceHabit, seed: number): Enrolment[] {
  const spans = population.quarters.map((quarter) => quarterSpan(quarter))
  const opens = (spans[0]?.first ?? 0) - 200
  const closes = spans.at(-1)?.last ?? 0
  const found: Enrolment[] = []
  for (const [index, family] of population.families.entries()) {
    const choices = new Choices(mix(seed, serviceNumber(habit)), index)
    for (const candidate of candidates(family, habit, choices)) {
      if (!choices.happens(Math.min(0.97, habit.uptake * family.takesPart))) continue
      const start = Math.max(
        choices.between(opens, closes),
        candidate.person.kin === 'child' ? candidate.person.born + 3 : 0,
      )
      const months = (start - candidate.anchor.born) / MONTH_DAYS
      if (months < habit.months[0] || months > habit.months[1]) continue
      if (habit.audience === 'young-mothers' && start - family.mother.born > 20.5 * 365) continue
      const enrolment = enrol(candidate, family, start, habit, population.quarters, choices)
      if (enrolment.uses.length > 0) found.push(enrolment)
    }
  }
  return found.sort((left, right) => left.start - right.start)
}

interface Candidate {
  readonly person: Person
  readonly carer: Person | undefined
  /** The child whose age says whether the service is for the family. */
  readonly anchor: Person
}

function candidates(family: Family, habit: ServiceHabit, choices: Choices): Candidate[] {
  const youngest = family.children.at(-1)
  if (youngest === undefined) return []
  const another = family.others[0]
  const carer =
    another !== undefined && choices.happens(COMES_WITH_ANOTHER) ? another : family.mother
  switch (habit.audience) {
    case 'children':
    case 'children-with-carers':
      return family.children.map((child) => ({ person: child, carer, anchor: child }))
    case 'mothers':
      return [{ person: family.mother, carer: undefined, anchor: youngest }]
    case 'young-mothers':
      return [
        { person: family.mother, carer: undefined, anchor: youngest },
        { person: youngest, carer: family.mother, anchor: youngest },
      ]
    case 'carers':
      return [{ person: carer, carer: undefined, anchor: youngest }]
  }
}

function enrol(
  candidate: Candidate,
  family: Family,
  start: number,
  habit: ServiceHabit,
  quarters: readonly Quarter[],
  choices: Choices,
): Enrolment {
  const ends = start + choices.between(30, 420)
  const last = quarterSpan(quarters.at(-1) ?? '2024-Q1').last
  const enrolment = {
    person: candidate.person,
    carer: candidate.carer,
    family,
    referred: start - choices.between(0, 60),
    start,
    end: ends > last ? undefined : ends,
    endsEarly: choices.happens(0.25),
    declined: choices.happens(DECLINES),
    referralSource: choices.oneOf(REFERRAL_SOURCES),
  }
  const tellsStatus = habit.columns.some(([, content]) => content === 'status')
  const uses: Use[] = []
  for (const [quarter, name] of quarters.entries()) {
    const span = quarterSpan(name)
    const begun = start <= span.last && (enrolment.end === undefined || enrolment.end >= span.first)
    if (enrolment.declined || !begun) {
      // A referral that came to nothing, or not yet, stands only in files that can say so.
      const referredNow = enrolment.referred >= span.first && enrolment.referred <= span.last
      if (tellsStatus && referredNow && (enrolment.declined || start > span.last)) {
        uses.push({
          quarter,
          status: enrolment.declined ? 'declined' : 'waiting',
          attended: [],
          missed: [],
        })
      }
      continue
    }
    const from = Math.max(start, span.first)
    const to = Math.min(enrolment.end ?? span.last, span.last)
    const ended = enrolment.end !== undefined && enrolment.end <= span.last
    uses.push({
      quarter,
      status: !ended ? 'active' : enrolment.endsEarly ? 'left_early' : 'completed',
      attended: days(choices, choices.count(MEAN_CONTACTS), from, to),
      missed: days(choices, choices.count(MEAN_MISSED), from, to),
    })
  }
  return { ...enrolment, uses }
}

function days(choices: Choices, count: number, from: number, to: number): number[] {
  return Array.from({ length: count }, () => choices.between(from, to)).sort(
    (left, right) => left - right,
  )
}

/**
 * A number for a service that only its code decides, so that another service in the list changes
 * nothing for it.
 */
export function serviceNumber(habit: ServiceHabit): number {
  return Buffer.from(habit.service, 'utf8').reduce((number, byte) => mix(number, byte), 0)
}
