import type { ReactNode } from 'react'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { orderText, SCORECARD_INDICATORS, type RowOrder } from '#core/measures/scorecard.ts'
import type { NamedScorecard } from '#server/figures/measures/scorecard-files.ts'
import {
  changeWords,
  figureWords,
  INDICATOR_WORDS,
  targetNote,
} from '#core/messages/releases/measure-words.ts'
import { quarterWords } from '#core/standard/quarter.ts'
import { Noted } from '../../components/noted.tsx'
import { NumberTable, type NumberColumn } from '../../components/number-table.tsx'
import { SummaryList } from '../../components/summary-list.tsx'

/** The scorecard as a table, and what each of its columns is of. */
export function ScoreTable({
  scorecard: { quarter, beside, targets, rows, named },
  order,
  asked,
}: {
  readonly scorecard: NamedScorecard
  readonly order: RowOrder
  /** Of which it is: kept where another order is chosen. */
  readonly asked: Readonly<Record<string, string>>
}): ReactNode {
  const sorted = (by: RowOrder['by']): NonNullable<NumberColumn['sort']> => {
    const isBy = by === order.by
    const next = orderText({ by, isReversed: isBy && !order.isReversed })
    // The alphabet ascends where nothing is reversed, and figures descend.
    const isDown = (by === 'service') === order.isReversed
    return {
      href: withQuery(addresses.scorecard, { ...asked, order: next }),
      is: isBy ? (isDown ? 'descending' : 'ascending') : undefined,
    }
  }
  return (
    <>
      <NumberTable
        caption={`Each service, and its change from ${quarterWords(beside)}`}
        columns={[
          { name: 'Service', sort: sorted('service') },
          ...SCORECARD_INDICATORS.map(({ code }) => ({
            name: INDICATOR_WORDS[code].name,
            sort: sorted(code),
          })),
        ]}
        rows={rows.map(({ service, sentBefore, cells }) => ({
          key: service,
          cells: [
            <Noted
              key={service}
              text={
                <a
                  className="govuk-link app-sort"
                  href={addresses.serviceQuarter(service, quarter)}
                >
                  {named(service)}
                </a>
              }
              notes={[sentBefore ? '' : 'no file then: no change']}
            />,
            ...SCORECARD_INDICATORS.map(({ code, form }) => (
              <Noted
                key={code}
                text={figureWords(form, cells[code])}
                notes={[
                  changeWords(form, cells[code]),
                  targetNote(code, form, cells[code].value, targets.get(service)?.get(code)),
                ]}
              />
            )),
          ],
        }))}
      />
      <h2 className="govuk-heading-m">What the columns are of</h2>
      <SummaryList
        lines={SCORECARD_INDICATORS.map(({ code }) => {
          const { name, what } = INDICATOR_WORDS[code]
          return { name, value: what }
        })}
      />
      <p className="govuk-body govuk-!-width-two-thirds">
        Behind a figure stands of how many people, facts, rows or records it is; who is not among
        them is not known. The change is from the same quarter a year before or, where no service
        sent a file for that, from the quarter before; that of a share is in points of per cent. A
        figure is “not known” where nobody’s dates, contacts or ends are. A target is the least a
        figure should be, or the most of waits and days after the quarter; without one nothing is
        said of it. People who started late in the quarter had less time to come to 4 contacts.
      </p>
    </>
  )
}
