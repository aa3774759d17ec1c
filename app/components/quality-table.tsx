import type { ReactNode } from 'react'
import { QUALITY_CODES, qualityFigure, type DataQuality } from '#core/measures/data-quality.ts'
import {
  changeWords,
  INDICATOR_WORDS,
  qualityWords,
} from '#core/messages/releases/measure-words.ts'
import { drawLineChart } from '#core/charts/line-chart.ts'
import { quarterWords, shortQuarterWords, type Quarter } from '#core/standard/quarter.ts'
import { Noted } from './noted.tsx'
import { NumberTable } from './number-table.tsx'
import { PictureFigure } from './picture-figure.tsx'
import { SummaryList } from './summary-list.tsx'

/** How good files were in one quarter; null where there is none. */
export interface QualityQuarter {
  readonly quarter: Quarter
  readonly quality: DataQuality | null
}

/** The quality of files from quarter to quarter as a picture and its table. */
export function QualityTrend({
  heading,
  quarters,
}: {
  readonly heading: string
  /** The earliest first. */
  readonly quarters: readonly QualityQuarter[]
}): ReactNode {
  return (
    <section>
      <h2 className="govuk-heading-m">{heading}</h2>
      <PictureFigure picture={pictureOf(quarters)} />
      <NumberTable
        caption="Quality from quarter to quarter"
        columns={[
          { name: 'Quarter' },
          ...QUALITY_CODES.map((code) => ({ name: INDICATOR_WORDS[code].name })),
        ]}
        rows={quarters
          .map(({ quarter, quality }, at) => ({
            key: quarter,
            cells: [
              quarterWords(quarter),
              ...QUALITY_CODES.map((code) => (
                <QualityCell
                  key={code}
                  code={code}
                  quality={quality}
                  before={quarters[at - 1]?.quality ?? null}
                />
              )),
            ],
          }))
          .reverse()}
      />
    </section>
  )
}

/** What each measure of quality is. */
export function QualityMeanings(): ReactNode {
  return (
    <SummaryList
      lines={QUALITY_CODES.map((code) => {
        const { name, what } = INDICATOR_WORDS[code]
        return { name, value: what }
      })}
    />
  )
}

/** One measure of a file with its change from the quarter before. */
export function QualityCell({
  code,
  quality,
  before,
}: {
  readonly code: (typeof QUALITY_CODES)[number]
  readonly quality: DataQuality | null
  readonly before: DataQuality | null
}): ReactNode {
  if (quality === null) return 'no file'
  const cell = {
    value: qualityFigure(code, quality),
    before: before === null ? null : qualityFigure(code, before),
  }
  return (
    <Noted
      text={qualityWords(code, quality)}
      notes={[changeWords(code === 'daysAfter' ? 'days' : 'share', cell)]}
    />
  )
}

const SHARES = ['complete', 'usable', 'matchable'] as const

function pictureOf(quarters: readonly QualityQuarter[]): ReturnType<typeof drawLineChart> {
  return drawLineChart(
    {
      id: 'quality',
      title: 'Quality from quarter to quarter, in per cent',
      description:
        'Facts given, rows used and strong evidence. The table below has the same figures.',
    },
    quarters.map(({ quarter }) => shortQuarterWords(quarter)),
    SHARES.map((code) => ({
      name: `${INDICATOR_WORDS[code].name}, %`,
      values: quarters.map(({ quality }) => {
        const share = quality === null ? null : qualityFigure(code, quality)
        return share === null ? null : Math.round(share)
      }),
    })),
  )
}
