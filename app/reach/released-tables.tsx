import type { ReactNode } from 'react'
import { quarterWords } from '#core/standard/quarter.ts'
import type { Printed } from '#core/disclosure/printed.ts'
import type { Breakdown, FigureRow, TrendRow } from '#server/figures/releases/release-views.ts'
import { NumberTable } from '../components/number-table.tsx'
import {
  ATTRIBUTE_NAMES,
  printedWords,
  shareWords,
} from '#core/messages/releases/released-words.ts'

const NO_FILE = 'No file'

/** Released figures of services, strands or places. */
export function FigureTable({
  caption,
  of,
  rows,
}: {
  readonly caption: string
  readonly of: string
  readonly rows: readonly FigureRow[]
}): ReactNode {
  const sent = rows.filter(({ figures }) => figures !== null)
  const missing = rows.filter(({ figures }) => figures === null)
  return (
    <>
      <NumberTable
        caption={caption}
        columns={[
          { name: of },
          { name: 'People' },
          { name: 'At least' },
          { name: 'At most' },
          { name: 'Children' },
          { name: 'Adults' },
          { name: 'Families' },
        ]}
        rows={sent.map(({ code, name, figures }) => ({
          key: code,
          cells: [
            name,
            shown(figures?.people),
            shown(figures?.lower),
            shown(figures?.upper),
            shown(figures?.children),
            shown(figures?.adults),
            shown(figures?.families),
          ],
        }))}
      />
      {missing.length > 0 && (
        <p className="govuk-body">
          No file for this period: {missing.map(({ name }) => name).join(', ')}.
        </p>
      )}
    </>
  )
}

/** How the figures went from quarter to quarter. */
export function TrendTable({ trend }: { readonly trend: readonly TrendRow[] }): ReactNode {
  return (
    <NumberTable
      caption="From quarter to quarter"
      columns={[
        { name: 'Quarter' },
        { name: 'People' },
        { name: 'New this year' },
        { name: 'Returning' },
        { name: 'Year to date' },
        { name: 'Since the start' },
      ]}
      rows={trend.map(({ quarter, figures, yearToDate, sinceStart }) => ({
        key: quarter,
        cells: [
          quarterWords(quarter),
          shown(figures?.people),
          shown(figures?.new),
          shown(figures?.returning),
          shown(yearToDate),
          shown(sinceStart),
        ],
      }))}
    />
  )
}

/** People by age, gender and ethnicity, one at a time; values of nobody are left out. */
export function BreakdownTables({
  breakdowns,
}: {
  readonly breakdowns: readonly Breakdown[]
}): ReactNode {
  return breakdowns.map(({ attribute, rows }) => (
    <NumberTable
      key={attribute}
      caption={`People by ${ATTRIBUTE_NAMES[attribute].toLowerCase()}`}
      columns={[{ name: ATTRIBUTE_NAMES[attribute] }, { name: 'People' }, { name: 'Share' }]}
      rows={rows
        .filter(({ people }) => people !== 0)
        .map(({ value, name, people, share }) => ({
          key: value,
          cells: [
            name.charAt(0).toUpperCase() + name.slice(1),
            printedWords(people),
            shareWords(share),
          ],
        }))}
    />
  ))
}

function shown(printed: Printed | null | undefined): string {
  return printed === null || printed === undefined ? NO_FILE : printedWords(printed)
}
