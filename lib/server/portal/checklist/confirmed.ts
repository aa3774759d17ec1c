import type { Prisma } from '#server/platform/db/generated/client.ts'
import type { PrismaTransaction } from '#server/platform/db/in-prisma.ts'

/** What an administrator confirms, since no program can see it. */
export const CONFIRMED_KINDS = ['keys-held', 'mail-proven', 'privacy-notice'] as const

export type ConfirmedKind = (typeof CONFIRMED_KINDS)[number]

/** The last that was confirmed of a kind. */
export interface Confirmed {
  readonly at: Date
  readonly detail: Prisma.JsonValue
}

/** What was confirmed last of each kind; a kind that nobody confirmed is not there. */
export async function readConfirmed(
  prisma: PrismaTransaction,
): Promise<Readonly<Partial<Record<ConfirmedKind, Confirmed>>>> {
  const found = await Promise.all(
    CONFIRMED_KINDS.map(async (kind) => {
      const last = await prisma.confirmedCheck.findFirst({
        where: { kind },
        orderBy: { id: 'desc' },
        select: { confirmedAt: true, detail: true },
      })
      return last === null ? [] : [[kind, { at: last.confirmedAt, detail: last.detail }] as const]
    }),
  )
  return Object.fromEntries(found.flat())
}
