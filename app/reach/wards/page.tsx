import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { PRIORITY_AGE } from '#core/measures/young-children.ts'
import { counted } from '#core/messages/reading/reading-words.ts'
import { lookAtWards } from '#server/figures/measures/look-at-wards.ts'
import { readRegisterNames } from '#server/programme/register/register-names.ts'
import type { Query } from '../../guards/query.ts'
import { turnAway } from '../../guards/refused.ts'
import { openRequest } from '../../guards/request-context.ts'
import { requireActor } from '../../guards/require-actor.ts'
import { ExactHead } from '../exact-head.tsx'
import { askedPeriod } from '../programme-quarters.ts'
import { WardTable } from './ward-table.tsx'

export const metadata: Metadata = { title: 'Wards' }

/** How many of the young children who live in each ward were reached, for those with the right; every look is audited. */
export default async function WardsPage({
  searchParams,
}: {
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const actor = await requireActor('exact.see')
  const { portal, accounts } = await openRequest()
  const period = askedPeriod(portal.programme, accounts.now(), await searchParams)
  const { from, to } = period
  const looked = await lookAtWards(portal.looks, actor, { from, to })
  if (!looked.ok) return turnAway()
  const { wards } = await readRegisterNames(accounts.pool, to)
  return (
    <>
      <ExactHead actor={actor} here={addresses.wards} heading="Wards" period={period} />
      <WardTable reach={looked} names={wards} />
      <p className="govuk-body govuk-!-width-two-thirds">
        A child is of the ward where files of the period say that they live, and of each of several
        wards; among all wards they are once. They were younger than {PRIORITY_AGE} on the last day
        of the period. Between is what a figure can be while possible matches are open.
      </p>
      <p className="govuk-body govuk-!-width-two-thirds">
        Not in the table: {counted(looked.ofNoWard, 'child', 'children')} younger than{' '}
        {PRIORITY_AGE} of no ward that is the programme’s or known, and{' '}
        {counted(looked.ofNoBirth, 'child', 'children')} whose birth is not known.
      </p>
    </>
  )
}
