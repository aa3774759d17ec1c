import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { ASKING_REASONS } from '#core/messages/accounts/approval-words.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { APPROVAL_KINDS } from '#server/identity/approvals/approval-kinds.ts'
import { askingAct, type Approval } from '#server/identity/approvals/approval.ts'
import { reasonChoices } from '../../approvals/request-parts.tsx'
import { SecondPerson } from '../../approvals/second-person.tsx'
import { ActionForm } from '../../components/action-form.client.tsx'
import { RadioField } from '../../components/choice-fields.client.tsx'
import { FreshCode } from '../../components/fresh-code.tsx'
import { OnScreen } from '../../components/on-screen.tsx'
import { approveLifting, askLifting } from './actions.ts'

/** A restriction that holds: one officer asks to have it lifted, another approves. */
export function Restriction({
  request,
  actor,
  asked,
}: {
  readonly request: string
  readonly actor: Actor
  /** What waits for a second officer. */
  readonly asked: Approval | undefined
}): ReactNode {
  return (
    <OnScreen>
      <h2 className="govuk-heading-m">Lift the restriction</h2>
      {asked === undefined ? (
        <Ask request={request} />
      ) : (
        <SecondPerson
          {...{ asked, actor, approve: approveLifting, second: 'another officer' }}
          submit="Approve, and have it lifted"
          page={addresses.rightsRequest(request)}
          hidden={{ request }}
        >
          <p className="govuk-body">
            Another officer asked for it. Why: {ASKING_REASONS[asked.reason] ?? asked.reason}.
          </p>
        </SecondPerson>
      )}
    </OnScreen>
  )
}

function Ask({ request }: { readonly request: string }): ReactNode {
  return (
    <>
      <p className="govuk-body">
        The records count again once another officer has approved it, and so do those of later
        files. Another restriction of the same person stays. Tell the person before you ask.
      </p>
      <ActionForm action={askLifting} submit="Ask a second officer" secondary>
        <input type="hidden" name="request" value={request} />
        <RadioField
          name="lifting"
          legend="Why?"
          choices={reasonChoices(APPROVAL_KINDS['restriction-lift'].reasons)}
        />
        <FreshCode act={askingAct('restriction-lift')} page={addresses.rightsRequest(request)} />
      </ActionForm>
    </>
  )
}
