import type pg from 'pg'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { changeMail, invitationMail } from './account-mails.ts'
import { may, type Actor } from '#server/identity/actors/actor.ts'
import type { AccountContext } from './account-context.ts'
import { mailFrame } from './account-frame.ts'
import { LINK_MINUTES, makePasswordLink } from './password-links.ts'
import { makeUserId, tidyEmail, type UserRole } from '#server/identity/actors/user.ts'
import { readRows } from '#server/platform/db/read-rows.ts'

/** A user as administrators see them. */
export interface UserView {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly role: UserRole
  readonly providerName: string | null
  readonly mayExact: boolean
  readonly state: 'invited' | 'enrolling' | 'active' | 'disabled'
  /** Who asked for the second factor to be reset; another administrator must agree. */
  readonly resetAskedBy: string | null
}

const VIEW = `
  select portal_user.id, email, portal_user.name, role, provider.name as "providerName",
         may_see_exact as "mayExact", factor_reset.asked_by as "resetAskedBy",
         case when disabled_at is not null then 'disabled'
              when password_hash is null then 'invited'
              when code_seed is null then 'enrolling'
              else 'active' end as state
    from portal_user
    left join provider on provider.code = portal_user.provider_code
    left join factor_reset on factor_reset.user_id = portal_user.id`

/** Every user, by name; refused to all but administrators. */
export async function listUsers(
  context: AccountContext,
  actor: Actor,
): Promise<{ readonly ok: true; readonly users: readonly UserView[] } | Refusal<'not-found'>> {
  if (!may(actor, 'user.manage')) return refuse('not-found')
  const rows = await readRows<UserView>(
    context.pool,
    `${VIEW} order by portal_user.name, portal_user.id`,
  )
  return { ok: true, users: rows }
}

/** One user. */
export async function readUser(
  context: AccountContext,
  actor: Actor,
  userId: string,
): Promise<{ readonly ok: true; readonly user: UserView } | Refusal<'not-found'>> {
  if (!may(actor, 'user.manage')) return refuse('not-found')
  const rows = await readRows<UserView>(context.pool, `${VIEW} where portal_user.id = $1`, [userId])
  return rows[0] === undefined ? refuse('not-found') : { ok: true, user: rows[0] }
}

/** A user to be. */
export interface NewUser {
  readonly email: string
  readonly name: string
  readonly role: UserRole
  readonly providerCode: string | null
  readonly mayExact: boolean
}

/** Makes a user and sends them a link to set a password, which the administrator never learns. */
export async function inviteUser(
  context: AccountContext,
  actor: Actor,
  wanted: NewUser,
): Promise<
  | { readonly ok: true; readonly id: string }
  | Refusal<'not-found' | 'user-exists' | 'provider-unknown'>
> {
  if (!may(actor, 'user.manage')) return refuse('not-found')
  const email = tidyEmail(wanted.email)
  const id = makeUserId()
  const made = await withTransaction(context.pool, async (client) => {
    const providerCode = wanted.role === 'provider' ? wanted.providerCode : null
    if (wanted.role === 'provider' && !(await providerExists(client, providerCode)))
      return 'provider-unknown'
    const { rowCount } = await client.query(
      `insert into portal_user (id, email, name, role, provider_code, may_see_exact)
       values ($1, $2, $3, $4, $5, $6) on conflict (email) do nothing`,
      [
        id,
        email,
        wanted.name,
        wanted.role,
        providerCode,
        wanted.role !== 'provider' && wanted.mayExact,
      ],
    )
    if (rowCount !== 1) return 'user-exists'
    const ticket = await makePasswordLink(client, id, context.now())
    await appendAudit(client, {
      actor: actor.userId,
      event: 'user.invited',
      subject: id,
      detail: { role: wanted.role },
    })
    return { ticket }
  })
  if (typeof made === 'string') return refuse(made)
  sendInvitation(context, email, made.ticket)
  return { ok: true, id }
}

/** Sends a user another link to set a password. */
export async function inviteAgain(
  context: AccountContext,
  actor: Actor,
  userId: string,
): Promise<{ readonly ok: true } | Refusal<'not-found'>> {
  let ticket = ''
  const changed = await changeUser(context, actor, userId, 'password-link.sent', async (client) => {
    ticket = await makePasswordLink(client, userId, context.now())
    return true
  })
  if (changed.ok) sendInvitation(context, changed.email, ticket)
  return changed.ok ? { ok: true } : changed
}

