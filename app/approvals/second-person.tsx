import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { APPROVAL_WORDS_OF } from '#core/messages/accounts/approval-words.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { approvingAct, type Approval } from '#server/identity/approvals/approval.ts'
import { ActionForm } from '../components/action-form.client.tsx'
import { FreshCode } from '../components/fresh-code.tsx'
import { Warning } from '../components/notices.tsx'
import { OnScreen } from '../components/on-screen.tsx'
import type { FormAction } from '../guards/form-state.ts'

/**
 * What waits for a second person, on the page of what it is about: whoever asked can take it back, another approves it here with
 * a fresh code or refuses it. Hidden fields say what the other is shown.
 */
export function SecondPerson({
  asked,
  actor,
  second,
  approve,
  submit,
  page,
  hidden,
  stopped,
  children,
}: {
  readonly asked: Approval
  readonly actor: Actor
  /** Who may approve it, in words. */
  readonly second: 'another officer' | 'somebody else'
  readonly approve: FormAction
  readonly submit: string
  /** The address of the page that this stands on. */
  readonly page: string
  readonly hidden: Readonly<Record<string, string>>
  /** Why it cannot be approved any more. */
  readonly stopped?: string | undefined
  readonly children?: ReactNode
}): ReactNode {
  const isOwn = asked.askedBy === actor.userId
  const notice = isOwn
    ? `You asked for this, so ${second} has to approve it. We tell them by email.`
    : stopped
  return (
    <OnScreen>
      {notice === undefined ? (
        <ActionForm action={approve} submit={submit}>
          {children}
          {Object.entries({ ...hidden, reference: asked.reference, boundTo: asked.boundTo }).map(
            ([name, value]) => (
              <input key={name} type="hidden" name={name} value={value} />
            ),
          )}
          <Warning>{APPROVAL_WORDS_OF[asked.kind].warning}</Warning>
          <FreshCode act={approvingAct(asked.reference)} page={page} />
        </ActionForm>
      ) : (
        <p className="govuk-inset-text">{notice}</p>
      )}
      <p className="govuk-body">
        <a className="govuk-link" href={addresses.approval(asked.reference)}>
          {isOwn ? 'Take it back' : 'Refuse it'}
        </a>
      </p>
    </OnScreen>
  )
}
