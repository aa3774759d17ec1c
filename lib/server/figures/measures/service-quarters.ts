import type pg from 'pg'
import type { ServiceQuarter } from '#core/measures/scorecard.ts'
import { measureUse } from '#core/measures/use-measures.ts'
import { isQuarter, type Quarter } from '#core/standard/quarter.ts'
import { answerOnce } from '#server/figures/reach/answer-once.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { measureQualities } from './file-qualities.ts'
import { measureServices } from './measure-use.ts'

/** What the quarter of each service of production with a file in it came to, by service; kept until links change. */
export async function readServiceQuarters(
  client: pg.ClientBase,
  quarter: Quarter,
): Promise<ReadonlyMap<string, ServiceQuarter>> {
  return new Map(
    await answerOnce(client, ['service-quarters', quarter], () => countQuarters(client, quarter)),
  )
}

async function countQuarters(
  client: pg.ClientBase,
  quarter: Quarter,
): Promise<(readonly [string, ServiceQuarter])[]> {
  const period = { from: quarter, to: quarter }
  const services = await measureServices(client, 'production', period)
  const uses = new Map(services.map(({ service, ...use }) => [service, use]))
  const files = await measureQualities(client, { dataset: 'production', ...period })
  return files.map(({ service, quality }) => [
    service,
    // Everybody of a file may have asked to be left out.
    { use: uses.get(service) ?? measureUse([], period), quality },
  ])
}

/** The last quarter of which there are files of people in use; undefined where there is none. */
export async function findLastQuarter(client: pg.ClientBase): Promise<Quarter | undefined> {
  const last = await inPrisma(client, ({ submission }) =>
    submission.findFirst({
      where: { dataset: 'production', kind: 'people', state: 'linked' },
      orderBy: { quarter: 'desc' },
      select: { quarter: true },
    }),
  )
  return last !== null && isQuarter(last.quarter) ? last.quarter : undefined
}
