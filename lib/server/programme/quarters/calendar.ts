import type { ExtensionReason } from '#core/messages/register/register-words.ts'
import { isQuarter, type Quarter } from '#core/standard/quarter.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import type { Database } from '#server/platform/db/database.ts'
import { dateOfDay } from '#server/platform/db/days.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import type { Queries } from '#server/platform/db/query-types.ts'
import { run } from '#server/platform/db/run.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { begunQuarters, type RegisterContext } from '#server/programme/register/change-register.ts'
import { dayInLondon } from '#server/programme/register/quarters.ts'

/** When the files of quarters were due and came, and who is given a further time. */

/** What became of a file by its deadline. */
export type Timeliness = 'in-time' | 'came-late' | 'nobody' | 'late' | 'not-due'

/** A service and quarter in the calendar. */
export interface DuePlace {
  readonly service: string
  readonly serviceName: string
  readonly provider: string
  readonly quarter: Quarter
  /** Its own last day, which an extension moves. */
  readonly due: string
  readonly isExtended: boolean
  readonly timeliness: Timeliness
  /** Whether a file is on its way and not submitted yet. */
  readonly isOnItsWay: boolean
}

/** The places of quarters as they are on a day. */
export async function listPlaces(
  on: Database | Parameters<typeof run>[0],
  quarters: readonly Quarter[],
  now: Date,
): Promise<DuePlace[]> {
  const rows = await run(on, 'quarter/list-places', [[...quarters], null])
  return rows.map((row) => placeOf(row, dayInLondon(now)))
}

function placeOf(row: Queries['quarter/list-places']['row'], today: string): DuePlace {
  const { service, serviceName, provider, due, until, isOnItsWay } = row
  return {
    ...{ service, serviceName, provider, due, isOnItsWay },
    // One of those that were asked for.
    quarter: row.quarter as Quarter,
    isExtended: until !== null,
    timeliness: timelinessOf(row, today),
  }
}

function timelinessOf(
  { sentAt, nilAt, due }: Queries['quarter/list-places']['row'],
  today: string,
): Timeliness {
  const came = sentAt ?? nilAt
  if (came === null) return today > due ? 'late' : 'not-due'
  if (dayInLondon(came) > due) return 'came-late'
  return sentAt === null ? 'nobody' : 'in-time'
}

/** Files of people and service use that are missing from figures of some quarters. */
export interface MissingFiles {
  /** How many there would be: of each service and quarter that it has an agreement for, if it reached anybody. */
  readonly expected: number
  /** The services whose files are missing, by name, and of which quarters. */
  readonly services: readonly {
    readonly service: string
    readonly name: string
    readonly quarters: readonly Quarter[]
  }[]
}

/** Reads which files are missing from exact figures of some quarters, for those who see these; none for others. */
export async function lookAtMissingFiles(
  { pool, now }: { readonly pool: Database; readonly now: () => Date },
  actor: Actor,
  quarters: readonly Quarter[],
): Promise<MissingFiles> {
  if (!(await holdsRight(pool, actor, 'exact.see'))) return { expected: 0, services: [] }
  const places = await listPlaces(forActor(pool, actor), quarters, now())
  return missingOf(places)
}

/** The files that are missing of some places: none where the provider said that there was nobody. */
function missingOf(places: readonly DuePlace[]): MissingFiles {
  const expected = places.filter(({ timeliness }) => timeliness !== 'nobody')
  const missing = expected.filter(({ timeliness }) => MISSING.includes(timeliness))
  return {
    expected: expected.length,
    services: [...Map.groupBy(missing, ({ service }) => service)]
      .map(([service, own]) => ({
        ...{ service, name: own[0]?.serviceName ?? service },
        quarters: own.map(({ quarter }) => quarter).sort(),
      }))
      .sort((left, right) => left.name.localeCompare(right.name, 'en-GB')),
  }
}

const MISSING: readonly Timeliness[] = ['late', 'not-due']

/** How often a service was late, of the quarters that were due. */
export interface Lateness {
  readonly service: string
  readonly serviceName: string
  readonly late: number
  readonly due: number
}

/** A quarter's places, and how often each service was late in the quarters up to it. */
export interface CalendarView {
  readonly ok: true
  readonly quarter: Quarter
  readonly quarters: readonly Quarter[]
  readonly places: readonly DuePlace[]
  /** The most often late first. */
  readonly lateness: readonly Lateness[]
}

/** Quarters over which lateness is counted. */
const COUNTED = 8

/** Reads the calendar of a quarter, for administrators. */
export async function readCalendarOf(
  { database, programme, now }: RegisterContext,
  actor: Actor,
  wanted: string,
): Promise<CalendarView | Refusal<'not-found'>> {
  if (!(await holdsRight(database, actor, 'register.see'))) return NOT_HELD
  const quarters = begunQuarters(programme, now)
  const quarter = quarters.find((one) => one === wanted) ?? quarters.at(-1)
  if (quarter === undefined) return refuse('not-found')
  const counted = quarters.filter((one) => one <= quarter).slice(-COUNTED)
  const places = await listPlaces(forActor(database, actor), counted, now)
  return {
    ok: true,
    ...{ quarter, quarters },
    places: places.filter((place) => place.quarter === quarter),
    lateness: countLateness(places),
  }
}

function countLateness(places: readonly DuePlace[]): Lateness[] {
  const services = new Map<string, Lateness>()
  for (const { service, serviceName, timeliness } of places) {
    const { late, due } = services.get(service) ?? { late: 0, due: 0 }
    const isLate = timeliness === 'late' || timeliness === 'came-late'
    services.set(service, {
      ...{ service, serviceName: services.get(service)?.serviceName ?? serviceName },
      late: late + (isLate ? 1 : 0),
      due: due + (timeliness === 'not-due' ? 0 : 1),
    })
  }
  return [...services.values()].sort((a, b) => b.late - a.late)
}

/** The longest extension, in days from today. */
const LONGEST = 180

/** Gives a service a further time for a quarter, also for one that is closed. The last given counts. */
export async function giveExtension(
  { database, programme, now }: RegisterContext,
  actor: Actor,
  given: {
    readonly service: string
    readonly quarter: string
    readonly until: string
    readonly reason: ExtensionReason
  },
): Promise<{ readonly ok: true } | Refusal<'not-found' | 'extension-past'>> {
  if (!(await holdsRight(database, actor, 'register.change'))) return NOT_HELD
  const { service, quarter, until, reason } = given
  if (!isQuarter(quarter) || !begunQuarters(programme, now).includes(quarter)) {
    return refuse('not-found')
  }
  const last = dayInLondon(new Date(now.getTime() + LONGEST * 86_400_000))
  if (until < dayInLondon(now) || until > last) return refuse('extension-past')
  return withTransaction(forActor(database, actor), async (client) => {
    const known = await inPrisma(client, (prisma) =>
      prisma.service.count({ where: { code: service } }),
    )
    if (known === 0) return refuse('not-found')
    await inPrisma(client, ({ extension }) =>
      extension.create({
        data: {
          ...{ serviceCode: service, quarter, until: dateOfDay(until), reason },
          ...{ givenBy: actor.userId, givenAt: now },
        },
      }),
    )
    await appendAudit(client, {
      ...{ actor: actor.userId, event: 'extension.given', subject: service },
      detail: { quarter, until, reason },
    })
    return { ok: true }
  })
}
