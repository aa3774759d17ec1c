import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { EMPTY_FRAMEWORK, scaleLabel } from '#core/framework/framework.ts'
import { lookAtUse } from '#server/figures/measures/look-at-use.ts'
import { readFramework } from '#server/programme/register/framework-versions.ts'
import { readRegisterNames } from '#server/programme/register/register-names.ts'
import type { Query } from '../../guards/query.ts'
import { turnAway } from '../../guards/refused.ts'
import { openRequest } from '../../guards/request-context.ts'
import { requireActor } from '../../guards/require-actor.ts'
import { ExactHead } from '../exact-head.tsx'
import { askedPeriod } from '../programme-quarters.ts'
import type { ScaleCodes } from './change-table.tsx'
import { ActivityTable, ScoreTables } from './event-tables.tsx'
import { FoldedPart } from '../../components/folded-part.tsx'
import { UseTables } from './use-tables.tsx'
import { ReferralTable, WaysTables } from './ways-tables.tsx'

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
  const { framework = EMPTY_FRAMEWORK } = (await readFramework(accounts.pool)) ?? {}
  // An instrument that left the framework has its code alone.
  const scaleNamed = (of: ScaleCodes): string =>
    scaleLabel(framework, of) ?? [of.instrument, of.subScale].filter(Boolean).join(', ')
  const each = { services: looked.services, named }
  return (
    <>
      <ExactHead actor={actor} here={addresses.use} heading="Use of services" period={period} />
      {looked.services.length === 0 ? (
        <p className="govuk-body">No service sent a file of people for this period.</p>
      ) : (
        <>
          <FoldedPart heading="Who was reached" holds="How many people each service reached" isOpen>
            <UseTables which={['people']} {...each} />
          </FoldedPart>
          <FoldedPart
            heading="Coming to a service"
            holds="From referral to start, and who referred people"
          >
            <UseTables which={['waits']} {...each} />
            <ReferralTable referrals={looked.referrals} named={named} />
          </FoldedPart>
          <FoldedPart heading="Staying with a service" holds="Contacts, and how use ended">
            <UseTables which={['contacts', 'ends']} {...each} />
          </FoldedPart>
          <FoldedPart
            heading="From service to service"
            holds="How many services people used, and which came next"
          >
            <WaysTables use={looked} named={named} />
          </FoldedPart>
        </>
      )}
      <ActivityTable activities={looked.activities} named={named} />
      <ScoreTables use={looked} named={named} scaleNamed={scaleNamed} />
    </>
  )
}
