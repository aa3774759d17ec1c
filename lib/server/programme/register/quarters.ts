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

/** The last day of a service's extension for a quarter; undefined where it has none. */
async function readExtension(
  on: Database | pg.ClientBase,
  { service, quarter }: PlaceOfFile,
): Promise<string | undefined> {
  const last = await inPrisma(on, ({ extension }) =>
    extension.findFirst({ where: { serviceCode: service, quarter }, orderBy: { id: 'desc' } }),
  )
  return last === null ? undefined : dayOfDate(last.until)
}

/** Whether files are taken: the quarter is open, or the service has an extension that is not over. */
export async function takesFiles(
  on: Database | pg.ClientBase,
  place: PlaceOfFile,
  now: Date,
): Promise<boolean> {
  const [own] = await readCalendar(on, [place.quarter])
  if (own?.isClosed !== true) return true
  const until = await readExtension(on, place)
  return until !== undefined && until >= dayInLondon(now)
}

/** The day that it is in the programme's place. */
export function dayInLondon(now: Date): string {
  return LONDON.format(now)
}

/** Writes days as `yyyy-mm-dd`. */
const LONDON = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' })
