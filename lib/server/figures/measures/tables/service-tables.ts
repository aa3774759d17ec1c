import {
  SCORECARD_INDICATORS,
  type Figure,
  type Figures,
  type IndicatorForm,
} from '#core/measures/scorecard.ts'
import { standingOf, TARGET_WAYS } from '#core/measures/targets.ts'
import type { ToldKind, ToldTable } from '#core/measures/told-table.ts'
import { INDICATOR_WORDS, reasonWords } from '#core/messages/releases/measure-words.ts'
import { quarterWords, shortQuarterWords, type Quarter } from '#core/standard/quarter.ts'
import type { ServiceTrend } from '#server/figures/measures/look-at-service.ts'
import type { ServiceTargets } from '#server/programme/targets/targets.ts'

/** What is known of each quarter that may be why its figures are what they are, the latest first. */
export function reasonTable(quarters: ServiceTrend['quarters']): ToldTable {
  return {
    name: 'What changed and why',
    caption: 'What is known of each quarter',
    note: 'This is what the portal knows: of files, rows, links, the register and the measurement framework. It need not be why a figure changed, and what happened at the service is not in it.',
    columns: [
      { name: 'Quarter', is: 'words' },
      { name: 'What is known', is: 'words' },
    ],
    rows: quarters
      .map(({ quarter, reasons }) => ({
        key: quarter,
        cells: [
          quarterWords(quarter),
          reasons.map(reasonWords).join(' ') || 'Nothing that the portal knows.',
        ],
      }))
      .toReversed(),
  }
}

const KINDS: Readonly<Record<IndicatorForm, ToldKind>> = {
  count: 'count',
  days: 'number',
  share: 'percent',
}
const NOTHING: Figure = { value: null, of: null }

/** The indicators of a quarter with their targets, and of every quarter, as files have them. */
export function trendTables({
  quarter,
  quarters,
  targets,
}: Pick<ServiceTrend, 'quarter' | 'quarters'> & {
  readonly targets: ServiceTargets
}): ToldTable[] {
  const of = (wanted: Quarter): Figures | null =>
    quarters.find((one) => one.quarter === wanted)?.figures ?? null
  return [
    {
      ...{ name: 'This quarter', caption: `Each indicator, ${quarterWords(quarter)}` },
      columns: [
        { name: 'Indicator', is: 'words' },
        { name: 'Unit', is: 'words' },
        { name: 'Value', is: 'number' },
        { name: 'Of', is: 'count', otherwise: 'no others' },
        { name: 'Target', is: 'number', otherwise: 'no target' },
        { name: 'Target is', is: 'words' },
        { name: 'Stands', is: 'words' },
      ],
      rows: SCORECARD_INDICATORS.map(({ code, form }) => {
        const figure = of(quarter)?.[code] ?? NOTHING
        const target = targets.get(code)
        return {
          key: code,
          cells: [
            ...[INDICATOR_WORDS[code].name, UNITS[form], figure.value, figure.of, target ?? null],
            `at ${TARGET_WAYS[code]}`,
            standingOf(code, figure.value, target) ?? 'not compared',
          ],
        }
      }),
    },
    {
      ...{ name: 'Quarter by quarter', caption: 'Each indicator, quarter by quarter' },
      columns: [
        { name: 'Quarter', is: 'words' },
        ...SCORECARD_INDICATORS.map(({ code, form }) => ({
          ...{ name: INDICATOR_WORDS[code].name, is: KINDS[form] },
        })),
      ],
      rows: quarters.map(({ quarter: one, figures }) => ({
        key: one,
        cells: [
          shortQuarterWords(one),
          ...SCORECARD_INDICATORS.map(({ code }) => figures?.[code]?.value ?? null),
        ],
      })),
    },
  ]
}

const UNITS: Readonly<Record<IndicatorForm, string>> = {
  ...{ count: 'people', days: 'days', share: 'per cent' },
}
