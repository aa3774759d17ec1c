import type pg from 'pg'
import type { ActivityMeasures, ScoreMeasures } from '#core/measures/event-measures.ts'
import type { Pathway, ServicesUsed } from '#core/measures/pathways.ts'
import type { Period } from '#core/measures/person-use.ts'
import type { Spread, UseMeasures } from '#core/measures/use-measures.ts'
import type { Database } from '#server/platform/db/database.ts'
import { run, type Answer } from '#server/platform/db/run.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'

/** What the use of services in a period comes to, exactly. */
export interface MeasuredUse {
  /** By service, in the order of their codes; those that nobody was sent for are not there. */
  readonly services: readonly ({ readonly service: string } & UseMeasures)[]
  readonly referrals: readonly {
    readonly service: string
    /** Blank where no file says. */
    readonly source: string
    readonly people: number
  }[]
  readonly servicesUsed: readonly ServicesUsed[]
  readonly pathways: readonly Pathway[]
  readonly activities: readonly ActivityMeasures[]
  readonly scores: readonly ScoreMeasures[]
}

/** Counts how services were used in a period: for those with the right to see it. Equals lib/core/measures. */
export async function measureUses(
  client: Database | pg.ClientBase,
  dataset: Dataset,
  { from, to }: Period,
): Promise<MeasuredUse> {
  const asked = [dataset, from, to] as const
  return {
    services: (await run(client, 'measures/use-measures', asked)).map(measuresOf),
    referrals: await run(client, 'measures/referral-sources', asked),
    servicesUsed: await run(client, 'measures/services-used', asked),
    pathways: await run(client, 'measures/pathways', asked),
    activities: await run(client, 'measures/activities', asked),
    scores: await run(client, 'measures/scores', asked),
  }
}

function measuresOf(
  row: Answer<'measures/use-measures'>[number],
): { readonly service: string } & UseMeasures {
  const { service, reached, fresh, referred, completed, declined } = row
  return {
    ...{ service, reached, fresh, notReached: row.not_reached, referred },
    waits: {
      ...{ started: row.started, known: row.waits_known, overFourWeeks: row.waits_long },
      days: spreadOf(row.wait_days),
    },
    waiting: {
      ...{ people: row.waiting, known: row.waiting_known, overFourWeeks: row.waiting_long },
    },
    contacts: {
      ...{ known: row.contacts_known, total: row.contacts },
      each: spreadOf(row.contacts_each),
    },
    kept: { starters: row.starters, two: row.two, four: row.four, eight: row.eight },
    ...{ completed, leftEarly: row.left_early, declined },
  }
}

function spreadOf(quartiles: readonly number[] | null): Spread | null {
  // PostgreSQL answers with a list of nulls where there was nothing to order.
  const [lowerQuartile, median, upperQuartile] = quartiles ?? []
  if (lowerQuartile == null || median == null || upperQuartile == null) return null
  return { lowerQuartile, median, upperQuartile }
}
