import { bindDatabase, type BoundDatabase, type Database } from '#server/platform/db/database.ts'
import { isOfProvider, type Actor } from './actor.ts'

/**
 * The database as one actor reaches it: a provider its own rows, analysts and administrators the
 * whole programme's. `database` connects as the portal's role, which row-level security binds:
 * outside a transaction of an actor it sees no tenant's row.
 */
export function forActor(
  database: Database,
  { role, providerCode }: Pick<Actor, 'role' | 'providerCode'>,
): BoundDatabase {
  return bindDatabase(database, {
    'countonce.reach': isOfProvider({ role }) ? 'provider' : 'programme',
    'countonce.provider': providerCode ?? '',
  })
}
