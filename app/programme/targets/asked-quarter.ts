import { quarterOf, quartersBetween, type Quarter } from '#core/standard/quarter.ts'
import type { Programme } from '#server/programme/register/read-programme.ts'
import { textIn, type Query } from '../../guards/query.ts'
import { begunPeriod } from '../../reach/programme-quarters.ts'

/**
 * The quarter that an address names, the one that it is now where it names none, and all to choose
 * from: targets are set ahead.
 */
export function askedQuarter(
  programme: Programme,
  now: Date,
  query: Query,
): { readonly quarters: readonly Quarter[]; readonly quarter: Quarter } {
  const quarters = quartersBetween(quarterOf(programme.from), quarterOf(programme.to))
  const asked = quarters.find((of) => of === textIn(query, 'quarter'))
  return { quarters, quarter: asked ?? begunPeriod(programme, now).to }
}
