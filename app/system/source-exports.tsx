import type { ReactNode } from 'react'
import type { ExportView } from '#server/portal/screens/read-exports.ts'
import { ActionForm } from '../components/action-form.client.tsx'
import { Moment } from '../components/moment.tsx'
import { SummaryList } from '../components/summary-list.tsx'
import { approveExport } from './actions.ts'

const STAGES = {
  waiting: 'Waiting for a second administrator',
  approved: 'Approved, not exported yet',
  exported: 'Exported',
  expired: 'Expired',
} as const

/** Requests to export the source key, with a button for who may agree to one. */
export function SourceExports({
  requests,
}: {
  readonly requests: readonly ExportView[]
}): ReactNode {
  return (
    <>
      <h2 className="govuk-heading-m">Exports of the source key</h2>
      <p className="govuk-body">
        Trusts that hash at source are given the source key in a key file. One administrator asks on
        the command line, another agrees here, and the first exports it once, within 24 hours.
      </p>
      {requests.length === 0 && <p className="govuk-body">Nobody has requested one.</p>}
      {requests.map((request) => (
        <ExportCard key={request.reference} request={request} />
      ))}
    </>
  )
}

function ExportCard({ request }: { readonly request: ExportView }): ReactNode {
  const { reference, epoch, keyCheck, askedBy, askedAt, approvedBy, stage, mayApprove } = request
  return (
    <div className="govuk-summary-card">
      <div className="govuk-summary-card__title-wrapper">
        <h3 className="govuk-summary-card__title">Request {reference}</h3>
      </div>
      <div className="govuk-summary-card__content">
        <SummaryList
          lines={[
            { name: 'State', value: STAGES[stage] },
            {
              name: 'Key',
              value: (
                <>
                  Source key, epoch {epoch}, <span className="app-code">{keyCheck}</span>
                </>
              ),
            },
            {
              name: 'Asked for',
              value: (
                <>
                  <Moment at={askedAt} />, by {askedBy}
                </>
              ),
            },
            ...(approvedBy === null ? [] : [{ name: 'Agreed to by', value: approvedBy }]),
          ]}
        />
        {stage === 'waiting' &&
          (mayApprove ? (
            <ActionForm action={approveExport} submit={`Agree to request ${reference}`} secondary>
              <input type="hidden" name="reference" value={reference} />
            </ActionForm>
          ) : (
            <p className="govuk-body">You asked for it: another administrator must agree.</p>
          ))}
      </div>
    </div>
  )
}
