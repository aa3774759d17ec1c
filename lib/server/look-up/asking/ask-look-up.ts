import type { LookUpAnswer } from '#core/look-up/asking/answer.ts'
import { listsOf, type TypedLookUp } from '#core/look-up/asking/typed-look-up.ts'
import type {
  FirstContact,
  LookUpAlarm,
  LookUpCode,
  LookUpPurpose,
  LookUpReportKind,
} from '#core/messages/look-up/look-up-words.ts'
import { nameWords } from '#core/pseudonym/normalising/name-words.ts'
import { isPrivateDomain } from '#core/standard/private-domains.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { Asker } from '#server/store/asker.ts'
import type { LookUpStart } from './start-look-up.ts'

/** How the portal asks the workers about look-ups: sealed both ways, in the name of the session. */

interface Asking {
  readonly asker: Asker
}
/** That nothing answered in time. */
export type Waits = Refusal<'look-up-waits'>

/** What the form begins with. */
export function askStart({ asker }: Asking): Promise<LookUpStart | Refusal<'not-found'> | Waits> {
  return answered(asker.ask('look-up-start', {}))
}

/** Has somebody looked up, and answers what is shown: who they are is sealed, and passed on unread there. */
export function askLookUp(
  { asker }: Asking,
  given: {
    readonly purpose: LookUpPurpose
    readonly caseReference: string
    readonly act: string | null
    readonly alarms: readonly LookUpAlarm[]
  },
  typed: TypedLookUp,
): Promise<LookUpAnswer | Refusal<'not-found' | LookUpCode> | Waits> {
  const { birth, gender } = typed
  return answered(asker.ask('look-up', { ...given, birth, gender }, listsOf(typed)))
}

/** The answer of a look-up of one's own. */
export function askAnswer(
  { asker }: Asking,
  reference: string,
): Promise<LookUpAnswer | Refusal<'not-found'> | Waits> {
  return answered(asker.ask('look-up-answer', { reference }))
}

/** Opens what a source says of one person of an answer. */
export function askSource(
  { asker }: Asking,
  opened: { readonly reference: string; readonly person: number; readonly source: string },
): Promise<LookUpAnswer | Refusal<'not-found'> | Waits> {
  return answered(asker.ask('look-up-source', opened))
}

/** Says that the guidance is read. */
export function askGuidance({
  asker,
}: Asking): Promise<{ readonly ok: true } | Refusal<'not-found'> | Waits> {
  return answered(asker.ask('look-up-guidance', {}))
}

/** Says something of a look-up afterwards. */
export function askSaid(
  { asker }: Asking,
  reference: string,
  said:
    | { readonly what: 'report'; readonly kind: LookUpReportKind; readonly source: string | null }
    | { readonly what: 'contact'; readonly contact: FirstContact },
): Promise<{ readonly ok: true } | Refusal<'not-found'> | Waits> {
  return answered(asker.ask('look-up-said', { reference, said }))
}

/**
 * What in what was typed somebody should look at: the practitioner's own last name, a colleague's whole name, an email
 * address of their own organisation. Codes, which say nothing of who was typed.
 */
export async function alarmsOf(
  database: Database,
  actor: Actor,
  { firstName, lastName, email }: TypedLookUp,
): Promise<readonly LookUpAlarm[]> {
  const people = await inPrisma(database, ({ user }) =>
    user.findMany({
      where: {
        disabledAt: null,
        OR: [
          { id: actor.userId },
          ...(actor.providerCode === null ? [] : [{ providerCode: actor.providerCode }]),
        ],
      },
      select: { id: true, name: true, email: true },
    }),
  )
  const own = people.find(({ id }) => id === actor.userId)
  const [first] = nameWords(firstName)
  const last = nameWords(lastName).at(-1)
  const endsSo = (name: string): boolean => last !== undefined && nameWords(name).at(-1) === last
  const alarms: LookUpAlarm[] = []
  if (endsSo(own?.name ?? '')) alarms.push('own-name')
  const isColleague = people.some(
    ({ id, name }) => id !== actor.userId && endsSo(name) && nameWords(name)[0] === first,
  )
  if (isColleague) alarms.push('colleague')
  const domain = domainOf(email)
  const isOwnDomain = domain !== '' && domain === domainOf(own?.email ?? '')
  if (isOwnDomain && !isPrivateDomain(domain)) alarms.push('own-organisation')
  return alarms
}

function domainOf(email: string): string {
  return email.trim().toLowerCase().split('@')[1] ?? ''
}

/** The same words whatever is asked of workers: here no file waits. */
export async function answered<Answer>(
  asked: Promise<Answer | Refusal<'file-waits'>>,
): Promise<Answer | Waits> {
  const answer = await asked
  return isWaiting(answer) ? refuse('look-up-waits') : answer
}

function isWaiting(answer: unknown): answer is Refusal<'file-waits'> {
  return (answer as Partial<Refusal>).code === 'file-waits'
}
