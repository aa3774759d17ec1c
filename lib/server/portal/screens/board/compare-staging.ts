import { isQuarter } from '#core/standard/quarter.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import type { Looks } from '#server/identity/audit/looks.ts'
import { measureReach } from '#server/figures/reach/measure-reach.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'

/** What a service counts itself in a quarter. */
export interface OwnCount {
  readonly service: string
  readonly quarter: string
  readonly people: number
}

/**
 * Compares what a service counts itself with what its files in staging come to; both are kept until
 * staging is scrubbed. That somebody looked is an entry of the audit trail.
 */
export async function compareStaging(
  {
    looks,
    pool,
    now,
  }: { readonly looks: Looks; readonly pool: Database; readonly now: () => Date },
  actor: Actor,
  { service, quarter, people }: OwnCount,
): Promise<
  { readonly ok: true; readonly counted: number } | Refusal<'not-found' | 'quarter-unreadable'>
> {
  if (!isQuarter(quarter)) return refuse('quarter-unreadable')
  const looked = await looks.take(actor, 'stage.change', async (client) => {
    const known = await inPrisma(client, (prisma) =>
      prisma.service.count({ where: { code: service } }),
    )
    if (known === 0) return refuse('not-found')
    const { cells } = await measureReach(
      client,
      { dataset: 'staging', from: quarter, to: quarter },
      ['service'],
    )
    const counted = cells.find(({ by: [code] }) => code === service)?.people ?? 0
    return {
      ok: true,
      shown: { counted },
      entry: { event: 'staging.compared', subject: service, detail: { quarter } },
    }
  })
  if (!looked.ok) return looked
  const { counted } = looked
  const kept = { own: people, counted, comparedBy: actor.userId, comparedAt: now() }
  await inPrisma(forActor(pool, actor), ({ stagingComparison }) =>
    stagingComparison.upsert({
      where: { serviceCode_quarter: { serviceCode: service, quarter } },
      create: { serviceCode: service, quarter, ...kept },
      update: kept,
    }),
  )
  return { ok: true, counted }
}
