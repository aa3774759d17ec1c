import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { quarterWords } from '#core/standard/quarter.ts'
import { GROUPINGS, type UniqueFigures } from '#core/reach/measure.ts'
import { readRegisterNames } from '#server/programme/register/register-names.ts'
import { lookAtReach } from '#server/figures/reach/look-at-reach.ts'
import { FilterForm } from '../../components/filter-form.tsx'
import { Headline } from '../../components/headline.tsx'
import { NumberTable } from '../../components/number-table.tsx'
import { textIn, type Query } from '../../guards/query.ts'
import { openRequest } from '../../guards/request-context.ts'
import { requireActor } from '../../guards/require-actor.ts'
import { ExactNotice } from '../exact-notice.tsx'
import { groupWords, GROUPING_NAMES } from '../group-words.ts'
import { askedPeriod, quarterChoices } from '../programme-quarters.ts'
import { ReachTabs } from '../reach-tabs.tsx'
import { GroupingBoxes } from './grouping-boxes.tsx'
import { turnAway } from '../../guards/refused.ts'

export const metadata: Metadata = { title: 'Exact reach' }

/** Exact reach of a period, for those with the right; every look is audited. */
export default async function ExactReachPage({
  searchParams,
}: {
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const actor = await requireActor('exact.see')
  const { portal, accounts } = await openRequest()
  const query = await searchParams
  const { quarters, from, to } = askedPeriod(portal.programme, query)
  const by = GROUPINGS.filter((name) => textIn(query, `by-${name}`) === 'yes')
  const looked = await lookAtReach(portal.looks, actor, { from, to, by })
  if (!looked.ok) return turnAway()
  const { unique, cells } = looked.reach
  const names = await readRegisterNames(accounts.pool)
  return (
    <>
      <ReachTabs actor={actor} here={addresses.exactReach} />
      <span className="govuk-caption-l">
        {quarterWords(from)}
        {from === to ? '' : ` – ${quarterWords(to)}`}
      </span>
      <h1 className="govuk-heading-l">Exact reach</h1>
      <ExactNotice />
      <FilterForm
        action={addresses.exactReach}
        submit="Count"
        fields={[
          { name: 'from', label: 'From', value: from, choices: quarterChoices(quarters) },
          { name: 'to', label: 'To', value: to, choices: quarterChoices(quarters) },
        ]}
      >
        <GroupingBoxes chosen={by} />
      </FilterForm>
      <Headline
        figures={[
          {
            name: 'Different people',
            value: shown(unique.people),
            note: `at least ${shown(unique.lower)}, at most ${shown(unique.upper)}`,
          },
          { name: 'Children', value: shown(unique.children) },
          { name: 'Adults', value: shown(unique.adults) },
          { name: 'Families', value: shown(unique.families) },
        ]}
      />
      {by.length > 0 && (
        <NumberTable
          caption={`Exact reach by ${by.map((name) => GROUPING_NAMES[name].toLowerCase()).join(', ')}`}
          columns={[...by.map((name) => ({ name: GROUPING_NAMES[name], words: true })), ...COLUMNS]}
          rows={cells.map((cell) => ({
            key: cell.by.join(' '),
            cells: [
              ...cell.by.map((value, index) => groupWords(by[index] ?? 'service', value, names)),
              ...numbers(cell),
            ],
          }))}
          total={['Each person once', ...by.slice(1).map(() => ''), ...numbers(unique)]}
        />
      )}
      <p className="govuk-body">
        The rows of a table do not add up to its last row: somebody who used two services is in both
        rows, and is counted once in the last.{' '}
        <a className="govuk-link" href={addresses.method}>
          How people are counted
        </a>
      </p>
    </>
  )
}

const COLUMNS = ['People', 'At least', 'At most', 'Children', 'Adults', 'Families'].map((name) => ({
  name,
}))

function numbers(figures: UniqueFigures): string[] {
  const { people, lower, upper, children, adults, families } = figures
  return [people, lower, upper, children, adults, families].map(shown)
}

function shown(count: number): string {
  return count.toLocaleString('en-GB')
}
