import type pg from 'pg'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import type { Register } from './register.ts'

/** What a register says of signing on with an organisation's accounts. */
export type SignOnRules = NonNullable<Register['signOn']>

/** The roles whose people may fall back on a password where signing on is set up. */
export async function readPasswordRoles(database: Database): Promise<readonly string[]> {
  const programme = await inPrisma(database, (prisma) =>
    prisma.programme.findFirst({ select: { passwordRoles: true } }),
  )
  return programme?.passwordRoles ?? []
}

/** Writes what a register says in place of what was there, in the transaction of `client`. */
export async function writeSignOnRules(
  client: pg.ClientBase,
  { groups, passwordRoles }: SignOnRules,
): Promise<void> {
  await inPrisma(client, async (prisma) => {
    await prisma.programme.updateMany({ data: { passwordRoles } })
    await prisma.signOnGroup.deleteMany()
    await prisma.signOnGroup.createMany({
      data: groups.map(({ group, role, exact }, index) => ({
        ...{ place: index + 1, groupName: group, role, maySeeExact: exact },
      })),
    })
  })
}
