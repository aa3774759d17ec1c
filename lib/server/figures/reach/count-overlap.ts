import type pg from 'pg'
import { pairsOf, type OverlapPair, type ServiceSet } from '#core/reach/overlap.ts'
import { databaseFault } from '#server/platform/db/database-fault.ts'
import { namedQuery } from '#server/platform/db/queries.ts'
import type { ReachPeriod } from './measure-reach.ts'

/** Counts the people that any two services both reached in a period, exactly. Equals `measureOverlap` of the same rows. */
export async function countOverlap(
  client: pg.Pool | pg.ClientBase,
  { dataset, from, to }: ReachPeriod,
): Promise<OverlapPair[]> {
  try {
    const { rows } = await client.query<ServiceSet>(namedQuery('reach', 'service-sets'), [
      dataset,
      from,
      to,
    ])
    return pairsOf(rows)
  } catch (error) {
    throw databaseFault(error)
  }
}
