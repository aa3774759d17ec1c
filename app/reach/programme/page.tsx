import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { Headline } from '../../components/headline.tsx'
import type { Query } from '../../guards/query.ts'
import { requireActor } from '../../guards/require-actor.ts'
import { openPage } from '../read-page.ts'
import { NothingReleased, ReachAlone, ReleasedHead } from '../released-head.tsx'
import { ToldFiles, ToldParts } from '../told-page.tsx'
import { readProgrammePage } from './read-programme.tsx'

export const metadata: Metadata = { title: 'Programme dashboard' }

/** How the programme did in a quarter: reach, targets, what changed, use and data quality; from releases alone. */
export default async function ProgrammePage({
  searchParams,
}: {
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const actor = await requireActor('reach.see')
  const read = await readProgrammePage(await openPage(actor, await searchParams))
  const here = addresses.dashboard
  if (read === undefined)
    return <NothingReleased actor={actor} here={here} title="Programme dashboard" />
  const { told, headline, parts } = read
  const { release, quarter, now } = told
  return (
    <>
      <ReleasedHead actor={actor} here={here} title="Programme dashboard" told={told} />
      {headline.length === 0 ? (
        <p className="govuk-body">No service had sent a file for this quarter.</p>
      ) : (
        <>
          <Headline figures={headline} />
          <p className="govuk-body">{now.figures.whole.interval}</p>
        </>
      )}
      <ToldFiles page="programme" asked={{ release: release.reference, quarter }} />
      {now.use === undefined && <ReachAlone release={release} />}
      <ToldParts parts={parts} />
    </>
  )
}
