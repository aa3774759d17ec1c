import type { ReactNode } from 'react'
import { CONFIRM_CHOICES, CONFIRM_REASONS } from '#core/messages/findings/answer-reasons.ts'
import type { CheckView, FindingView } from '#server/intake/journey/read-check.ts'
import { ActionForm } from '../../../components/action-form.client.tsx'
import { SelectAnswer } from '../../answer-fields.client.tsx'
import { StepFields } from '../../step-fields.tsx'
import { confirm } from './actions.ts'

/** Why what is asked is right: the reason that was given, and a form to give it or another. */
export function ConfirmForm({
  journey,
  id,
  codes,
  field = '',
  reason,
  offered,
  isConfirmed = reason !== null,
}: Pick<FindingView, 'reason' | 'offered'> & {
  readonly journey: CheckView['journey']
  /** Of the field, which an error leads to. */
  readonly id: string
  /** The findings that one answer is for. */
  readonly codes: readonly string[]
  readonly field?: string
  readonly isConfirmed?: boolean
}): ReactNode {
  return (
    <>
      {reason !== null && <p className="govuk-body">{CONFIRM_REASONS[reason]}</p>}
      <ActionForm action={confirm} submit={isConfirmed ? 'Change the reason' : 'Confirm'} secondary>
        <StepFields journey={journey} />
        <input type="hidden" name="at" value={id} />
        <input type="hidden" name="code" value={codes.join(' ')} />
        <input type="hidden" name="field" value={field} />
        <SelectAnswer
          id={id}
          name="reason"
          label="Why is this right?"
          {...(offered === null
            ? {}
            : { hint: 'This is what you said last time. Change it if it no longer holds.' })}
          initial={reason ?? offered ?? ''}
          choices={CONFIRM_CHOICES}
        />
      </ActionForm>
    </>
  )
}
