import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { wordsOfKind } from '#core/purpose/purpose-words.ts'
import { addresses } from '#core/addresses/portal-addresses.ts'
import {
  answerGroups,
  fieldsNotGiven,
  ROLE_CHOICES,
  SHAPE_CHOICES,
  REFERENCE_CHOICES,
  REFERENCE_HINT,
} from '#core/mapping/answers/answer-choices.ts'
import { fieldsOfKind, type AnyField } from '#core/standard/further-fields.ts'
import { askSamples } from '#server/intake/journey/ask-values.ts'
import { readMatching, type MatchView } from '#server/intake/journey/match-columns.ts'
import { counted } from '#core/messages/reading/reading-words.ts'
import { ActionForm } from '../../../components/action-form.client.tsx'
import { isShapeChosen } from '#core/preparation/proposals/shape-answers.ts'
import { BackLink } from '../../../components/notices.tsx'
import { choiceIn, textIn, type Query } from '../../../guards/query.ts'
import { requireStepOf } from '../../../guards/require-journey.ts'
import { SelectAnswer } from '../../answer-fields.client.tsx'
import { StepFields } from '../../step-fields.tsx'
import { FileWaits } from '../../file-waits.tsx'
import { StepHeading } from '../../step-heading.tsx'
import { match } from './actions.ts'
import { ColumnFields } from './column-fields.client.tsx'
import { FieldsNotGiven, type FieldLine } from './fields-not-given.client.tsx'

export const metadata: Metadata = { title: 'Match your columns' }

