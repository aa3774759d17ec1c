import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { DESTRUCTION_WAYS, RESEARCH_COHORTS } from '#core/messages/research/research-words.ts'
import { RESEARCH_VARIABLES, stepWords } from '#core/research/variables.ts'
import { hasExpired, type ResearchExtract } from '#server/figures/extracts/research-extracts.ts'
import { readExtract } from '#server/figures/extracts/research-projects.ts'
import { readLastAct } from '#server/jobs/acts/acts.ts'
import { readExtractApproval } from '#server/jobs/acts/extract-acts.ts'
import { dayInLondon } from '#server/programme/register/quarters.ts'
import { ActProgress } from '../../../acts/act-progress.tsx'
import { RefusedNotice } from '../../../approvals/refused-notice.tsx'
import { SecondPerson } from '../../../approvals/second-person.tsx'
import { ActionForm } from '../../../components/action-form.client.tsx'
import { RadioField } from '../../../components/choice-fields.client.tsx'
import { DataTable } from '../../../components/data-table.tsx'
import { DateField } from '../../../components/date-field.client.tsx'
import { dayWords } from '../../../components/moment.tsx'
import { BackLink } from '../../../components/notices.tsx'
import { OnScreen } from '../../../components/on-screen.tsx'
import { SummaryList } from '../../../components/summary-list.tsx'
import { TextField } from '../../../components/text-field.client.tsx'
import { openRequest } from '../../../guards/request-context.ts'
import { turnAway } from '../../../guards/refused.ts'
import { requireActor } from '../../../guards/require-actor.ts'
import { ExtractTag, quartersText } from '../../extract-parts.tsx'
import { approve, certify } from './actions.ts'

export const metadata: Metadata = { title: 'Extract for researchers' }

/** One extract: what is asked for, the second person, what was made, and its certificate. */
export default async function ResearchExtractPage({
  params,
}: {
  readonly params: Promise<{ extract: string }>
}): Promise<ReactNode> {
  const actor = await requireActor('research.manage')
  const { accounts } = await openRequest()
  const view = await readExtract(accounts, actor, (await params).extract)
  if (!view.ok) return turnAway()
  const { extract } = view
  const { reference, project, made, destroyed } = extract
  const act = await readLastAct(accounts.pool, actor, reference)
  const asked = await readExtractApproval(accounts, actor, reference)
  return (
    <>
      <BackLink href={addresses.researchProject(project.reference)} text={project.title} />
      {made === undefined && act !== undefined && (
        <ActProgress act={act} what="Making this extract" />
      )}
      <h1 className="govuk-heading-l">Extract {reference}</h1>
      <SummaryList
        lines={[
          { name: 'Who is in it', value: RESEARCH_COHORTS[extract.cohort] },
          { name: 'Quarters', value: quartersText(extract) },
          { name: 'Expires on', value: dayWords(extract.expiresOn) },
          { name: 'State', value: <ExtractTag extract={extract} now={accounts.now()} /> },
        ]}
      />
      <Told extract={extract} />
      {asked?.stage === 'waiting' && (
        <SecondPerson
          {...{ asked, actor, approve, second: 'somebody else' }}
          submit="Approve, and have it made"
          page={addresses.researchExtract(reference)}
          hidden={{ extract: reference }}
        >
          <h2 className="govuk-heading-m">Approve it</h2>
        </SecondPerson>
      )}
      {asked?.stage === 'refused' && <RefusedNotice refused={asked} />}
      {made !== undefined && <Made extract={extract} now={accounts.now()} />}
      {destroyed !== undefined && (
        <p className="govuk-body">
          {destroyed.by} certified on {dayWords(destroyed.on)}: {waysText(destroyed.how)}.
        </p>
      )}
      {made !== undefined && destroyed === undefined && (
        <OnScreen>
          <Certify extract={reference} />
        </OnScreen>
      )}
    </>
  )
}

function waysText(how: string): string {
  return Object.entries(DESTRUCTION_WAYS).find(([code]) => code === how)?.[1] ?? how
}

function Told({ extract: { variables, made } }: { readonly extract: ResearchExtract }): ReactNode {
  return (
    <DataTable
      caption="What is told of each person"
      columns={['Variable', 'What it means', 'Told as']}
      rows={variables.map((code, place) => ({
        key: code,
        cells: [
          ...[RESEARCH_VARIABLES[code].name, RESEARCH_VARIABLES[code].means],
          made === undefined
            ? 'As exactly as can be, shared by five people'
            : stepWords(code, made.steps[place] ?? 0),
        ],
      }))}
    />
  )
}

function Made({
  extract,
  now,
}: {
  readonly extract: ResearchExtract
  readonly now: Date
}): ReactNode {
  const { reference, made, removals } = extract
  if (made === undefined) return null
  const { rows, leftOut, loss, fewest } = made
  const isThere = made.isThere && !hasExpired(extract, dayInLondon(now))
  return (
    <>
      <h2 className="govuk-heading-m">What was made</h2>
      <SummaryList
        lines={[
          { name: 'Rows', value: String(rows) },
          { name: 'Left out, since too few are like them', value: String(leftOut) },
          { name: 'Of what could be told, not told', value: `${(loss * 100).toFixed(1)} %` },
          { name: 'How many share what is told of the rarest', value: String(fewest) },
          {
            name: 'SHA-256 of the file',
            value: <span className="app-anywhere">{made.digest}</span>,
          },
        ]}
      />
      <p className="govuk-body">
        {isThere ? (
          <a className="govuk-link" href={addresses.extractFile(reference)} download>
            Download the sealed file
          </a>
        ) : (
          'The sealed file cannot be fetched any more: it had its time, or somebody in it left.'
        )}
      </p>
      <p className="govuk-body">
        {removals === 0 ? (
          'Nobody in it has left.'
        ) : (
          <a className="govuk-link" href={addresses.extractRemovals(reference)} download>
            {removals === 1
              ? '1 person in it has left: download whose row is to be removed'
              : `${String(removals)} people in it have left: download whose rows are to be removed`}
          </a>
        )}
      </p>
    </>
  )
}

function Certify({ extract }: { readonly extract: string }): ReactNode {
  return (
    <ActionForm action={certify} submit="Note the certificate" secondary>
      <h2 className="govuk-heading-m">Certificate of destruction</h2>
      <p className="govuk-body">
        Once every copy is destroyed. Who was in the extract is forgotten here with it.
      </p>
      <input type="hidden" name="extract" value={extract} />
      <TextField name="by" label="Who certifies it" autoComplete="off" />
      <RadioField
        name="how"
        legend="How was it destroyed?"
        choices={Object.entries(DESTRUCTION_WAYS).map(([value, text]) => ({ value, text }))}
      />
      <DateField name="on" legend="On which day?" hint="For example, 27 3 2027." />
    </ActionForm>
  )
}
