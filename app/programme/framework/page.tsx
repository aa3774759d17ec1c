import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { doneWords } from '#core/messages/done-words.ts'
import {
  readFrameworkShown,
  type FrameworkShown,
} from '#server/programme/framework/read-framework.ts'
import { readRegisterNames } from '#server/programme/register/register-names.ts'
import { DataTable } from '../../components/data-table.tsx'
import { Moment } from '../../components/moment.tsx'
import { SuccessBanner } from '../../components/notices.tsx'
import { OnScreen } from '../../components/on-screen.tsx'
import { TwoThirds } from '../../components/page-columns.tsx'
import { textIn, type Query } from '../../guards/query.ts'
import { turnAway } from '../../guards/refused.ts'
import { openRequest } from '../../guards/request-context.ts'
import { requireActor } from '../../guards/require-actor.ts'
import { ChangeList } from './change-list.tsx'
import { FrameworkTables } from './framework-tables.tsx'
import { readVersion } from './read-version.ts'

export const metadata: Metadata = { title: 'Measurement framework' }

/** The shared measurement framework: what is in force, or an earlier version, and every version there was. */
export default async function FrameworkPage({
  searchParams,
}: {
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const actor = await requireActor('register.see')
  const { accounts } = await openRequest()
  const query = await searchParams
  const read = await readFrameworkShown(accounts, actor, readVersion(query))
  if (!read.ok) return turnAway()
  const { services } = await readRegisterNames(accounts.pool)
  const done = doneWords('framework', textIn(query, 'done'))
  return (
    <>
      <TwoThirds>
        {done !== undefined && <SuccessBanner>{done}</SuccessBanner>}
        <span className="govuk-caption-l">{stateWords(read)}</span>
        <h1 className="govuk-heading-l">Measurement framework</h1>
        <p className="govuk-body">
          The outcomes that the programme works for, what is measured of each, and the instruments
          that give scores. Files of outcomes are checked against what is in force. The questions of
          an instrument are not part of it.
        </p>
        <Ways read={read} />
      </TwoThirds>
      {read.version === 0 ? (
        <p className="govuk-body">
          No framework is in force yet. Until one is, files of outcomes cannot be checked.
        </p>
      ) : (
        <FrameworkTables framework={read.framework} services={services} />
      )}
      {read.version > 1 && (
        <>
          <h2 className="govuk-heading-m">What version {read.version} changed</h2>
          <ChangeList changes={read.changes} />
        </>
      )}
      <Versions read={read} />
    </>
  )
}

function stateWords({ version, versions }: FrameworkShown): string {
  if (version === 0) return 'None yet'
  return `Version ${version}, ${version === versions[0]?.version ? 'in force' : 'no longer in force'}`
}

function Ways({ read: { version, hasDraft } }: { readonly read: FrameworkShown }): ReactNode {
  return (
    <OnScreen>
      <ul className="govuk-list">
        <li>
          <a className="govuk-link" href={addresses.frameworkDraft}>
            {hasDraft ? 'Go on with the draft of the next version' : 'Draft the next version'}
          </a>
        </li>
        {version > 0 && (
          <li>
            <a className="govuk-link" href={addresses.frameworkFile(version)} download>
              Export version {version} as a file
            </a>
          </li>
        )}
      </ul>
    </OnScreen>
  )
}

function Versions({
  read: { version: shown, versions },
}: {
  readonly read: FrameworkShown
}): ReactNode {
  if (versions.length === 0) return null
  return (
    <DataTable
      caption="Every version"
      columns={['Version', 'In force from', 'Asked for by', 'Approved by']}
      rows={versions.map(({ version, madeAt, madeBy, approvedBy }) => ({
        key: String(version),
        cells: [
          version === shown ? (
            `${version} (shown)`
          ) : (
            <a key="version" className="govuk-link" href={addresses.frameworkVersion(version)}>
              {version}
            </a>
          ),
          <Moment key="from" at={madeAt} />,
          madeBy,
          approvedBy ?? 'Nobody: the programme was being set up',
        ],
      }))}
    />
  )
}
