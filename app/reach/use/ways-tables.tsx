import type { ReactNode } from 'react'
import { countWords, shareWords, sourceWords } from '#core/messages/releases/measure-words.ts'
import type { MeasuredUse } from '#server/figures/measures/measure-use.ts'
import { NumberTable } from '../../components/number-table.tsx'

/** By whom people came to services, as a table. */
export function ReferralTable({
  referrals,
  named,
}: {
  readonly referrals: MeasuredUse['referrals']
  readonly named: (code: string) => string
}): ReactNode {
  return (
    <NumberTable
      caption="Who referred people"
      columns={[{ name: 'Service' }, { name: 'Referred by', words: true }, { name: 'People' }]}
      rows={referrals.map(({ service, source, people: referred }) => ({
        key: `${service} ${source}`,
        cells: [named(service), sourceWords(source), countWords(referred)],
      }))}
    />
  )
}

/** How people went from one service to others, as tables. */
export function WaysTables({
  use: { servicesUsed, pathways },
  named,
}: {
  readonly use: Pick<MeasuredUse, 'servicesUsed' | 'pathways'>
  readonly named: (code: string) => string
}): ReactNode {
  const firsts = Map.groupBy(pathways, ({ first }) => first)
  const people = servicesUsed.reduce((sum, row) => sum + row.people, 0)
  return (
    <>
      <NumberTable
        caption="How many services people used"
        columns={[{ name: 'Services' }, { name: 'People' }]}
        rows={servicesUsed.map(({ services, people: using }) => ({
          key: String(services),
          cells: [countWords(services), shareWords(using, people)],
        }))}
      />
      <NumberTable
        caption="Which service came next"
        columns={[
          { name: 'First service' },
          { name: 'People' },
          { name: 'Another within a year' },
          { name: 'Which came next', words: true },
        ]}
        rows={[...firsts].map(([first, ways]) => {
          const all = ways.reduce((sum, way) => sum + way.people, 0)
          const nexts = ways.filter(({ next }) => next !== '').sort((a, b) => b.people - a.people)
          const alone = ways.find(({ next }) => next === '')?.people ?? 0
          return {
            key: first,
            cells: [
              named(first),
              countWords(all),
              shareWords(all - alone, all),
              nexts
                .map(({ next, people: going }) => `${named(next)} ${countWords(going)}`)
                .join(', ') || 'None',
            ],
          }
        })}
      />
      <p className="govuk-body govuk-!-width-two-thirds">
        Of people whom the programme first reached in the period, by quarter of first reach:
        services of one quarter are not put in an order, and somebody whom two reached first is in
        the rows of both. The order of services says nothing of what led to what.
      </p>
    </>
  )
}
