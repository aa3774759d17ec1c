import { SCORECARD_INDICATORS, type IndicatorForm } from '#core/measures/scorecard.ts'
import { standingOf, TARGET_WAYS } from '#core/measures/targets.ts'
import { NOT_KNOWN } from '#core/measures/told-table.ts'
import { INDICATOR_WORDS } from '#core/messages/releases/measure-words.ts'
import { quarterWords } from '#core/standard/quarter.ts'
import { writeCsv } from '#core/tabular/writing/csv-writer.ts'
import type { WorkbookSheet } from '#core/tabular/writing/xlsx-writer.ts'
import type { QuarterTargets } from '#server/programme/targets/targets.ts'
import type { Scorecard } from './look-at-scorecard.ts'
import { exactWorkbook, notesSheet, tableSheet } from './told-files.ts'

/** A scorecard with all that its page and its files say. */
export interface NamedScorecard extends Scorecard {
  readonly targets: QuarterTargets
  readonly named: (service: string) => string
  /** Services of the register without a file for the quarter, by name. */
  readonly silent: readonly string[]
}

const NO_FILE = 'no file'
const NO_TARGET = 'no target'
const NOT_COMPARED = 'not compared'
const NO_OTHERS = 'no others'
const UNITS: Readonly<Record<IndicatorForm, string>> = {
  count: 'people',
  days: 'days',
  share: 'per cent',
}
const EACH_HEADER = [
  ...['quarter', 'service', 'service_code', 'indicator', 'unit', 'value', 'of'],
  ...['compared_with', 'value_then', 'target', 'target_is', 'stands'],
]

/** A scorecard as CSV, a row for each service and indicator; numbers have one decimal at most. */
export function writeScorecardCsv(scorecard: NamedScorecard): string {
  return writeCsv(EACH_HEADER, eachOf(scorecard))
}

/**
 * The same as a workbook: cover, what the columns are of, the services beside one another, and each figure with its change and
 * target. Source: Analysis Function, Releasing statistics in spreadsheets, as in published-workbook.ts.
 */
export function writeScorecardWorkbook(scorecard: NamedScorecard): Uint8Array {
  const title = `Scorecard of ${quarterWords(scorecard.quarter)}`
  return exactWorkbook(title, [notes(), beside(scorecard), each(scorecard)])
}

function eachOf({ quarter, rows, beside: other, targets, named }: Scored): (string | number)[][] {
  return rows.flatMap(({ service, sentBefore, cells }) =>
    SCORECARD_INDICATORS.map(({ code, form }) => {
      const { value, of, before } = cells[code]
      const target = targets.get(service)?.get(code)
      return [
        ...[quarter, named(service), service, INDICATOR_WORDS[code].name, UNITS[form]],
        ...[oneDecimal(value) ?? NOT_KNOWN, of ?? NO_OTHERS, other],
        oneDecimal(before) ?? (sentBefore ? NOT_KNOWN : NO_FILE),
        ...[target ?? NO_TARGET, `at ${TARGET_WAYS[code]}`],
        standingOf(code, value, target) ?? NOT_COMPARED,
      ]
    }),
  )
}

type Scored = Omit<NamedScorecard, 'silent'>

function notes(): WorkbookSheet {
  return notesSheet(
    ['Indicator', 'Unit', 'What it is of'],
    [
      ...SCORECARD_INDICATORS.map(({ code, form }) => {
        const { name, what } = INDICATOR_WORDS[code]
        return [name, UNITS[form], what]
      }),
      [
        'A figure of nobody',
        'none',
        `It is “${NOT_KNOWN}”. A service without a file has “${NO_FILE}”.`,
      ],
    ],
  )
}

function beside({ quarter, rows, named, silent }: NamedScorecard): WorkbookSheet {
  const columns = SCORECARD_INDICATORS.map(({ code, form }) =>
    form === 'share' ? `${INDICATOR_WORDS[code].name}, per cent` : INDICATOR_WORDS[code].name,
  )
  return tableSheet({
    name: 'Services',
    title: `Each service, ${quarterWords(quarter)}`,
    widths: [36, ...columns.map(() => 14)],
    rows: [
      ['Service', ...columns],
      ...rows.map(({ service, cells }) => [
        named(service),
        ...SCORECARD_INDICATORS.map(({ code }) => oneDecimal(cells[code].value) ?? NOT_KNOWN),
      ]),
      ...silent.map((name) => [name, ...columns.map(() => NO_FILE)]),
    ],
  })
}

function each(scorecard: NamedScorecard): WorkbookSheet {
  const { quarter, beside: other } = scorecard
  return tableSheet({
    name: 'Change and target',
    title: `Each figure of ${quarterWords(quarter)}, what it was in ${quarterWords(other)}, and its target`,
    widths: [10, 36, 24, 26, 12, 12, 12, 14, 12, 12, 12, 14],
    rows: [EACH_HEADER.map(asHeading), ...eachOf(scorecard)],
  })
}

function asHeading(name: string): string {
  const words = name.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function oneDecimal(value: number | null): number | null {
  return value === null ? null : Math.round(value * 10) / 10
}
