import type { Figure, IndicatorCode, IndicatorForm, ScoreCell } from '#core/measures/scorecard.ts'
import type { DataQuality, Part, QualityCode } from '#core/measures/data-quality.ts'
import type { MeanChange } from '#core/measures/paired-change.ts'
import { NOT_KNOWN, type Told, type ToldKind, type ToldShare } from '#core/measures/told-table.ts'
import type { QuarterReason, ReasonCode } from '#core/measures/quarter-facts.ts'
import type { PeopleFigures } from '#core/reach/measure.ts'
import { standingOf, TARGET_WAYS } from '#core/measures/targets.ts'
import type { Spread } from '#core/measures/use-measures.ts'
import { printedWords } from './released-words.ts'
import { REFERRAL_SOURCE } from '#core/standard/service-codes.ts'

/** Measures as they are written on pages. */

/** A count: `1,204`. */
export function countWords(count: number): string {
  return count.toLocaleString('en-GB')
}

/** A part of some people with its share: `12 of 40 (30%)`; of nobody there is no share. */
function shareWords(part: number, whole: number): string {
  if (whole === 0) return 'none to count'
  const share = ((100 * part) / whole).toLocaleString('en-GB', { maximumFractionDigits: 0 })
  return `${countWords(part)} of ${countWords(whole)} (${share}%)`
}

/** The middle and the middle half: `14 (7 to 28)`. */
function spreadWords(spread: Spread | null): string {
  if (spread === null) return 'none known'
  const { median, lowerQuartile, upperQuartile } = spread
  return `${rounded(median)} (${rounded(lowerQuartile)} to ${rounded(upperQuartile)})`
}

/** A mean change with its interval: `+4.2 (95% interval 1.1 to 7.3)`. */
export function meanChangeWords(mean: MeanChange | null): string {
  if (mean === null) return 'nobody has both'
  const signed = (value: number): string => {
    const text = rounded(Math.abs(value))
    return text === '0' ? '0' : `${value > 0 ? '+' : '−'}${text}`
  }
  const { interval } = mean
  if (interval === null) return `${signed(mean.mean)} (of one person)`
  return `${signed(mean.mean)} (${signed(interval.low)} to ${signed(interval.high)})`
}

/** Who referred somebody. */
export function sourceWords(code: string): string {
  const found = REFERRAL_SOURCE.codes.find((source) => source.code === code)
  return found?.label ?? 'Not said'
}

/** A figure with what it can be while possible matches are open: `12 (10 to 14)`. */
export function betweenWords({ people, lower, upper }: PeopleFigures): string {
  const range = lower === upper ? '' : ` (${countWords(lower)} to ${countWords(upper)})`
  return `${countWords(people)}${range}`
}

/** A share with what it can be: `25% (13% to 25%)`. */
export function toldShareWords({ share, lower, upper }: ToldShare): string {
  const range = lower === upper ? '' : ` (${wholeNumber(lower)}% to ${wholeNumber(upper)}%)`
  return `${wholeNumber(share)}%${range}`
}

/** By how much one share is above another, as a mark and in words: `▲ 3 points more`. */
function pointsWords(points: number): string {
  const size = wholeNumber(Math.abs(points))
  if (size === '0') return '= the same'
  return `${points > 0 ? '▲' : '▼'} ${size} ${size === '1' ? 'point' : 'points'} ${points > 0 ? 'more' : 'less'}`
}

const TOLD_WORDS: Readonly<Record<ToldKind, (told: never) => string>> = {
  words: (told: string) => told,
  count: countWords,
  printed: printedWords,
  step: (told: number) => changeWords('count', { value: told, before: 0 }),
  number: rounded,
  percent: (told: number) => `${wholeNumber(told)}%`,
  points: pointsWords,
  part: ({ part, whole }: Part) => shareWords(part, whole),
  between: betweenWords,
  share: toldShareWords,
  spread: spreadWords,
  change: meanChangeWords,
}

const REASON_WORDS: Readonly<Record<ReasonCode, (number: number) => string>> = {
  'no-file': () => 'No file is in use for it.',
  nobody: () => 'The provider said that it reached nobody.',
  'first-file': () => 'There is no file for the quarter before, so nothing stands beside it.',
  replaced: () => 'Its file took the place of another.',
  late: (days) =>
    `The file in use came ${countWords(days)} ${days === 1 ? 'day' : 'days'} after it was due.`,
  'rows-out': (rows) =>
    rows === 1
      ? '1 row about a person was left out.'
      : `${countWords(rows)} rows about people were left out.`,
  withdrawn: (files) =>
    files === 1
      ? 'A file of it was withdrawn.'
      : `${countWords(files)} files of it were withdrawn.`,
  'counted-otherwise': () => 'People are counted another way than in the quarter before.',
  settled: (matches) =>
    matches === 1
      ? 'A possible match with its people was settled by a reviewer.'
      : `${countWords(matches)} possible matches with its people were settled by reviewers.`,
  register: () => 'What the register says of the service changed from this quarter.',
  framework: () => 'A version of the measurement framework was put in force in this quarter.',
}

/** What is known of a quarter that may be why its figures are what they are. */
export function reasonWords({ code, number }: QuarterReason): string {
  return REASON_WORDS[code](number)
}

/** A cell of a table of figures; what is not known says so. */
export function toldWords(is: ToldKind, told: Told): string {
  // The kind of the column says what its cells hold.
  return told === null ? NOT_KNOWN : TOLD_WORDS[is](told as never)
}

