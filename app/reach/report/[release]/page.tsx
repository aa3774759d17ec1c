import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { doneWords } from '#core/messages/done-words.ts'
import {
  LONGEST_SECTION,
  NO_REPORT_WORDS,
  REPORT_SECTION_NAMES,
  REPORT_SECTIONS,
} from '#core/reports/report-words.ts'
import { quarterWords } from '#core/standard/quarter.ts'
import { readReportState, type ReportState } from '#server/figures/reports/read-report.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { APPROVAL_KINDS } from '#server/identity/approvals/approval-kinds.ts'
import { askingAct } from '#server/identity/approvals/approval.ts'
import { reasonChoices } from '../../../approvals/request-parts.tsx'
import { SecondPerson } from '../../../approvals/second-person.tsx'
import { ActionForm } from '../../../components/action-form.client.tsx'
import { RadioField } from '../../../components/choice-fields.client.tsx'
import { DataTable } from '../../../components/data-table.tsx'
import { FreshCode } from '../../../components/fresh-code.tsx'
import { Moment } from '../../../components/moment.tsx'
import { BackLink, Notice, StatusTag, SuccessBanner } from '../../../components/notices.tsx'
import { TwoThirds } from '../../../components/page-columns.tsx'
import { TextAreaField } from '../../../components/text-field.client.tsx'
import { textIn, type Query } from '../../../guards/query.ts'
import { turnAway } from '../../../guards/refused.ts'
import { openRequest } from '../../../guards/request-context.ts'
import { requireActor } from '../../../guards/require-actor.ts'
import { ask, sign, write } from './actions.ts'

export const metadata: Metadata = { title: 'Quarterly report' }

