import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { momentWords } from '#core/standard/london-time.ts'
import type { Mail } from '#server/platform/mail/mailer.ts'

/** What every account mail needs: to whom, from which portal. */
export interface MailFrame {
  readonly to: string
  readonly programme: string
  /** The portal's address, from configuration. */
  readonly origin: string
}

/** A link that sets a password, and until when. */
export interface PasswordLink {
  readonly ticket: string
  readonly minutes: number
  readonly until: Date
}

/** Asks somebody who was given an account to set its password. */
export function invitationMail(frame: MailFrame, link: PasswordLink): Mail {
  const mail = framed(frame, 'Set your password for Count Once', [
    `You have been given an account for Count Once, the portal of ${frame.programme}.`,
    `Set your password by ${momentWords(link.until)}:`,
    passwordLink(frame, link.ticket),
    'You will also need an authenticator app on your phone or computer.',
    'If the link no longer works, choose "I have forgotten my password" on the sign-in page to be sent another.',
  ])
  return { ...mail, minutes: link.minutes }
}

/** Answers somebody who has forgotten their password. */
export function forgottenPasswordMail(
  frame: MailFrame,
  link: PasswordLink & { readonly isClosed: boolean },
): Mail {
  const mail = framed(frame, 'Set a new password for Count Once', [
    'Somebody asked for a new password for your account. We hope it was you.',
    `Set it by ${momentWords(link.until)}:`,
    passwordLink(frame, link.ticket),
    ...(link.isClosed ? [`${CLOSED} A password set with this link does not change that.`] : []),
    'If it was not you, do nothing: your password stays as it is.',
  ])
  return { ...mail, minutes: link.minutes }
}

const CLOSED =
  'There were 100 wrong tries to sign in to your account in a row. You can still sign in where you have signed in before. To sign in anywhere else, ask an administrator to send you a link to set a new password.'

/** Tells an administrator of an account that strangers have tried too often. */
export function closedAccountMail(frame: MailFrame, userId: string): Mail {
  return framed(frame, 'An account had 100 wrong tries – Count Once', [
    'There were 100 wrong tries to sign in to one account in a row. It is closed to browsers in which its owner has not signed in before.',
    'Find out from its owner whether it was them. Then send them a link to set a new password, which opens the account again:',
    frame.origin + addresses.user(userId),
  ])
}

/** Tells who watches over a programme that its operator invited an administrator, since too few were left. */
export function administratorInvitedMail(frame: MailFrame, userId: string): Mail {
  return framed(frame, 'An administrator was invited – Count Once', [
    'Fewer than two administrators were left, so the operator of the server invited another, together with somebody who watches over the programme.',
    'If you did not expect this, ask them at once. The account is here:',
    frame.origin + addresses.user(userId),
  ])
}

/** Something about an account that its owner must hear of. */
export type AccountChange =
  | 'password-first'
  | 'password-set'
  | 'factor-reset'
  | 'recovery-code-used'
  | 'recovery-codes-made'
  | 'enrolled'
  | 'app-changed'
  | 'closed'
  | 'administrator-made'
  | 'officer-made'
  | 'restored'
  | 'connected'
  | 'passkey-added'
  | 'passkey-removed'
  | 'passkey-copied'

const CHANGES: Readonly<
  Record<AccountChange, { readonly subject: string; readonly told: string }>
> = {
  'password-first': {
    subject: 'Your password was set',
    told: 'A password was set for your account. You need it whenever you sign in.',
  },
  'password-set': {
    subject: 'Your password was changed',
    told: 'The password of your account was changed, and you were signed out everywhere.',
  },
  'factor-reset': {
    subject: 'Your authenticator app was reset',
    told: 'Two administrators reset the authenticator app of your account. You will set it up again when you next sign in.',
  },
  'recovery-code-used': {
    subject: 'A recovery code was used',
    told: 'Somebody signed in to your account with one of its recovery codes.',
  },
  'recovery-codes-made': {
    subject: 'New recovery codes were made',
    told: 'New recovery codes were made for your account. The earlier ones no longer work.',
  },
  'administrator-made': {
    subject: 'You are an administrator now',
    told: 'Two administrators made you an administrator as well. Sign in again to begin.',
  },
  'officer-made': {
    subject: 'You are a data protection officer now',
    told: 'Two administrators made you a data protection officer. Sign in again to begin.',
  },
  restored: {
    subject: 'Your account was opened again',
    told: 'Two administrators opened your account again. You can sign in as before.',
  },
  'passkey-added': {
    subject: 'A passkey was added',
    told: 'A passkey was added to your account, and you were signed out everywhere else.',
  },
  'passkey-removed': {
    subject: 'A passkey was removed',
    told: 'A passkey was removed from your account, and you were signed out everywhere else.',
  },
  'passkey-copied': {
    subject: 'A passkey is no longer taken',
    told: 'One of your passkeys counted fewer uses than before, so there may be a copy of it. It is no longer taken. Remove it under “Your account” and add another.',
  },
  connected: {
    subject: 'Your account was connected',
    told: 'Your account was connected with the one that your organisation gives you. You can sign in with that from now on, and you were signed out everywhere else.',
  },
  enrolled: {
    subject: 'An authenticator app was set up',
    told: 'An authenticator app was set up for your account.',
  },
  'app-changed': {
    subject: 'Your authenticator app was changed',
    told: 'Another authenticator app was set up for your account, and you were signed out everywhere else. The earlier one no longer works.',
  },
  closed: { subject: 'Somebody tries to sign in to your account', told: CLOSED },
}

/** Tells a user of a change to their account. */
export function changeMail(frame: MailFrame, change: AccountChange): Mail {
  const { subject, told } = CHANGES[change]
  return framed(frame, `${subject} – Count Once`, [
    told,
    'If it was not you, tell your administrator at once.',
    frame.origin + addresses.signIn,
  ])
}

/** Where a ticket sets a password. The host comes from configuration, never from a request. */
export function passwordLink({ origin }: Pick<MailFrame, 'origin'>, ticket: string): string {
  return origin + withQuery(addresses.setPassword, { link: ticket })
}

function framed({ to }: MailFrame, subject: string, lines: readonly string[]): Mail {
  return { to, subject, text: `${lines.join('\n\n')}\n\nCount Once\n` }
}
