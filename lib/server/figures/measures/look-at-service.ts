import type { DataQuality } from '#core/measures/data-quality.ts'
import { reasonsOf, type QuarterFacts, type QuarterReason } from '#core/measures/quarter-facts.ts'
import { figuresOf, type Figures } from '#core/measures/scorecard.ts'
import { quarterAfter, quartersBetween, type Quarter } from '#core/standard/quarter.ts'
import type pg from 'pg'
import type { Actor } from '#server/identity/actors/actor.ts'
import type { Looks } from '#server/identity/audit/looks.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'
import type { Database } from '#server/platform/db/database.ts'
import { run } from '#server/platform/db/run.ts'
import type { Refusal } from '#server/platform/faults/fault.ts'
import { findLastQuarter, readServiceQuarters } from './service-quarters.ts'

/** The quarters of one service to the one that is looked at, the earliest first; null where it sent no file. */
export interface ServiceTrend {
  readonly quarter: Quarter
  readonly quarters: readonly {
    readonly quarter: Quarter
    readonly figures: Figures | null
    readonly quality: DataQuality | null
    /** What is known of it that may be why. */
    readonly reasons: readonly QuarterReason[]
  }[]
}

/** So many quarters are shown: the last is beside the same of a year before. */
const SHOWN = 5

/**
 * How a service of production did in a quarter and the four before it, for those with the right; the look is audited. Where no
 * quarter is asked for it is the last with files in use, and `otherwise` where there is none.
 */
export async function lookAtService(
  looks: Looks,
  actor: Actor,
  {
    service,
    asked,
    otherwise,
  }: { readonly service: string; readonly asked: Quarter | undefined; readonly otherwise: Quarter },
): Promise<({ readonly ok: true } & ServiceTrend) | Refusal<'not-found'>> {
  return looks.take(actor, 'exact.see', async (client) => {
    const quarter = asked ?? (await findLastQuarter(client)) ?? otherwise
    const period = { from: quarterAfter(quarter, 1 - SHOWN), to: quarter }
    const shown = quartersBetween(period.from, period.to)
    const facts = await readQuarterFacts(client, 'production', service, shown)
    const quarters: ServiceTrend['quarters'][number][] = []
    for (const [at, each] of shown.entries()) {
      const of = (await readServiceQuarters(client, each)).get(service)
      quarters.push({
        quarter: each,
        figures: of === undefined ? null : figuresOf(of),
        quality: of?.quality ?? null,
        reasons: reasonsAt(facts, at),
      })
    }
    return {
      ok: true,
      shown: { quarter, quarters },
      entry: { event: 'service.measured', subject: service, detail: period },
    }
  })
}

/** What is known of quarters of a service that may be why its figures are what they are, in the order of the quarters. */
export async function readQuarterFacts(
  client: Database | pg.ClientBase,
  dataset: Dataset,
  service: string,
  quarters: readonly Quarter[],
): Promise<QuarterFacts[]> {
  const rows = await run(client, 'measures/quarter-facts', [dataset, service, quarters])
  return rows.flatMap((row, at) => {
    const quarter = quarters[at]
    return quarter === undefined ? [] : [{ ...row, quarter }]
  })
}

function reasonsAt(facts: readonly QuarterFacts[], at: number): QuarterReason[] {
  const now = facts[at]
  return now === undefined ? [] : reasonsOf(now, facts[at - 1])
}
