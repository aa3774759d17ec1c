import { drawBarChart } from '#core/charts/bar-chart.ts'
import { drawLineChart } from '#core/charts/line-chart.ts'
import type { Picture } from '#core/charts/picture.ts'
import { shortQuarterWords } from '#core/standard/quarter.ts'
import type { FigureRow, TrendRow } from './release-views.ts'

/** How people of a scope went from quarter to quarter. */
export function trendPicture(trend: readonly TrendRow[], scope: string): Picture {
  return drawLineChart(
    {
      id: 'trend',
      title: 'People from quarter to quarter',
      description: `${scope}: different people in each quarter and since the start. The table below has the same figures.`,
    },
    trend.map(({ quarter }) => shortQuarterWords(quarter)),
    [
      {
        name: 'People in the quarter',
        values: trend.map(({ figures }) => figures?.people ?? null),
      },
      { name: 'People since the start', values: trend.map(({ sinceStart }) => sinceStart) },
    ],
  )
}

/** People of each of some services or places, for which a file had come. */
export function barPicture(id: string, title: string, rows: readonly FigureRow[]): Picture {
  const sent = rows.filter(({ figures }) => figures !== null)
  return drawBarChart(
    { id, title, description: `${title}. The table below has the same figures.` },
    sent.map(({ name, figures }) => ({ name, value: figures?.people ?? null })),
    'People',
  )
}
