import type { Actor } from '#server/identity/actors/actor.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import type { Database } from '#server/platform/db/database.ts'
import { withTransaction } from '#server/platform/db/pool.ts'

/** Rows that are asked for within so long are one look at the grid, in milliseconds. */
const ONE_LOOK = 10 * 60 * 1000
const MOST_REMEMBERED = 1000

/** When this process last wrote that somebody looks at the cells of a file, the oldest first. */
const WRITTEN = new Map<string, number>()

/**
 * Makes a look at the cells of a file an entry of the audit trail before they are shown: one for
 * each ten minutes, since a page that is scrolled asks again and again.
 */
export async function noteOpening(
  database: Database,
  { userId }: Pick<Actor, 'userId'>,
  reference: string,
): Promise<void> {
  const look = `${userId} ${reference}`
  const now = Date.now()
  if (now - (WRITTEN.get(look) ?? 0) < ONE_LOOK) return
  await withTransaction(database, (client) =>
    appendAudit(client, { actor: userId, event: 'submission.grid-opened', subject: reference }),
  )
  WRITTEN.delete(look)
  WRITTEN.set(look, now)
  const [oldest] = WRITTEN.keys()
  if (WRITTEN.size > MOST_REMEMBERED && oldest !== undefined) WRITTEN.delete(oldest)
}
