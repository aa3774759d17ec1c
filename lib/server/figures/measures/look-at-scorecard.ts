import type pg from 'pg'
import { scoreRow, type ScoreRow, type ServiceQuarter } from '#core/measures/scorecard.ts'
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

/** With which quarter a scorecard compares. */
export type Beside = 'year' | 'quarter'

/** Beside the quarter before, or the same a year before; where nobody sent a file for that, the quarter before all the same. */
async function readScorecard(
  client: pg.ClientBase,
  quarter: Quarter,
  wanted: Beside,
): Promise<Scorecard> {
  const now = await readServiceQuarters(client, quarter)
  const read = (steps: number): Promise<ReadonlyMap<string, ServiceQuarter>> =>
    readServiceQuarters(client, quarterAfter(quarter, steps))
  const yearBefore = wanted === 'year' ? await read(-4) : new Map<string, ServiceQuarter>()
  const isYear = yearBefore.size > 0
  const before = isYear ? yearBefore : await read(-1)
  return {
    quarter,
    rows: [...now].map(([service, of]) => scoreRow(service, of, before.get(service))),
    beside: quarterAfter(quarter, isYear ? -4 : -1),
  }
}

/** Which scorecard is asked for: of the last quarter with files in use where none is, and of `otherwise` where there is none. */
export interface AskedScorecard {
  readonly asked: Quarter | undefined
  readonly otherwise: Quarter
  readonly beside: Beside
}

/** The scorecard of a quarter of production, for those with the right; the look is audited. */
export async function lookAtScorecard(
  looks: Looks,
  actor: Actor,
  { asked, otherwise, beside }: AskedScorecard,
): Promise<({ readonly ok: true } & Scorecard) | Refusal<'not-found'>> {
  return looks.take(actor, 'exact.see', async (client) => {
    const quarter = asked ?? (await findLastQuarter(client)) ?? otherwise
    return {
      ok: true,
      shown: await readScorecard(client, quarter, beside),
      entry: {
        event: 'scorecard.measured',
        subject: 'production',
        detail: { from: quarter, to: quarter },
      },
    }
  })
}
