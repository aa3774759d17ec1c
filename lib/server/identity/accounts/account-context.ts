import type { Database } from '#server/platform/db/database.ts'
import type { Mailer } from '#server/platform/mail/mailer.ts'
import type { UserRole, UserRow } from '#server/identity/actors/user.ts'
import type { Passwords } from './passwords.ts'

/**
 * What the rooms of accounts and sessions work with: the portal's connection, its key and its
 * clock.
 */
export interface AccountContext {
  /** Connected as the portal's own role, bound by row-level security. */
  readonly pool: Database
  readonly now: () => Date
  /** The portal's key of the vault, 32 bytes: seals seeds, names counted tries. */
  readonly portalKey: Uint8Array
  readonly passwords: Passwords
  /** Whose people sign in with a password; others sign on with their organisation's account alone. */
  readonly passwordRoles: ReadonlySet<UserRole>
  /** Whether there is an organisation to sign on with. */
  readonly hasSignOn: boolean
  readonly mailer: Mailer
  /** Runs work after the answer was sent, so that its length tells nothing. */
  readonly later: (work: () => Promise<void>) => void
  /** Waits so many milliseconds, before an answer to an address that guesses. */
  readonly pause: (wait: number) => Promise<void>
  /** Where links in mails lead, from configuration: `https://count-once.example.gov.uk`. */
  readonly origin: string
  /** The programme's name, and the words that nobody's password is made of. */
  readonly programme: {
    readonly name: string
    readonly words: readonly string[]
  }
  /**
   * Whether codes of demonstration accounts may be shown: the programme is not live and neither are
   * its keys.
   */
  readonly demonstration: boolean
}

/**
 * Whether an account is signed in to with a password. One that signs on and has no app here is not:
 * whoever reads its owner's mail would set a password, and then an app of their own. Nor is one that a
 * group made: who left the group would go on with it. Where there is nothing to sign on with any more,
 * both are once their owner has a password, for which an administrator sends the first link.
 */
export function hasPasswordSignIn(
  { passwordRoles, hasSignOn }: Pick<AccountContext, 'passwordRoles' | 'hasSignOn'>,
  user: Pick<UserRow, 'role' | 'signOnSubject' | 'codeSeed' | 'byGroup' | 'passwordHash'>,
): boolean {
  if (user.signOnSubject === null) return passwordRoles.has(user.role)
  const isOwn = user.codeSeed !== null && !user.byGroup
  return hasSignOn ? passwordRoles.has(user.role) && isOwn : isOwn || user.passwordHash !== null
}
