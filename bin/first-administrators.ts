import { join } from 'node:path'
import { inviteFirstAdministrator } from '#server/identity/accounts/first-administrators.ts'
import { tidyEmail } from '#server/identity/actors/user.ts'
import { openMailer } from '#server/platform/mail/mailer.ts'
import { readOrigin } from '#server/portal/opening/portal-settings.ts'
import type { Store } from '#server/store/store.ts'
import { recordRefused } from './consent.ts'
import { UsageError } from './run-command.ts'
import { DONE, print, say, sayRefusal } from './terminal.ts'
import { OPERATOR } from './with-store.ts'

/** Somebody to be invited. */
export interface InvitedPerson {
  readonly email: string
  readonly name: string
}

const ADDRESS = /^[^\s@<>]{1,64}@[^\s@<>]{1,190}$/

/** Reads `EMAIL` or `NAME <EMAIL>`; whoever gives no name is called by their address. */
export function readPerson(given: string): InvitedPerson {
  const from = given.indexOf('<')
  const isNamed = from > 0 && given.endsWith('>')
  const email = isNamed ? given.slice(from + 1, -1).trim() : given.trim()
  if (!ADDRESS.test(email)) throw new UsageError(`${given} is no email address`)
  return { email, name: isNamed ? given.slice(0, from).trim() : email }
}

/** Reads the two administrators that a programme begins with: two different people. */
export function readTwoPeople(given: readonly string[]): readonly InvitedPerson[] {
  const people = given.map(readPerson)
  const different = new Set(people.map(({ email }) => tidyEmail(email)))
  if (people.length !== 2 || different.size !== 2) {
    throw new UsageError(
      'a programme begins with two administrators: give --administrator twice, for two different people',
    )
  }
  return people
}

/** Where links in mails lead, which the portal is opened at. */
export function demandOrigin(env: Store['env']): URL {
  if ((env['COUNTONCE_ORIGIN'] ?? '') === '') {
    throw new UsageError(
      'set COUNTONCE_ORIGIN to the address at which people will open the portal: links lead there',
    )
  }
  return readOrigin(env['COUNTONCE_ORIGIN'] ?? '')
}

/**
 * Invites people as a programme's first administrators, and prints the link of each beside their
 * address; what cannot be mailed yet is to be handed over. Answers the exit status.
 */
export async function inviteFirst(
  { pool, dataDir, env }: Pick<Store, 'pool' | 'dataDir' | 'env'>,
  programme: { readonly name: string; readonly live: boolean },
  people: readonly InvitedPerson[],
): Promise<number> {
  const { origin, hostname } = demandOrigin(env)
  const from = env['MAIL_FROM'] ?? `count-once@${hostname}`
  const mailer = openMailer({
    ...{ smtpUrl: env['SMTP_URL'], from, live: programme.live },
    folder: join(dataDir, 'mail'),
  })
  const context = {
    ...{ pool, mailer, origin, now: () => new Date() },
    programme: { name: programme.name, words: [] },
  }
  for (const person of people) {
    const invited = await inviteFirstAdministrator(context, OPERATOR, person)
    if (!invited.ok) {
      await recordRefused({ pool }, invited, 'administrator-grant')
      return sayRefusal(invited)
    }
    print(`${invited.id}  ${person.email}`)
    print(`  ${invited.link}`)
    say(
      invited.isMailed
        ? 'The link was mailed as well. It works once, for 7 days.'
        : 'No mail could be sent: give them this link yourself, to them alone. It works once, for 7 days.',
    )
  }
  return DONE
}
