import type { Quarter } from '#core/standard/quarter.ts'
import type { Grouping } from '#core/reach/measure.ts'
import type { OverlapPair } from '#core/reach/overlap.ts'
import type { Looks } from '#server/identity/audit/looks.ts'
import type { Refusal } from '#server/platform/faults/fault.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { answerOnce } from './answer-once.ts'
import { countOverlap } from './count-overlap.ts'
import { measureReach, type ExactReach } from './measure-reach.ts'
import { type EstimatedReach, readEstimate } from './read-estimate.ts'
import { measureMarked, overlapMarked } from './read-marks.ts'

/** A period of the figures; both quarters are in it. */
export interface AskedPeriod {
  readonly from: Quarter
  readonly to: Quarter
}

/** What an exact screen asks for. */
export interface AskedReach extends AskedPeriod {
  readonly by: readonly Grouping[]
}

/** Exact figures, and their estimates once these are made. */
export interface LookedReach {
  readonly reach: ExactReach
  readonly estimated: EstimatedReach | undefined
}

/**
 * Exact reach of production, for those with the right: the look is audited with what was asked in
 * the same transaction, so that there is no figure without its entry.
 */
export async function lookAtReach(
  looks: Looks,
  actor: Actor,
  { from, to, by }: AskedReach,
): Promise<({ readonly ok: true } & LookedReach) | Refusal<'not-found'>> {
  return looks.take(actor, 'exact.see', async (client) => {
    const reach = await answerOnce(
      client,
      ['reach', from, to, ...by],
      async () =>
        (await measureMarked(client, { from, to }, by)) ??
        measureReach(client, { dataset: 'production', from, to }, by),
    )
    const estimated = await readEstimate(client, { from, to }, by, reach)
    const detail = { from, to, by: by.join(' ') }
    return {
      ok: true,
      shown: { reach, estimated },
      entry: { event: 'reach.measured', subject: 'production', detail },
    }
  })
}

/**
 * How many people any two services of production both reached, for those with the right; audited
 * likewise.
 */
export async function lookAtOverlap(
  looks: Looks,
  actor: Actor,
  { from, to }: AskedPeriod,
): Promise<{ readonly ok: true; readonly pairs: readonly OverlapPair[] } | Refusal<'not-found'>> {
  return looks.take(actor, 'exact.see', async (client) => {
    const pairs = await answerOnce(
      client,
      ['overlap', from, to],
      async () =>
        (await overlapMarked(client, { from, to })) ??
        countOverlap(client, { dataset: 'production', from, to }),
    )
    return {
      ok: true,
      shown: { pairs },
      entry: { event: 'overlap.measured', subject: 'production', detail: { from, to } },
    }
  })
}
