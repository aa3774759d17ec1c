import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import type { Query } from '../../guards/query.ts'
import { turnAway } from '../../guards/refused.ts'
import { requireActor } from '../../guards/require-actor.ts'
import { ExactHead } from '../exact-head.tsx'
import { openPage } from '../read-page.ts'
import { ToldFiles, ToldParts } from '../told-page.tsx'
import { readPathways } from './read-pathways.tsx'

export const metadata: Metadata = { title: 'Pathways' }

/** How people went from service to service in a period, for those with the right; every look is audited. */
export default async function PathwaysPage({
  searchParams,
}: {
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const actor = await requireActor('exact.see')
  const asked = await openPage(actor, await searchParams)
  const read = await readPathways(asked)
  if (read === undefined) return turnAway()
  const { period } = asked
  return (
    <>
      <ExactHead actor={actor} here={addresses.pathways} heading="Pathways" period={period} />
      {read.parts[0]?.tables[0]?.rows.length === 0 && (
        <p className="govuk-body">No service reached anybody in this period.</p>
      )}
      <ToldFiles page="pathways" asked={{ from: period.from, to: period.to }} />
      <ToldParts parts={read.parts} />
    </>
  )
}
