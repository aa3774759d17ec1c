import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { readRequests } from '#server/identity/approvals/read-requests.ts'
import { readSystem, type SystemView } from '#server/portal/screens/read-system.ts'
import type { ApprovalKind } from '#server/identity/approvals/approval-kinds.ts'
import { RequestTable } from '../approvals/request-parts.tsx'
import { DataTable } from '../components/data-table.tsx'
import { Moment } from '../components/moment.tsx'
import { StatusTag } from '../components/notices.tsx'
import { SummaryList } from '../components/summary-list.tsx'
import { openRequest } from '../guards/request-context.ts'
import { requireActor } from '../guards/require-actor.ts'
import { turnAway } from '../guards/refused.ts'

export const metadata: Metadata = { title: 'System' }

const KEY_REQUESTS: readonly ApprovalKind[] = [
  'source-key-export',
  'platform-key-rotation',
  'source-key-rotation',
]

/** How the portal is doing. */
export default async function SystemPage(): Promise<ReactNode> {
  const actor = await requireActor('system.see')
  const { portal, accounts } = await openRequest()
  const system = await readSystem(accounts.pool, actor, await portal.secrets.card())
  if (!system.ok) return turnAway()
  const requests = (await readRequests(accounts, actor)).filter(({ approval: { kind } }) =>
    KEY_REQUESTS.includes(kind),
  )
  return (
    <>
      <h1 className="govuk-heading-l">System</h1>
      <h2 className="govuk-heading-m">Jobs of the workers</h2>
      <Jobs jobs={system.jobs} scanner={system.scanner} />
      <DataTable
        caption="Linkage"
        columns={['Dataset', 'Policy', 'State', 'Key check value', 'Changed']}
        rows={system.linkage.map(({ dataset, policy, version, keyCheck, changedAt }) => ({
          key: dataset,
          cells: [
            dataset === 'production' ? 'Production' : 'Staging: in no figure',
            policy,
            version.toLocaleString('en-GB'),
            <span key="check" className="app-code">
              {keyCheck ?? 'nothing stored yet'}
            </span>,
            <Moment key="changed" at={changedAt} />,
          ],
        }))}
      />
      <DataTable
        caption="Check values of the keys"
        columns={['Key', 'Check value']}
        rows={system.keys.map(({ name, check }) => ({
          key: name,
          cells: [
            name,
            <span key="check" className="app-code">
              {check}
            </span>,
          ],
        }))}
      />
      <p className="govuk-body">
        A check value tells which key it is and nothing else about it.
        {system.demonstrationKeys &&
          ' These keys are for demonstration: no live programme accepts them.'}
      </p>
      <h2 className="govuk-heading-m">Exports and changes of keys</h2>
      <p className="govuk-body">
        Trusts that hash at source are given the source key in a key file. One administrator asks on
        the command line, another approves here, and the first goes on within 24 hours. It is the
        same for new keys.
      </p>
      {requests.length === 0 ? (
        <p className="govuk-body">Nobody has asked for one.</p>
      ) : (
        <RequestTable caption="Requests" requests={requests} />
      )}
      <DataTable
        caption="Versions"
        columns={['Program', 'Version']}
        rows={system.versions.map(({ name, version }) => ({ key: name, cells: [name, version] }))}
      />
    </>
  )
}

const SCANNER_WORDS = {
  none: 'None is set up',
  answers: 'It answers',
  away: 'It does not answer, and files wait for it',
} as const

function Jobs({ jobs, scanner }: Pick<SystemView, 'jobs' | 'scanner'>): ReactNode {
  const { waiting, running, stalled, failed, lastHeard, oldestWaiting } = jobs
  return (
    <SummaryList
      lines={[
        {
          name: 'State',
          value:
            stalled > 0 || failed > 0 ? (
              <StatusTag colour="red">Needs attention</StatusTag>
            ) : waiting + running > 0 ? (
              <StatusTag colour="blue">Working</StatusTag>
            ) : (
              <StatusTag colour="green">Nothing to do</StatusTag>
            ),
        },
        {
          name: 'Waiting',
          value: (
            <>
              {waiting}
              {oldestWaiting !== null && (
                <>
                  , the oldest since <Moment at={oldestWaiting} />
                </>
              )}
            </>
          ),
        },
        { name: 'Being worked on', value: running },
        { name: 'Stalled', value: stalled },
        { name: 'Failed', value: failed },
        {
          name: 'Last active',
          value: lastHeard === null ? 'Never' : <Moment at={lastHeard} />,
        },
        {
          name: 'Virus scanner',
          value: (
            <>
              {SCANNER_WORDS[scanner.state]}, since <Moment at={scanner.since} />
            </>
          ),
        },
      ]}
    />
  )
}
