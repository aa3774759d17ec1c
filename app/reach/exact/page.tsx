import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import type { Estimate } from '#core/estimate/estimate-figures.ts'
import { GROUPINGS, type UniqueFigures } from '#core/reach/measure.ts'
import { readRegisterNames } from '#server/programme/register/register-names.ts'
import { lookAtReach } from '#server/figures/reach/look-at-reach.ts'
import type { EstimatedFigures } from '#server/figures/reach/read-estimate.ts'
import { Headline } from '../../components/headline.tsx'
import { NumberTable } from '../../components/number-table.tsx'
import { textIn, type Query } from '../../guards/query.ts'
import { openRequest } from '../../guards/request-context.ts'
import { requireActor } from '../../guards/require-actor.ts'
import { ExactHead } from '../exact-head.tsx'
import { groupWords, GROUPING_NAMES } from '../group-words.ts'
import { askedPeriod } from '../programme-quarters.ts'
import { EstimateFacts } from './estimate-facts.tsx'
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
  const period = askedPeriod(portal.programme, accounts.now(), query)
  const { from, to } = period
  const by = GROUPINGS.filter((name) => textIn(query, `by-${name}`) === 'yes')
  const looked = await lookAtReach(portal.looks, actor, { from, to, by })
  if (!looked.ok) return turnAway()
  const { unique, cells } = looked.reach
  const { estimated } = looked
  const names = await readRegisterNames(accounts.pool, to)
  return (
    <>
      <ExactHead actor={actor} here={addresses.exactReach} heading="Exact reach" period={period}>
        <GroupingBoxes chosen={by} />
      </ExactHead>
      <Headline
        figures={[
          {
            name: 'Different people found',
            value: shown(unique.people),
            note: estimateNote(estimated?.unique.people),
          },
          {
            name: 'Children',
            value: shown(unique.children),
            note: estimateNote(estimated?.unique.children),
          },
          {
            name: 'Adults',
            value: shown(unique.adults),
            note: estimateNote(estimated?.unique.adults),
          },
          {
            name: 'Families',
            value: shown(unique.families),
            note: estimateNote(estimated?.unique.families),
          },
        ]}
      />
      <EstimateFacts estimated={estimated} unique={unique} names={names} />
      {by.length > 0 && (
        <NumberTable
          caption={`Exact reach by ${by.map((name) => GROUPING_NAMES[name].toLowerCase()).join(', ')}`}
          columns={[...by.map((name) => ({ name: GROUPING_NAMES[name], words: true })), ...COLUMNS]}
          rows={cells.map((cell, place) => ({
            key: cell.by.join(' '),
            cells: [
              ...cell.by.map((value, index) => groupWords(by[index] ?? 'service', value, names)),
              ...numbers(cell, estimated?.cells[place]),
            ],
          }))}
          total={[
            'Each person once',
            ...by.slice(1).map(() => ''),
            ...numbers(unique, estimated?.unique),
          ]}
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

const COLUMNS = [
  ...['People found', 'Estimate', '95% interval', 'Children', '95% interval'],
  ...['Adults', '95% interval', 'Families', '95% interval', 'Surest', 'All doubts joined'],
].map((name) => ({ name }))

function numbers(figures: UniqueFigures, estimated: EstimatedFigures | undefined): string[] {
  const { people, lower, upper, children, adults, families } = figures
  return [
    shown(people),
    estimated === undefined ? '…' : shown(estimated.people.estimate),
    interval(estimated?.people),
    shown(children),
    interval(estimated?.children),
    shown(adults),
    interval(estimated?.adults),
    shown(families),
    interval(estimated?.families),
    ...[upper, lower].map(shown),
  ]
}

function estimateNote(estimate: Estimate | undefined): string {
  return estimate === undefined
    ? 'found; the estimate is being made'
    : `estimate ${shown(estimate.estimate)}, 95% interval ${interval(estimate)}`
}

function interval(estimate: Estimate | undefined): string {
  return estimate === undefined ? '…' : `${shown(estimate.low)} to ${shown(estimate.high)}`
}

function shown(count: number): string {
  return count.toLocaleString('en-GB')
}
