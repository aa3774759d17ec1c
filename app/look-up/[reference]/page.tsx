import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { FIRST_CONTACTS, LOOK_UP_REPORTS } from '#core/messages/look-up/look-up-words.ts'
import { wordsOf } from '#core/messages/words-of.ts'
import { askAnswer } from '#server/look-up/asking/ask-look-up.ts'
import { openActorStore } from '#server/portal/opening/portal-store.ts'
import { ActionForm } from '../../components/action-form.client.tsx'
import { RadioField, SelectField } from '../../components/choice-fields.client.tsx'
import { ErrorSummary, problemOf } from '../../components/error-summary.tsx'
import { BackLink, SuccessBanner } from '../../components/notices.tsx'
import { OnScreen } from '../../components/on-screen.tsx'
import { TwoThirds } from '../../components/page-columns.tsx'
import { textIn, type Query } from '../../guards/query.ts'
import { openRequest } from '../../guards/request-context.ts'
import { requireActor } from '../../guards/require-actor.ts'
import { turnAway } from '../../guards/refused.ts'
import { ClosedView } from '../closed-view.client.tsx'
import { report, tellContact } from './actions.ts'

export const metadata: Metadata = { title: 'Who is involved' }

/** An answer again, as long as it is shown: what was typed is not in it. And what is said of it afterwards. */
export default async function AnswerPage({
  params,
  searchParams,
}: {
  readonly params: Promise<{ reference: string }>
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const actor = await requireActor('look-up.ask')
  const { portal } = await openRequest()
  const { reference } = await params
  const answer = await askAnswer(await openActorStore(portal, actor), reference)
  if (!answer.ok && answer.code === 'not-found') return turnAway()
  if (!answer.ok)
    return (
      <TwoThirds>
        <BackLink href={addresses.lookUp} />
        <ErrorSummary problems={[problemOf(wordsOf(answer.code))]} />
        <h1 className="govuk-heading-l">Who is involved</h1>
      </TwoThirds>
    )
  const sources = new Map(
    answer.people.flatMap(({ rows }) => rows).map(({ source }) => [source.code, source.name]),
  )
  return (
    <>
      <BackLink href={addresses.lookUp} />
      {textIn(await searchParams, 'said') === '1' && (
        <SuccessBanner>Your look-up manager can see what you said.</SuccessBanner>
      )}
      <ClosedView answer={answer} />
      <OnScreen>
        <TwoThirds>
          <h2 className="govuk-heading-m" id="afterwards">
            When did you first reach somebody?
          </h2>
          <ActionForm action={tellContact} submit="Save" secondary>
            <input type="hidden" name="reference" value={reference} />
            <RadioField
              name="contact"
              legend="After this look-up"
              choices={Object.entries(FIRST_CONTACTS).map(([value, text]) => ({ value, text }))}
            />
          </ActionForm>
          <h2 className="govuk-heading-m">Is something wrong?</h2>
          <ActionForm action={report} submit="Tell the look-up manager" secondary>
            <input type="hidden" name="reference" value={reference} />
            <RadioField
              name="kind"
              legend="What is wrong"
              choices={Object.entries(LOOK_UP_REPORTS).map(([value, text]) => ({ value, text }))}
            />
            <SelectField
              name="source"
              label="Source"
              choices={[
                { value: '', text: 'None, or one that is not here' },
                ...[...sources].map(([value, text]) => ({ value, text })),
              ]}
            />
          </ActionForm>
        </TwoThirds>
      </OnScreen>
    </>
  )
}
