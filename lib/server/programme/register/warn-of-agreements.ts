import { addresses } from '#core/addresses/portal-addresses.ts'
import { rolesWith } from '#server/identity/actors/actor.ts'
import { PORTAL } from '#server/identity/actors/portal-actor.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import type { Database } from '#server/platform/db/database.ts'
import { dateOfDay } from '#server/platform/db/days.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { run } from '#server/platform/db/run.ts'
import type { Mail, Mailer } from '#server/platform/mail/mailer.ts'
import { dayInLondon } from './quarters.ts'

/** What warnings are sent with. */
export interface WarningContext {
  readonly pool: Database
  readonly mailer: Mailer
  readonly origin: string
  readonly now: () => Date
}

/**
 * Tells administrators and the leads of its organisation of each agreement that ends within 90, 30
 * or 7 days, once at each; answers of how many.
 */
export async function warnOfAgreements({
  pool,
  mailer,
  origin,
  now,
}: WarningContext): Promise<number> {
  const database = forActor(pool, PORTAL)
  for (let told = 0; ; told += 1) {
    const [ending] = await run(database, 'programme/claim-ending-agreements', [dayInLondon(now())])
    if (ending === undefined) return told
    let sent = 0
    for (const to of await addressesOf(database, ending.provider)) {
      sent += await mailer.send(endingMail(ending, { to, origin })).then(
        () => 1,
        () => 0,
      )
    }
    if (sent > 0) continue
    // Nobody heard of it: the next round tries again.
    await inPrisma(database, (prisma) =>
      prisma.agreement.update({
        where: { id: BigInt(ending.id) },
        data: { warnedDays: null },
        select: { id: true },
      }),
    )
    return told
  }
}

async function addressesOf(database: Database, providerCode: string): Promise<string[]> {
  const people = await inPrisma(database, (prisma) =>
    prisma.user.findMany({
      where: {
        disabledAt: null,
        OR: [
          { role: { in: [...rolesWith('register.change')] } },
          // Leads look after what is agreed with their organisation.
          { role: 'provider', providerCode },
        ],
      },
      select: { email: true },
      orderBy: { id: 'asc' },
    }),
  )
  return people.map(({ email }) => email)
}

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })

function endingMail(
  {
    serviceName,
    lastDay,
    daysLeft,
  }: { readonly serviceName: string; readonly lastDay: string; readonly daysLeft: number },
  { to, origin }: { readonly to: string; readonly origin: string },
): Mail {
  const left = daysLeft === 1 ? '1 day' : `${String(daysLeft)} days`
  return {
    to,
    subject: `An agreement ends in ${left} – Count Once`,
    text: [
      `The agreement for ${serviceName} ends on ${DAY.format(dateOfDay(lastDay))}, in ${left}. From the day after, no file of this service is processed.`,
      'An administrator registers the next one once it is signed.',
      origin + addresses.home,
      'Count Once\n',
    ].join('\n\n'),
  }
}
