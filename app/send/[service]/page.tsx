import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { readOwnService } from '#server/figures/measures/own-service.ts'
import { dayInLondon } from '#server/programme/register/quarters.ts'
import { FilterForm } from '../../components/filter-form.tsx'
import { QuarterTable, TrendTable } from '../../components/indicator-tables.tsx'
import { BackLink } from '../../components/notices.tsx'
import { QualityTrend } from '../../components/quality-table.tsx'
import { textIn, type Query } from '../../guards/query.ts'
import { turnAway } from '../../guards/refused.ts'
import { dayWords } from '../../components/moment.tsx'
import { requireSender } from '../../guards/require-journey.ts'
import { quarterChoices } from '../../reach/programme-quarters.ts'

export const metadata: Metadata = { title: 'How your quarters went' }

/** How the quarters of one of a provider's services went, by its own files. */
export default async function OwnServicePage({
  params,
  searchParams,
}: {
  readonly params: Promise<{ service: string }>
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const { service } = await params
  const { actor, store, now } = await requireSender(addresses.ownService(service))
  const asked = textIn(await searchParams, 'quarter')
  const read = await readOwnService(store, actor, { service, asked }, now)
  if (!read.ok) return turnAway()
  const { name, quarter, targets, files, agreedTo } = read
  const quarters = read.quarters.map((of) => {
    const file = files.find((one) => one.quarter === of)
    return { quarter: of, figures: file?.figures ?? null, quality: file?.quality ?? null }
  })
  return (
    <>
      <BackLink href={addresses.send} text="Your services" />
      <span className="govuk-caption-l">{name}</span>
      <h1 className="govuk-heading-l">How your quarters went</h1>
      {typeof agreedTo === 'string' && <AgreedTo day={agreedTo} today={dayInLondon(now)} />}
      {quarter === undefined ? (
        <p className="govuk-body">No file of people and service use is in the figures yet.</p>
      ) : (
        <>
          <p className="govuk-body govuk-!-width-two-thirds">
            This is counted from your own files alone, as they came, each by itself. What other
            services send does not change it. The programme knows several rows of one person as one,
            and dates that earlier files gave, so its figures may differ a little.
          </p>
          <FilterForm
            action={addresses.ownService(service)}
            submit="Show"
            fields={[
              {
                name: 'quarter',
                label: 'Quarter',
                value: quarter,
                choices: quarterChoices(read.quarters),
              },
            ]}
          />
          <QuarterTable quarter={quarter} quarters={quarters} targets={targets} />
          <h2 className="govuk-heading-m">From quarter to quarter</h2>
          <TrendTable quarters={quarters} />
          <QualityTrend heading="How good your data was" quarters={quarters} />
        </>
      )}
    </>
  )
}

/** Until when files are taken: days are `yyyy-mm-dd`. */
function AgreedTo({ day, today }: { readonly day: string; readonly today: string }): ReactNode {
  return (
    <p className="govuk-inset-text">
      {day < today
        ? `The agreement for this service ended on ${dayWords(day)}. No file is taken until the programme has registered the next one.`
        : `The agreement for this service ends on ${dayWords(day)}. From the day after, no file is taken until the programme has registered the next one.`}
    </p>
  )
}
