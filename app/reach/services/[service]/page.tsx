import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { quarterWords } from '#core/standard/quarter.ts'
import { lookAtService } from '#server/figures/measures/look-at-service.ts'
import { readRegisterNames } from '#server/programme/register/register-names.ts'
import { lookAtTargets } from '#server/programme/targets/targets.ts'
import { FilterForm } from '../../../components/filter-form.tsx'
import { QuarterTable, TrendTable } from '../../../components/indicator-tables.tsx'
import { BackLink } from '../../../components/notices.tsx'
import { QualityTrend } from '../../../components/quality-table.tsx'
import { textIn, type Query } from '../../../guards/query.ts'
import { turnAway } from '../../../guards/refused.ts'
import { openRequest } from '../../../guards/request-context.ts'
import { requireActor } from '../../../guards/require-actor.ts'
import { ExactNotice } from '../../exact-notice.tsx'
import { askedPeriod, quarterChoices } from '../../programme-quarters.ts'

export const metadata: Metadata = { title: 'A service’s quarter' }

/** How one service did in a quarter and the four before it, for those with the right; every look is audited. */
export default async function ServicePage({
  params,
  searchParams,
}: {
  readonly params: Promise<{ service: string }>
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const actor = await requireActor('exact.see')
  const { service } = await params
  const query = await searchParams
  const { portal, accounts } = await openRequest()
  const name = (await readRegisterNames(accounts.pool)).services.get(service)
  if (name === undefined) return turnAway()
  const { quarters: begun, to } = askedPeriod(portal.programme, accounts.now(), query)
  const asked = begun.find((of) => of === textIn(query, 'quarter'))
  const looked = await lookAtService(portal.looks, actor, { service, asked, otherwise: to })
  if (!looked.ok) return turnAway()
  const { quarter } = looked
  const quarters = looked.quarters.filter((of) => begun.includes(of.quarter))
  const aims = await lookAtTargets(accounts, actor, 'exact.see', quarter)
  const targets = (aims.ok ? aims.targets.get(service) : undefined) ?? new Map()
  return (
    <>
      <BackLink href={withQuery(addresses.scorecard, { quarter })} text="Scorecard" />
      <span className="govuk-caption-l">{quarterWords(quarter)}</span>
      <h1 className="govuk-heading-l">{name}</h1>
      <ExactNotice />
      <FilterForm
        action={addresses.serviceQuarter(service)}
        submit="Show"
        fields={[
          { name: 'quarter', label: 'Quarter', value: quarter, choices: quarterChoices(begun) },
        ]}
      />
      {quarters.every(({ figures }) => figures === null) ? (
        <p className="govuk-body">
          This service sent no file of people and service use for this quarter or the year before
          it.
        </p>
      ) : (
        <>
          <QuarterTable quarter={quarter} quarters={quarters} targets={targets} />
          <h2 className="govuk-heading-m">From quarter to quarter</h2>
          <TrendTable quarters={quarters} />
          <QualityTrend heading="How good its data was" quarters={quarters} />
        </>
      )}
    </>
  )
}
