import type pg from 'pg'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { run } from '#server/platform/db/run.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { ALARM_AT, MOST_IN_A_DAY, MOST_OF_A_REQUEST } from './search-limits.ts'

const DAY = 86_400_000

/**
 * Counts a search of an officer for a request, in the transaction that searches; refuses one too
 * many. The one that is told to others is marked, and `tellOfSearches` tells. Of two at once the
 * second finds what the first counted.
 */
export async function countSearch(
  client: pg.ClientBase,
  { request, by }: { readonly request: string; readonly by: string },
  now: Date,
): Promise<{ readonly ok: true } | Refusal<'rights-searches-many'>> {
  await run(client, 'approvals/lock-asking', [`search ${by}`])
  const requestId = BigInt(request)
  const within = { searchedBy: by, searchedAt: { gt: new Date(now.getTime() - DAY) } }
  return inPrisma(client, async ({ rightsSearch }) => {
    const ofRequest = await rightsSearch.count({ where: { requestId } })
    const inADay = await rightsSearch.count({ where: within })
    if (ofRequest >= MOST_OF_A_REQUEST || inADay >= MOST_IN_A_DAY) {
      return refuse('rights-searches-many')
    }
    const told = await rightsSearch.count({ where: { ...within, isAlarm: true } })
    const isAlarm = told === 0 && inADay + 1 >= ALARM_AT
    await rightsSearch.create({
      data: { requestId, searchedBy: by, searchedAt: now, isAlarm },
      select: { id: true },
    })
    return { ok: true }
  })
}
