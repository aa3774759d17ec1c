import type pg from 'pg'
import { inPrisma } from '#server/platform/db/in-prisma.ts'

/**
 * The account of an id, for what somebody did after a backup was made. Where the restored database is older than the account,
 * it is written down as one whose owner left and was forgotten: nobody signs in with it, and nobody else stands for their acts.
 */
export async function standInFor(client: pg.ClientBase, userId: string): Promise<string> {
  const now = new Date()
  const { id } = await inPrisma(client, ({ user }) =>
    user.upsert({
      where: { id: userId },
      select: { id: true },
      update: {},
      create: {
        ...{ id: userId, name: 'Somebody who left', email: `${userId.toLowerCase()}@left.invalid` },
        ...{ role: 'officer', disabledAt: now, forgottenAt: now },
      },
    }),
  )
  return id
}
