import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { RIGHTS_KINDS } from '#core/messages/rights/rights-words.ts'
import { listRightsRequests } from '#server/linkage/rights/handle-requests.ts'
import { DataTable } from '../components/data-table.tsx'

import { openRequest } from '../guards/request-context.ts'
import { requireActor } from '../guards/require-actor.ts'
import { dayText, RightsStateTag } from './rights-parts.tsx'

export const metadata: Metadata = { title: 'Requests about people’s own data' }

/** What people asked about their own data, those that are due first. */
export default async function RightsPage(): Promise<ReactNode> {
  const actor = await requireActor('rights.handle')
  const { accounts } = await openRequest()
  const requests = await listRightsRequests(accounts.pool, actor)
  return (
    <>
      <h1 className="govuk-heading-l">Requests about people’s own data</h1>
      <p className="govuk-body">
        Nobody’s name is kept here. Keep the person’s letter and your answer in your own files,
        under the reference of the request.
      </p>
      <p className="govuk-body">
        <a
          className="govuk-button"
          href={addresses.newRights}
          role="button"
          draggable={false}
          data-module="govuk-button"
        >
          Write down a request
        </a>
      </p>
      {requests.length === 0 ? (
        <p className="govuk-body">Nobody has asked for anything yet.</p>
      ) : (
        <DataTable
          caption="Requests"
          columns={['Request', 'What they ask for', 'Asked on', 'Due by', 'State']}
          rows={requests.map((request) => ({
            key: request.reference,
            cells: [
              <a
                key="reference"
                className="govuk-link app-reference"
                href={addresses.rightsRequest(request.reference)}
              >
                {request.reference}
              </a>,
              RIGHTS_KINDS[request.kind].name,
              dayText(request.receivedOn),
              dayText(request.dueOn),
              <RightsStateTag key="state" request={request} now={accounts.now()} />,
            ],
          }))}
        />
      )}
    </>
  )
}
