import type pg from 'pg'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { changeMail, forgottenPasswordMail } from './account-mails.ts'
import type { AccountContext } from './account-context.ts'
import { mailFrame } from './account-frame.ts'
import { passwordProblem, type PasswordProblem } from './passwords.ts'
import { digestTicket, makeTicket } from '#server/identity/sessions/secrets-at-rest.ts'
import { countTry, forgetTries } from './tries.ts'
import { tidyEmail } from '#server/identity/actors/user.ts'

/** How long a link serves. */
export const LINK_MINUTES = 60

/**
 * Makes a link's ticket for a user, in place of any earlier one, in the transaction of `client`.
 */
export async function makePasswordLink(
  client: pg.ClientBase,
  userId: string,
  now: Date,
): Promise<string> {
  const ticket = makeTicket()
  const expiresAt = new Date(now.getTime() + LINK_MINUTES * 60_000)
  await inPrisma(client, async (prisma) => {
    await prisma.passwordLink.deleteMany({ where: { userId } })
    await prisma.passwordLink.create({ data: { digest: digestTicket(ticket), userId, expiresAt } })
  })
  return ticket
}

/**
 * Sends a link to whoever has forgotten their password. Everything happens after the answer, which
 * is the same whether or not there is such a user; at most a handful a quarter of an hour for one
 * address.
 */
export function requestPasswordLink(
  context: AccountContext,
  given: { readonly email: string; readonly address: string },
): void {
  const email = tidyEmail(given.email)
  context.later(async () => {
    if ((await countTry(context, `forgotten ${email}`, given.address)) === undefined) return
    const ticket = await withTransaction(context.pool, async (client) => {
      const user = await inPrisma(client, (prisma) =>
        prisma.user.findUnique({ where: { email, disabledAt: null }, select: { id: true } }),
      )
      if (user === null) return undefined
      const made = await makePasswordLink(client, user.id, context.now())
      await appendAudit(client, { actor: 'portal', event: 'password-link.sent', subject: user.id })
      return made
    })
    if (ticket === undefined) return
    await context.mailer.send(
      forgottenPasswordMail(mailFrame(context, email), ticket, LINK_MINUTES),
    )
  })
}

/** Whether a link may still be used. */
export async function isLinkOpen(context: AccountContext, ticket: string): Promise<boolean> {
  return (await findLink(context, ticket)) !== undefined
}

/**
 * Sets the password of the link's user, once. It signs nobody in and skips no second factor; it
 * ends every session of the user and tells them by mail.
 */
export async function setPasswordByLink(
  context: AccountContext,
  given: { readonly ticket: string; readonly password: string },
): Promise<{ readonly ok: true } | Refusal<'link-over' | PasswordProblem>> {
  const user = await findLink(context, given.ticket)
  if (user === undefined) return refuse('link-over')
  const problem = passwordProblem(given.password, [
    ...context.programme.words,
    user.name,
    user.email,
  ])
  if (problem !== undefined) return refuse(problem)
  const hashed = await context.passwords.hash(given.password)
  const used = await withTransaction(context.pool, async (client) => {
    const link = await inPrisma(client, (prisma) =>
      prisma.passwordLink.updateMany({
        where: openLink(context, given.ticket),
        data: { usedAt: context.now() },
      }),
    )
    if (link.count !== 1) return false
    await setPassword(client, user.id, hashed)
    // Whoever reads the user's mail has proved more than whoever kept guessing.
    await forgetTries(context, client, user.email)
    await appendAudit(client, {
      actor: user.id,
      event: 'password.set',
      subject: user.id,
      detail: { by: 'link' },
    })
    return true
  })
  if (!used) return refuse('link-over')
  context.later(() =>
    context.mailer.send(changeMail(mailFrame(context, user.email), 'password-set')),
  )
  return { ok: true }
}

/** Sets the hash of a user's password, in the transaction of `client`; it ends their sessions. */
export async function setPassword(
  client: pg.ClientBase,
  userId: string,
  passwordHash: string,
): Promise<void> {
  await inPrisma(client, (prisma) =>
    prisma.user.update({
      where: { id: userId },
      data: { passwordHash },
      select: { id: true },
    }),
  )
}

/** The link of a ticket, while it may be used. */
function openLink(context: AccountContext, ticket: string) {
  return { digest: digestTicket(ticket), usedAt: null, expiresAt: { gt: context.now() } }
}

interface LinkedUser {
  readonly id: string
  readonly email: string
  readonly name: string
}

async function findLink(context: AccountContext, ticket: string): Promise<LinkedUser | undefined> {
  const link = await inPrisma(context.pool, (prisma) =>
    prisma.passwordLink.findUnique({
      where: { ...openLink(context, ticket), user: { disabledAt: null } },
      select: { user: { select: { id: true, email: true, name: true } } },
    }),
  )
  return link?.user
}
