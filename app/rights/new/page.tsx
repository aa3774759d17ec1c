import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { IDENTITY_CHECKS, RIGHTS_ASKERS, RIGHTS_KINDS } from '#core/messages/rights/rights-words.ts'
import { ActionForm } from '../../components/action-form.client.tsx'
import { RadioField } from '../../components/choice-fields.client.tsx'
import { DateField } from '../../components/date-field.client.tsx'
import { BackLink } from '../../components/notices.tsx'
import { TwoThirds } from '../../components/page-columns.tsx'
import { requireActor } from '../../guards/require-actor.ts'
import { openRights } from './actions.ts'

export const metadata: Metadata = { title: 'Write down a request' }

/** Where an officer writes down that somebody asked. */
export default async function NewRightsPage(): Promise<ReactNode> {
  await requireActor('rights.handle')
  return (
    <TwoThirds>
      <BackLink href={addresses.rights} text="Requests about people’s own data" />
      <h1 className="govuk-heading-l">Write down a request</h1>
      <p className="govuk-body">
        Make sure who they are before you go on, in your own way and outside this portal. Do not
        write a name here.
      </p>
      <ActionForm action={openRights} submit="Open the request">
        <RadioField
          name="kind"
          legend="What do they ask for?"
          choices={Object.entries(RIGHTS_KINDS).map(([value, { name, hint }]) => ({
            ...{ value, text: name, hint },
          }))}
        />
        <RadioField
          name="askedBy"
          legend="Who asks?"
          choices={Object.entries(RIGHTS_ASKERS).map(([value, text]) => ({ value, text }))}
        />
        <DateField
          name="received"
          legend="On which day did they ask?"
          hint="The month for an answer counts from it. For example, 27 3 2026."
        />
        <RadioField
          name="identityCheck"
          legend="How was it made sure who they are?"
          choices={Object.entries(IDENTITY_CHECKS).map(([value, text]) => ({ value, text }))}
        />
        <DateField
          name="checked"
          legend="On which day was it made sure?"
          hint="For example, 28 3 2026."
        />
      </ActionForm>
    </TwoThirds>
  )
}
