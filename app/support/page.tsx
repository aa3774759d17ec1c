import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import {
  PROBLEM_ANSWERS,
  PROBLEM_KINDS,
  type ProblemAnswer,
  type ProblemKind,
} from '#core/messages/support/support-words.ts'
import {
  listReports,
  pageOf,
  readSupport,
  type SupportView,
} from '#server/portal/screens/support/reports.ts'
import { may } from '#server/identity/actors/actor.ts'
import { ActionForm } from '../components/action-form.client.tsx'
import { RadioField } from '../components/choice-fields.client.tsx'
import { DataTable } from '../components/data-table.tsx'
import { Moment } from '../components/moment.tsx'
import { SuccessBanner } from '../components/notices.tsx'
import { TwoThirds } from '../components/page-columns.tsx'
import { TextField } from '../components/text-field.client.tsx'
import { textIn, type Query } from '../guards/query.ts'
import { openRequest } from '../guards/request-context.ts'
import { requireActor } from '../guards/require-actor.ts'
import { report } from './actions.ts'

export const metadata: Metadata = { title: 'Support' }

/** What is known to be wrong, how fast the programme answers, and where to say that something is wrong. */
export default async function SupportPage({
  searchParams,
}: {
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const actor = await requireActor()
  const { accounts } = await openRequest()
  const query = await searchParams
  const from = textIn(query, 'from').slice(0, 300)
  const sent = textIn(query, 'sent')
  const support = await readSupport(accounts.pool)
  const reports = await listReports(accounts.pool, actor)
  const { page, about } = pageOf(from)
  return (
    <>
      <TwoThirds>
        {/^PR-[0-9A-Z-]{4,20}$/.test(sent) && (
          <SuccessBanner>The programme was told. Your reference is {sent}.</SuccessBanner>
        )}
        <h1 className="govuk-heading-l">Support</h1>
        {may(actor, 'support.answer') && (
          <p className="govuk-body">
            <a className="govuk-link" href={addresses.supportQueue}>
              What waits for an answer
            </a>
          </p>
        )}
        <KnownProblems support={support} />
        <ServiceLevel support={support} />
        <h2 className="govuk-heading-m">Something is wrong</h2>
        <p className="govuk-body">
          The programme is told{' '}
          {from === ''
            ? 'what you choose'
            : `that it was on the page ${page}${about === '' ? '' : ` (${about})`}`}
          , and nothing that you typed or saw there.
        </p>
        <ActionForm action={report} submit="Tell the programme">
          <input type="hidden" name="from" value={from} />
          <RadioField
            name="kind"
            legend="What is wrong?"
            choices={Object.entries(PROBLEM_KINDS).map(([value, text]) => ({ value, text }))}
          />
          <TextField
            name="reference"
            label="Reference, if you were given one"
            hint="For example, F-3K9Q-7TXW. Enter no name and nothing from a file."
            autoComplete="off"
            width={20}
          />
        </ActionForm>
      </TwoThirds>
      {reports.length > 0 && (
        <DataTable
          caption="What was reported"
          columns={['Reference', 'What', 'Page', 'When', 'Answer']}
          rows={reports.map(({ reference, kind, page: at, madeAt, answer }) => ({
            key: reference,
            cells: [
              reference,
              PROBLEM_KINDS[kind as ProblemKind],
              at,
              <Moment key="at" at={madeAt} />,
              answer === null ? 'Not yet' : PROBLEM_ANSWERS[answer as ProblemAnswer],
            ],
          }))}
        />
      )}
    </>
  )
}

function KnownProblems({ support: { problems } }: { readonly support: SupportView }): ReactNode {
  return (
    <>
      <h2 className="govuk-heading-m">Known problems</h2>
      {problems.length === 0 ? (
        <p className="govuk-body">None is known.</p>
      ) : (
        <ul className="govuk-list govuk-list--bullet">
          {problems.map(({ id, words, since }) => (
            <li key={id}>
              {words} (since <Moment at={since} />)
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function ServiceLevel({
  support: {
    level: { asked, answered, medianHours, inTwoDays },
  },
}: {
  readonly support: SupportView
}): ReactNode {
  return (
    <>
      <h2 className="govuk-heading-m">How fast the programme answers</h2>
      <p className="govuk-body">
        We aim to answer within two days.{' '}
        {answered === 0 || medianHours === null
          ? 'Nothing was answered in the last 90 days.'
          : `In the last 90 days ${answered.toLocaleString('en-GB')} of ${asked.toLocaleString('en-GB')} reports were answered, ${inTwoDays.toLocaleString('en-GB')} of them within two days, half of them within ${hours(medianHours)}.`}
      </p>
    </>
  )
}

function hours(number: number): string {
  const rounded = Math.max(1, Math.ceil(number))
  return rounded === 1 ? 'an hour' : `${rounded.toLocaleString('en-GB')} hours`
}
