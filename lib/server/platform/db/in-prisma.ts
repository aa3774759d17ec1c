import { AsyncLocalStorage } from 'node:async_hooks'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { databaseFault, isDatabaseError } from './database-fault.ts'
import { isDatabase, type Database } from './database.ts'
import type { Prisma, PrismaClient } from './generated/client.ts'
import { withTransaction } from './pool.ts'

/** Prisma within a transaction. */
export type PrismaTransaction = Prisma.TransactionClient

/**
 * Runs `work` with Prisma Client: in the caller's transaction, or in one of its own on a database.
 * The transaction stays its owner's, with all it has set (who acts, a role, a lock), so that Prisma
 * and named queries share one. Errors of the database come out as a `Fault` without values:
 * Prisma's own quote what was asked.
 */
export async function inPrisma<T>(
  on: Database | pg.ClientBase,
  work: (prisma: PrismaTransaction) => Promise<T>,
): Promise<T> {
  if (isDatabase(on)) return withTransaction(on, (client) => inPrisma(client, work))
  const prisma = await openOnce()
  try {
    return await lent.run(on, () =>
      prisma.$transaction(work, { timeout: LONGEST, maxWait: LONGEST }),
    )
  } catch (error) {
    throw isDatabaseError(error) ? databaseFault(error) : error
  }
}

/**
 * The transaction's owner knows how long it may take: Prisma is given the longest that a timer can
 * hold, in milliseconds.
 */
const LONGEST = 2_147_483_647

/** The connection whose transaction Prisma works in, for as long as `work` runs. */
const lent = new AsyncLocalStorage<pg.ClientBase>()

let opened: Promise<PrismaClient> | undefined

/**
 * One of a process, loaded when first used: most commands need none. It has no connection of its
 * own.
 */
async function openOnce(): Promise<PrismaClient> {
  opened ??= import('./generated/client.ts').then(
    (generated) =>
      new generated.PrismaClient({
        adapter: new PrismaPg(new LentConnections()),
        errorFormat: 'minimal',
        log: [],
      }),
  )
  return opened
}

/**
 * Lends Prisma the connection that is lent at this moment, and has none beside it: what is asked
 * outside a transaction fails.
 */
class LentConnections extends pg.Pool {
  override connect(): Promise<pg.PoolClient>
  override connect(callback: unknown): void
  override connect(): Promise<pg.PoolClient> {
    const client = lent.getStore()
    if (client === undefined) throw new Error('Prisma is asked outside inPrisma')
    return Promise.resolve(withinTransaction(client))
  }

  override query(): never {
    throw new Error('Prisma is asked outside a transaction')
  }
}

/**
 * What Prisma says to begin and end a transaction is its owner's to say: here it is heard and not
 * passed on.
 */
const OF_THE_OWNER = new Set(['BEGIN', 'COMMIT', 'ROLLBACK'])

function withinTransaction(client: pg.ClientBase): pg.PoolClient {
  // A connection is asked one thing at a time; Prisma asks for several relations of a row at once.
  let before: Promise<unknown> = Promise.resolve()
  const own: object = {
    query: (asked: string | pg.QueryConfig, values?: unknown[]): Promise<pg.QueryResult> => {
      const text = typeof asked === 'string' ? asked : asked.text
      if (OF_THE_OWNER.has(text)) return Promise.resolve(NOTHING)
      const answer = before.then(() => client.query(asked, values))
      before = answer.catch(() => undefined)
      return answer
    },
    on: (): unknown => own,
    removeListener: (): unknown => own,
    release: (): void => undefined,
  }
  return own as unknown as pg.PoolClient
}

const NOTHING: pg.QueryResult = { command: '', rowCount: 0, oid: 0, fields: [], rows: [] }