/** One line for each column of the file: what it is, or that it is not used. */
export default async function MatchPage({
  params,
  searchParams,
}: {
  readonly params: Promise<{ reference: string }>
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const { actor, store, journey } = await requireStepOf(params, 'match')
  const query = await searchParams
  const wantsShown = choiceIn(query, 'show', ['masked', 'values']) === 'values'
  const shown = wantsShown ? await askSamples(store, journey.reference) : undefined
  const values = shown?.ok === true ? shown.samples : undefined
  const view = await readMatching(store, actor, journey.reference)
  if (!view.ok && view.code === 'file-waits') return <FileWaits />
  if (!view.ok) redirect(addresses.upload(journey, 'file-erased'))
  const unused = view.columns.filter(({ answer }) => answer === '' || answer === 'none').length
  return (
    <>
      <BackLink
        href={addresses.step(
          journey.reference,
          isShapeChosen(journey.reading.preparation) ? 'shape' : 'read',
        )}
      />
      <ActionForm action={match} submit="Continue">
        <StepFields journey={journey} />
        <StepHeading journey={journey}>Match your columns</StepHeading>
        <p className="govuk-body">
          Say what each column of your file is. What you choose is remembered for{' '}
          {wordsOfKind(journey.kind).again}.
        </p>
        <p className="govuk-inset-text">
          A column that you do not use is dropped before anything is stored.
          {unused > 0 && ' Notes, names of staff and anything else we do not ask for belong there.'}
        </p>
        <NewColumns view={view} />
        <Gaps view={view} />
        <OfKind view={view} />
        <SelectAnswer
          name="made-reference"
          label="Where is the client reference?"
          hint={REFERENCE_HINT}
          initial={view.reference}
          choices={REFERENCE_CHOICES}
        />
        <SelectAnswer
          name="role"
          label="Who are the people in it?"
          hint="Answer this if no column says so."
          initial={view.role}
          choices={ROLE_CHOICES}
        />
        <h2 className="govuk-heading-m">Columns</h2>
        {journey.receivedBy === actor.userId && (
          <ValuesShown reference={journey.reference} isShown={values !== undefined} />
        )}
        <ColumnFields
          columns={view.columns.map((column, place) => {
            const { heading, answer, samples, suggestion, isUnusedBefore } = column
            return {
              heading,
              answer,
              samples: values?.[place] ?? samples,
              reason: isUnusedBefore ? 'not used last time' : (suggestion?.reason ?? ''),
              certainty: isUnusedBefore ? 'certain' : (suggestion?.certainty ?? ''),
            }
          })}
          groups={answerGroups(
            view.columns.map(({ answer }) => answer),
            journey.kind,
            view.instruments,
          )}
        />
        <NotProvided view={view} wanted={textIn(query, 'add')} />
      </ActionForm>
    </>
  )
}

/** That the other columns stay matched as they were, where some came since. */
function NewColumns({ view: { columns } }: { readonly view: MatchView }): ReactNode {
  const fresh = columns.filter(({ isNew }) => isNew).map(({ heading }) => `“${heading}”`)
  if (fresh.length === 0) return null
  return (
    <p className="govuk-inset-text">
      {fresh.length === 1 ? 'This column is new' : 'These columns are new'}: {fresh.join(', ')}. Say
      what {fresh.length === 1 ? 'it is' : 'they are'}; the others are matched as before.
    </p>
  )
}

/** What each row is: of people it is to be said, of the further kinds the columns say it. */
function OfKind({
  view: { journey, shape, instruments },
}: {
  readonly view: MatchView
}): ReactNode {
  if (journey.kind === 'people')
    return (
      <SelectAnswer
        name="shape"
        label="What is each row of the file?"
        initial={shape}
        choices={SHAPE_CHOICES}
      />
    )
  return (
    <>
      <input type="hidden" name="shape" value="person" />
      {journey.kind === 'outcomes' && (
        <p className="govuk-body">
          {instruments.length === 0
            ? 'The programme’s framework says of no instrument that this service uses it. '
            : 'Where a row holds several scores, say of each of their columns which score it is, and of each column of dates whose. '}
          An instrument that is not in the lists below is not in the framework for this service: ask
          the programme.
        </p>
      )}
    </>
  )
}

/** Whether values are masked, and the way to the other; for who uploaded the file. */
function ValuesShown({
  reference,
  isShown,
}: {
  readonly reference: string
  readonly isShown: boolean
}): ReactNode {
  return (
    <>
      <p className="govuk-body">
        {isShown
          ? 'Three values of each column are shown as they are in your file. They are hidden again when you leave this page.'
          : 'Three values of each column are shown; what may tell who somebody is, is masked. You can see the values themselves: only you can, and it is recorded that you looked. Choices on this page that you have not continued with are not kept.'}
      </p>
      <a
        className="govuk-button govuk-button--secondary"
        href={isShown ? addresses.step(reference, 'match') : addresses.matchShown(reference)}
        role="button"
        draggable={false}
        rel="nofollow"
      >
        {isShown ? 'Hide these values' : 'Show these values'}
      </a>
    </>
  )
}

/** Where rules fill gaps, with those of this file, or of the last one that this one does not use. */
function Gaps({ view: { journey, hasRulesBefore } }: { readonly view: MatchView }): ReactNode {
  const rules = journey.reading.preparation?.filling?.rules.length ?? 0
  const link = (
    <a className="govuk-link" href={addresses.fill(journey.reference)}>
      Fill gaps in your file
    </a>
  )
  if (hasRulesBefore)
    return (
      <p className="govuk-inset-text">
        The rules that filled gaps in your last file are not used for this one. {link} to use them
        again.
      </p>
    )
  return (
    <p className="govuk-body">
      {rules === 0
        ? 'Can another column, or you, fill blank cells? '
        : `${counted(rules, 'rule fills', 'rules fill')} gaps before the columns are matched. `}
      {link}
    </p>
  )
}

/** What no column gives, and what this page may ask for besides. */
function NotProvided({
  view: { columns, journey, shape },
  wanted,
}: {
  readonly view: MatchView
  /** The field for which somebody came to add a column. */
  readonly wanted: string
}): ReactNode {
  const answers = columns.map(({ answer }) => answer)
  const line = ({ name, label, description }: AnyField): FieldLine => ({
    ...{ name, label, description },
  })
  const fields = fieldsNotGiven(answers, journey.kind, shape)
  const others = fieldsOfKind(journey.kind).filter((field) => !fields.includes(field))
  return <FieldsNotGiven fields={fields.map(line)} others={others.map(line)} wanted={wanted} />
}
