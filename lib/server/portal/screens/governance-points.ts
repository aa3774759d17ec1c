import { dayInLondon } from '#server/programme/register/quarters.ts'
import type { Agreement, RegisteredService } from '#server/programme/register/agreements.ts'
import type { Governance } from './read-governance.ts'

/** What whoever leads on governance should look at first: a sentence, and the services that it is of. */
export interface GovernancePoint {
  readonly text: string
  readonly services: readonly string[]
}

/** Ends so soon that the next agreement should be on its way, in days. */
const SOON = 90

/** The agreement of a service that is in force on a day, `yyyy-mm-dd`. */
export function agreementOn(
  { agreements }: Pick<RegisteredService, 'agreements'>,
  day: string,
): Agreement | undefined {
  return agreements.find((agreement) => {
    const last = lastDayOf(agreement)
    return agreement.from <= day && (last === null || last >= day)
  })
}

/** What is missing or ends soon, from what is there; nothing where all is as it should be. */
export function pointsOf(
  { services, roles, scanner }: Pick<Governance, 'services' | 'roles' | 'scanner'>,
  now: Date,
): GovernancePoint[] {
  const today = dayInLondon(now)
  const soon = dayInLondon(new Date(now.getTime() + SOON * 86_400_000))
  const inForce = services.flatMap(({ name, agreements }) => {
    const agreement = agreementOn({ agreements }, today)
    return agreement === undefined || agreement.demonstration ? [] : [{ name, agreement }]
  })
  const lacking = (is: (agreement: Agreement) => boolean): string[] =>
    inForce.filter(({ agreement }) => is(agreement)).map(({ name }) => name)
  const ofServices: readonly (readonly [text: string, services: readonly string[]])[] = [
    [
      'No agreement is in force, so nothing of theirs is processed',
      services.filter((service) => agreementOn(service, today) === undefined).map(nameOf),
    ],
    [
      `The agreement ends within ${SOON} days`,
      lacking((agreement) => (lastDayOf(agreement) ?? '9') <= soon),
    ],
    ['The agreement names no controller', lacking(({ controller }) => controller === '')],
    ['The agreement names no lawful basis', lacking(({ lawfulBasis }) => lawfulBasis === null)],
    ['The agreement names no impact assessment', lacking(({ assessment }) => assessment === '')],
    ['The agreement names no privacy notice', lacking(({ privacyNotice }) => privacyNotice === '')],
  ]
  const officers = roles.find(({ code }) => code === 'officer')?.people ?? 0
  return [
    ...ofServices
      .filter(([, names]) => names.length > 0)
      .map(([text, names]) => ({ text, services: names })),
    ...[
      officers === 0 && 'Nobody here answers people who ask about their own data',
      scanner.state === 'none' && 'Files are read without a virus scan: no scanner is set up',
      scanner.state === 'away' && 'The virus scanner does not answer: files wait for it, unread',
    ]
      .filter((text) => text !== false)
      .map((text) => ({ text, services: [] })),
  ]
}

function lastDayOf({ endedOn, to }: Agreement): string | null {
  return endedOn ?? to
}

function nameOf({ name }: RegisteredService): string {
  return name
}
