import { CsvSplitter, USUAL_QUOTING, type Quoting } from './csv-splitter.ts'
import { findHeader, type HeaderFound } from '#core/tabular/header/find-header.ts'
import { isBlank } from '#core/tabular/header/headings.ts'
import { SAMPLE_ROWS } from '#core/tabular/limits.ts'
import { FileRefused } from '#core/tabular/table.ts'
import type { ExpectedHeadings, ReadingChoices, Separator } from '#core/tabular/table.ts'

/**
 * Finds separator and header of a CSV file from the text at its top.
 */

/** Every separator that is looked for, the likeliest first. */
export const SEPARATORS: readonly Separator[] = [',', ';', '\t', '|']

/** The top of a file, split as one separator splits it. */
export interface CsvSample {
  readonly separator: Separator
  readonly quoting: Quoting
  readonly rows: readonly string[][]
  readonly header: HeaderFound
  /** What the reading will refuse, where the sample already shows it. */
  readonly refusal?: FileRefused
}

/** What is known of a file before it is looked at. */
type CsvHints = Pick<ReadingChoices, 'separator' | 'expectedHeadings'>

/**
 * The sample under the separator that makes the best table of it; `complete` says that the text is
 * the whole file.
 */
export function sampleCsv(
  text: string,
  complete: boolean,
  { separator: chosen, expectedHeadings = [] }: CsvHints = {},
): CsvSample {
  const split = (separator: Separator): CsvSample =>
    chooseQuoting(text, (quoting) =>
      splitSample({ text, complete, separator, quoting, expectedHeadings }),
    )
  if (chosen !== undefined) return split(chosen)
  let best: CsvSample | undefined
  let bestScore = -1
  for (const separator of worthTrying(text)) {
    const sample = split(separator)
    const score = scoreSample(sample)
    if (score > bestScore) {
      best = sample
      bestScore = score
    }
  }
  return best ?? split(',')
}

/** The separators of a text, and of those that it lacks one: any of them makes it one column. */
function worthTrying(text: string): readonly Separator[] {
  const lacking = SEPARATORS.find((separator) => !text.includes(separator))
  return SEPARATORS.filter((separator) => separator === lacking || text.includes(separator))
}

/** By how much a sample has to be the better table to be quoted in an unusual way. */
const CLEARLY_BETTER = 0.02

/**
 * The sample under the usual quotes, unless it makes no table or the worse one, or all its headings
 * stand between other quotes. Where they make a table whose rows are all of one width, a backslash
 * is a character like the rest: an address may end in one.
 */
function chooseQuoting(text: string, split: (quoting: Quoting) => CsvSample): CsvSample {
  const usual = split(USUAL_QUOTING)
  const headings = usual.rows[Math.max(0, usual.header.row)] ?? []
  if (headings.length > 1 && headings.every((cell) => /^\s*'[^]*'\s*$/.test(cell)))
    return split({ quote: "'", escapes: text.includes("\\'") })
  if (!text.includes('\\') || isEven(usual)) return usual
  const escaped = split({ ...USUAL_QUOTING, escapes: true })
  if (escaped.refusal !== undefined) return usual
  const isBetter = scoreSample(escaped) > scoreSample(usual) + CLEARLY_BETTER
  return usual.refusal !== undefined || isBetter ? escaped : usual
}

/** What a sample is split from, and how. */
interface SampleTask {
  readonly text: string
  /** Whether the text is the whole file. */
  readonly complete: boolean
  readonly separator: Separator
  readonly quoting: Quoting
  readonly expectedHeadings: readonly string[] | ExpectedHeadings
}

/**
 * A refusal inside the sample is left to the reading itself, which names the row; what stands above
 * it is judged.
 */
function splitSample({
  text,
  complete,
  separator,
  quoting,
  expectedHeadings,
}: SampleTask): CsvSample {
  const splitter = new CsvSplitter(separator, quoting)
  const rows: string[][] = []
  let refusal: FileRefused | undefined
  try {
    rows.push(...splitter.push(text))
    if (complete) rows.push(...splitter.finish())
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error
    refusal = error
    if (rows.length === 0) rows.push(...splitter.rowsBeforeRefusal())
  }
  const sampled = rows.slice(0, SAMPLE_ROWS)
  const header = findHeader(sampled, expectedHeadings)
  return {
    separator,
    quoting,
    rows: sampled,
    header,
    ...(refusal === undefined ? {} : { refusal }),
  }
}

/**
 * What one good column is worth: less than any table with a header, more than a few rows split by
 * chance.
 */
const ONE_COLUMN_SCORE = 0.06

/** Higher for a header that reads like one, rows of one width, and more columns. */
function scoreSample(sample: CsvSample): number {
  const { usual, share } = usualWidthOf(sample)
  if (usual < 2) return sample.header.row < 0 ? 0 : ONE_COLUMN_SCORE
  return share * share * Math.log2(usual) * headerLikelihood(sample)
}

/** Whether a sample is a table to its end, all of one width. */
function isEven(sample: CsvSample): boolean {
  return sample.refusal === undefined && usualWidthOf(sample).share === 1
}

/** The width that most rows from the header on have, of several the greatest, and their share. */
function usualWidthOf(sample: CsvSample): { usual: number; share: number } {
  const widths = new Map<number, number>()
  let counted = 0
  for (const row of sample.rows.slice(Math.max(0, sample.header.row))) {
    if (isBlank(row)) continue
    counted += 1
    widths.set(row.length, (widths.get(row.length) ?? 0) + 1)
  }
  let usual = 1
  let rows = 0
  for (const [width, count] of widths) {
    if (count > rows || (count === rows && width > usual)) {
      usual = width
      rows = count
    }
  }
  return { usual, share: rows / counted }
}

/**
 * A header split by the wrong separator has the right one in its cells, or is one cell; titles are
 * rarer than none.
 */
function headerLikelihood({ rows, header, separator }: CsvSample): number {
  if (header.row < 0) return 0.2
  const cells = rows[header.row] ?? []
  if (cells.length < 2) return 0
  const others = SEPARATORS.filter((other) => other !== separator)
  const mixed = cells.some((cell) => others.some((other) => cell.includes(other)))
  return (mixed ? 0.5 : 1) * (header.row > 0 ? 0.9 : 1)
}