/** The quarterly report of a release: where it stands, its files, and its words to those who write or sign them. */
export default async function ReportPage({
  params,
  searchParams,
}: {
  readonly params: Promise<{ release: string }>
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const actor = await requireActor('reach.see')
  const { portal, accounts } = await openRequest()
  const context = { ...accounts, releases: portal.releases }
  const state = await readReportState(context, actor, (await params).release)
  if (!state.ok) return turnAway()
  const { release, supersededBy, mayWrite } = state
  const done = doneWords('report', textIn(await searchParams, 'done'))
  return (
    <TwoThirds>
      <BackLink href={withQuery(addresses.reach, { release: release.reference })} text="Reach" />
      {done !== undefined && <SuccessBanner>{done}</SuccessBanner>}
      <span className="govuk-caption-l">Release {release.reference}</span>
      <h1 className="govuk-heading-l">Quarterly report, {quarterWords(release.lastQuarter)}</h1>
      {supersededBy !== undefined && (
        <Notice title="Superseded">
          <p className="govuk-body">
            Release {supersededBy} takes the place of this one.{' '}
            <a className="govuk-link" href={addresses.reachReport(supersededBy)}>
              Its report
            </a>
          </p>
        </Notice>
      )}
      <Files state={state} />
      <Consent state={state} actor={actor} />
      {mayWrite && <Words state={state} />}
      <Versions state={state} />
    </TwoThirds>
  )
}

/** The report to be read and printed, and as files; the draft where it is another. */
function Files({ state: { release, versions } }: { readonly state: ReportState }): ReactNode {
  const { reference } = release
  const [last] = versions
  const signed = versions.find((version) => version.signed !== undefined)
  const isDraftApart = signed !== undefined && last?.version !== signed.version
  return (
    <>
      <p className="govuk-body">
        {signed === undefined ? (
          <>
            <StatusTag colour="yellow">Draft</StatusTag> Its words are not signed off.
          </>
        ) : (
          <>
            <StatusTag colour="green">Signed off</StatusTag> Version {signed.version} of its words
            is the programme’s.
          </>
        )}
      </p>
      <p className="govuk-body">
        <a
          className="govuk-button"
          href={addresses.reachReportFile(reference, 'read')}
          role="button"
          draggable={false}
        >
          Read and print the report
        </a>
      </p>
      {isDraftApart && (
        <p className="govuk-body">
          <a
            className="govuk-link"
            href={withQuery(addresses.reachReportFile(reference, 'read'), { words: 'draft' })}
          >
            Read the draft, version {last?.version}
          </a>
        </p>
      )}
      <p className="govuk-body">
        Download it as{' '}
        <a className="govuk-link" href={addresses.reachReportFile(reference, 'html')} download>
          a web page
        </a>
        , its tables as{' '}
        <a className="govuk-link" href={addresses.reachReportFile(reference, 'xlsx')} download>
          a workbook
        </a>{' '}
        or as{' '}
        <a
          className="govuk-link"
          href={withQuery(addresses.reachDownload, { release: reference })}
          download
        >
          CSV
        </a>
        . To make a PDF, open the report and use your browser’s print command.
      </p>
    </>
  )
}

/** The request to sign the last version off, or the form that asks for it. */
function Consent({
  state: { release, versions, asked, mayWrite, maySign },
  actor,
}: {
  readonly state: ReportState
  readonly actor: Actor
}): ReactNode {
  const [last] = versions
  const page = addresses.reachReport(release.reference)
  if (last === undefined || last.signed !== undefined || !mayWrite) return null
  if (asked !== undefined && !maySign) {
    return (
      <p className="govuk-inset-text">
        Version {last.version} waits for another person to sign it off. Changing the words takes the
        request back.
      </p>
    )
  }
  if (asked !== undefined) {
    return (
      <>
        <h2 className="govuk-heading-m">Sign version {last.version} off</h2>
        <SecondPerson
          {...{ asked, actor, second: 'somebody else', approve: sign, page, hidden: {} }}
          submit="Sign it off"
          stopped={
            last.writtenBy === actor.userId
              ? 'You wrote this version, so somebody else has to sign it off.'
              : undefined
          }
        />
      </>
    )
  }
  return (
    <ActionForm action={ask} submit="Ask for it to be signed off" secondary>
      <h2 className="govuk-heading-m">Have version {last.version} signed off</h2>
      <p className="govuk-body">
        An administrator who did not write it reads the report and signs off exactly these words.
        They are then frozen with the release’s figures.
      </p>
      <input type="hidden" name="release" value={release.reference} />
      <input type="hidden" name="seen" value={last.version} />
      <RadioField
        name="reason"
        legend="Why is it signed off?"
        choices={reasonChoices(APPROVAL_KINDS.report.reasons)}
      />
      <FreshCode act={askingAct('report')} page={page} />
    </ActionForm>
  )
}

/** The words, a section each. */
function Words({
  state: { release, versions, before },
}: {
  readonly state: ReportState
}): ReactNode {
  const [last] = versions
  const words = last?.words ?? before?.words ?? NO_REPORT_WORDS
  return (
    <>
      <h2 className="govuk-heading-m" id="words">
        Its words
      </h2>
      <p className="govuk-body">
        Plain text; a blank line begins a paragraph. A section without words is not in the report.
        Figures, pictures and tables stand in it by themselves. Write nothing about any one person:
        no name, age with a place, or story that somebody would recognise.
      </p>
      {before !== undefined && (
        <p className="govuk-inset-text">
          These are the words of the report of {before.release}, which was of the same quarter. Look
          at them and save them.
        </p>
      )}
      <ActionForm action={write} submit="Save as a new version" secondary>
        <input type="hidden" name="release" value={release.reference} />
        <input type="hidden" name="seen" value={last?.version ?? 0} />
        {REPORT_SECTION_NAMES.map((name) => (
          <TextAreaField
            key={name}
            name={name}
            label={REPORT_SECTIONS[name].title}
            hint={REPORT_SECTIONS[name].hint}
            initial={words[name]}
            rows={name === 'summary' ? 4 : 6}
            longest={LONGEST_SECTION}
          />
        ))}
      </ActionForm>
    </>
  )
}

function Versions({ state: { versions, names } }: { readonly state: ReportState }): ReactNode {
  if (versions.length === 0) return null
  return (
    <DataTable
      caption="Versions of its words"
      columns={['Version', 'Written', 'Signed off']}
      rows={versions.map(({ version, writtenBy, writtenAt, signed }) => ({
        key: String(version),
        cells: [
          version,
          <>
            <Moment at={writtenAt} />, {names.get(writtenBy) ?? writtenBy}
          </>,
          signed === undefined ? (
            'No'
          ) : (
            <>
              <Moment at={signed.at} />, {names.get(signed.by) ?? signed.by}
            </>
          ),
        ],
      }))}
    />
  )
}
