import type { Quarter } from '#core/standard/quarter.ts'
import type { Programme } from '#server/programme/register/read-programme.ts'
import { textIn, type Query } from '../../guards/query.ts'
import { askedPeriod } from '../../reach/programme-quarters.ts'

/** The quarter that an address names, the last of the programme where it names none, and all to choose from. */
export function askedQuarter(
  programme: Programme,
  query: Query,
): { readonly quarters: readonly Quarter[]; readonly quarter: Quarter } {
  const { quarters, to } = askedPeriod(programme, query)
  return { quarters, quarter: quarters.find((of) => of === textIn(query, 'quarter')) ?? to }
}
