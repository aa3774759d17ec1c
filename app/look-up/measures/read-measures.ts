import type { Actor } from '#server/identity/actors/actor.ts'
import { measureLookUps, type LookUpMeasures } from '#server/look-up/watching/measures.ts'
import { dayInLondon } from '#server/programme/register/quarters.ts'
import { textIn, type Query } from '../../guards/query.ts'
import { openRequest } from '../../guards/request-context.ts'
import { watchOf } from '../watch/watch-context.ts'

const DAY = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/
const NINETY_DAYS = 90 * 86_400_000

/** How look-ups were used in the days that a query names: the last ninety where it names none. */
export async function readMeasures(
  actor: Actor,
  query: Query,
): Promise<LookUpMeasures | undefined> {
  const request = await openRequest()
  const now = request.accounts.now()
  const day = (name: string, standard: Date): string => {
    const text = textIn(query, name)
    return DAY.test(text) && !Number.isNaN(new Date(text).getTime()) ? text : dayInLondon(standard)
  }
  const measured = await measureLookUps(watchOf(request), actor, {
    from: day('from', new Date(now.getTime() - NINETY_DAYS)),
    to: day('to', now),
  })
  return measured.ok ? measured : undefined
}
