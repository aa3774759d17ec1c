import type { MailFrame } from './account-mails.ts'
import type { AccountContext } from './account-context.ts'

/** What a mail to a user of this portal stands in. */
export function mailFrame(
  context: Pick<AccountContext, 'programme' | 'origin'>,
  to: string,
): MailFrame {
  return { to, programme: context.programme.name, origin: context.origin }
}
