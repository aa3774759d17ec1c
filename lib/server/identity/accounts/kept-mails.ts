import { z } from 'zod'
import { purposeKey } from '#server/identity/sessions/secrets-at-rest.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { run } from '#server/platform/db/run.ts'
import type { Mail, Mailer } from '#server/platform/mail/mailer.ts'
import { openBytes, sealBytes } from '#server/platform/secrets/sealed-bytes.ts'

/** What mails are kept with. */
export interface MailKeeping {
  readonly pool: Database
  readonly portalKey: Uint8Array
  readonly now: () => Date
}

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
      await mailer.send(mail).catch(() => keep(keeping, mail))
    },
  }
}

async function keep({ pool, portalKey, now }: MailKeeping, mail: Mail): Promise<void> {
  const { to, subject, text, minutes = USUAL } = mail
  const madeAt = now()
  const words = new TextEncoder().encode(JSON.stringify({ to, subject, text }))
  await inPrisma(pool, (prisma) =>
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
