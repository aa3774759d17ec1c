import type { Quarter } from '#core/standard/quarter.ts'

import { isoDay, quarterSpan, yearsBetween } from './calendar.ts'
import { ERROR_RATES } from './error-rates.ts'
import { PLACES } from './places.ts'
import type { Population } from './population.ts'
import { Choices, mix } from './random.ts'
import { type Content, type ServiceHabit, tellsContacts } from './service-habit.ts'
import { type Enrolment, type Use, enrolments, serviceNumber } from './service-use.ts'
import type { TrueRecord } from './truth.ts'
import { ClientWriter, type Written } from './written-client.ts'

/**
 * The rows of every file of a service, quarter by quarter, with the truth beside them.
 */

export interface ServiceFile {
  readonly habit: ServiceHabit
  readonly quarter: Quarter
  /** Values in the standard's own form; null is a blank row. */
  readonly rows: readonly (Written | null)[]
  readonly truth: readonly TrueRecord[]
}

/** How a true postcode, or one whose O and 0 were mixed up, is found again. */
const WARDS = new Map(
  PLACES.map((place) => [
    place.postcode.replace(/[OI]/g, (letter) => (letter === 'O' ? '0' : '1')),
    place.ward,
  ]),
)

/** The files of one service for every quarter of the population. */
export function serviceFiles(
  population: Population,
  habit: ServiceHabit,
  seed: number,
): ServiceFile[] {
  const choices = new Choices(mix(seed, serviceNumber(habit)), -1)
  const writer = new ClientWriter(habit, population, choices)
  const rows: (Written | null)[][] = population.quarters.map(() => [])
  const truth: TrueRecord[][] = population.quarters.map(() => [])
  let references = 0
  for (const enrolment of enrolments(population, habit, seed)) {
    let clientRef = habit.reference(references++)
    let written: Written | undefined
    for (const use of enrolment.uses) {
      if (written !== undefined && choices.happens(ERROR_RATES.registeredTwice)) {
        clientRef = habit.reference(references++)
        written = undefined
      }
      written =
        written === undefined
          ? writer.register(enrolment, use.quarter)
          : writer.update(written, enrolment, use.quarter)
      const quarter = population.quarters[use.quarter]
      if (quarter === undefined) continue
      const added = rowsOf(enrolment, use, { ...written, client_ref: clientRef }, habit, quarter)
      if (added.length === 0) continue
      const inQuarter = rows[use.quarter]
      inQuarter?.push(...added)
      if (habit.shape !== 'contacts' && choices.happens(ERROR_RATES.repeatedRow))
        inQuarter?.push(...added)
      if (choices.happens(ERROR_RATES.blankRow)) inQuarter?.push(null)
      truth[use.quarter]?.push(...truthOf(enrolment, use, written, clientRef, habit, quarter))
    }
  }
  return population.quarters.map((quarter, index) => ({
    habit,
    quarter,
    rows: withoutBlankEnd(rows[index] ?? []),
    truth: truth[index] ?? [],
  }))
}

/** Blank rows stand between rows; below the last one they are no rows. */
function withoutBlankEnd<Row>(rows: readonly (Row | null)[]): readonly (Row | null)[] {
  return rows.slice(0, rows.findLastIndex((row) => row !== null) + 1)
}

function rowsOf(
  enrolment: Enrolment,
  use: Use,
  client: Written,
  habit: ServiceHabit,
  quarter: Quarter,
): Written[] {
  if (habit.shape === 'contacts') {
    const days = [
      ...use.attended.map((day) => [day, 'yes'] as const),
      ...use.missed.map((day) => [day, 'no'] as const),
    ]
    return days
      .sort(([left], [right]) => left - right)
      .map(([day, attended]) => ({ ...client, contact_date: isoDay(day), attended }))
  }
  const last = quarterSpan(quarter).last
  const served = use.status !== 'waiting' && use.status !== 'declined'
  const lastContact = use.attended.at(-1)
  return [
    {
      ...client,
      referral_date: isoDay(Math.min(enrolment.referred, last)),
      start_date: served ? isoDay(enrolment.start) : '',
      end_date:
        enrolment.end !== undefined && enrolment.end <= last && served ? isoDay(enrolment.end) : '',
      status: use.status,
      contacts: String(use.attended.length),
      last_contact_date: lastContact === undefined ? '' : isoDay(lastContact),
    },
  ]
}

function truthOf(
  enrolment: Enrolment,
  use: Use,
  written: Written,
  clientRef: string,
  habit: ServiceHabit,
  quarter: Quarter,
): TrueRecord[] {
  const { person, carer } = enrolment
  const served = use.status !== 'waiting' && use.status !== 'declined'
  const shared = {
    service: habit.service,
    quarter,
    ward: has(habit, 'postcode') ? wardOf(written.postcode ?? '') : '',
    reached: served && (!tellsContacts(habit) || use.attended.length > 0),
    family: person.family,
  }
  const under16 = yearsBetween(person.born, quarterSpan(quarter).last) < 16
  const records: TrueRecord[] = [
    {
      ...shared,
      clientRef,
      person: person.id,
      kin: person.kin,
      child: person.kin === 'child' || under16,
    },
  ]
  if (habit.shape === 'child-and-carer' && carer !== undefined) {
    records.push({
      ...shared,
      clientRef: `${clientRef}#carer`,
      person: carer.id,
      kin: carer.kin,
      child: false,
    })
  }
  return records
}

function has(habit: ServiceHabit, content: Content): boolean {
  return habit.columns.some(([, held]) => held === content)
}

function wardOf(postcode: string): string {
  return WARDS.get(postcode.replace(/[OI]/g, (letter) => (letter === 'O' ? '0' : '1'))) ?? ''
}
