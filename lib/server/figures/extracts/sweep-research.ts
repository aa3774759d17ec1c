import { keptFor } from '#core/retention/schedule.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { destroyResearchKey } from '#server/keys/research-key.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import { dayInLondon } from '#server/programme/register/quarters.ts'

/**
 * Removes sealed files that had their time, and destroys keys of projects that have ended and whose
 * extracts were destroyed. Answers how many files and keys went.
 */
export async function sweepResearch(
  store: Pick<ProgrammeStore, 'database' | 'dataDir' | 'env'>,
  now: Date,
): Promise<{ readonly files: number; readonly keys: number }> {
  const today = dayInLondon(now)
  const files = await run(store.database, 'research/drop-sealed', [
    new Date(now.getTime() - keptFor('extracts')),
    today,
  ])
  const over = await run(store.database, 'research/list-keys-over', [today])
  for (const { reference } of over) {
    // Again after a crash between the two: a key that is gone is gone.
    await destroyResearchKey(store, reference)
    await withTransaction(store.database, async (client) => {
      await inPrisma(client, (prisma) =>
        prisma.researchProject.update({
          select: { id: true },
          where: { reference },
          data: { keyDestroyedAt: now },
        }),
      )
      await appendAudit(client, {
        ...{ actor: 'worker', event: 'research.key-destroyed', subject: reference, detail: {} },
      })
    })
  }
  return { files, keys: over.length }
}
