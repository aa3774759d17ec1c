import { rolesWith } from '#server/identity/actors/actor.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { changeMail, closedAccountMail } from './account-mails.ts'
import type { AccountContext } from './account-context.ts'
import { mailFrame } from './account-frame.ts'
import { MOST_IN_A_ROW, type CountedTry } from './tries.ts'

/**
 * Tells the user and the other administrators, and writes it down, when a failure was the one that
 * closes an account to strangers. After the answer, which says the same as at every other failure.
 */
export function closeIfLast(
  context: AccountContext,
  { isLast }: CountedTry,
  user: { readonly id: string; readonly email: string },
): void {
  if (!isLast) return
  context.later(async () => {
    const administrators = await withTransaction(context.pool, async (client) => {
      const found = await inPrisma(client, (prisma) =>
        prisma.user.findMany({
          where: {
            role: { in: [...rolesWith('user.manage')] },
            ...{ disabledAt: null, id: { not: user.id } },
          },
          select: { email: true },
        }),
      )
      await appendAudit(client, {
        actor: 'portal',
        event: 'account.closed',
        subject: user.id,
        detail: { failures: MOST_IN_A_ROW },
      })
      return found
    })
    await context.mailer.send(changeMail(mailFrame(context, user.email), 'closed'))
    for (const { email } of administrators)
      await context.mailer.send(closedAccountMail(mailFrame(context, email), user.id))
  })
}