/** Disables a user, which ends their sessions, or lets them in again. Nobody disables themself. */
export async function setUserDisabled(
  context: AccountContext,
  actor: Actor,
  userId: string,
  disabled: boolean,
): Promise<{ readonly ok: true } | Refusal<'not-found' | 'own-account'>> {
  if (may(actor, 'user.manage') && actor.userId === userId) return refuse('own-account')
  const event = disabled ? 'user.disabled' : 'user.enabled'
  const changed = await changeUser(context, actor, userId, event, async (client) => {
    await client.query('update portal_user set disabled_at = $2 where id = $1', [
      userId,
      disabled ? context.now() : null,
    ])
    return true
  })
  return changed.ok ? { ok: true } : changed
}

/** Asks that a user's second factor be reset; nothing happens until another administrator agrees. */
export async function askFactorReset(
  context: AccountContext,
  actor: Actor,
  userId: string,
): Promise<{ readonly ok: true } | Refusal<'not-found' | 'own-account'>> {
  if (may(actor, 'user.manage') && actor.userId === userId) return refuse('own-account')
  const changed = await changeUser(context, actor, userId, 'factor-reset.asked', async (client) => {
    const asked = await client.query(
      `insert into factor_reset (user_id, asked_by, asked_at) values ($1, $2, $3)
       on conflict (user_id) do nothing`,
      [userId, actor.userId, context.now()],
    )
    return asked.rowCount === 1
  })
  return changed.ok ? { ok: true } : changed
}

/** Agrees to a reset another administrator asked for: the user enrols anew at the next sign-in, and is told by mail. */
export async function agreeFactorReset(
  context: AccountContext,
  actor: Actor,
  userId: string,
): Promise<{ readonly ok: true } | Refusal<'not-found' | 'own-account' | 'second-person'>> {
  if (may(actor, 'user.manage') && actor.userId === userId) return refuse('own-account')
  const changed = await changeUser(context, actor, userId, 'factor.reset', async (client) => {
    const asked = await client.query(
      'delete from factor_reset where user_id = $1 and asked_by <> $2',
      [userId, actor.userId],
    )
    if (asked.rowCount !== 1) return false
    await client.query('update portal_user set code_seed = null, code_step = 0 where id = $1', [
      userId,
    ])
    await client.query('delete from recovery_code where user_id = $1', [userId])
    return true
  })
  if (!changed.ok) return changed
  if (!changed.changed) return refuse('second-person')
  const mail = changeMail(mailFrame(context, changed.email), 'factor-reset')
  context.later(() => context.mailer.send(mail))
  return { ok: true }
}

interface ChangedUser {
  readonly ok: true
  readonly email: string
  /** False when there was nothing to change, and nothing was recorded. */
  readonly changed: boolean
}

/** One change to one user with its audit event, in one transaction under the user's row lock. */
async function changeUser(
  context: AccountContext,
  actor: Actor,
  userId: string,
  event: `${string}.${string}`,
  change: (client: pg.ClientBase) => Promise<boolean>,
): Promise<ChangedUser | Refusal<'not-found'>> {
  if (!may(actor, 'user.manage')) return refuse('not-found')
  return withTransaction(context.pool, async (client) => {
    const { rows } = await client.query<{ email: string }>(
      'select email from portal_user where id = $1 for update',
      [userId],
    )
    if (rows[0] === undefined) return refuse('not-found')
    const changed = await change(client)
    if (changed) await appendAudit(client, { actor: actor.userId, event, subject: userId })
    return { ok: true, email: rows[0].email, changed }
  })
}

function sendInvitation(context: AccountContext, email: string, ticket: string): void {
  const mail = invitationMail(mailFrame(context, email), ticket, LINK_MINUTES)
  context.later(() => context.mailer.send(mail))
}

async function providerExists(client: pg.ClientBase, code: string | null): Promise<boolean> {
  return (await client.query('select from provider where code = $1', [code])).rowCount === 1
}
