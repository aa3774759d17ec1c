import type pg from 'pg'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { A_WEEK, oweMails, type OwingContext } from '#server/identity/mails/kept-mails.ts'
import { rolesWith } from '#server/identity/actors/actor.ts'
import { PORTAL } from '#server/identity/actors/portal-actor.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import { dateOfDay } from '#server/platform/db/days.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { run } from '#server/platform/db/run.ts'
import type { Mail } from '#server/platform/mail/mailer.ts'
import { dayInLondon } from './quarters.ts'

/**
 * Tells administrators and the leads of its organisation of each agreement that ends within 90, 30
 * or 7 days, once at each; answers of how many. What there is nobody to be told of waits for somebody.
 */
export async function warnOfAgreements(context: OwingContext): Promise<number> {
  const { pool, origin, now } = context
  return oweMails(forActor(pool, PORTAL), context, async (client) => {
    const [ending] = await run(client, 'programme/claim-ending-agreements', [dayInLondon(now())])
    if (ending === undefined) return undefined
    const people = await addressesOf(client, ending.provider)
    if (people.length > 0) return people.map((to) => endingMail(ending, { to, origin }))
    await inPrisma(client, (prisma) =>
      prisma.agreement.update({
        where: { id: BigInt(ending.id) },
        data: { warnedDays: null },
        select: { id: true },
      }),
    )
    return undefined
  })
}

async function addressesOf(client: pg.PoolClient, providerCode: string): Promise<string[]> {
  const people = await inPrisma(client, (prisma) =>
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
    ...{ to, minutes: A_WEEK },
    subject: `An agreement ends in ${left} – Count Once`,
    text: [
      `The agreement for ${serviceName} ends on ${DAY.format(dateOfDay(lastDay))}, in ${left}. From the day after, no file of this service is processed.`,
      'An administrator registers the next one once it is signed.',
      origin + addresses.home,
      'Count Once\n',
    ].join('\n\n'),
  }
}
