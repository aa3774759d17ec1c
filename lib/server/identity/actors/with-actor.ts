import type pg from 'pg'
import { withTransaction } from '#server/platform/db/pool.ts'
import type { Actor } from './actor.ts'

/**
 * Runs `work` in one transaction that reaches the actor's rows only: a provider's own, or the whole programme's for
 * analysts and administrators. `pool` connects as the portal's role; the setting ends with the transaction, so that no
 * connection carries one actor into another's request.
 */
export async function withActor<T>(
  pool: pg.Pool,
  actor: Actor,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  return withTransaction(pool, async (client) => {
    await client.query(
      `select set_config('countonce.reach', $1, true), set_config('countonce.provider', $2, true)`,
      [actor.role === 'provider' ? 'provider' : 'programme', actor.providerCode ?? ''],
    )
    return work(client)
  })
}
