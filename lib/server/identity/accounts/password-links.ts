import type pg from 'pg'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { changeMail, forgottenPasswordMail, type PasswordLink } from './account-mails.ts'
import { hasPasswordSignIn, type AccountContext } from './account-context.ts'
import { mailFrame } from './account-frame.ts'
import { passwordProblem, type PasswordProblem } from './passwords.ts'
import { digestTicket, makeTicket } from '#server/identity/sessions/secrets-at-rest.ts'
import { countMail, forgetStrangers, isClosed, openToStrangers } from './tries.ts'
import { isOfProvider } from '#server/identity/actors/actor.ts'
import { tidyEmail, USER_FIELDS, userRow } from '#server/identity/actors/user.ts'

/** How long a link serves that sets another password. */
export const LINK_MINUTES = 60

/** How long a link serves that invites somebody who has no password yet: a week, since people are away. */
export const INVITATION_MINUTES = 7 * 24 * 60

/**
 * Makes a link's ticket for a user, in the transaction of `client`. Earlier links serve as long as
 * they would have: whoever asks for another's link time and again must not end the one they are
 * about to follow.
 */
export async function makePasswordLink(
  client: pg.ClientBase,
  userId: string,
  now: Date,
  {
    byAdministrator,
    minutes = LINK_MINUTES,
  }: { readonly byAdministrator: boolean; readonly minutes?: number },
): Promise<PasswordLink> {
  const ticket = makeTicket()
  const expiresAt = new Date(now.getTime() + minutes * 60_000)
  await inPrisma(client, async (prisma) => {
    await prisma.passwordLink.deleteMany({ where: { userId, expiresAt: { lte: now } } })
    await prisma.passwordLink.create({
      data: { digest: digestTicket(ticket), userId, expiresAt, byAdministrator },
    })
  })
  return { ticket, minutes, until: expiresAt }
}

/**
 * Sends a link to whoever has forgotten their password. Everything happens after the answer, which
 * is the same whether or not there is such a user; at most a handful a quarter of an hour for one
 * email address, wherever they are asked for.
 */
export function requestPasswordLink(
  context: AccountContext,
  given: { readonly email: string },
): void {
  const email = tidyEmail(given.email)
  context.later(async () => {
    if (!(await countMail(context, email))) return
    const made = await withTransaction(context.pool, async (client) => {
      const user = await inPrisma(client, (prisma) =>
        prisma.user.findUnique({
          where: { email, disabledAt: null },
          select: USER_FIELDS,
        }),
      )
      if (user === null || !hasPasswordSignIn(context, userRow(user))) return undefined
      const link = await makePasswordLink(client, user.id, context.now(), {
        byAdministrator: false,
      })
      await appendAudit(client, { actor: 'portal', event: 'password-link.sent', subject: user.id })
      return { ...link, isClosed: await isClosed(client, user.id) }
    })
    if (made === undefined) return
    await context.mailer.send(forgottenPasswordMail(mailFrame(context, email), made))
  })
}

/** What a link may still be used for. */
export interface OpenLink {
  readonly mayHavePassword: boolean
  /** An administrator sent it to somebody of the programme who has no second factor here yet. */
  readonly mayConnect: boolean
}

/** What a link may still be used for; undefined when it is over. */
export async function readLink(
  context: AccountContext,
  ticket: string,
): Promise<OpenLink | undefined> {
  const link = await findLink(context, ticket)
  return link && { mayHavePassword: link.mayHavePassword, mayConnect: link.mayConnect }
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
  if (user?.mayHavePassword !== true) return refuse('link-over')
  const problem = await passwordProblem(given.password, [
    ...context.programme.words,
    user.name,
    user.email,
  ])
  if (problem !== undefined) return refuse(problem)
  const hashed = await context.passwords.hash(given.password)
  const used = await withTransaction(context.pool, async (client) => {
    const isUsed = await inPrisma(client, async (prisma) => {
      const link = await prisma.passwordLink.updateMany({
        where: openLink(context, given.ticket),
        data: { usedAt: context.now() },
      })
      // The other links that were sent end with it.
      if (link.count === 1) await prisma.passwordLink.deleteMany({ where: { userId: user.id } })
      return link.count === 1
    })
    if (!isUsed) return false
    await setPassword(client, user.id, hashed)
    // Whoever reads the user's mail has proved more than whoever kept guessing.
    await forgetStrangers(context, client, user.email)
    const isOpened = user.byAdministrator && (await openToStrangers(client, user.id))
    await appendAudit(client, {
      actor: user.id,
      event: 'password.set',
      subject: user.id,
      detail: { by: 'link', opened: isOpened },
    })
    return true
  })
  if (!used) return refuse('link-over')
  const told = user.hasPassword ? 'password-set' : 'password-first'
  context.later(() => context.mailer.send(changeMail(mailFrame(context, user.email), told)))
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
      // With a password they follow no group any more: an administrator sent them the link.
      data: { passwordHash, byGroup: false },
      select: { id: true },
    }),
  )
}

/** The link of a ticket, while it may be used. */
function openLink(context: AccountContext, ticket: string) {
  return { digest: digestTicket(ticket), usedAt: null, expiresAt: { gt: context.now() } }
}

interface LinkedUser extends OpenLink {
  readonly byAdministrator: boolean
  /** Whether they had one before. */
  readonly hasPassword: boolean
  readonly id: string
  readonly email: string
  readonly name: string
}

async function findLink(context: AccountContext, ticket: string): Promise<LinkedUser | undefined> {
  const link = await inPrisma(context.pool, (prisma) =>
    prisma.passwordLink.findUnique({
      where: { ...openLink(context, ticket), user: { disabledAt: null } },
      select: { byAdministrator: true, user: { select: USER_FIELDS } },
    }),
  )
  if (link === null) return undefined
  const { byAdministrator } = link
  const user = userRow(link.user)
  const { id, email, name, role, codeSeed, signOnSubject } = user
  return {
    ...{ id, email, name, byAdministrator, hasPassword: user.passwordHash !== null },
    // Who signed on has no other way in once that is over; an administrator knows that it is them.
    mayHavePassword: hasPasswordSignIn(context, user) || (byAdministrator && !context.hasSignOn),
    mayConnect:
      byAdministrator && codeSeed === null && signOnSubject === null && !isOfProvider({ role }),
  }
}
