import type pg from 'pg'
import { quarterDays, type Quarter } from '#core/standard/quarter.ts'
import type { Database } from '#server/platform/db/database.ts'
import { dateOfDay, dayOfDate } from '#server/platform/db/days.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'

/** When the files of a quarter are due, and until when they are taken. Days are `yyyy-mm-dd`. */

/** Days after its end by which a quarter's files are due, where it has no deadline of its own. */
const DUE_AFTER = 30

const DAY = 86_400_000

/** A service and quarter. */
export interface PlaceOfFile {
  readonly service: string
  readonly quarter: Quarter
}

/** A quarter in the calendar. */
export interface CalendarQuarter {
  readonly quarter: Quarter
  readonly deadline: string
  readonly isClosed: boolean
  /** 0 where nothing of its own was ever said. */
  readonly version: number
}

/** The quarters with their deadlines, in the order given. */
export async function readCalendar(
  on: Database | pg.ClientBase,
  quarters: readonly Quarter[],
): Promise<CalendarQuarter[]> {
  const rows = await inPrisma(on, ({ reportingQuarter }) =>
    reportingQuarter.findMany({ where: { quarter: { in: [...quarters] } } }),
  )
  return quarters.map((quarter) => {
    const own = rows.find((row) => row.quarter === quarter)
    return {
      quarter,
      deadline: own === undefined ? usualDeadline(quarter) : dayOfDate(own.deadline),
      isClosed: own?.closed === true,
      version: own?.version ?? 0,
    }
  })
}

/** The day by which a quarter's files are due, unless it was given another. */
export function usualDeadline(quarter: Quarter): string {
  return dayOfDate(new Date(dateOfDay(quarterDays(quarter).last).getTime() + DUE_AFTER * DAY))
}

/** Whether files are taken: the quarter is open, or the service has an extension that is not over. */
export async function takesFiles(
  on: Database | pg.ClientBase,
  { service, quarter }: PlaceOfFile,
  now: Date,
): Promise<boolean> {
  return (await listOpen(on, { services: [service], quarter }, now)).size > 0
}

/** The services, of some, whose files of a quarter are taken today. */
export async function listOpen(
  on: Database | pg.ClientBase,
  { services, quarter }: { readonly services: readonly string[]; readonly quarter: Quarter },
  now: Date,
): Promise<ReadonlySet<string>> {
  const [own] = await readCalendar(on, [quarter])
  if (own?.isClosed !== true) return new Set(services)
  const extensions = await inPrisma(on, ({ extension }) =>
    extension.findMany({
      where: { serviceCode: { in: [...services] }, quarter },
      orderBy: { id: 'asc' },
    }),
  )
  // The last one that a service was given counts.
  const until = new Map(extensions.map((one) => [one.serviceCode, dayOfDate(one.until)]))
  return new Set(services.filter((service) => (until.get(service) ?? '') >= dayInLondon(now)))
}

/** The day that it is in the programme's place. */
export function dayInLondon(now: Date): string {
  return LONDON.format(now)
}

/** Writes days as `yyyy-mm-dd`. */
const LONDON = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' })
