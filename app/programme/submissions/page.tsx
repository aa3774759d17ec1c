import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { kindNote } from '#core/messages/submissions/kind-words.ts'
import { isQuarter, quarterOf, quartersBetween, quarterWords } from '#core/standard/quarter.ts'
import { listServices } from '#server/programme/register/list-register.ts'
import {
  listSubmissions,
  type ListedSubmission,
} from '#server/intake/submissions/list-submissions.ts'
import type { SubmissionState } from '#server/intake/submissions/states.ts'
import { FilterForm } from '../../components/filter-form.tsx'
import { Moment } from '../../components/moment.tsx'
import { NumberTable } from '../../components/number-table.tsx'
import { NumberedPages } from '../../components/pagination.tsx'
import { choiceIn, pageIn, textIn, type Query } from '../../guards/query.ts'
import { openRequest } from '../../guards/request-context.ts'
import { requireActor } from '../../guards/require-actor.ts'
import { quarterChoices } from '../../reach/programme-quarters.ts'
import { STATE_NAMES, StateTag } from '../state-tag.tsx'
import { turnAway } from '../../guards/refused.ts'

export const metadata: Metadata = { title: 'Submissions' }

const STATES: readonly ['', ...SubmissionState[]] = [
  '',
  'received',
  'mapped',
  'checked',
  'accepted',
  'pseudonymised',
  'linked',
  'rejected',
  'withdrawn',
]

/** What every service has sent, for administrators. */
export default async function SubmissionsPage({
  searchParams,
}: {
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const actor = await requireActor('register.see')
  const { portal, accounts } = await openRequest()
  const query = await searchParams
  const filter = {
    service: textIn(query, 'service'),
    quarter: textIn(query, 'quarter'),
    state: choiceIn(query, 'state', STATES),
  }
  const listed = await listSubmissions(accounts.pool, actor, { ...filter, page: pageIn(query) })
  if (!listed.ok) return turnAway()
  const services = await listServices(accounts.pool, null)
  const { from, to } = portal.programme
  const { page, pages, total } = listed
  const toPage = (number: number): string =>
    withQuery(addresses.submissions, { ...filter, page: number === 1 ? '' : String(number) })
  return (
    <>
      <h1 className="govuk-heading-l">Submissions</h1>
      <FilterForm
        action={addresses.submissions}
        submit="Show"
        fields={[
          {
            name: 'service',
            label: 'Service',
            value: filter.service,
            choices: [
              { value: '', text: 'All services' },
              ...services.map(({ code, name }) => ({ value: code, text: name })),
            ],
          },
          {
            name: 'quarter',
            label: 'Quarter',
            value: filter.quarter,
            choices: [
              { value: '', text: 'All quarters' },
              ...quarterChoices(quartersBetween(quarterOf(from), quarterOf(to)).reverse()),
            ],
          },
          {
            name: 'state',
            label: 'State',
            value: filter.state,
            choices: STATES.map((state) => ({
              value: state,
              text: state === '' ? 'All states' : STATE_NAMES[state],
            })),
          },
        ]}
      />
      {total === 0 ? (
        <p className="govuk-body">No submissions match.</p>
      ) : (
        <NumberTable
          caption={total === 1 ? '1 submission' : `${total.toLocaleString('en-GB')} submissions`}
          columns={COLUMNS}
          rows={listed.submissions.map((submission) => ({
            key: submission.reference,
            cells: cellsOf(submission),
          }))}
        />
      )}
      <NumberedPages label="Submissions" page={page} pages={pages} toPage={toPage} />
    </>
  )
}

const COLUMNS = [
  { name: 'Submission' },
  { name: 'Service', words: true },
  { name: 'Quarter', words: true },
  { name: 'State', words: true },
  { name: 'Rows' },
  { name: 'Left out' },
  { name: 'Findings' },
  { name: 'Received', words: true },
]

function cellsOf(submission: ListedSubmission): ReactNode[] {
  const { reference, rows, findings, quarter, kind } = submission
  const found = findings.mustFix + findings.confirm + findings.note
  return [
    <a key="reference" className="govuk-link app-nowrap" href={addresses.submission(reference)}>
      {reference}
    </a>,
    <span key="service">
      {submission.serviceName}
      <span className="app-cell-note">{submission.providerName}</span>
    </span>,
    <span key="quarter">
      {isQuarter(quarter) ? quarterWords(quarter) : quarter}
      {kind !== 'people' && <span className="app-cell-note">{kindNote(kind)}</span>}
    </span>,
    <StateTag key="state" submission={submission} />,
    rows === null ? 'Not checked' : rows.accepted.toLocaleString('en-GB'),
    rows === null ? '' : rows.rejected.toLocaleString('en-GB'),
    found.toLocaleString('en-GB'),
    <span key="received">
      <Moment at={submission.receivedAt} />
      <span className="app-cell-note">{submission.receivedBy}</span>
    </span>,
  ]
}