function rounded(value: number): string {
  return value.toLocaleString('en-GB', { maximumFractionDigits: 1 })
}

/** What each indicator of the scorecard is called, and what it is of. */
export const INDICATOR_WORDS: Readonly<
  Record<IndicatorCode, { readonly name: string; readonly what: string }>
> = {
  reached: { name: 'People reached', what: 'People reached in the quarter.' },
  fresh: { name: 'New people', what: 'Of them, people whom the service had not reached before.' },
  wait: {
    name: 'Median wait, days',
    what: 'From the first referral to the start, of people who started in the quarter and have both dates.',
  },
  longWaits: {
    name: 'Waited over 4 weeks',
    what: 'Share of those people who waited more than 28 days.',
  },
  cameToFour: {
    name: 'Came to 4 contacts',
    what: 'Share of new people with a known number of contacts who came to 4 or more by the end of the quarter.',
  },
  completed: {
    name: 'Completed',
    what: 'Share of people who completed, of those who completed or left early in the quarter.',
  },
  complete: {
    name: 'Facts given',
    what: 'Share of five facts that records hold: birth, gender, area, ethnicity, main language.',
  },
  usable: {
    name: 'Rows used',
    what: 'Share of rows about people that could be used. The others were left out.',
  },
  matchable: {
    name: 'Strong evidence',
    what: 'Share of records with strong evidence of who they are, by which the same person is found elsewhere.',
  },
  daysAfter: {
    name: 'Days after the quarter',
    what: 'Days from the last day of the quarter until the file in use came.',
  },
}

/** A figure of an indicator; what is not known says so. */
export function indicatorWords(form: IndicatorForm, value: number | null): string {
  if (value === null) return 'not known'
  return form === 'share' ? `${wholeNumber(value)}%` : rounded(value)
}

/** The same with of how many it is: `12 of 40`, `62% of 45`, of days `14 (of 20)`. */
export function figureWords(form: IndicatorForm, { value, of }: Figure): string {
  const words = indicatorWords(form, value)
  if (value === null || of === null) return words
  return form === 'days' ? `${words} (of ${countWords(of)})` : `${words} of ${countWords(of)}`
}

/** A measure of a file's quality with what it is of: `12 of 40 (30%)`, `9 days`. */
export function qualityWords(code: QualityCode, quality: DataQuality): string {
  if (code === 'daysAfter') return daysWords(quality.daysAfter)
  return quality[code].whole === 0
    ? 'not known'
    : shareWords(quality[code].part, quality[code].whole)
}

/** Days after a quarter; a file may come before its end. */
function daysWords(days: number): string {
  return `${rounded(days)} ${Math.abs(days) === 1 ? 'day' : 'days'}`
}

/**
 * How a cell stands beside what it was, as a mark and in words: `▲ up 12`; empty where nothing is
 * known of one of them. A share changes by points of per cent.
 */
export function changeWords(form: IndicatorForm, { value, before }: Omit<ScoreCell, 'of'>): string {
  if (value === null || before === null) return ''
  const change = form === 'share' ? Math.round(value) - Math.round(before) : value - before
  if (rounded(change) === '0' || rounded(change) === '-0') return '= the same'
  const size = rounded(Math.abs(change))
  const unit = form !== 'share' ? '' : size === '1' ? ' point' : ' points'
  return change > 0 ? `▲ up ${size}${unit}` : `▼ down ${size}${unit}`
}

const STANDING_MARKS = { met: '✓', 'not met': '✗', 'not known': '?' } as const

/** How a figure stands against its target, as a mark and in words: `✗ not met`. */
export function standingWords(standing: keyof typeof STANDING_MARKS): string {
  return `${STANDING_MARKS[standing]} ${standing}`
}

/**
 * How a figure stands against its target, as a mark and in words: `✗ not met: at least 40`; empty
 * without one. Where the figure as it is written would stand otherwise, that is said as well.
 */
export function targetWords(
  indicator: IndicatorCode,
  form: IndicatorForm,
  value: number | null,
  target: number | undefined,
): string {
  const standing = standingOf(indicator, value, target)
  if (standing === undefined) return ''
  const aim = `${standingWords(standing)}: ${aimWords(indicator, form, target)}`
  if (value === null || target === undefined) return aim
  const written = form === 'share' ? Math.round(value) : Math.round(value * 10) / 10
  if (standingOf(indicator, written, target) === standing) return aim
  const side = value === target ? 'that' : value < target ? 'under' : 'over'
  return `${aim} (it is just ${side})`
}

/** The same below a figure that says by itself that it is not known: `target: at least 40`; empty without one. */
export function targetNote(
  indicator: IndicatorCode,
  form: IndicatorForm,
  value: number | null,
  target: number | undefined,
): string {
  if (value !== null) return targetWords(indicator, form, value, target)
  return target === undefined ? '' : `target: ${aimWords(indicator, form, target)}`
}

/** A target: `at least 40`, `at most 10%`; empty without one. */
export function aimWords(
  indicator: IndicatorCode,
  form: IndicatorForm,
  target: number | undefined,
): string {
  if (target === undefined) return ''
  return `at ${TARGET_WAYS[indicator]} ${rounded(target)}${form === 'share' ? '%' : ''}`
}

function wholeNumber(value: number): string {
  return value.toLocaleString('en-GB', { maximumFractionDigits: 0 })
}
