import type pg from 'pg'
import type { DataQuality } from '#core/measures/data-quality.ts'
import { scoreRow, type ScoreRow, type ServiceQuarter } from '#core/measures/scorecard.ts'
import { isQuarter, quarterAfter, type Quarter } from '#core/standard/quarter.ts'
import { answerOnce } from '#server/figures/reach/answer-once.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import type { Looks } from '#server/identity/audit/looks.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { run } from '#server/platform/db/run.ts'
import type { Refusal } from '#server/platform/faults/fault.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'
import { measureUses } from './measure-use.ts'

/** How good the file of each service of a quarter was, by service. Equals lib/core/measures. */
export async function measureQualities(
  client: Database | pg.ClientBase,
  dataset: Dataset,
  quarter: Quarter,
): Promise<ReadonlyMap<string, DataQuality>> {
  const rows = await run(client, 'measures/data-quality', [dataset, quarter])
  return new Map(
    rows.map(({ service, complete, facts, accepted, rejected, strong, counted, daysAfter }) => [
      service,
      {
        complete: { part: complete, whole: facts },
        usable: { part: accepted, whole: accepted + rejected },
        matchable: { part: strong, whole: counted },
        daysAfter,
      },
    ]),
  )
}

/** The scorecard of a quarter: the row of every service with a file in it, by code. */
export interface Scorecard {
  readonly quarter: Quarter
  readonly rows: readonly ScoreRow[]
  /** The quarter that it stands beside. */
  readonly beside: Quarter
}

/** Beside the same quarter a year before; where nobody sent a file for that, the quarter before. */
async function readScorecard(client: pg.ClientBase, quarter: Quarter): Promise<Scorecard> {
  const now = await readQuarter(client, quarter)
  const yearBefore = await readQuarter(client, quarterAfter(quarter, -4))
  const beside = quarterAfter(quarter, yearBefore.size > 0 ? -4 : -1)
  const before = yearBefore.size > 0 ? yearBefore : await readQuarter(client, beside)
  return {
    quarter,
    rows: [...now].map(([service, of]) => scoreRow(service, of, before.get(service))),
    beside,
  }
}

/** What each service's quarter came to, of those with a file in it. */
async function readQuarter(
  client: pg.ClientBase,
  quarter: Quarter,
): Promise<ReadonlyMap<string, ServiceQuarter>> {
  const qualities = await measureQualities(client, 'production', quarter)
  const { services } = await measureUses(client, 'production', { from: quarter, to: quarter })
  return new Map(
    services.flatMap(({ service, ...use }) => {
      const quality = qualities.get(service)
      return quality === undefined ? [] : [[service, { use, quality }] as const]
    }),
  )
}

/** The last quarter of which there are files of people in use; undefined where there is none. */
async function findLastQuarter(client: pg.ClientBase): Promise<Quarter | undefined> {
  const last = await inPrisma(client, ({ submission }) =>
    submission.findFirst({
      where: { dataset: 'production', kind: 'people', state: 'linked' },
      orderBy: { quarter: 'desc' },
      select: { quarter: true },
    }),
  )
  return last !== null && isQuarter(last.quarter) ? last.quarter : undefined
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
      shown: await answerOnce(client, ['scorecard', quarter], () => readScorecard(client, quarter)),
      entry: {
        event: 'use.measured',
        subject: 'production',
        detail: { from: quarter, to: quarter },
      },
    }
  })
}
