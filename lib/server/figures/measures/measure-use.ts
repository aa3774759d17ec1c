import type pg from 'pg'
import type { ActivityMeasures, ScoreMeasures } from '#core/measures/event-measures.ts'
import type { ChangeByServices, ChangeSums, PairedChange } from '#core/measures/paired-change.ts'
import type { FamiliesReached } from '#core/measures/families-reached.ts'
import type { Pathway, ServicesUsed } from '#core/measures/pathways.ts'
import type { Period } from '#core/measures/person-use.ts'
import type { Spread, UseMeasures } from '#core/measures/use-measures.ts'
import type { Quarter } from '#core/standard/quarter.ts'
import type { Database } from '#server/platform/db/database.ts'
import { run, runForRow, type Answer } from '#server/platform/db/run.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'
import { changeRules } from './change-rules.ts'

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
  readonly activities: readonly ActivityMeasures[]
  readonly scores: readonly ScoreMeasures[]
  /** By the rules of the framework in force. */
  readonly changes: readonly PairedChange[]
}

/** How people went from service to service in a period, exactly. */
export interface MeasuredWays {
  readonly servicesUsed: readonly ServicesUsed[]
  readonly pathways: readonly Pathway[]
  /** By the rules of the framework in force. */
  readonly changes: readonly ChangeByServices[]
  readonly families: FamiliesReached
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
    activities: await run(client, 'measures/activities', asked),
    scores: await run(client, 'measures/scores', asked),
    changes: (await readChanges(client, asked)).flatMap((row) =>
      row.service === null ? [] : [{ service: row.service, ...scaleOf(row), ...sumsOf(row) }],
    ),
  }
}

/** Counts how people went from service to service in a period: for those with the right to see it. Equals lib/core/measures. */
export async function measureWays(
  client: Database | pg.ClientBase,
  dataset: Dataset,
  { from, to }: Period,
): Promise<MeasuredWays> {
  const asked = [dataset, from, to] as const
  return {
    servicesUsed: await run(client, 'measures/services-used', asked),
    pathways: await run(client, 'measures/pathways', asked),
    changes: (await readChanges(client, asked)).flatMap((row) =>
      row.services === null ? [] : [{ ...scaleOf(row), services: row.services, ...sumsOf(row) }],
    ),
    families: await runForRow(client, 'measures/families-reached', asked),
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

type ChangeRow = Answer<'measures/changes'>[number]

function scaleOf({ instrument, subScale }: ChangeRow): {
  readonly instrument: string
  readonly subScale: string
} {
  return { instrument, subScale }
}

function sumsOf(row: ChangeRow): ChangeSums {
  const { paired, change, squares, improved, worse, baseline } = row
  const { baselineOnly, onlyBaseline, noBaseline } = row
  return {
    ...{ paired, change, squares, improved, worse, baseline },
    ...{ baselineOnly, onlyBaseline, noBaseline },
  }
}

/** How scores of the same people changed, by the rules of the framework in force: by service, and by number of services. */
async function readChanges(
  client: Database | pg.ClientBase,
  asked: readonly [Dataset, Quarter, Quarter],
): Promise<Answer<'measures/changes'>> {
  const rules = await changeRules(client)
  return rules === undefined ? [] : run(client, 'measures/changes', [...asked, ...rules])
}

function measuresOf(
  row: Answer<'measures/use-measures'>[number],
): { readonly service: string } & UseMeasures {
  const { service, reached, fresh, referred, completed, declined } = row
  return {
    ...{ service, reached, fresh, notReached: row.not_reached },
    ...{ referred, noReferral: row.no_referral },
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
    ...{ completed, leftEarly: row.left_early, declined, noStatus: row.no_status },
  }
}

function spreadOf(quartiles: readonly number[] | null): Spread | null {
  // PostgreSQL answers with a list of nulls where there was nothing to order.
  const [lowerQuartile, median, upperQuartile] = quartiles ?? []
  if (lowerQuartile == null || median == null || upperQuartile == null) return null
  return { lowerQuartile, median, upperQuartile }
}
