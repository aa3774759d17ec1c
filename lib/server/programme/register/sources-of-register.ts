import type pg from 'pg'
import { DEFAULT_RULES, readRules } from '#core/look-up/rules/source-rules.ts'
import { isFeedKind } from '#core/standard/feeds/feed-kinds.ts'
import type { Database } from '#server/platform/db/database.ts'
import { dayOfDate } from '#server/platform/db/days.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { run } from '#server/platform/db/run.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import type { Register } from './register.ts'

/** What services of a look-up say as sources, written and read as the programme file has it. */

/** What a service says as a source. */
export type SourceSaid = NonNullable<Register['services'][number]['source']>

/** What every source says now, by its service; its rules and days are those in force. */
export async function readSourcesSaid(
  on: Database | pg.ClientBase,
): Promise<ReadonlyMap<string, SourceSaid>> {
  const rows = await inPrisma(on, ({ source }) =>
    source.findMany({ include: { rules: { orderBy: { version: 'desc' }, take: 1 } } }),
  )
  return new Map(
    rows.map(({ serviceCode, kind, area, noRecord, rules: [inForce] }) => {
      const rules = readRules(inForce?.rules)
      if (inForce === undefined || rules === undefined || !isFeedKind(kind))
        throw new Fault('database-refused', { reason: 'rules of source' })
      const { coveredFrom, coveredTo } = inForce
      const days = {
        coveredFrom: dayOfDate(coveredFrom),
        ...(coveredTo === null ? {} : { coveredTo: dayOfDate(coveredTo) }),
      }
      return [serviceCode, { kind, area, ...days, noRecord, rules }]
    }),
  )
}

/** Writes the sources among new services, each with the rules that it begins with. */
export async function insertSources(
  client: pg.ClientBase,
  by: string,
  services: readonly Pick<Register['services'][number], 'code' | 'source'>[],
  now: Date,
): Promise<void> {
  const sources = services.flatMap(({ code, source }) =>
    source === undefined ? [] : [{ rules: DEFAULT_RULES[source.kind], ...source, service: code }],
  )
  if (sources.length > 0)
    await run(client, 'sources/insert-sources', [JSON.stringify(sources), by, now])
}
