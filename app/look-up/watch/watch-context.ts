import type { LookUpFilter, WatchContext } from '#server/look-up/watching/list-look-ups.ts'
import { textIn, pageIn, type Query } from '../../guards/query.ts'
import type { RequestContext } from '../../guards/request-context.ts'

/** Look-ups as who watches over them reads them in one request. */
export function watchOf({ accounts }: RequestContext): WatchContext {
  const { pool, portalKey, now } = accounts
  return { pool, portalKey, now }
}

const DAY = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/

/** Which look-ups a query asks for. */
export function filterIn(query: Query): LookUpFilter {
  const day = (name: string): string => {
    const text = textIn(query, name)
    return DAY.test(text) && !Number.isNaN(new Date(text).getTime()) ? text : ''
  }
  return {
    ...{ by: textIn(query, 'by'), purpose: textIn(query, 'purpose') },
    caseReference: textIn(query, 'case').trim().slice(0, 20),
    ...{ from: day('from'), to: day('to'), only: textIn(query, 'only') || 'all' },
    page: pageIn(query),
  }
}

/** The same as a query again. */
export function queryOf({
  by,
  purpose,
  from,
  to,
  only,
}: LookUpFilter): Readonly<Record<string, string>> {
  // A case reference is typed: it stays in no address but the one that asked.
  return { by, purpose, from, to, only: only === 'all' ? '' : only }
}
