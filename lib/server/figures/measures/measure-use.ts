import type pg from 'pg'
import type { ActivityMeasures, ScoreMeasures } from '#core/measures/event-measures.ts'
import { scaleRules, type PairedChange } from '#core/measures/paired-change.ts'
import type { Pathway, ServicesUsed } from '#core/measures/pathways.ts'
import type { Period } from '#core/measures/person-use.ts'
import type { Spread, UseMeasures } from '#core/measures/use-measures.ts'
import type { Quarter } from '#core/standard/quarter.ts'
import type { Database } from '#server/platform/db/database.ts'
import { run, type Answer } from '#server/platform/db/run.ts'
import { readFramework } from '#server/programme/register/framework-versions.ts'
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
  /** By the rules of the framework in force. */
  readonly changes: readonly PairedChange[]
}

/** Counts how services were used in a period: for those with the right to see it. Equals lib/core/measures. */
export async function measureUses(
  client: Database | pg.ClientBase,
  dataset: Dataset,
  { from, to }: Period,
): Promise<MeasuredUse> {
  const asked = [dataset, from, to] as const
  return {
    services: await measureServices(client, dataset, { from, to }),
    referrals: await run(client, 'measures/referral-sources', asked),
    servicesUsed: await run(client, 'measures/services-used', asked),
    pathways: await run(client, 'measures/pathways', asked),
    activities: await run(client, 'measures/activities', asked),
    scores: await run(client, 'measures/scores', asked),
    changes: await measureChanges(client, asked),
  }
}

/** Counts how each service was used in a period, in the order of their codes. Equals measureUse in lib/core/measures. */
export async function measureServices(
  client: Database | pg.ClientBase,
  dataset: Dataset,
  { from, to }: Period,
): Promise<MeasuredUse['services']> {
  return (await run(client, 'measures/use-measures', [dataset, from, to])).map(measuresOf)
}

/** Counts how scores of the same people changed, by the rules of the framework in force. */
async function measureChanges(
  client: Database | pg.ClientBase,
  asked: readonly [Dataset, Quarter, Quarter],
): Promise<PairedChange[]> {
  const kept = await readFramework(client)
  const rules = kept === undefined ? [] : scaleRules(kept.framework)
  if (rules.length === 0) return []
  const scales = rules.map(({ instrument, subScale: sub_scale, direction, by }) => ({
    ...{ instrument, sub_scale, direction, by },
  }))
  const windows = rules.flatMap(({ instrument, subScale: sub_scale, windows: own }) =>
    own.map((window) => ({ instrument, sub_scale, ...window })),
  )
  return run(client, 'measures/changes', [
    ...asked,
    JSON.stringify(scales),
    JSON.stringify(windows),
  ])
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
