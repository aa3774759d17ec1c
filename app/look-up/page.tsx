import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { wordsOf } from '#core/messages/words-of.ts'
import { LOOK_UP_PURPOSES } from '#core/messages/look-up/look-up-words.ts'
import { askStart } from '#server/look-up/asking/ask-look-up.ts'
import { openActorStore } from '#server/portal/opening/portal-store.ts'
import { RadioField } from '../components/choice-fields.client.tsx'
import { ErrorSummary, problemOf } from '../components/error-summary.tsx'
import { Moment } from '../components/moment.tsx'
import { OnScreen } from '../components/on-screen.tsx'
import { TwoThirds } from '../components/page-columns.tsx'
import { TextField } from '../components/text-field.client.tsx'
import { textIn, type Query } from '../guards/query.ts'
import { openRequest } from '../guards/request-context.ts'
import { requireActor } from '../guards/require-actor.ts'
import { turnAway } from '../guards/refused.ts'
import { GuidanceForm } from './guidance-form.tsx'
import { LookUpForm } from './look-up-form.client.tsx'
import { PersonFields } from './person-fields.tsx'

export const metadata: Metadata = { title: 'Look up who is involved' }

const LIST = new Intl.ListFormat('en-GB')

/** Where a practitioner says why, for which case and whom; the answer takes the place of the form. */
export default async function LookUpPage({
  searchParams,
}: {
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const actor = await requireActor('look-up.ask')
  const { portal } = await openRequest()
  const start = await askStart(await openActorStore(portal, actor))
  if (!start.ok && start.code === 'not-found') return turnAway()
  if (!start.ok) return <Stopped code={start.code} />
  if (!start.hasReadGuidance) return <GuidanceForm />
  if (start.problem !== null) return <Stopped code={start.problem} />
  const first = textIn(await searchParams, 'with')
  const act = start.recent.find(({ reference }) => reference === first)
  const own = start.sources.filter(({ isOwn, isInForce }) => isOwn && isInForce)
  return (
    <>
      <LookUpForm>
        <TwoThirds>
          {act !== undefined && <input type="hidden" name="act" value={act.reference} />}
          {act !== undefined && <span className="govuk-caption-l">Case {act.caseReference}</span>}
          <h1 className="govuk-heading-l">
            {act === undefined ? 'Look up who is involved' : 'Look up another person of the case'}
          </h1>
          <p className="govuk-body">
            See which services are involved with the person now, and whom to phone. Look up only
            people you are working with. Every look-up is recorded; what you enter about the person
            is not kept.
          </p>
          {own.length === 0 ? (
            <p className="govuk-inset-text">
              You cannot open any source yet. Your look-up manager gives you sources by name.
            </p>
          ) : (
            <p className="govuk-body">
              You can open {LIST.format(own.map(({ name }) => name))}.{' '}
              <a className="govuk-link" href={addresses.lookUpSources}>
                What each source shows, and when
              </a>
            </p>
          )}
          {act === undefined ? (
            <RadioField
              name="purpose"
              legend="Why do you look this person up?"
              choices={Object.entries(LOOK_UP_PURPOSES).map(([value, text]) => ({ value, text }))}
            />
          ) : (
            <input type="hidden" name="purpose" value={act.purpose} />
          )}
          {act === undefined ? (
            <TextField
              name="caseReference"
              label="Case reference"
              hint="Of your own case system. For example, CIN-20418."
              autoComplete="off"
              width={20}
            />
          ) : (
            <input type="hidden" name="caseReference" value={act.caseReference} />
          )}
          <h2 className="govuk-heading-m">Who is the person?</h2>
          <p className="govuk-body">
            Enter what you have: an NHS number, or a first name, a last name and a date of birth.
            The more you enter, the surer the answer.
          </p>
          <PersonFields />
        </TwoThirds>
      </LookUpForm>
      {start.recent.length > 0 && (
        <OnScreen>
          <h2 className="govuk-heading-m">Your look-ups of the last half hour</h2>
          <ul className="govuk-list">
            {start.recent.map(({ reference, caseReference, askedAt, isFirst }) => (
              <li key={reference}>
                <a className="govuk-link" href={addresses.lookUpAnswer(reference)}>
                  Case {caseReference}, {reference}
                </a>
                , <Moment at={new Date(askedAt)} />
                {!isFirst && ', another person of the case'}
              </li>
            ))}
          </ul>
        </OnScreen>
      )}
    </>
  )
}

function Stopped({ code }: { readonly code: Parameters<typeof wordsOf>[0] }): ReactNode {
  return (
    <TwoThirds>
      <ErrorSummary problems={[problemOf(wordsOf(code))]} />
      <h1 className="govuk-heading-l">Look up who is involved</h1>
    </TwoThirds>
  )
}
