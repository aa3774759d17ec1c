import type pg from 'pg'
import { scoreRow, type ScoreRow } from '#core/measures/scorecard.ts'
import { quarterAfter, type Quarter } from '#core/standard/quarter.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import type { Looks } from '#server/identity/audit/looks.ts'
import type { Refusal } from '#server/platform/faults/fault.ts'
import { findLastQuarter, readServiceQuarters } from './service-quarters.ts'

/** The scorecard of a quarter: the row of every service with a file in it, by code. */
export interface Scorecard {
  readonly quarter: Quarter
  readonly rows: readonly ScoreRow[]
  /** The quarter that it stands beside. */
  readonly beside: Quarter
}

/** Beside the same quarter a year before; where nobody sent a file for that, the quarter before. */
async function readScorecard(client: pg.ClientBase, quarter: Quarter): Promise<Scorecard> {
  const now = await readServiceQuarters(client, quarter)
  const yearBefore = await readServiceQuarters(client, quarterAfter(quarter, -4))
  const beside = quarterAfter(quarter, yearBefore.size > 0 ? -4 : -1)
  const before = yearBefore.size > 0 ? yearBefore : await readServiceQuarters(client, beside)
  return {
    quarter,
    rows: [...now].map(([service, of]) => scoreRow(service, of, before.get(service))),
    beside,
  }
}

/**
 * The scorecard of a quarter of production, for those with the right; the look is audited. Where no
 * quarter is asked for it is of the last with files in use, and of `otherwise` where there is none.
 */
export async function lookAtScorecard(
  looks: Looks,
  actor: Actor,
  { asked, otherwise }: { readonly asked: Quarter | undefined; readonly otherwise: Quarter },
): Promise<({ readonly ok: true } & Scorecard) | Refusal<'not-found'>> {
  return looks.take(actor, 'exact.see', async (client) => {
    const quarter = asked ?? (await findLastQuarter(client)) ?? otherwise
    return {
      ok: true,
      shown: await readScorecard(client, quarter),
      entry: {
        event: 'use.measured',
        subject: 'production',
        detail: { from: quarter, to: quarter },
      },
    }
  })
}
