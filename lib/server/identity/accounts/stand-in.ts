import type pg from 'pg'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { Fault } from '#server/platform/faults/fault.ts'

/**
 * The account of an id, or the oldest one where a restored database is older than it: somebody has to stand for what was done.
 * Throws `database-refused` where there is none at all.
 */
export async function standInFor(client: pg.ClientBase, userId: string): Promise<string> {
  const account = await inPrisma(
    client,
    async ({ user }) =>
      (await user.findUnique({ where: { id: userId }, select: { id: true } })) ??
      (await user.findFirst({ orderBy: { createdAt: 'asc' }, select: { id: true } })),
  )
  if (account === null) throw new Fault('database-refused', { reason: 'no account' })
  return account.id
}
