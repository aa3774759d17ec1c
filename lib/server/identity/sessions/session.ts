import type pg from 'pg'
import { namedQuery } from '#server/platform/db/queries.ts'
import { digestTicket, makeTicket } from './secrets-at-rest.ts'
import type { UserRole } from '#server/identity/actors/user.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { readRows } from '#server/platform/db/read-rows.ts'

/** A session not used for so long is over. Source: NIST SP 800-63B, AAL2. */
export const IDLE_MS = 30 * 60 * 1000
/** A session is over after so long, used or not. */
export const ABSOLUTE_MS = 12 * 60 * 60 * 1000

/** Who is signed in, as the page's header shows them. */
export interface SignedIn {
  readonly actor: Actor
  readonly name: string
  /** The name of the provider's organisation; null for everybody else. */
  readonly providerName: string | null
}

/**
 * Starts a session in the transaction of `client` and returns the ticket that the cookie holds: new at every sign-in, and
 * known to nobody but the browser.
 */
export async function startSession(
  client: pg.ClientBase,
  userId: string,
  now: Date,
): Promise<string> {
  const ticket = makeTicket()
  await client.query(
    'insert into portal_session (digest, user_id, started_at, seen_at) values ($1, $2, $3, $3)',
    [digestTicket(ticket), userId, now],
  )
  return ticket
}

interface SessionRow {
  readonly user_id: string
  readonly role: UserRole
  readonly provider_code: string | null
  readonly provider_name: string | null
  readonly may_see_exact: boolean
  readonly name: string
}

/**
 * Who a ticket stands for at this moment, and notes that it was used. Undefined when there is no such session, it has been
 * idle or alive for too long, or its user is disabled: nothing is trusted that the cookie says.
 */
export async function readSession(
  context: { readonly pool: pg.Pool; readonly now: () => Date },
  ticket: string,
): Promise<SignedIn | undefined> {
  const now = context.now()
  const rows = await readRows<SessionRow>(context.pool, namedQuery('accounts', 'read-session'), [
    digestTicket(ticket),
    now,
    new Date(now.getTime() - IDLE_MS),
    new Date(now.getTime() - ABSOLUTE_MS),
  ])
  const [row] = rows
  if (row === undefined) return undefined
  return {
    actor: {
      userId: row.user_id,
      role: row.role,
      providerCode: row.provider_code,
      mayExact: row.may_see_exact,
    },
    name: row.name,
    providerName: row.provider_name,
  }
}

/** Ends the session of a ticket, and answers whose it was. */
export async function endSession(
  client: pg.ClientBase,
  ticket: string,
): Promise<string | undefined> {
  const { rows } = await client.query<{ user_id: string }>(
    'delete from portal_session where digest = $1 returning user_id',
    [digestTicket(ticket)],
  )
  return rows[0]?.user_id
}
