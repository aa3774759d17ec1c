import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { counted, numberWords } from '#core/messages/reading/reading-words.ts'
import { RULE_KIND_WORDS, RULE_KINDS, ruleWords } from '#core/messages/preparation/rule-words.ts'
import { readFilling, type FillingView, type RuleView } from '#server/intake/journey/fill-gaps.ts'
import { ActionForm } from '../../../components/action-form.client.tsx'
import { DataTable } from '../../../components/data-table.tsx'
import { BackLink } from '../../../components/notices.tsx'
import { textIn, type Query } from '../../../guards/query.ts'
import { requireStepOf } from '../../../guards/require-journey.ts'
import { RadioAnswer } from '../../answer-fields.client.tsx'
import { StepFields } from '../../step-fields.tsx'
import { FileWaits } from '../../file-waits.tsx'
import { StepHeading } from '../../step-heading.tsx'
import { changeList } from './actions.ts'
import { AddRule } from './add-rule.tsx'

export const metadata: Metadata = { title: 'Fill gaps in your file' }

/** The rules that fill gaps in a file, in their order, with what each did; and a further one. */
export default async function FillPage({
  params,
  searchParams,
}: {
  readonly params: Promise<{ reference: string }>
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const { actor, store, journey } = await requireStepOf(params, 'match')
  const view = await readFilling(store, actor, journey.reference)
  if (!view.ok && view.code === 'file-waits') return <FileWaits />
  if (!view.ok) redirect(addresses.upload(journey, 'file-erased'))
  const wanted = textIn(await searchParams, 'add')
  const kind = RULE_KINDS.find((known) => known === wanted)
  if (kind !== undefined)
    return (
      <>
        <BackLink href={addresses.fill(journey.reference)} />
        <StepHeading journey={journey}>{RULE_KIND_WORDS[kind].text}</StepHeading>
        <AddRule journey={journey} kind={kind} headings={view.headings} />
      </>
    )
  return (
    <>
      <BackLink href={addresses.step(journey.reference, 'match')} text="Match your columns" />
      <StepHeading journey={journey}>Fill gaps in your file</StepHeading>
      <p className="govuk-body">
        Where a cell is blank and another column, or you, can tell what belongs there, add a rule.
        Rules are applied in this order each time the file is read. Your own file is not changed.
      </p>
      <Rules view={view} />
      <Last view={view} />
      <h2 className="govuk-heading-m">Add a rule</h2>
      <form action={addresses.fill(journey.reference)} method="get">
        <RadioAnswer
          name="add"
          legend="What should the rule do?"
          initial=""
          choices={RULE_KINDS.map((value) => ({ value, ...RULE_KIND_WORDS[value] }))}
        />
        <button type="submit" className="govuk-button govuk-button--secondary">
          Continue
        </button>
      </form>
      <p className="govuk-body">
        <a className="govuk-link" href={addresses.step(journey.reference, 'match')}>
          Go on: match your columns
        </a>
      </p>
    </>
  )
}

function Rules({ view: { journey, rules } }: { readonly view: FillingView }): ReactNode {
  if (rules.length === 0)
    return <p className="govuk-inset-text">No rule is used for this file yet.</p>
  return (
    <ActionForm action={changeList}>
      <StepFields journey={journey} />
      <DataTable
        caption={`${counted(rules.length, 'rule', 'rules')}, with what each did in this file`}
        columns={['Rule', 'Rows', 'Filled', 'Changed', 'Nothing to fill with', 'Change']}
        rows={rules.map((rule, place) => ({
          key: String(place),
          cells: [
            <RuleText key="rule" rule={rule.rule} place={place} />,
            ...countsOf(rule),
            <Moves key="moves" place={place} rules={rules.length} />,
          ],
        }))}
      />
    </ActionForm>
  )
}

function RuleText({ rule, place }: Pick<RuleView, 'rule'> & { readonly place: number }): ReactNode {
  const { sentence, lines } = ruleWords(rule)
  return (
    <>
      {place + 1}. {sentence}
      {lines.length > 0 && (
        <details className="govuk-details govuk-!-margin-bottom-0">
          <summary className="govuk-details__summary">
            <span className="govuk-details__summary-text">
              {counted(lines.length, 'word', 'words')}
              <span className="govuk-visually-hidden"> of rule {place + 1}</span>
            </span>
          </summary>
          <ul className="govuk-details__text govuk-list">
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

function countsOf({ effect }: RuleView): readonly string[] {
  if (effect === undefined) return ['', '', '', '']
  const { rows, filled, changed, without } = effect
  return [rows, filled, changed, without].map(numberWords)
}

function Moves({ place, rules }: { readonly place: number; readonly rules: number }): ReactNode {
  const moves = [
    { value: 'move-up', text: 'Move up', isThere: place > 0 },
    { value: 'move-down', text: 'Move down', isThere: place < rules - 1 },
    { value: 'remove', text: 'Remove', isThere: true },
  ]
  return (
    <div className="govuk-button-group govuk-!-margin-bottom-0">
      {moves
        .filter(({ isThere }) => isThere)
        .map(({ value, text }) => (
          <button
            key={value}
            type="submit"
            name="change"
            value={`${value}-${String(place)}`}
            className="govuk-button govuk-button--secondary govuk-!-margin-bottom-1"
          >
            {text}
            <span className="govuk-visually-hidden"> rule {place + 1}</span>
          </button>
        ))}
    </div>
  )
}

/** Rules of the service's last file, which are used once somebody says so. */
function Last({ view: { journey, last } }: { readonly view: FillingView }): ReactNode {
  if (last === undefined) return null
  const { filling, missing } = last
  return (
    <section>
      <h2 className="govuk-heading-m">Rules of your last file</h2>
      {filling.rules.length > 0 && (
        <ol className="govuk-list govuk-list--number">
          {filling.rules.map((rule, place) => (
            <li key={place}>{ruleWords(rule).sentence}</li>
          ))}
        </ol>
      )}
      {missing.length > 0 && (
        <p className="govuk-inset-text">
          This file has no column {missing.map((name) => `“${name}”`).join(', ')}: rules that need
          it are left out.
        </p>
      )}
      {filling.rules.length > 0 && (
        <ActionForm action={changeList} submit="Use them again">
          <StepFields journey={journey} />
          <input type="hidden" name="change" value="use-again" />
        </ActionForm>
      )}
    </section>
  )
}
