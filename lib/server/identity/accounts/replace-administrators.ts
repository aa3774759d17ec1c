import type pg from 'pg'
import type { Actor } from '#server/identity/actors/actor.ts'
import { isFresh, type FreshProof } from '#server/identity/actors/fresh-proof.ts'
import { makeUserId, tidyEmail, type UserRole } from '#server/identity/actors/user.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { AccountContext } from './account-context.ts'
import { mailFrame } from './account-frame.ts'
import { administratorInvitedMail, invitationMail, passwordLink } from './account-mails.ts'
import type { FirstInvitation } from './first-administrators.ts'
import { INVITATION_MINUTES, makePasswordLink } from './password-links.ts'
import { makeUser } from './users.ts'

/** What the proof of who agrees to a replacement is for. */
export const REPLACING = 'make administrator'

/** Who may be the second person beside the operator: they watch over the programme themselves. */
const WATCHING: readonly UserRole[] = ['administrator', 'officer', 'auditor']

/**
 * Invites an administrator where fewer than two are left, so that nobody in the portal could ask and
 * approve: the operator of the server together with an administrator, a data protection officer or an
 * auditor, who gives a fresh code. Everybody who watches over the programme is told by mail.
 */
export async function replaceAdministrator(
  context: Pick<AccountContext, 'pool' | 'now' | 'mailer' | 'origin' | 'programme'>,
  agrees: Actor,
  wanted: { readonly email: string; readonly name: string },
  fresh: FreshProof,
): Promise<
  | FirstInvitation
  | Refusal<'administrators-enough' | 'not-watching' | 'user-exists' | 'code-needed'>
> {
  if (!WATCHING.includes(agrees.role)) return refuse('not-watching')
  if (!isFresh(fresh, agrees.userId, REPLACING, context.now())) return refuse('code-needed')
  const email = tidyEmail(wanted.email)
  const id = makeUserId()
  const made = await withTransaction(context.pool, async (client) => {
    // Of two at once the second finds what the first made.
    await run(client, 'approvals/lock-asking', ['setting up'])
    const left = await inPrisma(client, (prisma) =>
      prisma.user.count({ where: { role: 'administrator', disabledAt: null } }),
    )
    if (left >= 2) return refuse('administrators-enough')
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
      actor: agrees.userId,
      event: 'user.invited',
      subject: id,
      detail: { role: 'administrator', why: 'too-few-left', with: 'operator' },
    })
    return { ok: true as const, link, watching: await addressesOf(client, id) }
  })
  if (!made.ok) return made
  const mails = [
    invitationMail(mailFrame(context, email), made.link),
    ...made.watching.map((to) => administratorInvitedMail(mailFrame(context, to), id)),
  ]
  const sent = await Promise.allSettled(mails.map((mail) => context.mailer.send(mail)))
  const isMailed = sent[0]?.status === 'fulfilled'
  const { ticket, until } = made.link
  return { ok: true, id, link: passwordLink(context, ticket), until, isMailed }
}

async function addressesOf(client: pg.ClientBase, but: string): Promise<readonly string[]> {
  const people = await inPrisma(client, (prisma) =>
    prisma.user.findMany({
      where: { role: { in: [...WATCHING] }, disabledAt: null, id: { not: but } },
      select: { email: true },
      orderBy: { id: 'asc' },
    }),
  )
  return people.map(({ email }) => email)
}
