import { addresses } from '#core/addresses/portal-addresses.ts'
import { oweMails, type OwingContext } from '#server/identity/mails/kept-mails.ts'
import { rolesWith } from '#server/identity/actors/actor.ts'
import { bindDatabase } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { run } from '#server/platform/db/run.ts'
import type { Mail } from '#server/platform/mail/mailer.ts'
import { ALARM_AT } from './search-limits.ts'

/**
 * Tells everybody else who reads the audit trail of an officer who looks for many people, once in 24
 * hours; answers of how many officers.
 */
export async function tellOfSearches(context: OwingContext): Promise<number> {
  const { pool, now, origin } = context
  const database = bindDatabase(pool, { 'countonce.reach': 'programme' })
  return oweMails(database, context, async (client) => {
    const [row] = await run(client, 'rights/claim-untold', [now()])
    if (row === undefined) return undefined
    const watching = await inPrisma(client, (prisma) =>
      prisma.user.findMany({
        where: {
          role: { in: [...rolesWith('audit.see')] },
          ...{ id: { not: row.by }, disabledAt: null, codeSeed: { not: null } },
        },
        select: { email: true },
        orderBy: { id: 'asc' },
      }),
    )
    return watching.map(({ email: to }) => searchesMail(row.searcher, { to, origin }))
  })
}

function searchesMail(
  searcher: string,
  { to, origin }: { readonly to: string; readonly origin: string },
): Mail {
  return {
    to,
    subject: 'Many searches for people – Count Once',
    text: [
      `${searcher} looked for people ${String(ALARM_AT)} times within 24 hours.`,
      'Ask them, by voice, whose requests these were. The audit trail has each search with its request:',
      origin + addresses.audit,
      'If nobody asked, an administrator can disable the account at once.',
      'Count Once\n',
    ].join('\n\n'),
  }
}
