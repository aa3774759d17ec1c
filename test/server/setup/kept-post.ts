import { sendKeptMails, type OwingContext } from '#server/identity/mails/kept-mails.ts'
import type { Database } from '#server/platform/db/database.ts'
import type { Mail } from '#server/platform/mail/mailer.ts'

/** What mails are made with that something owes, as a portal has it. */
export function owing(pool: Database, now: () => Date): OwingContext {
  return { pool, now, portalKey: new Uint8Array(32).fill(7), origin: 'https://count-once.example' }
}

/** What arrives of the mails that are kept, at a mail server that is there. */
export async function arriving(context: OwingContext): Promise<Mail[]> {
  const mails: Mail[] = []
  await sendKeptMails(context, { send: (mail) => Promise.resolve(void mails.push(mail)) })
  return mails
}
