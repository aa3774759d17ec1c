import { shareOf, type DataQuality, type Part } from './data-quality.ts'
import type { ReachCounting } from '#core/reach/reached.ts'
import type { FileMeasures } from './file-measures.ts'
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

/** A figure of an indicator: null where nothing is known; and of how many it is, null where it is of no others. */
export interface Figure {
  readonly value: number | null
  readonly of: number | null
}

interface Indicator {
  readonly code: string
  readonly form: IndicatorForm
  readonly read: (quarter: ServiceQuarter) => Figure
}

const INDICATORS = [
  { code: 'reached', form: 'count', read: ({ use }) => count(use.reached) },
  { code: 'fresh', form: 'count', read: ({ use }) => ({ value: use.fresh, of: use.reached }) },
  {
    code: 'wait',
    form: 'days',
    read: ({ use }) => median(use.waits.days?.median, use.waits.known),
  },
  {
    code: 'longWaits',
    form: 'share',
    read: ({ use }) => share({ part: use.waits.overFourWeeks, whole: use.waits.known }),
  },
  {
    code: 'cameToFour',
    form: 'share',
    read: ({ use }) => share({ part: use.kept.four, whole: use.kept.starters }),
  },
  {
    code: 'completed',
    form: 'share',
    read: ({ use }) => share({ part: use.completed, whole: use.completed + use.leftEarly }),
  },
  { code: 'complete', form: 'share', read: ({ quality }) => share(quality.complete) },
  { code: 'usable', form: 'share', read: ({ quality }) => share(quality.usable) },
  { code: 'matchable', form: 'share', read: ({ quality }) => share(quality.matchable) },
  { code: 'daysAfter', form: 'days', read: ({ quality }) => count(quality.daysAfter) },
] as const satisfies readonly Indicator[]

function count(value: number): Figure {
  return { value, of: null }
}

function median(value: number | null = null, of: number): Figure {
  return { value, of }
}

function share(part: Part): Figure {
  return { value: shareOf(part), of: part.whole }
}

/** The code of an indicator. */
export type IndicatorCode = (typeof INDICATORS)[number]['code']

/** The indicators in the order of their columns. */
export const SCORECARD_INDICATORS: readonly {
  readonly code: IndicatorCode
  readonly form: IndicatorForm
}[] = INDICATORS.map(({ code, form }) => ({ code, form }))

/** One cell: its figure, and what it was in the other quarter; null where nothing is known. */
export interface ScoreCell extends Figure {
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
      [code, { ...read(now), before: before === undefined ? null : read(before).value }] as const,
  )
  return {
    ...{ service, sentBefore: before !== undefined },
    cells: Object.fromEntries(cells) as ScoreRow['cells'],
  }
}

/** The figures of some indicators; those that are not told are not there. */
export type Figures = Readonly<Partial<Record<IndicatorCode, Figure>>>

/** Every indicator of a service's quarter. */
export function figuresOf(quarter: ServiceQuarter): Figures {
  return Object.fromEntries(INDICATORS.map(({ code, read }) => [code, read(quarter)]))
}

/** The indicators that a file tells by itself. */
export function fileFigures(
  own: FileMeasures | null,
  counting: ReachCounting,
  quality: DataQuality,
): Figures {
  const ofFile: Figures =
    own === null
      ? {}
      : {
          reached: {
            value: counting === 'contacts' ? own.reachedByContacts : own.reachedByEnrolment,
            of: own.records,
          },
          wait: median(own.medianWait, own.waits),
          longWaits: share({ part: own.longWaits, whole: own.waits }),
          completed: share({ part: own.completed, whole: own.completed + own.leftEarly }),
        }
  const { complete, usable, matchable, daysAfter } = quality
  return {
    ...ofFile,
    ...{ complete: share(complete), usable: share(usable), matchable: share(matchable) },
    daysAfter: count(daysAfter),
  }
}

/** By what rows are ordered; by service they are by name. */
export interface RowOrder {
  readonly by: IndicatorCode | 'service'
  /** Whether the least come first; of services, the last of the alphabet. */
  readonly isReversed: boolean
}

/** Rows in an order; what is not known comes last either way, and equals by service. */
export function sortRows(
  rows: readonly ScoreRow[],
  { by, isReversed }: RowOrder,
  named: (service: string) => string,
): ScoreRow[] {
  const byName = (left: ScoreRow, right: ScoreRow): number =>
    named(left.service).localeCompare(named(right.service), 'en-GB')
  if (by === 'service')
    return rows.toSorted((left, right) => (isReversed ? byName(right, left) : byName(left, right)))
  const way = isReversed ? -1 : 1
  return rows.toSorted((left, right) => {
    const [mine, other] = [left.cells[by].value, right.cells[by].value]
    if (mine === null || other === null)
      return Number(mine === null) - Number(other === null) || byName(left, right)
    return way * (other - mine) || byName(left, right)
  })
}

/** Reads an order as an address says it: an indicator, or one after a minus for the least first. */
export function readOrder(text: string): RowOrder {
  const isReversed = text.startsWith('-')
  const code = isReversed ? text.slice(1) : text
  const by = SCORECARD_INDICATORS.find((indicator) => indicator.code === code)?.code
  return by === undefined ? { by: 'service', isReversed: text === '-service' } : { by, isReversed }
}

/** An order as an address says it. */
export function orderText({ by, isReversed }: RowOrder): string {
  return `${isReversed ? '-' : ''}${by}`
}
