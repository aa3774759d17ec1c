import type pg from 'pg'
import { withTransaction } from '#server/platform/db/pool.ts'
import { namedQuery } from '#server/platform/db/queries.ts'
import type { Mailer } from '#server/platform/mail/mailer.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import { resultMail, type OwedResult } from './result-mail.ts'

/** What mails are sent with. */
export interface PostOffice {
  readonly pool: pg.Pool
  readonly mailer: Mailer
  readonly origin: string
  readonly now: () => Date
}

/** The portal itself: it reaches every row of the outbox and nothing else is asked of it. */
const PORTAL: Actor = {
  userId: 'portal',
  role: 'administrator',
  providerCode: null,
  mayExact: false,
}

/**
 * Sends every mail that a committed change owes, each once; answers how many. One is claimed before it is sent, so that several
 * portals share the work. What could not be sent is tried again later; a fault of the database is thrown.
 */
export async function sendOwedMails({ pool, mailer, origin, now }: PostOffice): Promise<number> {
  let sent = 0
  for (;;) {
    const owed = await withTransaction(forActor(pool, PORTAL), async (client) => {
      const { rows } = await client.query<OwedResult & { readonly id: string }>(
        namedQuery('journey', 'claim-mail'),
        [now()],
      )
      return rows[0]
    })
    if (owed === undefined) return sent
    try {
      await mailer.send(resultMail(owed, origin))
    } catch {
      // The claim runs out and it is tried again.
      continue
    }
    await withTransaction(forActor(pool, PORTAL), (client) =>
      client.query('update outbox set sent_at = $2 where id = $1', [owed.id, now()]),
    )
    sent += 1
  }
}
