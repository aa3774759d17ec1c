import type { ReactNode } from 'react'
import { drawLineChart } from '#core/charts/line-chart.ts'
import { drawSparkline } from '#core/charts/sparkline.ts'
import {
  SCORECARD_INDICATORS,
  type Figure,
  type Figures,
  type IndicatorCode,
} from '#core/measures/scorecard.ts'
import {
  changeWords,
  countWords,
  INDICATOR_WORDS,
  indicatorWords,
  targetWords,
} from '#core/messages/releases/measure-words.ts'
import {
  quarterAfter,
  quarterWords,
  shortQuarterWords,
  type Quarter,
} from '#core/standard/quarter.ts'
import type { ServiceTargets } from '#server/programme/targets/targets.ts'
import { Folded } from './folded.tsx'
import { NumberTable } from './number-table.tsx'
import { PictureFigure } from './picture-figure.tsx'
import { SummaryList } from './summary-list.tsx'

/** The figures of a service's quarter; null where it sent no file. */
export interface FiguresOfQuarter {
  readonly quarter: Quarter
  readonly figures: Figures | null
}

const NOTHING: Figure = { value: null, of: null }

/** Each indicator of one quarter: of how many it is, how it changed, and how it stands against its target. */
export function QuarterTable({
  quarter,
  quarters,
  targets,
}: {
  readonly quarter: Quarter
  readonly quarters: readonly FiguresOfQuarter[]
  readonly targets: ServiceTargets
}): ReactNode {
  const of = (wanted: Quarter): Figures | null =>
    quarters.find((one) => one.quarter === wanted)?.figures ?? null
  const now = of(quarter)
  if (now === null) return <p className="govuk-body">No file is in use for this quarter.</p>
  const told = SCORECARD_INDICATORS.filter(({ code }) => now[code] !== undefined)
  const befores = [quarterAfter(quarter, -1), quarterAfter(quarter, -4)] as const
  return (
    <>
      <NumberTable
        caption={quarterWords(quarter)}
        columns={[
          { name: 'Indicator' },
          { name: 'This quarter' },
          { name: 'Trend' },
          { name: 'Of' },
          { name: 'From the quarter before' },
          { name: 'From a year before' },
          { name: 'Target' },
        ]}
        rows={told.map(({ code, form }) => {
          const { value, of: whole } = now[code] ?? NOTHING
          return {
            key: code,
            cells: [
              INDICATOR_WORDS[code].name,
              indicatorWords(form, value),
              <Sparkline key="trend" code={code} quarters={quarters} />,
              whole === null ? '' : countWords(whole),
              ...befores.map((before) => {
                const then = of(before)
                if (then === null) return 'no file then'
                return (
                  changeWords(form, { value, before: then[code]?.value ?? null }) || 'not known'
                )
              }),
              targetWords(code, form, value, targets.get(code)) || 'none',
            ],
          }
        })}
      />
      <section className="app-printed-whole">
        <Folded text="What each is of">
          <SummaryList
            lines={told.map(({ code }) => {
              const { name, what } = INDICATOR_WORDS[code]
              return { name, value: what }
            })}
          />
        </Folded>
      </section>
    </>
  )
}

/** An indicator quarter by quarter, to the one that is looked at; its numbers are in the table below as well. */
function Sparkline({
  code,
  quarters,
}: {
  readonly code: IndicatorCode
  readonly quarters: readonly FiguresOfQuarter[]
}): ReactNode {
  const values = quarters.map(({ figures }) => {
    const value = figures?.[code]?.value ?? null
    return value === null ? null : Math.round(value * 10) / 10
  })
  const svg = drawSparkline(`${INDICATOR_WORDS[code].name}, quarter by quarter`, values)
  return <span dangerouslySetInnerHTML={{ __html: svg }} />
}

/** People reached as a picture, and every indicator, quarter by quarter. */
export function TrendTable({
  quarters,
}: {
  /** The earliest first. */
  readonly quarters: readonly FiguresOfQuarter[]
}): ReactNode {
  const told = SCORECARD_INDICATORS.filter(({ code }) =>
    quarters.some(({ figures }) => figures?.[code] !== undefined),
  )
  const picture = drawLineChart(
    {
      id: 'trend',
      title: 'People reached, quarter by quarter',
      description: 'People reached in each quarter. The table below has the same figures.',
    },
    quarters.map(({ quarter }) => shortQuarterWords(quarter)),
    [
      {
        name: INDICATOR_WORDS.reached.name,
        values: quarters.map(({ figures }) => figures?.reached?.value ?? null),
      },
    ],
  )
  return (
    <>
      <PictureFigure picture={picture} />
      <NumberTable
        caption="Quarter by quarter"
        columns={[
          { name: 'Quarter' },
          ...told.map(({ code }) => ({ name: INDICATOR_WORDS[code].name })),
        ]}
        rows={quarters
          .map(({ quarter, figures }) => ({
            key: quarter,
            cells: [
              shortQuarterWords(quarter),
              ...told.map(({ code, form }) =>
                figures === null ? 'no file' : indicatorWords(form, figures[code]?.value ?? null),
              ),
            ],
          }))
          .reverse()}
      />
    </>
  )
}
