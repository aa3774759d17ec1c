import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { APPROVAL_KINDS } from '#server/identity/approvals/approval-kinds.ts'
import { askingAct } from '#server/identity/approvals/approval.ts'
import { reasonChoices } from '../../../approvals/request-parts.tsx'
import { ActionForm } from '../../../components/action-form.client.tsx'
import { CheckboxField, RadioField } from '../../../components/choice-fields.client.tsx'
import { FreshCode } from '../../../components/fresh-code.tsx'
import { BackLink } from '../../../components/notices.tsx'
import { TwoThirds } from '../../../components/page-columns.tsx'
import { TextField } from '../../../components/text-field.client.tsx'
import { requireActor } from '../../../guards/require-actor.ts'
import { ask } from './actions.ts'

export const metadata: Metadata = { title: 'Ask for a new administrator' }

/** Asks for an administrator to be invited; another administrator approves it first. */
export default async function NewAdministratorPage(): Promise<ReactNode> {
  await requireActor('user.manage')
  return (
    <TwoThirds>
      <BackLink href={addresses.newUser} text="Invite a user" />
      <ActionForm action={ask} submit="Ask another administrator">
        <h1 className="govuk-heading-l">Ask for a new administrator</h1>
        <p className="govuk-body">
          Another administrator must approve it. Then you invite them, and we email them a link to
          set a password.
        </p>
        <TextField name="name" label="Full name" autoComplete="off" />
        <TextField name="email" label="Email address" type="email" autoComplete="off" />
        <CheckboxField
          name="exact"
          label="May see exact figures"
          hint="Every view of an exact figure is recorded."
        />
        <RadioField
          name="reason"
          legend="Why is it needed?"
          choices={reasonChoices(APPROVAL_KINDS['administrator-grant'].reasons)}
        />
        <FreshCode act={askingAct('administrator-grant')} page={addresses.newAdministrator} />
      </ActionForm>
    </TwoThirds>
  )
}
