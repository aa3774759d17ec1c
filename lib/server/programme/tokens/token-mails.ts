import { addresses } from '#core/addresses/portal-addresses.ts'
import type { Mail } from '#server/platform/mail/mailer.ts'

/** Something about a token that both of its people hear of. */
export type TokenNews = 'made' | 'ending' | 'revoked'

/** A token as its mails name it; never the token itself. */
export interface ToldToken {
  readonly reference: string
  readonly serviceName: string
  readonly expiresAt: Date
}

const NEWS: Readonly<Record<TokenNews, { readonly subject: string; readonly told: string }>> = {
  made: {
    subject: 'A token for automated submission was made',
    told: 'was made. With it a program can send files for this service.',
  },
  ending: {
    subject: 'A token for automated submission ends soon',
    told: 'ends soon. Ask for another before then, and put it where the program reads it.',
  },
  revoked: {
    subject: 'A token for automated submission was revoked',
    told: 'was revoked. Nothing can be sent with it any more.',
  },
}

/** Tells a person of a token that they asked for or approved. */
export function tokenMail(
  news: TokenNews,
  { reference, serviceName, expiresAt }: ToldToken,
  { to, origin }: { readonly to: string; readonly origin: string },
): Mail {
  const { subject, told } = NEWS[news]
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'Europe/London' })
  return {
    to,
    subject: `${subject} – Count Once`,
    text: [
      `The token ${reference} for ${serviceName} ${told}`,
      ...(news === 'revoked' ? [] : [`It serves until ${day.format(expiresAt)}.`]),
      'If you did not expect this, revoke the token and tell your administrator.',
      origin + addresses.tokens,
      'Count Once\n',
    ].join('\n\n'),
  }
}
