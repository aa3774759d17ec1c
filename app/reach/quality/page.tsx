import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { joinQualities, QUALITY_CODES } from '#core/measures/data-quality.ts'
import { INDICATOR_WORDS } from '#core/messages/releases/measure-words.ts'
import { quarterWords } from '#core/standard/quarter.ts'
import { FilterForm } from '../../components/filter-form.tsx'
import { QualityMeanings, QualityTrend } from '../../components/quality-table.tsx'
import type { Query } from '../../guards/query.ts'
import { turnAway } from '../../guards/refused.ts'
import { requireActor } from '../../guards/require-actor.ts'
import { ExactNotice } from '../exact-notice.tsx'
import { quarterChoices } from '../programme-quarters.ts'
import { openPage } from '../read-page.ts'
import { ReachTabs } from '../reach-tabs.tsx'
import { FoldedPart } from '../../components/folded-part.tsx'
import { ToldFiles } from '../told-page.tsx'
import { readQuality } from './read-quality.ts'
import { ServicesTable } from './services-table.tsx'

export const metadata: Metadata = { title: 'Data quality' }

/** How good the files of every service were through a year, for those with the right; every look is audited. */
export default async function QualityPage({
  searchParams,
}: {
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const actor = await requireActor('exact.see')
  const asked = await openPage(actor, await searchParams)
  const read = await readQuality(asked)
  if (read === undefined) return turnAway()
  const { to, files, quarters, services } = read
  return (
    <>
      <ReachTabs actor={actor} here={addresses.quality} />
      <span className="govuk-caption-l">The year to the end of {quarterWords(to)}</span>
      <h1 className="govuk-heading-l">Data quality</h1>
      <ExactNotice />
      <FilterForm
        action={addresses.quality}
        submit="Show"
        fields={[
          {
            name: 'quarter',
            label: 'The year to the end of',
            value: to,
            choices: quarterChoices(asked.period.quarters),
          },
        ]}
      />
      {files.length === 0 ? (
        <p className="govuk-body">No service sent a file for these quarters.</p>
      ) : (
        <>
          <ToldFiles page="quality" asked={{ quarter: to }} />
          <QualityTrend
            heading="All services together"
            quarters={quarters.map((quarter) => ({
              quarter,
              quality: joinQualities(
                files.filter((file) => file.quarter === quarter).map(({ quality }) => quality),
              ),
            }))}
          />
          <QualityMeanings />
          <p className="govuk-body govuk-!-width-two-thirds">
            Of the files of people and service use that are in use. Days after the quarter are the
            median of the files. A file that took the place of another came on its own day.
          </p>
          {QUALITY_CODES.map((code) => (
            <FoldedPart
              key={code}
              heading={INDICATOR_WORDS[code].name}
              holds={`${INDICATOR_WORDS[code].name} of each service, quarter by quarter`}
            >
              <ServicesTable code={code} quarters={quarters} files={files} services={services} />
            </FoldedPart>
          ))}
        </>
      )}
    </>
  )
}
