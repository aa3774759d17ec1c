import { quarterOf, quartersBetween, quarterWords, type Quarter } from '#core/standard/quarter.ts'
import { begunQuarters } from '#server/programme/register/change-register.ts'
import type { Programme } from '#server/programme/register/read-programme.ts'
import { textIn, type Query } from '../guards/query.ts'

interface Period {
  readonly quarters: Quarter[]
  readonly from: Quarter
  readonly to: Quarter
}

/** The quarters of a programme that have begun: there are no figures of others. */
export function begunPeriod(programme: Programme, now: Date): Period {
  const from = quarterOf(programme.from)
  const to = begunQuarters(programme, now).at(-1) ?? from
  return { quarters: quartersBetween(from, to), from, to }
}

/**
 * The quarters of a programme that have begun, and which of them a query asks for; all of them when
 * it does not say.
 */
export function askedPeriod(programme: Programme, now: Date, query: Query): Period {
  const { quarters, from: first, to: last } = begunPeriod(programme, now)
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
