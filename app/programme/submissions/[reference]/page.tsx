import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { findingLabel } from '#core/mapping/score-fields.ts'
import { eventLines, kindNote } from '#core/messages/submissions/kind-words.ts'
import { isFeedKind } from '#core/standard/feeds/feed-kinds.ts'
import { isQuarter, quarterWords } from '#core/standard/quarter.ts'
import { isAboutFile } from '#core/messages/findings/findings.ts'
import { SEVERITY_WORDS } from '#core/messages/findings/severity-words.ts'
import { stopWordsOf, wordsOf } from '#core/messages/words-of.ts'
import {
  readSubmissionHistory,
  type SubmissionAccount,
} from '#server/intake/submissions/submission-history.ts'
import { readLastAct } from '#server/jobs/acts/acts.ts'
import { ActProgress } from '../../../acts/act-progress.tsx'
import { detailWords } from '../../../audit/detail-words.ts'
import { eventWords } from '../../../audit/event-words.ts'
import { Moment } from '../../../components/moment.tsx'
import { BackLink } from '../../../components/notices.tsx'
import { NumberTable } from '../../../components/number-table.tsx'
import { SummaryList } from '../../../components/summary-list.tsx'
import { FindRow } from '../../../doubts/find-row.tsx'
import { openRequest } from '../../../guards/request-context.ts'
import { may } from '#server/identity/actors/actor.ts'
import { requireActor } from '../../../guards/require-actor.ts'
import { StateTag } from '../../state-tag.tsx'
import { turnAway } from '../../../guards/refused.ts'

export const metadata: Metadata = { title: 'Submission' }

/** One submission with its findings and its history; the look is audited. */
export default async function SubmissionPage({
  params,
}: {
  readonly params: Promise<{ reference: string }>
}): Promise<ReactNode> {
  const actor = await requireActor('register.see')
  const { portal, accounts } = await openRequest()
  const reading = { looks: portal.looks, pool: accounts.pool }
  const read = await readSubmissionHistory(reading, actor, (await params).reference)
  if (!read.ok) return turnAway()
  const { submission, history } = read
  const { reference, state } = submission
  const act = await readLastAct(accounts.pool, actor, reference)
  return (
    <>
      <BackLink href={addresses.submissions} text="All submissions" />
      {act !== undefined && <ActProgress act={act} what="Its withdrawal" />}
      <span className="govuk-caption-l">
        {submission.serviceName}, {placeName(submission)}
      </span>
      <h1 className="govuk-heading-l">Submission {reference}</h1>
      <Facts submission={submission} />
      {(state === 'linked' || state === 'pseudonymised') && !submission.isBeingWithdrawn && (
        <a
          className="govuk-button govuk-button--warning"
          href={addresses.withdrawSubmission(reference)}
          role="button"
          draggable={false}
        >
          Withdraw this submission
        </a>
      )}
      {submission.findingCounts.length === 0 ? (
        <p className="govuk-body">
          {submission.rows === null
            ? 'Its rows have not been checked yet.'
            : 'Nothing was found that needs fixing.'}
        </p>
      ) : (
        <NumberTable
          caption="What was found in it"
          columns={[
            { name: 'Finding' },
            { name: 'Field', words: true },
            { name: 'Severity', words: true },
            { name: 'Rows' },
          ]}
          rows={submission.findingCounts.map(({ code, field, severity, rows }) => ({
            key: `${code} ${field} ${severity}`,
            cells: [
              wordsOf(code).title,
              findingLabel(field),
              SEVERITY_WORDS[severity],
              isAboutFile(code) ? 'The file' : rows.toLocaleString('en-GB'),
            ],
          }))}
        />
      )}
      {state === 'linked' && submission.dataset === 'production' && may(actor, 'doubt.see') && (
        <FindRow submission={reference} />
      )}
      <NumberTable
        caption="History"
        columns={[
          { name: 'When' },
          { name: 'What', words: true },
          { name: 'Who', words: true },
          { name: 'Details', words: true },
        ]}
        rows={history.map(({ at, event, by, detail }) => ({
          key: `${at.toISOString()} ${event}`,
          cells: [<Moment key="at" at={at} />, eventWords(event), by, detailWords(detail)],
        }))}
      />
    </>
  )
}

/** The quarter, and what the rows are about where they are not people and service use. */
function placeName({ quarter, kind }: SubmissionAccount): string {
  const words = isQuarter(quarter) ? quarterWords(quarter) : quarter
  return [words, kindNote(kind)].filter((part) => part !== '').join(', ')
}

function Facts({ submission }: { readonly submission: SubmissionAccount }): ReactNode {
  const { rows, reason, records, replaces } = submission
  const shown = (count: number | null): string =>
    count === null ? 'Not known yet' : count.toLocaleString('en-GB')
  return (
    <SummaryList
      lines={[
        {
          name: 'State',
          value: (
            <>
              <StateTag submission={submission} />
              {reason !== null && (
                <div className="govuk-!-margin-top-1">{stopWordsOf(reason).title}</div>
              )}
            </>
          ),
        },
        { name: 'Organisation', value: submission.providerName },
        ...(submission.dataset === 'staging'
          ? [{ name: 'Dataset', value: 'Staging: in no figure' }]
          : []),
        {
          name: 'Rows',
          value:
            rows === null
              ? 'Not checked yet'
              : `${shown(rows.read)} in the file = ${shown(rows.accepted)} accepted + ${shown(rows.rejected)} left out + ${shown(rows.blank)} blank${rows.leftOut === 0 ? '' : ` + ${shown(rows.leftOut)} not people`}`,
        },
        { name: 'Records', value: shown(records) },
        { name: 'Ties of children and carers', value: shown(submission.familyTies) },
        ...(isFeedKind(submission.kind)
          ? []
          : [
              {
                name: 'Counted by',
                value:
                  submission.kind !== 'people'
                    ? 'Nothing: it says who came or scored, and reaches nobody by itself'
                    : submission.counting === 'contacts'
                      ? 'Attended contacts'
                      : 'Active enrolment in the quarter',
              },
            ]),
        ...eventLines(submission.events ?? {}).map((line) => ({ name: 'It holds', value: line })),
        {
          name: 'File',
          value: `${Math.max(1, Math.round(submission.fileBytes / 1024)).toLocaleString('en-GB')} kB, ${
            submission.fileHeld ? 'held encrypted until its rows are pseudonymised' : 'erased'
          }`,
        },
        ...(replaces === null
          ? []
          : [
              {
                name: 'Takes the place of',
                value: (
                  <a className="govuk-link" href={addresses.submission(replaces)}>
                    {replaces}
                  </a>
                ),
              },
            ]),
        {
          name: 'Received',
          value: (
            <>
              <Moment at={submission.receivedAt} />, from {submission.receivedBy}
            </>
          ),
        },
      ]}
    />
  )
}
