import type pg from 'pg'
import { fieldsNotCovered, type ShownInFile } from '#core/hashed-file/shown-fields.ts'
import type { Mapping } from '#core/mapping/mapping.ts'
import { quarterDays, type Quarter } from '#core/standard/quarter.ts'
import type { Database } from '#server/platform/db/database.ts'
import { dateOfDay } from '#server/platform/db/days.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { dayInLondon, type PlaceOfFile } from './quarters.ts'
import type { Programme } from './read-programme.ts'

/** What agreements cover: without one that covers it nothing is processed. */

/** What of a programme says which agreements cover its files. */
type Covering = Pick<Programme, 'live' | 'purpose'>

/** Of a file of reach, where nothing else is said. */
const OF_REACH: Covering = { live: false, purpose: 'reach' }

/**
 * The services, of some, that an agreement covers in a quarter and, in a live programme, today as
 * well. What is looked up is of today, whatever quarter its feed came in.
 */
export async function listCovered(
  on: Database | pg.ClientBase,
  programme: Covering,
  { services, quarter }: { readonly services: readonly string[]; readonly quarter: Quarter },
  now: Date,
): Promise<ReadonlySet<string>> {
  const today = dayInLondon(now)
  const covered = await codesOf(dayOfCover(programme, quarter, now))
  if (!programme.live) return covered
  const still = await codesOf(today)
  return new Set([...covered].filter((service) => still.has(service)))

  async function codesOf(day: string): Promise<Set<string>> {
    const covering = await listCovering(on, programme, services, day)
    return new Set(covering.map(({ serviceCode }) => serviceCode))
  }
}

/** The day on which an agreement covers a file. */
function dayOfCover({ purpose }: Covering, quarter: Quarter, now: Date): string {
  return purpose === 'look-up' ? dayInLondon(now) : quarterDays(quarter).last
}

/** What is to be processed. */
export interface Processed {
  readonly service: string
  readonly quarter: Quarter
  /** How the file is matched, once that is known. */
  readonly mapping?: Mapping
}

/**
 * Why a file may not be processed today: no agreement covers its quarter, none is in force any
 * more, or it has fields that none covers. The agreements of a demonstration end with its years.
 */
export async function whyNotCovered(
  on: Database | pg.ClientBase,
  programme: Covering,
  { service, quarter, mapping }: Processed,
  now: Date,
): Promise<Refusal<'agreement-missing' | 'field-not-covered'> | undefined> {
  const covered = await listCovered(on, programme, { services: [service], quarter }, now)
  if (covered.size === 0) return refuse('agreement-missing')
  const day = dayOfCover(programme, quarter, now)
  const covering = await listCovering(on, programme, [service], day)
  const fields = mapping === undefined ? [] : fieldsOf(mapping)
  const isCovered = covering.some(
    (agreement) =>
      agreement.fields.length === 0 || fields.every((field) => agreement.fields.includes(field)),
  )
  return isCovered ? undefined : refuse('field-not-covered')
}

/**
 * Why the lines of a hashed file may not be processed: they show fields that no agreement covers. It
 * names no field itself, so what it cannot have been made without counts.
 */
export async function whyShownNotCovered(
  on: Database | pg.ClientBase,
  { service, quarter }: PlaceOfFile,
  shown: ShownInFile,
): Promise<Refusal<'hashed-not-covered'> | undefined> {
  const covering = await listCovering(on, OF_REACH, [service], quarterDays(quarter).last)
  const [fewest = []] = covering
    .map(({ fields }) => (fields.length === 0 ? [] : fieldsNotCovered(shown, fields)))
    .sort((left, right) => left.length - right.length)
  return fewest.length === 0
    ? undefined
    : refuse('hashed-not-covered', { fields: fewest.join(' ') })
}

/** The fields of the standard that a service's agreements cover for a file; undefined is all. */
export async function coveredFields(
  on: Database | pg.ClientBase,
  programme: Covering,
  { service, quarter }: Processed,
  now: Date,
): Promise<readonly string[] | undefined> {
  const covering = await listCovering(on, programme, [service], dayOfCover(programme, quarter, now))
  if (covering.some(({ fields }) => fields.length === 0)) return undefined
  return [...new Set(covering.flatMap(({ fields }) => fields))]
}

/** Which agreements are in force on a day: begun, not over and not ended before it. */
export function inForceOn(day: string) {
  const at = dateOfDay(day)
  return {
    validFrom: { lte: at },
    AND: [
      { OR: [{ validTo: null }, { validTo: { gte: at } }] },
      { OR: [{ endedOn: null }, { endedOn: { gte: at } }] },
    ],
  }
}

async function listCovering(
  on: Database | pg.ClientBase,
  programme: Covering,
  services: readonly string[],
  day: string,
): Promise<{ readonly serviceCode: string; readonly fields: readonly string[] }[]> {
  return inPrisma(on, ({ agreement }) =>
    agreement.findMany({
      select: { serviceCode: true, fields: true },
      where: {
        serviceCode: { in: [...services] },
        ...inForceOn(day),
        ...withPurpose(programme),
      },
    }),
  )
}

/**
 * Which agreements allow what is done with a file: one that names purposes must name it. Nobody is
 * looked up by an agreement that does not say so and, in a live programme, why it is lawful
 * (prisma/sql/sources/list-sources.sql says the same).
 */
function withPurpose({ purpose, live }: Covering) {
  if (purpose === 'reach')
    return { OR: [{ purposes: { isEmpty: true } }, { purposes: { has: 'count-people' } }] }
  const particulars = {
    lawfulBasis: { not: null },
    gateway: { not: null },
    assessment: { not: '' },
  }
  return { purposes: { has: 'look-up' }, ...(live ? particulars : {}) }
}

/** The fields that a mapping gives. */
function fieldsOf({ columns, constants = {}, split = {}, join = {}, scores }: Mapping): string[] {
  return [
    ...Object.keys(columns),
    ...Object.keys(constants),
    ...Object.values(split).flat(),
    ...Object.keys(join),
    // In wide form no column is called as a field.
    ...(scores === undefined ? [] : ['measure', 'time_point', 'score_date', 'score']),
    ...(scores?.some(({ subScale }) => subScale !== undefined) === true ? ['sub_scale'] : []),
  ]
}
