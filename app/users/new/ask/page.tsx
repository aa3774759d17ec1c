import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { APPROVAL_WORDS_OF } from '#core/messages/accounts/approval-words.ts'
import { isGrant } from '#server/identity/approvals/given-roles.ts'
import { APPROVAL_KINDS, isApprovalKind } from '#server/identity/approvals/approval-kinds.ts'
import { askingAct } from '#server/identity/approvals/approval.ts'
import { reasonChoices } from '../../../approvals/request-parts.tsx'
import { ActionForm } from '../../../components/action-form.client.tsx'
import { CheckboxField, RadioField } from '../../../components/choice-fields.client.tsx'
import { FreshCode } from '../../../components/fresh-code.tsx'
import { BackLink } from '../../../components/notices.tsx'
import { TwoThirds } from '../../../components/page-columns.tsx'
import { TextField } from '../../../components/text-field.client.tsx'
import { textIn, type Query } from '../../../guards/query.ts'
import { turnAway } from '../../../guards/refused.ts'
import { requireActor } from '../../../guards/require-actor.ts'
import { ask } from './actions.ts'

export const metadata: Metadata = { title: 'Ask for a new user' }

/** Asks for somebody new to be invited whose role takes two people: another approves it first. */
export default async function AskNewUserPage({
  searchParams,
}: {
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  await requireActor('user.manage')
  const kind = textIn(await searchParams, 'kind')
  if (!isApprovalKind(kind) || !isGrant(kind)) return turnAway()
  return (
    <TwoThirds>
      <BackLink href={addresses.newUser} text="Invite a user" />
      <ActionForm action={ask} submit="Ask another administrator">
        <h1 className="govuk-heading-l">{APPROVAL_WORDS_OF[kind].title}</h1>
        <input type="hidden" name="kind" value={kind} />
        <p className="govuk-body">
          Another administrator must approve it. Then you invite them, and we email them a link to
          set a password. For 30 days, two people whom one administrator invited cannot approve what
          the other asks for: invite one each.
        </p>
        <TextField name="name" label="Full name" autoComplete="off" />
        <TextField name="email" label="Email address" type="email" autoComplete="off" />
        {kind === 'administrator-grant' && (
          <CheckboxField
            name="exact"
            label="May see exact figures"
            hint="Every view of an exact figure is recorded."
          />
        )}
        <RadioField
          name="reason"
          legend="Why is it needed?"
          choices={reasonChoices(APPROVAL_KINDS[kind].reasons)}
        />
        <FreshCode act={askingAct(kind)} page={addresses.askNewUser(kind)} />
      </ActionForm>
    </TwoThirds>
  )
}
