import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import type { Query } from '../../guards/query.ts'
import { requireActor } from '../../guards/require-actor.ts'
import { openPage } from '../read-page.ts'
import { NothingReleased, ReachAlone, ReleasedHead } from '../released-head.tsx'
import { ToldFiles, ToldParts } from '../told-page.tsx'
import { NO_CAUSE, readImpactPage } from './read-impact.tsx'

export const metadata: Metadata = { title: 'Collective impact' }

/** How scores of the people reached changed, by outcome; from releases alone. */
export default async function ImpactPage({
  searchParams,
}: {
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const actor = await requireActor('reach.see')
  const read = await readImpactPage(await openPage(actor, await searchParams))
  const here = addresses.impact
  if (read === undefined)
    return <NothingReleased actor={actor} here={here} title="Collective impact" />
  const { told, parts } = read
  const { release, quarter, use } = told
  return (
    <>
      <ReleasedHead actor={actor} here={here} title="Collective impact" told={told} />
      <p className="govuk-inset-text">{NO_CAUSE}</p>
      {use === undefined && <ReachAlone release={release} />}
      {use !== undefined && parts.length === 0 && (
        <p className="govuk-body">
          Nobody who was reached in the year to date has a score in the files.
        </p>
      )}
      {parts.length > 0 && (
        <ToldFiles page="impact" asked={{ release: release.reference, quarter }} />
      )}
      <ToldParts parts={parts} />
    </>
  )
}
