import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { SCORECARD_INDICATORS, sortRows, type IndicatorCode } from '#core/measures/scorecard.ts'
import { INDICATOR_WORDS } from '#core/messages/releases/measure-words.ts'
import { quarterWords, type Quarter } from '#core/standard/quarter.ts'
import { lookAtScorecard } from '#server/figures/measures/look-at-scorecard.ts'
import { lookAtTargets } from '#server/programme/targets/targets.ts'
import { readRegisterNames } from '#server/programme/register/register-names.ts'
import { FilterForm } from '../../components/filter-form.tsx'
import { textIn, type Query } from '../../guards/query.ts'
import { turnAway } from '../../guards/refused.ts'
import { openRequest } from '../../guards/request-context.ts'
import { requireActor } from '../../guards/require-actor.ts'
import { ExactNotice } from '../exact-notice.tsx'
import { askedPeriod, quarterChoices } from '../programme-quarters.ts'
import { ReachTabs } from '../reach-tabs.tsx'
import { ScoreTable } from './score-table.tsx'

export const metadata: Metadata = { title: 'Scorecard' }

/** Services as rows, indicators of one quarter as columns; every look is audited. */
export default async function ScorecardPage({
  searchParams,
}: {
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const actor = await requireActor('exact.see')
  const { portal, accounts } = await openRequest()
  const query = await searchParams
  const { quarters, to } = askedPeriod(portal.programme, accounts.now(), query)
  const asked = quarters.find((of) => of === textIn(query, 'quarter'))
  const looked = await lookAtScorecard(portal.looks, actor, { asked, otherwise: to })
  if (!looked.ok) return turnAway()
  const { quarter } = looked
  const { services } = await readRegisterNames(accounts.pool, quarter)
  const aims = await lookAtTargets(accounts, actor, 'exact.see', quarter)
  const named = (code: string): string => services.get(code) ?? code
  const order = ORDERS.find(({ value }) => value === textIn(query, 'order'))?.value ?? 'service'
  const sent = new Set(looked.rows.map(({ service }) => service))
  const silent = [...services].filter(([code]) => !sent.has(code)).map(([, name]) => name)
  return (
    <div className="app-scorecard">
      <ReachTabs actor={actor} here={addresses.scorecard} />
      <span className="govuk-caption-l">{quarterWords(quarter)}</span>
      <h1 className="govuk-heading-l">Scorecard</h1>
      <ExactNotice />
      <Choice quarters={quarters} quarter={quarter} order={order} />
      {looked.rows.length === 0 ? (
        <p className="govuk-body">No service sent a file for this quarter.</p>
      ) : (
        <ScoreTable
          beside={looked.beside}
          targets={aims.ok ? aims.targets : new Map()}
          rows={sortRows(looked.rows, order, named)}
          named={named}
        />
      )}
      {silent.length > 0 && looked.rows.length > 0 && (
        <p className="govuk-body">
          <strong>No file for this quarter:</strong>{' '}
          {silent.toSorted((left, right) => left.localeCompare(right, 'en-GB')).join(', ')}.
        </p>
      )}
    </div>
  )
}

const ORDERS: readonly { readonly value: IndicatorCode | 'service'; readonly text: string }[] = [
  { value: 'service', text: 'Service' },
  ...SCORECARD_INDICATORS.map(({ code }) => ({
    value: code,
    text: `${INDICATOR_WORDS[code].name}, most first`,
  })),
]

function Choice({
  quarters,
  quarter,
  order,
}: {
  readonly quarters: readonly Quarter[]
  readonly quarter: Quarter
  readonly order: string
}): ReactNode {
  return (
    <FilterForm
      action={addresses.scorecard}
      submit="Show"
      fields={[
        { name: 'quarter', label: 'Quarter', value: quarter, choices: quarterChoices(quarters) },
        { name: 'order', label: 'In the order of', value: order, choices: ORDERS },
      ]}
    />
  )
}
