import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import type { Query } from '../../guards/query.ts'
import { turnAway } from '../../guards/refused.ts'
import { requireActor } from '../../guards/require-actor.ts'
import { ExactHead } from '../exact-head.tsx'
import { openPage } from '../read-page.ts'
import { ToldFiles, ToldParts } from '../told-page.tsx'
import { readUse } from './read-use.ts'

export const metadata: Metadata = { title: 'Use of services' }

/** How people used services in a period, for those with the right; every look is audited. */
export default async function UsePage({
  searchParams,
}: {
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const actor = await requireActor('exact.see')
  const asked = await openPage(actor, await searchParams)
  const read = await readUse(asked)
  if (read === undefined) return turnAway()
  const { period } = asked
  return (
    <>
      <ExactHead actor={actor} here={addresses.use} heading="Use of services" period={period} />
      {read.isEmpty && (
        <p className="govuk-body">No service sent a file of people for this period.</p>
      )}
      <ToldFiles page="use" asked={{ from: period.from, to: period.to }} />
      <ToldParts parts={read.parts} />
    </>
  )
}
