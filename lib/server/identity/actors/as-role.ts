import type pg from 'pg'
import { withTransaction } from '#server/platform/db/pool.ts'

/** The roles that the portal’s own may take on: each reads for one kind of screen. All but the reader of releases append to the audit log. */
export type ScreenRole = 'countonce_exact' | 'countonce_audit_reader' | 'countonce_reader'

/**
 * Runs `work` in one transaction with the rights of a role instead of the portal's own. Authorise the actor before; the
 * role ends with the transaction, so that no connection carries it into another request.
 */
export async function asRole<T>(
  pool: pg.Pool,
  role: ScreenRole,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  return withTransaction(pool, (client) => inRole(client, role, () => work(client)))
}

/** The same for a part of a transaction that goes on with the rights it had. */
export async function inRole<T>(
  client: pg.ClientBase,
  role: ScreenRole,
  work: () => Promise<T>,
): Promise<T> {
  await client.query(`set local role ${role}`)
  const result = await work()
  // What throws ends the transaction, and the role with it.
  await client.query('set local role none')
  return result
}
