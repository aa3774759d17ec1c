import { addresses } from '#core/addresses/portal-addresses.ts'
import { quarterWords, type Quarter } from '#core/standard/quarter.ts'
import { A_WEEK, oweMails, type OwingContext } from '#server/identity/mails/kept-mails.ts'
import { PORTAL } from '#server/identity/actors/portal-actor.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import { dateOfDay } from '#server/platform/db/days.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { run } from '#server/platform/db/run.ts'
import type { Mail } from '#server/platform/mail/mailer.ts'
import { begunQuarters } from '#server/programme/register/change-register.ts'
import { dayInLondon } from '#server/programme/register/quarters.ts'
import type { Programme } from '#server/programme/register/read-programme.ts'

/** Quarters that are reminded of: an extension of an older one is its own. */
const RECENT = 4

/**
 * Reminds those who send a service's files: in the week before its deadline, from its day on, and a
 * week after, each once; answers of how many services.
 */
export async function remind(context: OwingContext, programme: Programme): Promise<number> {
  const now = context.now()
  const quarters = begunQuarters(programme, now).slice(-RECENT)
  return oweMails(forActor(context.pool, PORTAL), context, async (client) => {
    const [due] = await run(client, 'quarter/claim-reminder', [dayInLondon(now), quarters, now])
    if (due === undefined) return undefined
    const people = await inPrisma(client, ({ user }) =>
      user.findMany({
        where: {
          ...{ providerCode: due.provider, disabledAt: null },
          role: { in: ['provider', 'uploader'] },
        },
        select: { email: true },
        orderBy: { id: 'asc' },
      }),
    )
    return people.map(({ email: to }) =>
      reminderMail(due, { to, today: dayInLondon(now), origin: context.origin }),
    )
  })
}

interface Due {
  readonly service: string
  readonly serviceName: string
  readonly quarter: string
  readonly stage: string
  readonly due: string
  readonly words: string
}

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })

const SUBJECTS: Readonly<Record<string, string>> = {
  before: 'When your file is due',
  on: 'Your file is due',
  after: 'Your file is late',
}

function reminderMail(
  { service, serviceName, quarter, stage, due, words }: Due,
  { to, today, origin }: { readonly to: string; readonly today: string; readonly origin: string },
): Mail {
  const [last, written] = [due, today].map((day) => DAY.format(dateOfDay(day)))
  return {
    ...{ to, minutes: A_WEEK },
    subject: `${SUBJECTS[stage] ?? 'Your file'} – Count Once`,
    text: [
      // True whenever it arrives: a mail server can be away for days.
      `The last day for the file of ${serviceName} for ${quarterWords(quarter as Quarter)} is ${last}. It had not come on ${written}.`,
      ...(words === '' ? [] : [words]),
      'If the service reached nobody in that quarter, say so there instead of sending a file. If you need more time, ask the programme.',
      origin + addresses.history(service, quarter),
      'Count Once\n',
    ].join('\n\n'),
  }
}
