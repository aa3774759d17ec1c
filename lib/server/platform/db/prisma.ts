import { PrismaPg } from '@prisma/adapter-pg'
import type pg from 'pg'
import { PrismaClient } from './generated/client.ts'

/**
 * Prisma over a pool that is shared with `withTransaction`, for the reads and small writes that need no `pg` client. Its
 * errors quote what was asked: pass them to `databaseFault` before anybody sees them. The pool's owner ends the pool.
 */
export function openPrisma(pool: pg.Pool): PrismaClient {
  return new PrismaClient({
    adapter: new PrismaPg(pool, { disposeExternalPool: false }),
    errorFormat: 'minimal',
    log: [],
  })
}
