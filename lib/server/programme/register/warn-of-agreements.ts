import type pg from 'pg'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { A_WEEK, oweMails, type OwingContext } from '#server/identity/mails/kept-mails.ts'
import { rolesWith } from '#server/identity/actors/actor.ts'
import { PORTAL } from '#server/identity/actors/portal-actor.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import { dateOfDay } from '#server/platform/db/days.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import type { Queries } from '#server/platform/db/query-types.ts'
import { run } from '#server/platform/db/run.ts'
import type { Mail } from '#server/platform/mail/mailer.ts'
import { dayInLondon } from './quarters.ts'

/**
 * Tells administrators and the leads of its organisation of each agreement that ends within 90, 30
 * or 7 days, once at each: one mail for each person, of all that came to that day. Answers of how many
 * agreements. What there is nobody to be told of waits for somebody.
 */
export async function warnOfAgreements(context: OwingContext): Promise<number> {
  const { pool, origin, now } = context
  let told = 0
  await oweMails(forActor(pool, PORTAL), context, async (client) => {
    const ending = await claimEnding(client, dayInLondon(now()))
    if (ending.length === 0) return undefined
    const people = await readPeople(client)
    const isFor = ({ provider }: Ending, { providerCode }: Person): boolean =>
      providerCode === null || providerCode === provider
    const untold = ending.filter((one) => !people.some((person) => isFor(one, person)))
    await inPrisma(client, (prisma) =>
      prisma.agreement.updateMany({
        where: { id: { in: untold.map(({ id }) => BigInt(id)) } },
        data: { warnedDays: null },
      }),
    )
    if (untold.length === ending.length) return undefined
    told += ending.length - untold.length
    return people.flatMap((person) => {
      const theirs = ending.filter((one) => isFor(one, person))
      return theirs.length === 0 ? [] : [endingMail(theirs, person, origin)]
    })
  })
  return told
}

type Ending = Queries['programme/claim-ending-agreements']['row']

async function claimEnding(client: pg.PoolClient, today: string): Promise<readonly Ending[]> {
  const ending: Ending[] = []
  for (;;) {
    const [next] = await run(client, 'programme/claim-ending-agreements', [today])
    if (next === undefined) return ending
    ending.push(next)
  }
}

/** Who is told: of everything, or of one organisation's alone. */
interface Person {
  readonly email: string
  readonly providerCode: string | null
}

async function readPeople(client: pg.PoolClient): Promise<readonly Person[]> {
  return inPrisma(client, (prisma) =>
    prisma.user.findMany({
      where: {
        disabledAt: null,
        // Leads look after what is agreed with their organisation.
        role: { in: [...rolesWith('register.change'), 'provider'] },
      },
      select: { email: true, providerCode: true },
      orderBy: { id: 'asc' },
    }),
  )
}

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })

/** Its days are dates: a mail that was kept is read days later. */
function endingMail(
  ending: readonly Ending[],
  { email: to, providerCode }: Person,
  origin: string,
): Mail {
  const count =
    ending.length === 1 ? 'An agreement ends' : `${String(ending.length)} agreements end`
  return {
    ...{ to, minutes: A_WEEK },
    subject: `${count} soon – Count Once`,
    text: [
      ...ending.map(({ service, serviceName, lastDay }) => {
        const line = `The agreement for ${serviceName} ends on ${DAY.format(dateOfDay(lastDay))}.`
        // Leads have no page of agreements: their page of the service says until when files are taken.
        const page =
          providerCode === null ? addresses.service(service) : addresses.ownService(service)
        return `${line}\n${origin}${page}`
      }),
      'From the day after, no file of that service is processed. An administrator registers the next agreement once it is signed.',
      'Count Once\n',
    ].join('\n\n'),
  }
}
