import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { quarterWords } from '#core/standard/quarter.ts'
import { FilterForm } from '../../../components/filter-form.tsx'
import { QuarterTable, TrendTable } from '../../../components/indicator-tables.tsx'
import { ToldTable } from '../../../components/told-tables.tsx'
import { BackLink } from '../../../components/notices.tsx'
import { QualityTrend } from '../../../components/quality-table.tsx'
import type { Query } from '../../../guards/query.ts'
import { turnAway } from '../../../guards/refused.ts'
import { requireActor } from '../../../guards/require-actor.ts'
import { ExactNotice } from '../../exact-notice.tsx'
import { quarterChoices } from '../../programme-quarters.ts'
import { openPage } from '../../read-page.ts'
import { ToldFiles } from '../../told-page.tsx'
import { readService } from '../read-service.ts'

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
  const asked = await openPage(actor, { ...(await searchParams), service })
  const read = await readService(asked)
  if (read === undefined) return turnAway()
  const { name, quarter, quarters, targets, told } = read
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
          {
            name: 'quarter',
            label: 'Quarter',
            value: quarter,
            choices: quarterChoices(asked.period.quarters),
          },
        ]}
      />
      {quarters.every(({ figures }) => figures === null) ? (
        <p className="govuk-body">
          This service sent no file of people and service use for this quarter or the year before
          it.
        </p>
      ) : (
        <>
          <ToldFiles page="service" asked={{ service, quarter }} />
          <QuarterTable quarter={quarter} quarters={quarters} targets={targets} />
          <h2 className="govuk-heading-m">What changed, and why</h2>
          <ToldTable table={told.reasons} />
          <h2 className="govuk-heading-m">From quarter to quarter</h2>
          <TrendTable quarters={quarters} />
          <QualityTrend heading="How good its data was" quarters={quarters} />
        </>
      )}
    </>
  )
}
