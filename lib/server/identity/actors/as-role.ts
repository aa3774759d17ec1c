import type pg from 'pg'
import { bindDatabase, type BoundDatabase, type Database } from '#server/platform/db/database.ts'

/**
 * The roles that the portal’s own may take on: each reads for one kind of screen. All but the
 * reader of releases append to the audit log.
 */
export type ScreenRole = 'countonce_exact' | 'countonce_audit_reader' | 'countonce_reader'

/**
 * The database with the rights of a role instead of the portal's own. Authorise the actor before.
 */
export function asRole(database: Database, role: ScreenRole): BoundDatabase {
  return bindDatabase(database, { role })
}

/** Runs a part of a transaction in a role; the transaction goes on with the rights it had. */
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
