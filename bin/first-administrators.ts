import { join } from 'node:path'
import { z } from 'zod'
import {
  inviteFirstAdministrator,
  type FirstInvitation,
} from '#server/identity/accounts/first-administrators.ts'
import {
  replaceAdministrator,
  REPLACING,
} from '#server/identity/accounts/replace-administrators.ts'
import { momentWords } from '#core/standard/london-time.ts'
import { tidyEmail } from '#server/identity/actors/user.ts'
import { openMailer } from '#server/platform/mail/mailer.ts'
import { readOrigin } from '#server/portal/opening/portal-settings.ts'
import type { OwnProgrammeStore, Store } from '#server/store/store.ts'
import { proveUser, recordRefused } from './consent.ts'
import { UsageError } from './run-command.ts'
import { DONE, print, say, sayRefusal } from './terminal.ts'
import { OPERATOR } from './with-store.ts'

/** Somebody to be invited. */
export interface InvitedPerson {
  readonly email: string
  readonly name: string
}

/** As the portal's own form takes one: in Latin letters, so that none is mistaken for another. */
const address = z.email().max(254)

/** Reads `EMAIL` or `NAME <EMAIL>`; whoever gives no name is called by their address. */
function readPerson(given: string): InvitedPerson {
  const from = given.indexOf('<')
  const isNamed = from > 0 && given.endsWith('>')
  const email = isNamed ? given.slice(from + 1, -1).trim() : given.trim()
  demandAddress(email)
  return { email, name: isNamed ? given.slice(0, from).trim() : email }
}

/** Throws UsageError unless it is an address that mail is sent to. */
export function demandAddress(email: string): void {
  if (!address.safeParse(email).success) throw new UsageError(`${email} is no email address`)
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
  const context = invitingContext({ pool, dataDir, env }, programme)
  const shown: ShownInvitation[] = []
  for (const person of people) {
    const invited = await inviteFirstAdministrator(context, OPERATOR, person)
    if (!invited.ok) {
      sayHowTheyGo(shown)
      await recordRefused({ pool }, invited, 'administrator-grant')
      return sayRefusal(invited)
    }
    shown.push(showInvitation(invited, person, env))
  }
  sayHowTheyGo(shown)
  return DONE
}

/**
 * Invites an administrator where fewer than two are left, with somebody of the programme who agrees by
 * their present code. Answers the exit status.
 */
export async function inviteReplacement(
  store: OwnProgrammeStore,
  person: InvitedPerson,
  as: string,
): Promise<number> {
  const context = invitingContext(store, store.programme)
  const agrees = await proveUser(store, as)
  if (!agrees.ok) return sayRefusal(agrees)
  const { actor, freshFor } = agrees
  const invited = await replaceAdministrator(context, actor, person, freshFor(REPLACING))
  if (!invited.ok) {
    await recordRefused(store, invited, 'administrator-grant', actor.userId)
    return sayRefusal(invited)
  }
  sayHowTheyGo([showInvitation(invited, person, store.env)])
  return DONE
}

function invitingContext(
  { pool, dataDir, env }: Pick<Store, 'pool' | 'dataDir' | 'env'>,
  { name, live }: { readonly name: string; readonly live: boolean },
): Parameters<typeof replaceAdministrator>[0] {
  const { origin, hostname } = demandOrigin(env)
  const from = env['MAIL_FROM'] ?? `count-once@${hostname}`
  const place = { smtpUrl: env['SMTP_URL'], from, live, folder: join(dataDir, 'mail') }
  return {
    ...{ pool, origin, mailer: openMailer(place), now: () => new Date() },
    programme: { name, words: [] },
  }
}

function showInvitation(
  { id, link, until, isMailed }: FirstInvitation,
  { email }: InvitedPerson,
  env: Store['env'],
): ShownInvitation {
  print(`${id}  ${email}`)
  print(`  ${link}`)
  // Without a mail server it lies in a folder.
  return { email, until, isOnItsWay: isMailed && (env['SMTP_URL'] ?? '') !== '' }
}

/** An invitation whose link was printed, and whether it was mailed. */
interface ShownInvitation {
  readonly email: string
  readonly until: Date
  readonly isOnItsWay: boolean
}

/** Says once of all links how they reach their people, and until when they work. */
function sayHowTheyGo(shown: readonly ShownInvitation[]): void {
  const [first] = shown
  if (first === undefined) return
  const byHand = shown.filter(({ isOnItsWay }) => !isOnItsWay).map(({ email }) => email)
  const sentence =
    byHand.length === 0
      ? 'Every link was mailed as well.'
      : `No mail was sent to ${byHand.join(' and ')}: give each their link yourself, to them alone.`
  say(`${sentence} A link works once, until ${momentWords(first.until)}.`)
}
