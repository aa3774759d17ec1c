import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { orderText, readOrder } from '#core/measures/scorecard.ts'
import { quarterWords } from '#core/standard/quarter.ts'
import { DownloadLinks } from '../../components/download-links.tsx'
import { FilterForm } from '../../components/filter-form.tsx'
import { textIn, type Query } from '../../guards/query.ts'
import { turnAway } from '../../guards/refused.ts'
import { requireActor } from '../../guards/require-actor.ts'
import { ExactNotice } from '../exact-notice.tsx'
import { quarterChoices } from '../programme-quarters.ts'
import { ReachTabs } from '../reach-tabs.tsx'
import { readScorecard } from './read-scorecard.ts'
import { ScoreTable } from './score-table.tsx'

export const metadata: Metadata = { title: 'Scorecard' }

/** Services as rows, indicators of one quarter as columns; every look is audited. */
export default async function ScorecardPage({
  searchParams,
}: {
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const actor = await requireActor('exact.see')
  const query = await searchParams
  const order = readOrder(textIn(query, 'order'))
  const read = await readScorecard(actor, query, order)
  if (read === undefined) return turnAway()
  const { quarter, quarters, wanted, rows, silent } = read
  const asked = { quarter, beside: wanted }
  return (
    <div className="app-scorecard">
      <ReachTabs actor={actor} here={addresses.scorecard} />
      <span className="govuk-caption-l">{quarterWords(quarter)}</span>
      <h1 className="govuk-heading-l">Scorecard</h1>
      <ExactNotice />
      <FilterForm
        action={addresses.scorecard}
        submit="Show"
        fields={[
          { name: 'quarter', label: 'Quarter', value: quarter, choices: quarterChoices(quarters) },
          { name: 'beside', label: 'Compared with', value: wanted, choices: BESIDES },
        ]}
      >
        <input type="hidden" name="order" value={orderText(order)} />
      </FilterForm>
      {rows.length === 0 ? (
        <p className="govuk-body">No service sent a file for this quarter.</p>
      ) : (
        <>
          <DownloadLinks
            what="it"
            file={(form) => addresses.scorecardFile({ ...asked, order: orderText(order), form })}
          >
            {' '}
            A heading of the table puts it in the order of its column.
          </DownloadLinks>
          <ScoreTable scorecard={read} order={order} asked={asked} />
        </>
      )}
      {silent.length > 0 && rows.length > 0 && (
        <p className="govuk-body">
          <strong>No file for this quarter:</strong> {silent.join(', ')}.
        </p>
      )}
    </div>
  )
}

const BESIDES = [
  { value: 'year', text: 'The same quarter a year before' },
  { value: 'quarter', text: 'The quarter before' },
]
