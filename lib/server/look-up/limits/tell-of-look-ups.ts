import { addresses } from '#core/addresses/portal-addresses.ts'
import { LOOK_UP_ALARMS, type LookUpAlarm } from '#core/messages/look-up/look-up-words.ts'
import { rolesWith } from '#server/identity/actors/actor.ts'
import { oweMails, type OwingContext } from '#server/identity/mails/kept-mails.ts'
import { bindDatabase } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { run } from '#server/platform/db/run.ts'
import type { Mail } from '#server/platform/mail/mailer.ts'

/** Tells everybody who watches over look-ups of one that has an alarm; answers of how many look-ups. */
export async function tellOfLookUps(context: OwingContext): Promise<number> {
  const { pool, now, origin } = context
  const database = bindDatabase(pool, { 'countonce.reach': 'programme' })
  return oweMails(database, context, async (client) => {
    const [row] = await run(client, 'look-up/claim-untold', [now()])
    if (row === undefined) return undefined
    const watching = await inPrisma(client, (prisma) =>
      prisma.user.findMany({
        where: {
          role: { in: [...rolesWith('look-up.watch')] },
          ...{ disabledAt: null, codeSeed: { not: null } },
        },
        select: { email: true },
        orderBy: { id: 'asc' },
      }),
    )
    return watching.map(({ email: to }) => alarmMail(row, { to, origin }))
  })
}

function alarmMail(
  { reference, alarms }: { readonly reference: string; readonly alarms: readonly string[] },
  { to, origin }: { readonly to: string; readonly origin: string },
): Mail {
  return {
    to,
    subject: 'A look-up to look at – Count Once',
    text: [
      `Look-up ${reference} should be looked at:`,
      alarms.map((alarm) => `- ${LOOK_UP_ALARMS[alarm as LookUpAlarm]}`).join('\n'),
      'See who made it, for which case, and what was opened, and ask them, by voice, what it was for:',
      origin + addresses.watchedLookUp(reference),
      'If it was not for their work, an administrator can disable the account at once.',
      'Count Once\n',
    ].join('\n\n'),
  }
}
