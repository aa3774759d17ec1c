import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { run } from '#server/platform/db/run.ts'
import type { Mailer } from '#server/platform/mail/mailer.ts'
import { PORTAL } from '#server/identity/actors/portal-actor.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import { resultMail } from './result-mail.ts'

/** What mails are sent with. */
export interface PostOffice {
  readonly pool: Database
  readonly mailer: Mailer
  readonly origin: string
  readonly now: () => Date
}

/**
 * Sends every mail that a committed change owes, each once; answers how many. One is claimed before
 * it is sent, so that several portals share the work. What could not be sent is tried again later;
 * a fault of the database is thrown.
 */
export async function sendOwedMails({ pool, mailer, origin, now }: PostOffice): Promise<number> {
  const database = forActor(pool, PORTAL)
  let sent = 0
  for (;;) {
    const [owed] = await run(database, 'journey/claim-mail', [now()])
    if (owed === undefined) return sent
    try {
      await mailer.send(resultMail(owed, origin))
    } catch {
      // The claim runs out and it is tried again.
      continue
    }
    await inPrisma(database, ({ outboxMail }) =>
      outboxMail.update({
        select: { id: true },
        where: { id: BigInt(owed.id) },
        data: { sentAt: now() },
      }),
    )
    sent += 1
  }
}

/**
 * Owes a mail to whoever uploaded a file that is not done a day later: it waits for a worker, or was
 * erased before it was submitted. Answers how many; each is told once.
 */
export function oweWaitingMails(database: Database, now: Date): Promise<number> {
  return run(database, 'journey/owe-waiting-mails', [now])
}
