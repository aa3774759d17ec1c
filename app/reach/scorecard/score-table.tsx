import type { ReactNode } from 'react'
import { SCORECARD_INDICATORS, type ScoreRow } from '#core/measures/scorecard.ts'
import type { QuarterTargets } from '#server/programme/targets/targets.ts'
import {
  changeWords,
  INDICATOR_WORDS,
  indicatorWords,
  targetWords,
} from '#core/messages/releases/measure-words.ts'
import { quarterWords, type Quarter } from '#core/standard/quarter.ts'
import { Noted } from '../../components/noted.tsx'
import { NumberTable } from '../../components/number-table.tsx'
import { SummaryList } from '../../components/summary-list.tsx'

/** The scorecard as a table, and what each of its columns is of. */
export function ScoreTable({
  beside,
  targets,
  rows,
  named,
}: {
  readonly beside: Quarter
  readonly targets: QuarterTargets
  readonly rows: readonly ScoreRow[]
  readonly named: (service: string) => string
}): ReactNode {
  return (
    <>
      <NumberTable
        caption={`Each service, and its change from ${quarterWords(beside)}`}
        columns={[
          { name: 'Service' },
          ...SCORECARD_INDICATORS.map(({ code }) => ({ name: INDICATOR_WORDS[code].name })),
        ]}
        rows={rows.map(({ service, sentBefore, cells }) => ({
          key: service,
          cells: [
            <Noted
              key={service}
              text={named(service)}
              notes={[sentBefore ? '' : 'no file then: no change']}
            />,
            ...SCORECARD_INDICATORS.map(({ code, form }) => (
              <Noted
                key={code}
                text={indicatorWords(form, cells[code].value)}
                notes={[
                  changeWords(form, cells[code]),
                  targetWords(code, form, cells[code].value, targets.get(service)?.get(code)),
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
        The change is from the same quarter a year before or, where no service sent a file for that,
        from the quarter before; that of a share is in points of per cent. A figure is “not known”
        where nobody’s dates, contacts or ends are. A target is the least a figure should be, or the
        most of waits and days after the quarter; without one nothing is said of it. People who
        started late in the quarter had less time to come to 4 contacts.
      </p>
    </>
  )
}
