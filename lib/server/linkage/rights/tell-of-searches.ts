import { addresses } from '#core/addresses/portal-addresses.ts'
import { rolesWith } from '#server/identity/actors/actor.ts'
import type { TellingContext } from '#server/identity/approvals/tell-approvers.ts'
import { bindDatabase } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { run } from '#server/platform/db/run.ts'
import type { Mail } from '#server/platform/mail/mailer.ts'
import { ALARM_AT } from './search-limits.ts'

/**
 * Tells everybody else who reads the audit trail of an officer who looks for many people, once in 24
 * hours; answers of how many officers. What nobody heard of is told in the next round.
 */
export async function tellOfSearches(context: TellingContext): Promise<number> {
  const { pool, now, mailer, origin } = context
  const database = bindDatabase(pool, { 'countonce.reach': 'programme' })
  for (let told = 0; ; told += 1) {
    const [row] = await run(database, 'rights/claim-untold', [now()])
    if (row === undefined) return told
    const watching = await inPrisma(database, (prisma) =>
      prisma.user.findMany({
        where: {
          role: { in: [...rolesWith('audit.see')] },
          ...{ id: { not: row.by }, disabledAt: null, codeSeed: { not: null } },
        },
        select: { email: true },
        orderBy: { id: 'asc' },
      }),
    )
    const sent = await Promise.allSettled(
      watching.map(({ email }) => mailer.send(searchesMail(row.searcher, { to: email, origin }))),
    )
    if (sent.length === 0 || sent.some(({ status }) => status === 'fulfilled')) continue
    await inPrisma(database, (prisma) =>
      prisma.rightsSearch.update({
        where: { id: BigInt(row.id) },
        data: { toldAt: null },
        select: { id: true },
      }),
    )
    return told
  }
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
