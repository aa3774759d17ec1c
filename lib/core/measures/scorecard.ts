import { qualityFigure, shareOf, type DataQuality } from './data-quality.ts'
import type { UseMeasures } from './use-measures.ts'

/**
 * The scorecard of a quarter: services as rows, ten indicators as columns, each with its change from
 * another quarter. docs/measures.md defines every indicator.
 */

/** What a service's quarter came to; undefined where it sent no file. */
export interface ServiceQuarter {
  readonly use: UseMeasures
  readonly quality: DataQuality
}

/** How an indicator is written: a count, days, or a share in per cent. */
export type IndicatorForm = 'count' | 'days' | 'share'

/** An indicator: how it is read of a quarter; null where nothing of it is known. */
interface Indicator {
  readonly code: string
  readonly form: IndicatorForm
  readonly read: (quarter: ServiceQuarter) => number | null
}

const INDICATORS = [
  { code: 'reached', form: 'count', read: ({ use }) => use.reached },
  { code: 'fresh', form: 'count', read: ({ use }) => use.fresh },
  { code: 'wait', form: 'days', read: ({ use }) => use.waits.days?.median ?? null },
  {
    code: 'longWaits',
    form: 'share',
    read: ({ use }) => shareOf({ part: use.waits.overFourWeeks, whole: use.waits.known }),
  },
  {
    code: 'cameToFour',
    form: 'share',
    read: ({ use }) => shareOf({ part: use.kept.four, whole: use.kept.starters }),
  },
  {
    code: 'completed',
    form: 'share',
    read: ({ use }) => shareOf({ part: use.completed, whole: use.completed + use.leftEarly }),
  },
  { code: 'complete', form: 'share', read: ({ quality }) => qualityFigure('complete', quality) },
  { code: 'usable', form: 'share', read: ({ quality }) => qualityFigure('usable', quality) },
  { code: 'matchable', form: 'share', read: ({ quality }) => qualityFigure('matchable', quality) },
  { code: 'daysAfter', form: 'days', read: ({ quality }) => qualityFigure('daysAfter', quality) },
] as const satisfies readonly Indicator[]

/** The code of an indicator. */
export type IndicatorCode = (typeof INDICATORS)[number]['code']

/** The indicators in the order of their columns. */
export const SCORECARD_INDICATORS: readonly {
  readonly code: IndicatorCode
  readonly form: IndicatorForm
}[] = INDICATORS.map(({ code, form }) => ({ code, form }))

/** One cell: its value, and what it was in the other quarter; null where nothing is known. */
export interface ScoreCell {
  readonly value: number | null
  readonly before: number | null
}

/** A service's row. */
export interface ScoreRow {
  readonly service: string
  /** Whether it sent a file for the other quarter. */
  readonly sentBefore: boolean
  readonly cells: Readonly<Record<IndicatorCode, ScoreCell>>
}

/**
 * The row of a service that sent a file: its quarter beside the other one, for which it may have sent
 * none. A share is in per cent.
 */
export function scoreRow(
  service: string,
  now: ServiceQuarter,
  before: ServiceQuarter | undefined,
): ScoreRow {
  const cells = INDICATORS.map(
    ({ code, read }) =>
      [code, { value: read(now), before: before === undefined ? null : read(before) }] as const,
  )
  return {
    ...{ service, sentBefore: before !== undefined },
    cells: Object.fromEntries(cells) as ScoreRow['cells'],
  }
}

/** Rows by one indicator, the most first; what is not known comes last, and equals by service. */
export function sortRows(
  rows: readonly ScoreRow[],
  by: IndicatorCode | 'service',
  named: (service: string) => string,
): ScoreRow[] {
  const byName = (left: ScoreRow, right: ScoreRow) =>
    named(left.service).localeCompare(named(right.service), 'en-GB')
  if (by === 'service') return [...rows].sort(byName)
  const valueOf = ({ cells }: ScoreRow) => cells[by].value ?? Number.NEGATIVE_INFINITY
  return [...rows].sort(
    (left, right) => compare(valueOf(right), valueOf(left)) || byName(left, right),
  )
}

function compare(left: number, right: number): number {
  return left === right ? 0 : left < right ? -1 : 1
}
