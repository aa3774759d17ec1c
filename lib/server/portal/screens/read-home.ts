import type { Actor } from '#server/identity/actors/actor.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import { holdsRight } from '#server/identity/audit/holds-right.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import type { Queries } from '#server/platform/db/query-types.ts'
import { runForRow } from '#server/platform/db/run.ts'
import type { Quarter } from '#core/standard/quarter.ts'
import { listPlaces } from '#server/programme/quarters/calendar.ts'
import { begunQuarters, type RegisterContext } from '#server/programme/register/change-register.ts'
import { dayInLondon } from '#server/programme/register/quarters.ts'

/** What an administrator sees first. */
export interface HomeNumbers extends Readonly<Queries['quarter/home-numbers']['row']> {
  /** The last quarter that is over, of which files are due or were. */
  readonly quarter: Quarter
  readonly expected: number
  readonly late: number
}

/** From when on a doubt is old, in milliseconds. */
const OLD_DOUBT = 30 * 24 * 60 * 60 * 1000

/** Reads the numbers of an administrator's home; undefined for anybody else. */
export async function readHomeNumbers(
  { database, programme, now }: RegisterContext,
  actor: Actor,
): Promise<HomeNumbers | undefined> {
  if (!(await holdsRight(database, actor, 'register.see'))) return undefined
  const begun = begunQuarters(programme, now)
  const today = dayInLondon(now)
  // While a quarter runs, what is looked at is the one before; after the programme, its last.
  const quarter = (today > programme.to ? begun.at(-1) : begun.at(-2)) ?? begun[0]
  if (quarter === undefined) return undefined
  return withTransaction(forActor(database, actor), async (client) => {
    const numbers = await runForRow(client, 'quarter/home-numbers', [
      ...([quarter, today] as const),
      new Date(now.getTime() - OLD_DOUBT),
    ])
    const places = await listPlaces(client, [quarter], now)
    return {
      ...{ ...numbers, quarter },
      expected: places.length,
      late: places.filter(({ timeliness }) => timeliness === 'late').length,
    }
  })
}
