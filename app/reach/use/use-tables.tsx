import type { ReactNode } from 'react'
import { countWords, shareWords, spreadWords } from '#core/messages/releases/measure-words.ts'
import type { MeasuredUse } from '#server/figures/measures/measure-use.ts'
import { NumberTable } from '../../components/number-table.tsx'

type Row = MeasuredUse['services'][number]

interface Table {
  readonly key: 'people' | 'waits' | 'contacts' | 'ends'
  readonly caption: string
  /** What the figures are of, and what is not in them. */
  readonly note: string
  readonly columns: readonly { readonly name: string; readonly cell: (row: Row) => string }[]
}

/** What each service's use comes to, a table a question; docs/measures.md defines every column. */
const TABLES: readonly Table[] = [
  {
    ...{ key: 'people', caption: 'People' },
    note: 'New people are those whom the service had not reached before the period.',
    columns: [
      { name: 'Reached', cell: ({ reached }) => countWords(reached) },
      { name: 'New', cell: ({ fresh }) => countWords(fresh) },
      { name: 'Returning', cell: ({ reached, fresh }) => countWords(reached - fresh) },
      { name: 'Named, not reached', cell: ({ notReached }) => countWords(notReached) },
    ],
  },
  {
    ...{ key: 'waits', caption: 'From referral to start' },
    note: 'Days from the first referral to the first start, for people who started in the period and have both dates. People still waiting are counted apart: they are in no wait that has ended.',
    columns: [
      { name: 'Referred', cell: ({ referred }) => countWords(referred) },
      { name: 'Started', cell: ({ waits }) => countWords(waits.started) },
      { name: 'Both dates known', cell: ({ waits }) => shareWords(waits.known, waits.started) },
      { name: 'Median days (middle half)', cell: ({ waits }) => spreadWords(waits.days) },
      {
        name: 'Over 4 weeks',
        cell: ({ waits }) => shareWords(waits.overFourWeeks, waits.known),
      },
      { name: 'Still waiting', cell: ({ waiting }) => countWords(waiting.people) },
      {
        name: 'Of them, over 4 weeks',
        cell: ({ waiting }) => shareWords(waiting.overFourWeeks, waiting.known),
      },
    ],
  },
  {
    ...{ key: 'contacts', caption: 'Contacts' },
    note: 'Contacts attended in the period, for people reached whose files give a number. “Came to” counts people whom the service first reached in the period, and their contacts to its end: people who started late had less time.',
    columns: [
      {
        name: 'Number known',
        cell: ({ contacts, reached }) => shareWords(contacts.known, reached),
      },
      { name: 'Contacts', cell: ({ contacts }) => countWords(contacts.total) },
      {
        name: 'Median a person (middle half)',
        cell: ({ contacts }) => spreadWords(contacts.each),
      },
      { name: 'New people', cell: ({ kept }) => countWords(kept.starters) },
      { name: 'Came to 2', cell: ({ kept }) => shareWords(kept.two, kept.starters) },
      { name: 'Came to 4', cell: ({ kept }) => shareWords(kept.four, kept.starters) },
      { name: 'Came to 8', cell: ({ kept }) => shareWords(kept.eight, kept.starters) },
    ],
  },
  {
    ...{ key: 'ends', caption: 'How use ended' },
    note: 'By the last status in the period. The share completed is of those who completed or left early.',
    columns: [
      { name: 'Completed', cell: ({ completed }) => countWords(completed) },
      { name: 'Left early', cell: ({ leftEarly }) => countWords(leftEarly) },
      {
        name: 'Share completed',
        cell: ({ completed, leftEarly }) => shareWords(completed, completed + leftEarly),
      },
      { name: 'Declined', cell: ({ declined }) => countWords(declined) },
    ],
  },
]

/** Some of how people used each service in a period, as tables. */
export function UseTables({
  which,
  services,
  named,
}: {
  readonly which: readonly Table['key'][]
  readonly services: readonly Row[]
  readonly named: (code: string) => string
}): ReactNode {
  return TABLES.filter(({ key }) => which.includes(key)).map(({ key, caption, note, columns }) => (
    <div key={key}>
      <NumberTable
        caption={caption}
        columns={[{ name: 'Service' }, ...columns.map(({ name }) => ({ name }))]}
        rows={services.map((row) => ({
          key: row.service,
          cells: [named(row.service), ...columns.map(({ cell }) => cell(row))],
        }))}
      />
      <p className="govuk-body govuk-!-width-two-thirds">{note}</p>
    </div>
  ))
}
