import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { quarterDays, quarterWords, type Quarter } from '#core/standard/quarter.ts'
import { A_WEEK, oweMails, type OwingContext } from '#server/identity/mails/kept-mails.ts'
import { rolesWith } from '#server/identity/actors/actor.ts'
import type { UserRole } from '#server/identity/actors/user.ts'
import { PORTAL } from '#server/identity/actors/portal-actor.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { run } from '#server/platform/db/run.ts'
import { begunQuarters } from '#server/programme/register/change-register.ts'
import { dayInLondon, readCalendar } from '#server/programme/register/quarters.ts'
import type { Programme } from '#server/programme/register/read-programme.ts'
import { readReport } from './read-report.ts'

/** Days after a deadline in which its quarter's report is sent. */
const SENT_WITHIN = 30

/** Keeps that this portal runs and its database answers, in this minute. */
export async function keepMinute({ pool, now }: OwingContext): Promise<void> {
  await run(forActor(pool, PORTAL), 'report/keep-minute', [now()])
}

/**
 * Mails the report of the last quarter whose deadline is over to those who own the programme, once;
 * answers whether it did. While nobody could be told, it waits. There is none of a quarter that was
 * over before the programme was made, unless files of it came all the same.
 */
export async function sendReport(context: OwingContext, programme: Programme): Promise<boolean> {
  const { pool, origin, now } = context
  const database = forActor(pool, PORTAL)
  const today = dayInLondon(now())
  const calendar = await readCalendar(database, begunQuarters(programme, now()).slice(-4))
  const over = calendar.filter(({ deadline }) => {
    const days = (Date.parse(today) - Date.parse(deadline)) / 86_400_000
    return days >= 1 && days <= SENT_WITHIN
  })
  const quarter = over.at(-1)?.quarter
  if (quarter === undefined || (await wasSent(database, quarter))) return false
  if (!(await hadWork(database, quarter))) return false
  const owners = await listOwners(database)
  const report = await readReport({ database: pool, programme, now: now() }, PORTAL, quarter)
  if (owners.length === 0 || !report.ok) return false
  const owed = await oweMails(database, context, async (client) => {
    const { count } = await inPrisma(client, ({ reportMail }) =>
      reportMail.createMany({ data: { quarter, sentAt: now() }, skipDuplicates: true }),
    )
    if (count === 0) return undefined
    const text = [
      `How the work on ${quarterWords(quarter)} went, in counts:`,
      report.lines.map(({ part, name, value }) => `${part}: ${name}: ${value}`).join('\n'),
      origin + withQuery(addresses.managementReport, { quarter }),
      'Count Once\n',
    ].join('\n\n')
    const subject = `Report of ${quarterWords(quarter)} – Count Once`
    return owners.map(({ email: to }) => ({ to, subject, text, minutes: A_WEEK }))
  })
  return owed > 0
}

/** Whom the programme answers to: the owners who are named, and every administrator while nobody is. */
export async function listOwners(
  database: Database,
): Promise<readonly { readonly name: string; readonly email: string }[]> {
  return inPrisma(database, async ({ user }) => {
    const of = (where: { ownsProgramme: true } | { role: { in: UserRole[] } }) =>
      user.findMany({
        where: { disabledAt: null, providerCode: null, ...where },
        select: { name: true, email: true },
        orderBy: { id: 'asc' },
      })
    const named = await of({ ownsProgramme: true })
    return named.length > 0 ? named : of({ role: { in: [...rolesWith('register.change')] } })
  })
}

async function wasSent(database: Database, quarter: Quarter): Promise<boolean> {
  const sent = await inPrisma(database, ({ reportMail }) =>
    reportMail.findUnique({ where: { quarter }, select: { quarter: true } }),
  )
  return sent !== null
}

/** Whether the programme was there in a quarter, or had its files later. */
async function hadWork(database: Database, quarter: Quarter): Promise<boolean> {
  return inPrisma(database, async ({ programme, submission }) => {
    const { madeAt } = await programme.findFirstOrThrow({ select: { madeAt: true } })
    if (dayInLondon(madeAt) <= quarterDays(quarter).last) return true
    const files = await submission.count({ where: { quarter, dataset: 'production' } })
    return files > 0
  })
}
