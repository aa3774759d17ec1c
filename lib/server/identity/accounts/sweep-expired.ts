import { keptFor } from '#core/retention/schedule.ts'
import { KEPT_FOR } from '#server/identity/sessions/kept-form.ts'
import { ABSOLUTE_MS, IDLE_MS } from '#server/identity/sessions/session.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'

/**
 * Removes what is over and opens nothing any more: sessions, first steps of signing in, links to
 * set a password, starts of signing on, what was counted longer than a day ago, and by what tokens are told that ended a month
 * ago. Answers how many rows went.
 */
export async function sweepExpired(database: Database, now: Date): Promise<number> {
  const before = (age: number): Date => new Date(now.getTime() - age)
  const old = { lt: before(keptFor('sign-in')) }
  const longOver = before(keptFor('ended-tokens'))
  return inPrisma(database, async (prisma) => {
    const swept = [
      await prisma.session.deleteMany({
        where: {
          // They open nothing; whose they were is told while a form of theirs may come.
          OR: [
            { startedAt: { lt: before(ABSOLUTE_MS + KEPT_FOR) } },
            { seenAt: { lt: before(IDLE_MS + KEPT_FOR) } },
          ],
        },
      }),
      await prisma.signInStep.deleteMany({ where: { expiresAt: { lt: now } } }),
      await prisma.passwordLink.deleteMany({ where: { expiresAt: { lt: now } } }),
      await prisma.keptForm.deleteMany({ where: { expiresAt: { lt: now } } }),
      await prisma.signOnStart.deleteMany({ where: { expiresAt: { lt: now } } }),
      await prisma.signInAttempt.deleteMany({ where: { at: old } }),
      await prisma.tokenRefusal.deleteMany({ where: { hour: old } }),
      await prisma.uploadAttempt.deleteMany({ where: { at: old } }),
      await prisma.submissionToken.updateMany({
        where: {
          digest: { not: null },
          OR: [{ expiresAt: { lt: longOver } }, { revokedAt: { lt: longOver } }],
        },
        data: { digest: null },
      }),
    ]
    return swept.reduce((sum, { count }) => sum + count, 0)
  })
}
