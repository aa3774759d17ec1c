import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { RESEARCH_BASES, RESEARCH_COHORTS } from '#core/messages/research/research-words.ts'
import { MOST_VARIABLES, RESEARCH_VARIABLES, VARIABLE_CODES } from '#core/research/variables.ts'
import { quarterOf, quartersBetween } from '#core/standard/quarter.ts'
import { readProject, type ResearchProject } from '#server/figures/extracts/research-projects.ts'
import type { ResearchExtract } from '#server/figures/extracts/research-extracts.ts'
import { askingAct } from '#server/identity/approvals/approval.ts'
import { ActionForm } from '../../components/action-form.client.tsx'
import { CheckboxField, RadioField, SelectField } from '../../components/choice-fields.client.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { FreshCode } from '../../components/fresh-code.tsx'
import { dayWords } from '../../components/moment.tsx'
import { BackLink } from '../../components/notices.tsx'
import { OnScreen } from '../../components/on-screen.tsx'
import { SummaryList } from '../../components/summary-list.tsx'
import { openRequest } from '../../guards/request-context.ts'
import { turnAway } from '../../guards/refused.ts'
import { requireActor } from '../../guards/require-actor.ts'
import { quarterChoices } from '../../reach/programme-quarters.ts'
import { ExtractTag, quartersText } from '../extract-parts.tsx'
import { ask } from './actions.ts'

export const metadata: Metadata = { title: 'Project of research' }

/** One project, what it was given, and where more is asked for. */
export default async function ResearchProjectPage({
  params,
}: {
  readonly params: Promise<{ project: string }>
}): Promise<ReactNode> {
  const actor = await requireActor('research.manage')
  const { portal, accounts } = await openRequest()
  const view = await readProject(accounts, actor, (await params).project)
  if (!view.ok) return turnAway()
  const { project, extracts } = view
  const { from, to } = portal.programme
  return (
    <>
      <BackLink href={addresses.research} text="Research" />
      <h1 className="govuk-heading-l">{project.title}</h1>
      <Facts project={project} />
      <h2 className="govuk-heading-m">Extracts</h2>
      <Extracts extracts={extracts} now={accounts.now()} />
      {project.isOver ? (
        <p className="govuk-inset-text">This project has ended. It is given nothing more.</p>
      ) : (
        <OnScreen>
          <Ask project={project.reference} from={from} to={to} />
        </OnScreen>
      )}
    </>
  )
}

function Facts({ project }: { readonly project: ResearchProject }): ReactNode {
  const lines = (texts: readonly string[]): ReactNode =>
    texts.map((line) => <div key={line}>{line}</div>)
  return (
    <SummaryList
      lines={[
        { name: 'Reference', value: project.reference },
        { name: 'What it is to find out', value: project.purpose },
        { name: 'Who works on it', value: lines(project.people) },
        {
          name: 'Approvals',
          value: lines(
            project.approvals.map(({ givenBy, givenOn }) => `${givenBy}, ${dayWords(givenOn)}`),
          ),
        },
        { name: 'Legal basis', value: RESEARCH_BASES[project.legalBasis] },
        { name: 'Where the data is worked on', value: project.environment },
        { name: 'Public key', value: <span className="app-anywhere">{project.recipient}</span> },
        { name: 'Ends on', value: dayWords(project.endsOn) },
      ]}
    />
  )
}

function Extracts({
  extracts,
  now,
}: {
  readonly extracts: readonly ResearchExtract[]
  readonly now: Date
}): ReactNode {
  if (extracts.length === 0) return <p className="govuk-body">It was given nothing yet.</p>
  return (
    <DataTable
      caption="What it was given"
      columns={['Extract', 'Who is in it', 'Quarters', 'Rows', 'Expires on', 'State']}
      rows={extracts.map((extract) => ({
        key: extract.reference,
        cells: [
          <a
            key="reference"
            className="govuk-link app-reference"
            href={addresses.researchExtract(extract.reference)}
          >
            {extract.reference}
          </a>,
          ...[RESEARCH_COHORTS[extract.cohort], quartersText(extract)],
          ...[String(extract.made?.rows ?? '–'), dayWords(extract.expiresOn)],
          <ExtractTag key="state" extract={extract} now={now} />,
        ],
      }))}
    />
  )
}

function Ask({
  project,
  from,
  to,
}: {
  readonly project: string
  readonly from: string
  readonly to: string
}): ReactNode {
  const quarters = [
    { value: '', text: 'Choose a quarter' },
    ...quarterChoices(quartersBetween(quarterOf(from), quarterOf(to))),
  ]
  return (
    <ActionForm action={ask} submit="Ask a second person" secondary>
      <h2 className="govuk-heading-m">Ask for an extract</h2>
      <p className="govuk-body">
        The more is asked for, the more coarsely each thing is told. Ask for what the question
        needs: {MOST_VARIABLES} variables at most.
      </p>
      <input type="hidden" name="project" value={project} />
      <RadioField
        name="cohort"
        legend="Who is to be in it?"
        choices={Object.entries(RESEARCH_COHORTS).map(([value, text]) => ({ value, text }))}
      />
      <SelectField name="firstQuarter" label="From which quarter?" choices={quarters} />
      <SelectField name="lastQuarter" label="To which quarter?" choices={quarters} />
      <fieldset className="govuk-fieldset">
        <legend className="govuk-fieldset__legend govuk-fieldset__legend--s" id="variables">
          What is to be told of each?
        </legend>
        {VARIABLE_CODES.map((code) => (
          <CheckboxField
            key={code}
            name={`tell-${code}`}
            label={RESEARCH_VARIABLES[code].name}
            hint={RESEARCH_VARIABLES[code].means}
          />
        ))}
      </fieldset>
      <FreshCode act={askingAct('research-extract')} page={addresses.researchProject(project)} />
    </ActionForm>
  )
}
