import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { lookAtUse } from '#server/figures/measures/look-at-use.ts'
import { readRegisterNames } from '#server/programme/register/register-names.ts'
import type { Query } from '../../guards/query.ts'
import { turnAway } from '../../guards/refused.ts'
import { openRequest } from '../../guards/request-context.ts'
import { requireActor } from '../../guards/require-actor.ts'
import { ExactHead } from '../exact-head.tsx'
import { askedPeriod } from '../programme-quarters.ts'
import { EventTables } from './event-tables.tsx'
import { UseTables } from './use-tables.tsx'
import { WaysTables } from './ways-tables.tsx'

export const metadata: Metadata = { title: 'Use of services' }

/** How people used services in a period, for those with the right; every look is audited. */
export default async function UsePage({
  searchParams,
}: {
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const actor = await requireActor('exact.see')
  const { portal, accounts } = await openRequest()
  const period = askedPeriod(portal.programme, accounts.now(), await searchParams)
  const { from, to } = period
  const looked = await lookAtUse(portal.looks, actor, { from, to })
  if (!looked.ok) return turnAway()
  const names = await readRegisterNames(accounts.pool)
  const named = (code: string): string => names.services.get(code) ?? code
  return (
    <>
      <ExactHead actor={actor} here={addresses.use} heading="Use of services" period={period} />
      {looked.services.length === 0 ? (
        <p className="govuk-body">No service sent a file of people for this period.</p>
      ) : (
        <>
          <UseTables services={looked.services} named={named} />
          <WaysTables use={looked} named={named} />
        </>
      )}
      <EventTables use={looked} named={named} />
    </>
  )
}
