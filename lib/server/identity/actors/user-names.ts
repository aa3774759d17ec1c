import type pg from 'pg'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'

/**
 * The names of those of these references that are users; what a part of the portal did has no user.
 */
export async function readUserNames(
  on: Database | pg.ClientBase,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const users = await inPrisma(on, (prisma) =>
    prisma.user.findMany({
      where: { id: { in: [...new Set(ids)] } },
      select: { id: true, name: true },
    }),
  )
  return new Map(users.map(({ id, name }) => [id, name]))
}
