import { quarterOf, quartersBetween, quarterWords, type Quarter } from '#core/standard/quarter.ts'
import type { Programme } from '#server/programme/register/read-programme.ts'
import { textIn, type Query } from '../guards/query.ts'

/**
 * The quarters a programme runs in, and which of them a query asks for; all of them when it does
 * not say.
 */
export function askedPeriod(
  programme: Programme,
  query: Query,
): { quarters: Quarter[]; from: Quarter; to: Quarter } {
  const first = quarterOf(programme.from)
  const last = quarterOf(programme.to)
  const quarters = quartersBetween(first, last)
  const asked = (name: string, otherwise: Quarter): Quarter =>
    quarters.find((quarter) => quarter === textIn(query, name)) ?? otherwise
  const from = asked('from', first)
  const to = asked('to', last)
  return from <= to ? { quarters, from, to } : { quarters, from: to, to: from }
}

/** Quarters as a list to choose from, in words. */
export function quarterChoices(quarters: readonly Quarter[]): { value: string; text: string }[] {
  return quarters.map((quarter) => ({ value: quarter, text: quarterWords(quarter) }))
}
