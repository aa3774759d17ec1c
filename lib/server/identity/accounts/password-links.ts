import type pg from 'pg'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { changeMail, forgottenPasswordMail } from './account-mails.ts'
import type { AccountContext } from './account-context.ts'
import { mailFrame } from './account-frame.ts'
import { passwordProblem, type PasswordProblem } from './passwords.ts'
import { digestTicket, makeTicket } from '#server/identity/sessions/secrets-at-rest.ts'
import { countTry, forgetTries } from './tries.ts'
import { tidyEmail } from '#server/identity/actors/user.ts'
import { readRows } from '#server/platform/db/read-rows.ts'

/** How long a link serves. */
export const LINK_MINUTES = 60

/** Makes a link's ticket for a user, in place of any earlier one, in the transaction of `client`. */
export async function makePasswordLink(
  client: pg.ClientBase,
  userId: string,
  now: Date,
): Promise<string> {
  const ticket = makeTicket()
  await client.query('delete from password_link where user_id = $1', [userId])
  await client.query(
    'insert into password_link (digest, user_id, expires_at) values ($1, $2, $3)',
    [digestTicket(ticket), userId, new Date(now.getTime() + LINK_MINUTES * 60_000)],
  )
  return ticket
}

/**
 * Sends a link to whoever has forgotten their password. Everything happens after the answer, which is the same whether or
 * not there is such a user; at most a handful a quarter of an hour for one address.
 */
export function requestPasswordLink(
  context: AccountContext,
  given: { readonly email: string; readonly address: string },
): void {
  const email = tidyEmail(given.email)
  context.later(async () => {
    if ((await countTry(context, `forgotten ${email}`, given.address)) === undefined) return
    const ticket = await withTransaction(context.pool, async (client) => {
      const { rows } = await client.query<{ id: string }>(
        'select id from portal_user where email = $1 and disabled_at is null',
        [email],
      )
      const userId = rows[0]?.id
      if (userId === undefined) return undefined
      const made = await makePasswordLink(client, userId, context.now())
      await appendAudit(client, { actor: 'portal', event: 'password-link.sent', subject: userId })
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
 * Sets the password of the link's user, once. It signs nobody in and skips no second factor; it ends every session of
 * the user and tells them by mail.
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
    const link = await client.query(
      'update password_link set used_at = $2 where digest = $1 and used_at is null and expires_at > $2',
      [digestTicket(given.ticket), context.now()],
    )
    if (link.rowCount !== 1) return false
    await client.query('update portal_user set password_hash = $2 where id = $1', [user.id, hashed])
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

interface LinkedUser {
  readonly id: string
  readonly email: string
  readonly name: string
}

async function findLink(context: AccountContext, ticket: string): Promise<LinkedUser | undefined> {
  const rows = await readRows<LinkedUser>(
    context.pool,
    `select portal_user.id, email, name from password_link
       join portal_user on portal_user.id = password_link.user_id
      where digest = $1 and used_at is null and expires_at > $2 and disabled_at is null`,
    [digestTicket(ticket), context.now()],
  )
  return rows[0]
}
