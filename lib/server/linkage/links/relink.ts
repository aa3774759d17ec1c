import type { PolicyName } from '#core/linkage/policy.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { takeLinkingLock, withTransaction } from '#server/platform/db/pool.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'
import { refreshStatistics } from './refresh-statistics.ts'
import { changeLinks, type LinkOutcome } from './change-links.ts'
import type { LinkProgress } from './link-progress.ts'
import { policyOf } from './linkage-policy.ts'

/**
 * Decides every record of a dataset again, under another policy when one is named, which then holds
 * for what comes. Without one it changes nothing, unless the program decides better than it did.
 */
export async function relink(
  database: Database,
  { dataset, policy, actor }: { dataset: Dataset; policy?: PolicyName; actor: string },
  onProgress?: LinkProgress,
): Promise<LinkOutcome & { policy: PolicyName }> {
  const relinked = await withTransaction(database, async (client) => {
    // Before the row is touched: whoever links holds the lock and touches the row last.
    await takeLinkingLock(client, dataset)
    if (policy !== undefined) {
      await inPrisma(client, ({ linkageState }) =>
        linkageState.update({ where: { dataset }, data: { policy } }),
      )
    }
    const outcome = await changeLinks(
      client,
      { dataset, arriving: [], leaving: [], whole: true },
      onProgress,
    )
    const used = await policyOf(client, dataset)
    await appendAudit(client, {
      actor,
      event: 'linkage.recomputed',
      subject: dataset,
      detail: { policy: used, records: outcome.records, changed: outcome.changed },
    })
    return { ...outcome, policy: used }
  })
  await refreshStatistics(database)
  return relinked
}
