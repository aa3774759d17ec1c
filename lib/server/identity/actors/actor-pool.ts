import type pg from 'pg'
import { withTransaction } from '#server/platform/db/pool.ts'
import type { Actor } from './actor.ts'

const REACH = `select set_config('countonce.reach', $1, true), set_config('countonce.provider', $2, true)`

/**
 * The pool as one actor may use it: every transaction begun on it, and every single query, reaches the actor's rows only, so
 * that what takes a pool works for the portal as it is. A client taken from it sees no tenant's row outside a transaction.
 * `pool` connects as the portal's role.
 */
export function actorPool(pool: pg.Pool, actor: Actor): pg.Pool {
  const reach = [actor.role === 'provider' ? 'provider' : 'programme', actor.providerCode ?? '']
  const bound: pg.Pool = new Proxy(pool, {
    get(target, key) {
      if (key === 'connect') return async () => actorClient(await target.connect(), reach)
      if (key === 'query') return (...query: unknown[]) => queryOnce(bound, query)
      return own(target, key)
    },
  })
  return bound
}

/** The setting is the first statement of each transaction and ends with it: no connection carries an actor over. */
function actorClient(client: pg.PoolClient, reach: readonly string[]): pg.PoolClient {
  return new Proxy(client, {
    get(target, key) {
      if (key !== 'query') return own(target, key)
      return (...query: unknown[]): unknown =>
        query[0] === 'begin' ? begin(target, reach) : forward(target, query)
    },
  })
}

async function begin(client: pg.PoolClient, reach: readonly string[]): Promise<unknown> {
  const begun = await client.query('begin')
  await client.query(REACH, [...reach])
  return begun
}

function queryOnce(pool: pg.Pool, query: unknown[]): Promise<unknown> {
  return withTransaction(pool, (client) => Promise.resolve(forward(client, query)))
}

/** As it is: what is no promise, a stream of COPY, stays what it is. */
function forward(client: pg.PoolClient, query: unknown[]): unknown {
  return Reflect.apply(Reflect.get(client, 'query') as AnyFunction, client, query)
}

type AnyFunction = (...given: unknown[]) => unknown

function own(target: object, key: string | symbol): unknown {
  const value: unknown = Reflect.get(target, key, target)
  return typeof value === 'function' ? (value as AnyFunction).bind(target) : value
}
