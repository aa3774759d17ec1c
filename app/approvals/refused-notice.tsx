import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { REFUSING_REASONS } from '#core/messages/accounts/approval-words.ts'
import type { Approval } from '#server/identity/approvals/approval.ts'
import { Moment } from '../components/moment.tsx'

/** Why somebody refused what was asked for last, where it can be asked for again. */
export function RefusedNotice({
  refused: { reference, refusedFor, decidedAt },
}: {
  readonly refused: Approval
}): ReactNode {
  return (
    <p className="govuk-inset-text">
      What was asked for last was refused
      {decidedAt !== null && (
        <>
          {' '}
          on <Moment at={decidedAt} />
        </>
      )}
      : {REFUSING_REASONS[refusedFor ?? ''] ?? 'without a reason'}.{' '}
      <a className="govuk-link" href={addresses.approval(reference)}>
        See who refused it
      </a>
    </p>
  )
}
