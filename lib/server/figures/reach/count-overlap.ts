import type pg from 'pg'
import { pairsOf, type OverlapPair } from '#core/reach/overlap.ts'
import type { Database } from '#server/platform/db/database.ts'
import { run } from '#server/platform/db/run.ts'
import type { ReachPeriod } from './measure-reach.ts'

/**
 * Counts the people that any two services both reached in a period, exactly. Equals
 * `measureOverlap` of the same rows.
 */
export async function countOverlap(
  client: Database | pg.ClientBase,
  { dataset, from, to }: ReachPeriod,
): Promise<OverlapPair[]> {
  return pairsOf(await run(client, 'reach/service-sets', [dataset, from, to]))
}
