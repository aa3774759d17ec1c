import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import type { Query } from '../../guards/query.ts'
import { turnAway } from '../../guards/refused.ts'
import { requireActor } from '../../guards/require-actor.ts'
import { ExactHead } from '../exact-head.tsx'
import { PopulationNotice } from '../population-notice.tsx'
import { openPage } from '../read-page.ts'
import { ToldFiles, ToldParts } from '../told-page.tsx'
import { readWardsPage } from './read-wards.tsx'

export const metadata: Metadata = { title: 'Wards' }

/** How many of the young children who live in each ward were reached, for those with the right; every look is audited. */
export default async function WardsPage({
  searchParams,
}: {
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const actor = await requireActor('exact.see')
  const asked = await openPage(actor, await searchParams)
  const read = await readWardsPage(asked)
  if (read === undefined) return turnAway()
  const { period } = asked
  const { isLacking, year, leftOut } = read.tables
  return (
    <>
      <ExactHead actor={actor} here={addresses.wards} heading="Wards" period={period} />
      {isLacking && <PopulationNotice year={year} />}
      <ToldFiles page="wards" asked={{ from: period.from, to: period.to }} />
      <ToldParts parts={read.parts} />
      <p className="govuk-body govuk-!-width-two-thirds">Not in the tables: {leftOut}.</p>
    </>
  )
}
