import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { quarterWords } from '#core/standard/quarter.ts'
import { lookAtReleased } from '#server/figures/releases/look-at-releases.ts'
import { FoldedPart } from '../components/folded-part.tsx'
import { Headline } from '../components/headline.tsx'
import { PictureFigure } from '../components/picture-figure.tsx'
import { choiceIn, textIn, type Query } from '../guards/query.ts'
import { openRequest } from '../guards/request-context.ts'
import { requireActor } from '../guards/require-actor.ts'
import { barPicture, trendPicture } from '#server/figures/releases/reach-pictures.ts'
import { ReachTabs } from './reach-tabs.tsx'
import { BreakdownTables, FigureTable, TrendTable } from './released-tables.tsx'
import { PeriodFilter } from './period-filter.tsx'
import { printedWords, SPAN_NAMES } from '#core/messages/releases/released-words.ts'
import { ReleaseFacts } from './release-facts.tsx'
import { NothingReleased } from './released-head.tsx'
import { Superseded } from './superseded.tsx'
import { turnAway } from '../guards/refused.ts'

export const metadata: Metadata = { title: 'Reach' }

/**
 * Unique reach as it was released: the filters choose among released cells and count nobody again.
 */
export default async function ReachPage({
  searchParams,
}: {
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const actor = await requireActor('reach.see')
  const { portal, accounts } = await openRequest()
  const query = await searchParams
  const looked = await lookAtReleased({ releases: portal.releases, pool: accounts.pool }, actor, {
    release: textIn(query, 'release'),
    quarter: textIn(query, 'quarter'),
    span: choiceIn(query, 'span', ['year', 'quarter', 'start']),
    scope: textIn(query, 'scope'),
    place: textIn(query, 'place'),
  })
  if (!looked.ok && looked.code === 'not-found') return turnAway()
  if (!looked.ok) return <NothingReleased actor={actor} here={addresses.reach} title="Reach" />
  const { release, asked, spanFigures, trend, breakdowns, scopeName, placeName } = looked
  const { figures, interval } = spanFigures.whole
  const period = `${SPAN_NAMES[asked.span]} ${quarterWords(asked.quarter)}`
  const { threshold, base } = release.settings
  return (
    <>
      <ReachTabs actor={actor} here={addresses.reach} />
      <span className="govuk-caption-l">{period}</span>
      <h1 className="govuk-heading-l">
        {scopeName}, {placeName.charAt(0).toLowerCase() + placeName.slice(1)}
      </h1>
      <Superseded
        told={{ ...looked, quarter: asked.quarter }}
        href={(other) => withQuery(addresses.reach, { ...asked, ...other })}
      />
      <PeriodFilter page={looked} />
      {figures === null ? (
        <p className="govuk-body">None of these services had sent a file for this period.</p>
      ) : (
        <>
          <Headline
            figures={[
              { name: 'Different people', value: printedWords(figures.people) },
              { name: 'Children', value: printedWords(figures.children) },
              { name: 'Adults', value: printedWords(figures.adults) },
              { name: 'Families', value: printedWords(figures.families) },
              ...(asked.span === 'quarter'
                ? [
                    { name: 'New this year', value: printedWords(figures.new) },
                    { name: 'Returning', value: printedWords(figures.returning) },
                  ]
                : []),
            ]}
          />
          <p className="govuk-body">{interval}</p>
        </>
      )}
      <p className="govuk-body">
        <strong>*</strong> stands for a figure that is hidden: {threshold} people or fewer, or one
        that would reveal such a figure. All others are rounded to the nearest {base}.
      </p>
      <p className="govuk-body app-no-print">
        <a
          className="govuk-link"
          href={withQuery(addresses.reachDownload, { release: asked.release })}
          download
        >
          Download all released figures (CSV)
        </a>
      </p>
      <p className="govuk-body app-no-print">
        <a className="govuk-link" href={addresses.reachReport(asked.release)}>
          Quarterly report, {quarterWords(release.lastQuarter)}
        </a>
      </p>
      <FoldedPart heading="From quarter to quarter" holds="People in each quarter" isOpen>
        <PictureFigure picture={trendPicture(trend, scopeName)} />
        <TrendTable trend={trend} />
      </FoldedPart>
      <FoldedPart heading="Services and strands" holds="People of each service and strand">
        <PictureFigure
          picture={barPicture('services', 'People by service', spanFigures.services)}
        />
        <FigureTable caption="By service" of="Service" rows={spanFigures.services} />
        <FigureTable caption="By strand" of="Strand" rows={spanFigures.strands} />
      </FoldedPart>
      <FoldedPart heading="Places" holds="People of each ward, outside, and not known">
        <PictureFigure picture={barPicture('places', 'People by place', spanFigures.places)} />
        <FigureTable caption="By ward" of="Place" rows={spanFigures.places} />
      </FoldedPart>
      {breakdowns.length > 0 && (
        <FoldedPart heading="Who was reached" holds="People by age, gender and ethnicity">
          <BreakdownTables breakdowns={breakdowns} />
        </FoldedPart>
      )}
      <ReleaseFacts release={release} />
    </>
  )
}
