import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { readExports } from '#server/portal/screens/read-exports.ts'
import { readSystem, type SystemView } from '#server/portal/screens/read-system.ts'
import { DataTable } from '../components/data-table.tsx'
import { Moment } from '../components/moment.tsx'
import { StatusTag, SuccessBanner } from '../components/notices.tsx'
import { SummaryList } from '../components/summary-list.tsx'
import { textIn, type Query } from '../guards/query.ts'
import { openRequest } from '../guards/request-context.ts'
import { requireActor } from '../guards/require-actor.ts'
import { SourceExports } from './source-exports.tsx'
import { turnAway } from '../guards/refused.ts'

export const metadata: Metadata = { title: 'System' }

/** How the portal is doing. */
export default async function SystemPage({
  searchParams,
}: {
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const actor = await requireActor('system.see')
  const { portal, accounts } = await openRequest()
  const system = await readSystem(accounts.pool, actor, await portal.secrets.card())
  const exports = await readExports(accounts.pool, actor, accounts.now())
  if (!system.ok || !exports.ok) return turnAway()
  const approved = textIn(await searchParams, 'approved') === '1'
  return (
    <>
      {approved && (
        <SuccessBanner>You agreed. The key can be exported once, within 24 hours.</SuccessBanner>
      )}
      <h1 className="govuk-heading-l">System</h1>
      <h2 className="govuk-heading-m">Jobs of the workers</h2>
      <Jobs jobs={system.jobs} />
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
      <SourceExports requests={exports.requests} />
      <DataTable
        caption="Versions"
        columns={['Program', 'Version']}
        rows={system.versions.map(({ name, version }) => ({ key: name, cells: [name, version] }))}
      />
    </>
  )
}

function Jobs({ jobs }: { readonly jobs: SystemView['jobs'] }): ReactNode {
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
      ]}
    />
  )
}
