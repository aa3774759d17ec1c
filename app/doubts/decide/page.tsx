import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { DECISION_REASONS } from '#core/messages/decision-refusals.ts'
import { readPlaces } from '#server/linkage/decisions/look-at-doubts.ts'
import { readRegisterNames } from '#server/programme/register/register-names.ts'
import { ActionForm } from '../../components/action-form.client.tsx'
import { RadioField } from '../../components/choice-fields.client.tsx'
import { BackLink } from '../../components/notices.tsx'
import { TwoThirds } from '../../components/page-columns.tsx'
import { SummaryList } from '../../components/summary-list.tsx'
import { textIn, type Query } from '../../guards/query.ts'
import { openRequest } from '../../guards/request-context.ts'
import { requireActor } from '../../guards/require-actor.ts'
import { placeText, readPlace } from '../decided-place.ts'
import { RecordPlaces } from '../record-places.tsx'
import { decide } from './actions.ts'
import { turnAway } from '../../guards/refused.ts'

export const metadata: Metadata = { title: 'Same person or different people' }

/** Asks whether two rows are the same person, and why. */
export default async function DecidePage({
  searchParams,
}: {
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const actor = await requireActor('doubt.decide')
  const { portal, accounts } = await openRequest()
  const query = await searchParams
  const left = readPlace(textIn(query, 'left'))
  const right = readPlace(textIn(query, 'right'))
  if (left === undefined || right === undefined) return turnAway()
  const read = await readPlaces(portal.looks, actor, [left, right])
  if (!read.ok) return turnAway()
  const names = await readRegisterNames(accounts.pool)
  const named = (service: string): string => names.services.get(service) ?? service
  return (
    <TwoThirds>
      <BackLink href={addresses.doubts} text="Possible matches" />
      <ActionForm action={decide} submit="Decide">
        <h1 className="govuk-heading-l">Same person or different people?</h1>
        <SummaryList
          lines={read.places.map((place, index) => ({
            name: index === 0 ? 'One row' : 'The other row',
            value: <RecordPlaces places={[place]} named={named} />,
          }))}
        />
        <p className="govuk-body">
          Decide only on what the providers have told you. A decision applies to these clients of
          these services in every future file, and can be undone.
        </p>
        <input type="hidden" name="left" value={placeText(left)} />
        <input type="hidden" name="right" value={placeText(right)} />
        <RadioField
          name="decision"
          legend="The two rows are"
          choices={[
            { value: 'same', text: 'The same person' },
            { value: 'different', text: 'Different people' },
          ]}
        />
        <RadioField
          name="reason"
          legend="How do you know?"
          choices={Object.entries(DECISION_REASONS).map(([value, text]) => ({ value, text }))}
        />
      </ActionForm>
    </TwoThirds>
  )
}
