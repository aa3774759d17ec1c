import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { readRegisterNames } from '#server/programme/register/register-names.ts'
import { lookAtOverlap } from '#server/figures/reach/look-at-reach.ts'
import { NumberTable } from '../../components/number-table.tsx'
import type { Query } from '../../guards/query.ts'
import { openRequest } from '../../guards/request-context.ts'
import { requireActor } from '../../guards/require-actor.ts'
import { ExactHead } from '../exact-head.tsx'
import { askedPeriod } from '../programme-quarters.ts'
import { OverlapMatrix } from './overlap-matrix.tsx'
import { turnAway } from '../../guards/refused.ts'

export const metadata: Metadata = { title: 'Overlap of services' }

/**
 * How many people each two services both reached, for those with the right; every look is audited.
 */
export default async function OverlapPage({
  searchParams,
}: {
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const actor = await requireActor('exact.see')
  const { portal, accounts } = await openRequest()
  const period = askedPeriod(portal.programme, accounts.now(), await searchParams)
  const { from, to } = period
  const looked = await lookAtOverlap(portal.looks, actor, { from, to })
  if (!looked.ok) return turnAway()
  const names = await readRegisterNames(accounts.pool, to)
  const named = (code: string): string => names.services.get(code) ?? code
  const largest = looked.pairs
    .filter(({ left, right }) => left !== right)
    .sort((a, b) => b.people - a.people)
    .slice(0, LARGEST)
  return (
    <>
      <ExactHead
        actor={actor}
        here={addresses.overlap}
        heading="Overlap of services"
        period={period}
      />
      {looked.pairs.length === 0 ? (
        <p className="govuk-body">No service reached anybody in this period.</p>
      ) : (
        <>
          <OverlapMatrix pairs={looked.pairs} named={named} />
          <NumberTable
            caption="The pairs with the most people in both"
            columns={[
              { name: 'Service' },
              { name: 'And', words: true },
              { name: 'People in both' },
            ]}
            rows={largest.map(({ left, right, people }) => ({
              key: `${left} ${right}`,
              cells: [named(left), named(right), people.toLocaleString('en-GB')],
            }))}
          />
        </>
      )}
    </>
  )
}

/** So many pairs are listed beside the matrix. */
const LARGEST = 15
