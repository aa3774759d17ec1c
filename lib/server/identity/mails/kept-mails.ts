import type pg from 'pg'
import { z } from 'zod'
import { purposeKey } from '#server/identity/sessions/secrets-at-rest.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import type { Mail, Mailer } from '#server/platform/mail/mailer.ts'
import { openBytes, sealBytes } from '#server/platform/secrets/sealed-bytes.ts'

/** What mails are kept with. */
export interface MailKeeping {
  readonly pool: Database
  readonly portalKey: Uint8Array
  readonly now: () => Date
}

/** What mails are made with that something owes. */
export interface OwingContext extends MailKeeping {
  readonly origin: string
}

/** A week, in minutes: for how long a mail about a day or a deadline is of use. */
export const A_WEEK = 7 * 24 * 60

/** How long a mail is of use that does not say, in minutes: who was away for days reads it still. */
const USUAL = 3 * 24 * 60

/** What seals them, and what for. */
const PURPOSE = 'kept mails'

const stored = z.strictObject({ to: z.string(), subject: z.string(), text: z.string() })

/**
 * A mailer that keeps what no mail server takes, so that a server that is away for a day loses
 * nothing: `sendKeptMails` sends it later, while it is of use. It throws only where it could not be kept.
 */
export function keepingMailer(mailer: Mailer, keeping: MailKeeping): Mailer {
  return {
    async send(mail) {
      await mailer.send(mail).catch(() => keepMail(keeping.pool, keeping, mail))
    },
  }
}

/**
 * Keeps the mails of all that is owed, each thing's in the transaction that claims it: a portal that
 * dies leaves both or neither, and `sendKeptMails` sends them. `claim` answers the mails of the next
 * thing, and nothing where none is owed. Answers of how many things.
 */
export async function oweMails(
  database: Database,
  keeping: MailKeeping,
  claim: (client: pg.PoolClient) => Promise<readonly Mail[] | undefined>,
): Promise<number> {
  for (let owed = 0; ; owed += 1) {
    const mails = await withTransaction(database, async (client) => {
      const claimed = await claim(client)
      for (const mail of claimed ?? []) await keepMail(client, keeping, mail)
      return claimed
    })
    if (mails === undefined) return owed
  }
}

/** Keeps a mail to be sent in the next round, within a transaction or in one of its own. */
async function keepMail(
  on: Database | pg.PoolClient,
  { portalKey, now }: MailKeeping,
  mail: Mail,
): Promise<void> {
  const { to, subject, text, minutes = USUAL } = mail
  const madeAt = now()
  const words = new TextEncoder().encode(JSON.stringify({ to, subject, text }))
  await inPrisma(on, (prisma) =>
    prisma.keptMail.create({
      data: {
        sealed: sealBytes(purposeKey(portalKey, PURPOSE), PURPOSE, words),
        ...{ madeAt, goodUntil: new Date(madeAt.getTime() + minutes * 60_000) },
      },
      select: { id: true },
    }),
  )
}

/**
 * Sends the mails that were kept, each once, and forgets those that are of no use any more; answers
 * how many were sent. The first that is not taken ends the round: the server is still away.
 */
export async function sendKeptMails(
  { pool, portalKey, now }: MailKeeping,
  mailer: Mailer,
): Promise<number> {
  await inPrisma(pool, (prisma) =>
    prisma.keptMail.deleteMany({ where: { goodUntil: { lte: now() } } }),
  )
  for (let sent = 0; ; sent += 1) {
    const [kept] = await run(pool, 'accounts/claim-kept-mail', [now()])
    if (kept === undefined) return sent
    const words = openBytes(purposeKey(portalKey, PURPOSE), PURPOSE, kept.sealed)
    const mail = stored.parse(JSON.parse(new TextDecoder().decode(words)))
    const isSent = await mailer.send(mail).then(
      () => true,
      () => false,
    )
    if (!isSent) return sent
    await inPrisma(pool, (prisma) => prisma.keptMail.deleteMany({ where: { id: BigInt(kept.id) } }))
  }
}
