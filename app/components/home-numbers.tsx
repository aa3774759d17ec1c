import type { ReactNode } from 'react'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { quarterWords } from '#core/standard/quarter.ts'
import type { EndingCertificate } from '#server/portal/screens/read-certificates.ts'
import type { HomeNumbers } from '#server/portal/screens/read-home.ts'
import { dayWords } from './moment.tsx'

/** What an administrator sees first: numbers as they are now, each the way to what it counts. */
export function HomeNumberList({
  numbers,
  certificates,
}: {
  readonly numbers: HomeNumbers
  readonly certificates: readonly EndingCertificate[]
}): ReactNode {
  const { quarter } = numbers
  const lines = [
    {
      name: `Files in the figures for ${quarterWords(quarter)}`,
      value: `${count(numbers.sent)} of ${count(numbers.expected)}`,
      href: withQuery(addresses.submissions, { quarter, state: 'linked' }),
    },
    {
      name: 'Late',
      value: count(numbers.late),
      href: withQuery(addresses.calendar, { quarter }),
    },
    {
      name: 'Files on their way',
      value: count(numbers.open),
      href: addresses.submissions,
    },
    {
      name: 'Of those in the figures, with findings',
      value: count(numbers.withFindings),
      href: withQuery(addresses.submissions, { quarter }),
    },
    {
      name: 'Jobs that wait or failed',
      value: `${count(numbers.waitingJobs)} and ${count(numbers.failed)}`,
      href: addresses.system,
    },
    { name: 'Possible matches to decide', value: count(numbers.doubts), href: addresses.doubts },
    {
      name: 'Of those, here for over 30 days',
      value: count(numbers.oldDoubts),
      href: addresses.doubts,
    },
    {
      name: 'Questions that organisations have not answered',
      value: count(numbers.questions),
      href: addresses.supportQueue,
    },
    {
      name: 'Requests for a second person',
      value: count(numbers.approvals),
      href: addresses.approvals,
    },
    {
      name: 'Agreements that end within 90 days',
      value: count(numbers.endingAgreements),
      href: addresses.services,
    },
    {
      name: 'Tokens that end within 90 days',
      value: count(numbers.endingTokens),
      href: addresses.tokens,
    },
    ...certificates.map(({ of, endsAt }) => ({
      name: CERTIFICATES[of],
      value: dayWords(endsAt.toISOString().slice(0, 10)),
      href: addresses.system,
    })),
    {
      name: 'Files held, and the database',
      value: `${megabytes(numbers.heldBytes)} and ${megabytes(numbers.databaseBytes)}`,
      href: addresses.system,
    },
  ]
  return (
    <dl className="app-numbers-now">
      {lines.map(({ name, value, href }) => (
        <div key={name} className="app-numbers-now__one">
          <dt className="govuk-body-s govuk-!-margin-bottom-0">{name}</dt>
          <dd className="govuk-heading-m govuk-!-margin-bottom-0">
            <a className="govuk-link govuk-link--no-visited-state" href={href}>
              {value}
              <span className="govuk-visually-hidden">: {name}</span>
            </a>
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** Whose certificate ends. */
const CERTIFICATES = {
  portal: 'Certificate of the portal ends',
  database: 'Certificate of the database ends',
  'sign-on': 'Certificate for signing on ends',
} as const

function count(number: number): string {
  return number.toLocaleString('en-GB')
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1_048_576).toLocaleString('en-GB')}\u00A0MB`
}
