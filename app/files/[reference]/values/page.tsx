import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { wordsOfKind } from '#core/purpose/purpose-words.ts'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { AS_BLANK, type FieldWords } from '#core/mapping/words/word-meanings.ts'
import { readValues } from '#server/intake/journey/match-values.ts'
import { ActionForm } from '../../../components/action-form.client.tsx'
import { BackLink } from '../../../components/notices.tsx'
import { TwoThirds } from '../../../components/page-columns.tsx'
import { requireStepOf } from '../../../guards/require-journey.ts'
import { SelectAnswer } from '../../answer-fields.client.tsx'
import { counted } from '#core/messages/reading/reading-words.ts'
import { StepFields } from '../../step-fields.tsx'
import { FileWaits } from '../../file-waits.tsx'
import { StepHeading } from '../../step-heading.tsx'
import { giveMeanings } from './actions.ts'

export const metadata: Metadata = { title: 'Match your values' }

/**
 * The words of code columns that no list knows, each to be given a meaning; passed over where there
 * are none.
 */
export default async function ValuesPage({
  params,
}: {
  readonly params: Promise<{ reference: string }>
}): Promise<ReactNode> {
  const { actor, store, journey } = await requireStepOf(params, 'values')
  const view = await readValues(store, actor, journey.reference)
  if (!view.ok && view.code === 'file-waits') return <FileWaits />
  if (!view.ok) redirect(addresses.upload(journey, 'file-erased'))
  if (view.fields.length === 0 && journey.hasValues)
    redirect(addresses.step(journey.reference, 'check'))
  const firsts = view.fields.map((_, index) =>
    view.fields.slice(0, index).reduce((sum, { words }) => sum + words.length, 0),
  )
  return (
    <TwoThirds>
      <BackLink href={addresses.step(journey.reference, 'match')} />
      <ActionForm action={giveMeanings} submit="Continue">
        <StepFields journey={journey} />
        <StepHeading journey={journey}>Match your values</StepHeading>
        <p className="govuk-body">
          These words are in your file but not in our lists. Say what each means. It is remembered
          for {wordsOfKind(journey.kind).again}.
        </p>
        {view.fields.map((field, index) => (
          <WordsOfField
            key={field.field}
            field={field}
            first={firsts[index] ?? 0}
            match={addresses.step(journey.reference, 'match')}
          />
        ))}
      </ActionForm>
    </TwoThirds>
  )
}

function WordsOfField({
  field,
  first,
  match,
}: {
  readonly field: FieldWords
  /** The place of its first word among all words of the page. */
  readonly first: number
  /** The page that says which column is used. */
  readonly match: string
}): ReactNode {
  const { label, column, words, codes, more, withheld } = field
  const choices = [
    { value: '', text: 'Choose what it means' },
    { value: AS_BLANK, text: 'Read it as blank' },
    ...codes.map(({ code, label: text }) => ({ value: code, text })),
  ]
  return (
    <fieldset className="govuk-fieldset govuk-!-margin-bottom-6">
      <legend className="govuk-fieldset__legend govuk-fieldset__legend--m">
        {label}, from your column “{column}”
      </legend>
      {words.map(({ word, rows }, index) => (
        <SelectAnswer
          key={word}
          name={`word-${String(first + index)}`}
          label={`“${word}”`}
          hint={`In ${counted(rows, 'row', 'rows')}`}
          initial=""
          choices={choices}
        />
      ))}
      {withheld > 0 && (
        <p className="govuk-body">
          This column has text that looks like personal details, such as a name, a telephone number
          or an email address, in {counted(withheld, 'different cell', 'different cells')}. It is
          not shown and will be read as blank. If the column is not for {label.toLowerCase()},{' '}
          <a className="govuk-link" href={match}>
            do not use it
          </a>
          . Otherwise continue.
        </p>
      )}
      {more > 0 && (
        <p className="govuk-body">
          {counted(more, 'more word is', 'more words are')} not shown and will be read as blank. So
          many different words are seldom {label.toLowerCase()}: check that the column is the right
          one.
        </p>
      )}
    </fieldset>
  )
}
