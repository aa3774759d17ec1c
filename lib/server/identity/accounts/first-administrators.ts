import { makeUserId, tidyEmail } from '#server/identity/actors/user.ts'
import { isSettingUp } from '#server/identity/approvals/setting-up.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { AccountContext } from './account-context.ts'
import { mailFrame } from './account-frame.ts'
import { invitationMail, passwordLink } from './account-mails.ts'
import { INVITATION_MINUTES, makePasswordLink } from './password-links.ts'
import { makeUser } from './users.ts'

/** Somebody whom the operator of a server invited. */
export interface FirstInvitation {
  readonly ok: true
  readonly id: string
  /** Where they set their password, should the mail not arrive. */
  readonly link: string
  /** When the link is over. */
  readonly until: Date
  readonly isMailed: boolean
}

/**
 * Invites one of the two administrators that a programme begins with, for the operator of its
 * server: nobody is there to ask or approve yet. Refused once there were two, or a live programme
 * holds a file; from then on an administrator takes two. The mail is sent once this is kept: where
 * none leaves yet, the operator hands the link over.
 */
export async function inviteFirstAdministrator(
  context: Pick<AccountContext, 'pool' | 'now' | 'mailer' | 'origin' | 'programme'>,
  operator: string,
  wanted: { readonly email: string; readonly name: string },
): Promise<FirstInvitation | Refusal<'set-up-over' | 'user-exists'>> {
  const email = tidyEmail(wanted.email)
  const id = makeUserId()
  const made = await withTransaction(context.pool, async (client) => {
    // Of two at once the second finds what the first made.
    await run(client, 'approvals/lock-asking', ['setting up'])
    if (!(await isSettingUp(client))) return refuse('set-up-over')
    const refusal = await inPrisma(client, (prisma) =>
      makeUser(prisma, id, {
        ...{ email, name: wanted.name, role: 'administrator', providerCode: null },
        mayExact: false,
      }),
    )
    if (refusal !== undefined) return refuse('user-exists')
    const link = await makePasswordLink(client, id, context.now(), {
      ...{ byAdministrator: true, minutes: INVITATION_MINUTES },
    })
    await appendAudit(client, {
      actor: operator,
      event: 'user.invited',
      subject: id,
      detail: { role: 'administrator', why: 'setting-up' },
    })
    return { ok: true as const, link }
  })
  if (!made.ok) return made
  const isMailed = await context.mailer
    .send(invitationMail(mailFrame(context, email), made.link))
    .then(
      () => true,
      () => false,
    )
  const { ticket, until } = made.link
  return { ok: true, id, link: passwordLink(context, ticket), until, isMailed }
}
