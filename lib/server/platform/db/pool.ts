import pg from 'pg'
import { Fault } from '#server/platform/faults/fault.ts'
import { asItself } from '#server/platform/machine/own-context.ts'
import { databaseFault, isDatabaseError } from './database-fault.ts'
import { poolOf, type Database, type Settings } from './database.ts'
import { queryText } from './queries.ts'

/** A pool of connections to `url`; it connects when first asked. */
export function openPool(url: string, options: { readonly max?: number } = {}): pg.Pool {
  const pool = new OwnPool({
    connectionString: url,
    max: options.max ?? 4,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  })
  // An idle connection that breaks is dropped by the pool; without a listener it would end the
  // process.
  pool.on('error', () => undefined)
  // The same for one that is checked out and breaks between two statements: the next statement
  // fails by itself.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/** Connects, and waits for what is idle, for itself: neither holds on to the request that a connection was opened or lent for. */
class OwnPool extends pg.Pool {
  override connect(): Promise<pg.PoolClient>
  override connect(callback: Connected): void
  override connect(callback?: Connected): Promise<pg.PoolClient> | undefined {
    if (callback !== undefined) {
      asItself(() => {
        super.connect(callback)
      })
      return undefined
    }
    return asItself(() => super.connect()).then((client) => {
      const release = client.release.bind(client)
      client.release = (reason) => {
        asItself(() => {
          release(reason)
        })
      }
      return client
    })
  }
}

type Connected = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  done: (release?: unknown) => void,
) => void

const ROLLBACK_MS = 5_000

/** Passes an answer on, and has the transaction that it was found in rolled back. */
type GiveUp = <Answer>(answer: Answer) => Answer

/**
 * Runs `work` in one transaction on one connection, as whoever the database is bound to: committed
 * when it returns, rolled back when it throws. Errors of the database come out as a `Fault` without
 * values; `database-gone` with `outcome: unknown` says that the connection broke during the commit.
 * A connection in any doubt is closed, never handed on. An answer that is passed through `giveUp`
 * is returned as well, and nothing of what was done for it is kept.
 */
export function withTransaction<T>(
  database: Database,
  work: (client: pg.PoolClient, giveUp: GiveUp) => Promise<T>,
): Promise<T> {
  return transact(database, 'begin', work)
}

/** The same for work that only reads, all of it as the database was at its first statement. */
export function withSnapshot<T>(
  database: Database,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  return transact(database, 'begin isolation level repeatable read read only', work)
}

async function transact<T>(
  database: Database,
  begin: string,
  work: (client: pg.PoolClient, giveUp: GiveUp) => Promise<T>,
): Promise<T> {
  const { pool, settings } = poolOf(database)
  const client = await pool.connect().catch((error: unknown) => {
    throw databaseFault(error)
  })
  let doubtful = true
  let committing = false
  const fate = { isGivenUp: false }
  const giveUp = <Answer>(answer: Answer): Answer => {
    fate.isGivenUp = true
    return answer
  }
  try {
    await client.query(begin)
    await set(client, settings)
    const result = await work(client, giveUp)
    if (fate.isGivenUp) {
      doubtful = !(await rollBack(client))
      return result
    }
    committing = true
    const { command } = await client.query('commit')
    doubtful = false
    // A statement had failed and `work` swallowed it: PostgreSQL answers such a commit by rolling
    // back.
    if (command === 'ROLLBACK') throw new Fault('database-refused', { outcome: 'rolled back' })
    return result
  } catch (error) {
    if (doubtful && !committing) doubtful = !(await rollBack(client))
    if (!isDatabaseError(error)) throw error
    const fault = databaseFault(error)
    if (!committing || fault.code !== 'database-gone') throw fault
    throw new Fault('database-gone', { ...fault.detail, outcome: 'unknown' })
  } finally {
    client.release(doubtful)
  }
}

/** As `set local`: the settings end with the transaction. */
async function set(client: pg.PoolClient, settings: Settings): Promise<void> {
  const names = Object.keys(settings)
  if (names.length === 0) return
  await client.query(
    'select set_config(name, value, true) from unnest($1::text[], $2::text[]) as settings (name, value)',
    [names, Object.values(settings)],
  )
}

/** Whether the rollback was heard of; a connection stuck in something else does not answer. */
async function rollBack(client: pg.PoolClient): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const tooLong = new Promise<false>((resolve) => {
    timer = setTimeout(() => {
      resolve(false)
    }, ROLLBACK_MS)
  })
  const done = client.query('rollback').then(
    () => true,
    () => false,
  )
  try {
    return await Promise.race([done, tooLong])
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Takes the one lock that linking, withdrawing, deciding and relinking of a dataset hold, until
 * this transaction ends; waits for whoever has it.
 */
export async function takeLinkingLock(client: pg.ClientBase, dataset: string): Promise<void> {
  await client.query(queryText('linkage/take-lock'), [dataset])
}
