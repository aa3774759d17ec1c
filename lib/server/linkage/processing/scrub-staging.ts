import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { takeLinkingLock, withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import { changeLinks } from '#server/linkage/links/change-links.ts'
import { refreshStatistics } from '#server/linkage/links/refresh-statistics.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import { changeState } from '#server/intake/submissions/change-state.ts'
import { eraseFile } from '#server/intake/submissions/erase-file.ts'
import { lockSubmission, type Submission } from '#server/intake/submissions/read-submission.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { removeRecords } from './remove-records.ts'

/**
 * Removes what a service had in staging at a moment, in one transaction: records, links and files
 * that are on their way. A file that is being loaded at this moment is waited for and removed with
 * the others; one that came after `until` stays, since it may be the one that was asked for again.
 * Production is not touched. Answers how many submissions were removed.
 */
export async function scrubStaging(
  store: ProgrammeStore,
  service: string,
  actor: string,
  until: Date,
): Promise<number> {
  const gone = await withTransaction(store.database, async (client) => {
    await takeLinkingLock(client, 'staging')
    const rows = await inPrisma(client, ({ submission }) =>
      submission.findMany({
        select: { id: true },
        where: {
          ...{ dataset: 'staging', serviceCode: service, receivedAt: { lte: until } },
          state: { notIn: ['rejected', 'withdrawn'] },
        },
        orderBy: { id: 'asc' },
      }),
    )
    const locked: Submission[] = []
    for (const { id } of rows) {
      // Whoever loads it holds this until its transaction ends.
      await run(client, 'submissions/await-loading', [String(id)])
      const submission = await lockSubmission(client, String(id))
      if (submission !== undefined) locked.push(submission)
    }
    const linked = locked.filter(({ state }) => state === 'linked').map(({ id }) => id)
    if (linked.length > 0) {
      await changeLinks(client, { dataset: 'staging', arriving: [], leaving: linked })
    }
    for (const { id, state } of locked) {
      const isKept = state === 'linked' || state === 'pseudonymised'
      if (isKept) await removeRecords(client, id)
      if (state === 'rejected' || state === 'withdrawn') continue
      const to = isKept ? 'withdrawn' : 'rejected'
      await changeState(client, id, { to, actor, reason: 'scrubbed' })
    }
    await inPrisma(client, ({ stagingComparison }) =>
      stagingComparison.deleteMany({ where: { serviceCode: service } }),
    )
    await appendAudit(client, {
      ...{ actor, event: 'staging.scrubbed', subject: service },
      detail: { submissions: locked.length },
    })
    return locked
  })
  for (const submission of gone) await eraseFile(store, submission)
  await refreshStatistics(store.database)
  return gone.length
}
