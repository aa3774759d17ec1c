import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { notReached, PRIORITY_AGE, shareReached } from '#core/measures/young-children.ts'
import { toldWords } from '#core/messages/releases/measure-words.ts'
import { Headline } from '../../components/headline.tsx'
import type { Query } from '../../guards/query.ts'
import { turnAway } from '../../guards/refused.ts'
import { requireActor } from '../../guards/require-actor.ts'
import { ExactHead } from '../exact-head.tsx'
import { PopulationNotice } from '../population-notice.tsx'
import { openPage } from '../read-page.ts'
import { ToldFiles, ToldParts } from '../told-page.tsx'
import { readNotReached } from './read-not-reached.tsx'

export const metadata: Metadata = { title: 'Not reached' }

/** Who of the young children who live in the wards was not reached, for those with the right; every look is audited. */
export default async function NotReachedPage({
  searchParams,
}: {
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const actor = await requireActor('exact.see')
  const asked = await openPage(actor, await searchParams)
  const read = await readNotReached(asked)
  if (read === undefined) return turnAway()
  const { period } = asked
  const { whole, year, isLacking } = read.tables
  const share = shareReached(whole)
  return (
    <>
      <ExactHead actor={actor} here={addresses.notReached} heading="Not reached" period={period} />
      <Headline
        figures={[
          {
            name: `Children under ${PRIORITY_AGE} not reached`,
            value: toldWords('count', notReached(whole)?.people ?? null),
            note: `of ${toldWords('count', whole.living)} who live in the wards${year === undefined ? '' : `, mid-${year}`}`,
          },
          {
            name: 'Share reached',
            value: toldWords('percent', share?.share ?? null),
            ...(share === null || share.lower === share.upper
              ? {}
              : {
                  note: `between ${toldWords('percent', share.lower)} and ${toldWords('percent', share.upper)}`,
                }),
          },
        ]}
      />
      {isLacking && <PopulationNotice year={year} />}
      <ToldFiles page="not-reached" asked={{ from: period.from, to: period.to }} />
      <ToldParts parts={read.parts} />
      <h2 className="govuk-heading-m">What these figures do not know</h2>
      <div className="govuk-!-width-two-thirds">
        <ul className="govuk-list govuk-list--bullet">
          {(read.notes ?? []).map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      </div>
    </>
  )
}
