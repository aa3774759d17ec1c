import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import type { ApprovalKind } from '#server/identity/approvals/approval-kinds.ts'
import type { RequestView } from '#server/identity/approvals/read-requests.ts'
import { Moment } from '../components/moment.tsx'

/** Of requests about one subject the one of a kind that waits, or was approved and is not used yet. */
export function standingOf(
  requests: readonly RequestView[],
  kind: ApprovalKind,
): RequestView | undefined {
  return requests.find(
    ({ approval }) => approval.kind === kind && ['waiting', 'approved'].includes(approval.stage),
  )
}

/** Says in the place of a form that it was sent before, and leads to the request. */
export function AskedBefore({
  request: { approval, askedBy, isOwn },
}: {
  readonly request: RequestView
}): ReactNode {
  return (
    <p className="govuk-inset-text">
      {isOwn ? 'You' : askedBy} asked for this on <Moment at={approval.askedAt} />.{' '}
      {approval.stage === 'waiting'
        ? 'It waits for a second person.'
        : `It was approved, and ${isOwn ? 'you do' : `${askedBy} does`} it now.`}{' '}
      <a className="govuk-link" href={addresses.approval(approval.reference)}>
        See the request
      </a>
    </p>
  )
}
