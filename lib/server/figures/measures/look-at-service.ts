import type { DataQuality } from '#core/measures/data-quality.ts'
import { figuresOf, type Figures } from '#core/measures/scorecard.ts'
import { quarterAfter, quartersBetween, type Quarter } from '#core/standard/quarter.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import type { Looks } from '#server/identity/audit/looks.ts'
import type { Refusal } from '#server/platform/faults/fault.ts'
import { findLastQuarter, readServiceQuarters } from './service-quarters.ts'

/** The quarters of one service to the one that is looked at, the earliest first; null where it sent no file. */
export interface ServiceTrend {
  readonly quarter: Quarter
  readonly quarters: readonly {
    readonly quarter: Quarter
    readonly figures: Figures | null
    readonly quality: DataQuality | null
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
    const quarters: ServiceTrend['quarters'][number][] = []
    for (const each of quartersBetween(period.from, period.to)) {
      const of = (await readServiceQuarters(client, each)).get(service)
      quarters.push({
        quarter: each,
        figures: of === undefined ? null : figuresOf(of),
        quality: of?.quality ?? null,
      })
    }
    return {
      ok: true,
      shown: { quarter, quarters },
      entry: { event: 'service.measured', subject: service, detail: period },
    }
  })
}
