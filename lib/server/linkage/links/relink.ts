import type pg from 'pg'
import type { PolicyName } from '#core/linkage/policy.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { takeLinkingLock, withTransaction } from '#server/platform/db/pool.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'
import { refreshStatistics } from './refresh-statistics.ts'
import { changeLinks, type LinkOutcome } from './change-links.ts'
import type { LinkProgress } from './link-progress.ts'
import { policyOf } from './linkage-policy.ts'

/** What deciding everything again came to. */
export type Relinked = LinkOutcome & { readonly policy: PolicyName }

/** What is decided again, by whom. */
export interface RelinkOrder {
  readonly dataset: Dataset
  readonly policy?: PolicyName
  readonly actor: string
}

/**
 * Decides every record of a dataset again, under another policy when one is named, which then holds
 * for what comes. Without one it changes nothing, unless the program decides better than it did.
 */
export async function relink(
  database: Database,
  order: RelinkOrder,
  onProgress?: LinkProgress,
): Promise<Relinked> {
  const relinked = await withTransaction(database, async (client) => {
    // Before the row is touched: whoever links holds the lock and touches the row last.
    await takeLinkingLock(client, order.dataset)
    return relinkIn(client, { ...order, beside: database }, onProgress)
  })
  await refreshStatistics(database)
  return relinked
}

/**
 * The same as it was reported: `relink-changed` where links have changed since. `consent` uses the
 * approval up in the same transaction.
 */
export async function relinkReported<Refused extends Refusal>(
  database: Database,
  order: RelinkOrder & { readonly linkageVersion: string },
  consent: (client: pg.ClientBase) => Promise<{ readonly ok: true } | Refused>,
): Promise<(Relinked & { readonly ok: true }) | Refusal<'relink-changed'> | Refused> {
  const relinked = await withTransaction(database, async (client) => {
    await takeLinkingLock(client, order.dataset)
    const state = await inPrisma(client, ({ linkageState }) =>
      linkageState.findUniqueOrThrow({ where: { dataset: order.dataset } }),
    )
    if (String(state.version) !== order.linkageVersion) return refuse('relink-changed')
    const agreed = await consent(client)
    if (!agreed.ok) return agreed
    return { ok: true as const, ...(await relinkIn(client, { ...order, beside: database })) }
  })
  await refreshStatistics(database)
  return relinked
}

async function relinkIn(
  client: pg.PoolClient,
  { dataset, policy, actor, beside }: RelinkOrder & { readonly beside: Database },
  onProgress?: LinkProgress,
): Promise<Relinked> {
  if (policy !== undefined) {
    await inPrisma(client, ({ linkageState }) =>
      linkageState.update({ where: { dataset }, data: { policy } }),
    )
  }
  const outcome = await changeLinks(
    client,
    { dataset, arriving: [], leaving: [], whole: true, beside },
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
}
