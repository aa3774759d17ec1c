import { chooseHeader } from '#core/tabular/header/choose-header.ts'
import { ColumnHabits } from '#core/tabular/header/column-habits.ts'
import { LastCellWatch } from './last-cell.ts'
import { sampleCsv, SEPARATORS } from './csv-dialect.ts'
import { findEncoding, textChunks } from '#core/tabular/encoding/csv-encoding.ts'
import type { FoundEncoding } from '#core/tabular/encoding/csv-encoding.ts'
import { CsvSplitter, type OnSpanning, type Quoting } from './csv-splitter.ts'
import { countKnown } from '#core/tabular/header/find-header.ts'
import {
  columnsApart,
  fitRow,
  isBlank,
  readHeadings,
  rowNumbers,
} from '#core/tabular/header/headings.ts'
import type { Headings } from '#core/tabular/header/headings.ts'
import { LeftoverReader } from '#core/tabular/leftover-reader.ts'
import { mayHoldLeftovers, withoutLeftovers } from '#core/tabular/leftovers.ts'
import { BATCH_ROWS, SAMPLE_ROWS } from '#core/tabular/limits.ts'
import { nameRepeated } from '#core/tabular/header/repeated-headings.ts'
import { nameRowNumbers, nameUnheaded } from '#core/tabular/header/without-headings.ts'
import { RowWidths, usualWidth } from './row-widths.ts'
import { CellCounts } from '#core/tabular/workbook/sheet-findings.ts'
import { mayHoldSpreadsheetText, readSpreadsheetText } from './spreadsheet-text.ts'
import { holdsRow } from './swallowed-row.ts'
import { FileRefused } from '#core/tabular/table.ts'
import type {
  ByteSource,
  Encoding,
  ReadingChoices,
  ReadingLimits,
  ReadingReceipt,
  RowBatch,
  Separator,
  ShortRows,
  Table,
} from '#core/tabular/table.ts'
import { refuseOtherText } from './text-kind.ts'

/** How much text the separator and the header are found in. */
const SAMPLE_CHARACTERS = 128 * 1024

/** Opens a file of separated text. Throws FileRefused. */
export async function openCsv(
  source: ByteSource,
  choices: ReadingChoices,
  limits: ReadingLimits,
): Promise<Table> {
  const found = await findEncoding(source, choices.encoding)
  const { encoding } = found
  const { text, complete } = await topText(source, encoding)
  refuseOtherText(text)
  if (complete && text.trim() === '') throw new FileRefused('file-empty')
  const sample = sampleCsv(text, complete, choices)
  refuseOneColumn(sample.rows)
  const isFound = choices.headerRow !== undefined || sample.header.isSure
  if (!isFound && sample.refusal !== undefined) throw sample.refusal
  const chosen = chooseHeader(sample, choices)
  const headerRow = chosen === undefined ? (choices.headerRow ?? 0) : chosen.row + 1
  const cells = chosen?.cells ?? (await rowAt({ source, found, ...sample }, headerRow))
  if (cells === undefined) throw new FileRefused('header-not-found', { fileRow: headerRow })
  const below = sample.rows.slice(headerRow)
  const numbered = nameRowNumbers(cells.map(withoutLeftovers), below)
  const named = nameUnheaded(nameRepeated(numbered), below, true)
  const headings = readHeadings(named, headerRow, limits.columns)
  const isWhole = complete && sample.refusal === undefined && sample.rows.length < SAMPLE_ROWS
  if (isWhole && sample.rows.length <= headerRow) throw new FileRefused('no-rows')
  return new CsvTable({
    source,
    found,
    separator: sample.separator,
    quoting: sample.quoting,
    headings,
    below,
    upperRow: chosen?.upperRow,
    limits,
  })
}

/** What else parts columns than the separators that are read. */
const OTHER_SEPARATORS: readonly (string | RegExp)[] = [
  '^',
  '~',
  ':',
  '#',
  '\u00a6',
  '\u00a7',
  / {2}/,
]

/**
 * Refuses a file all of whose headings stand in one cell: between quotation marks, as a second
 * export wraps the lines of the first, or parted by another sign than those that are read. Throws
 * FileRefused: `lines-quoted`, `separator-unknown`.
 */
function refuseOneColumn(rows: readonly (readonly string[])[]): void {
  for (const [index, row] of rows.entries()) {
    const [line = '', ...others] = row
    if (others.some((cell) => cell !== '') || line === '') continue
    const holds = (separator: string | RegExp): boolean => countKnown(line.split(separator)) >= 2
    if (SEPARATORS.some(holds)) throw new FileRefused('lines-quoted', { fileRow: index + 1 })
    const words = line.split(' ')
    const isOfWords = words.length > 3 && countKnown(words) * 5 >= words.length * 4
    if (isOfWords || OTHER_SEPARATORS.some(holds))
      throw new FileRefused('separator-unknown', { fileRow: index + 1 })
  }
}

/** How a file is split into rows. */
interface CsvSplitting {
  readonly source: ByteSource
  readonly found: FoundEncoding
  readonly separator: Separator
  readonly quoting: Quoting
}

/** How a file is read, once that is found. */
interface CsvReading extends CsvSplitting {
  readonly headings: Headings
  /** The rows at the top that stand below the header. */
  readonly below: readonly (readonly string[])[]
  /** Index of a second row of headings above the first, if there is one. */
  readonly upperRow: number | undefined
  readonly limits: ReadingLimits
}

class CsvTable implements Table {
  readonly header: readonly string[]
  readonly #reading: CsvReading
  #findings: TextFindings
  /** Of a reading to the end: another that stops before it tells less. */
  #whole: TextFindings | undefined

  constructor(reading: CsvReading) {
    this.header = reading.headings.names
    this.#reading = reading
    this.#findings = new TextFindings(reading)
  }

  get receipt(): ReadingReceipt {
    const { found, separator, headings, upperRow } = this.#reading
    return {
      format: 'csv',
      encoding: found.encoding,
      byteOrderMark: found.byteOrderMark,
      ...(found.readings.length > 0 ? { readings: found.readings } : {}),
      ...(found.isUnsure ? { encodingUnsure: true } : {}),
      separator,
      ...(this.#whole ?? this.#findings).receipt(),
      date1904: false,
      headerRow: headings.headerRow,
      ...(upperRow === undefined ? {} : { upperHeaderRow: upperRow + 1 }),
      ...columnsApart(headings),
    }
  }

  async *batches(): AsyncGenerator<RowBatch> {
    const findings = new TextFindings(this.#reading)
    this.#findings = findings
    yield* readBatches(this.#reading, findings)
    this.#whole = findings
  }
}

/** What a person is told about a file of text beside its cells; grows while it is read. */
class TextFindings {
  readonly leftovers: LeftoverReader
  readonly unreadable = new CellCounts()
  /** Error words of a spreadsheet. */
  readonly errors = new CellCounts()
  /** Columns with one in a row that holds something else. */
  readonly errorsBeside = new Set<number>()
  shortRows: ShortRows | undefined
  cutOff = false
  readonly #headings: Headings

  constructor({ headings, below }: CsvReading) {
    this.#headings = headings
    this.leftovers = new LeftoverReader(headings, below, false)
  }

  receipt(): Partial<ReadingReceipt> {
    const { leftovers, unreadable, errors, errorsBeside, shortRows, cutOff } = this
    const headings = this.#headings
    return {
      ...leftovers.receipt(),
      ...(unreadable.total > 0 ? { unreadable: unreadable.report(headings) } : {}),
      ...(errors.total > 0 ? { errorCells: errors.total, errors: errors.report(headings) } : {}),
      ...(errorsBeside.size > 0
        ? { errorsBeside: [...errorsBeside].map((column) => headings.names[column] ?? '') }
        : {}),
      ...(shortRows === undefined ? {} : { shortRows }),
      ...(cutOff ? { cutOff } : {}),
    }
  }
}

const LOST = '\ufffd'

async function* readBatches(reading: CsvReading, findings: TextFindings): AsyncGenerator<RowBatch> {
  const { source, found, separator, headings, below, limits } = reading
  const width = (headings.columns.at(-1) ?? -1) + 1
  const habits = new ColumnHabits(rowsInStep(below, width), headings.columns)
  const widths = new RowWidths(headings, habits, separator, usualWidth(below, headings.cells))
  const { leftovers } = findings
  const text = new TextWatch()
  const onSpanning: OnSpanning = (cells, fileRow) => {
    if (fileRow <= headings.headerRow) return
    if (cells.some((cell) => isOfLines(cell) && holdsRow(cell, separator, width, habits)))
      throw new FileRefused('quote-swallows-row', rowNumbers(headings, fileRow))
  }
  const lastCells = new LastCellWatch()
  const mayLose = found.hasStrays || found.isCutOff
  let fileRow = 0
  let row = 0
  let anything = false
  let errors: number[] = []
  const onError = (column: number) => errors.push(column)
  for await (const split of splitRows(reading, { headings, text, onSpanning })) {
    const skipped = Math.min(split.length, Math.max(0, headings.headerRow - fileRow))
    fileRow += skipped
    const reads = text.mayHoldLeftovers || leftovers.hasEmptyWords
    let rows: (readonly string[])[] = []
    for (let index = skipped; index < split.length; index += 1) {
      fileRow += 1
      if (row >= limits.rows) {
        throw new FileRefused('too-many-rows', {
          limit: limits.rows,
          ...rowNumbers(headings, fileRow),
        })
      }
      row += 1
      const whole = split[index] ?? []
      widths.see(whole, fileRow)
      const fitted = fitRow(whole, headings, fileRow, widths.usual)
      const plain = reads ? leftovers.read(fitted, fileRow) : fitted
      const cells = text.mayHoldFormulas ? readSpreadsheetText(plain, onError) : plain
      lastCells.add(whole[width - 1] ?? '')
      if (mayLose || text.mayHoldLost) countLost(cells, headings, fileRow, findings.unreadable)
      anything ||= !isBlank(cells)
      if (errors.length > 0) {
        for (const column of errors) {
          findings.errors.add(headings.columns[column] ?? column, fileRow, headings.headerRow)
          if (!isBlank(cells)) findings.errorsBeside.add(column)
        }
        errors = []
      }
      rows.push(cells)
      if (rows.length === BATCH_ROWS) {
        yield { firstRow: row - rows.length + 1, rows }
        rows = []
      }
    }
    if (rows.length > 0) yield { firstRow: row - rows.length + 1, rows }
  }
  if (!anything) throw new FileRefused('no-rows')
  widths.finish()
  findings.shortRows = widths.shortRows
  findings.cutOff =
    found.isCutOff ||
    (!text.endsLine && (widths.lastIsShort || lastCells.isCut || isWholeBlocks(source.size)))
}

/**
 * The rows that tell what columns hold: where some have no more cells than there are headings, only
 * those, since the others may be out of step.
 */
function rowsInStep(
  rows: readonly (readonly string[])[],
  width: number,
): readonly (readonly string[])[] {
  const narrow = rows.filter((row) => row.length <= width && !isBlank(row))
  return narrow.length > 1 ? narrow : rows
}

/** Files that were cut off in copying often end where a block of the disk does. */
function isWholeBlocks(size: number): boolean {
  return size % 4096 === 0
}

function isOfLines(cell: string): boolean {
  return cell.includes('\n') || cell.includes('\r')
}

/** What is known of the text that has gone by. */
class TextWatch {
  /** Whether it ends in a line end. */
  endsLine = false
  /** Whether some of it has the look of what tools leave behind; else no cell is looked at. */
  mayHoldLeftovers = false
  /** Whether a letter was lost before the file was made. */
  mayHoldLost = false
  /** Likewise of what a spreadsheet writes for its formulas. */
  mayHoldFormulas = false

  see(text: string): void {
    this.endsLine = text.endsWith('\n') || text.endsWith('\r')
    this.mayHoldLeftovers ||= mayHoldLeftovers(text)
    this.mayHoldLost ||= text.includes(LOST)
    this.mayHoldFormulas ||= mayHoldSpreadsheetText(text)
  }
}

function countLost(
  cells: readonly string[],
  headings: Headings,
  fileRow: number,
  unreadable: CellCounts,
): void {
  for (const [index, cell] of cells.entries())
    if (cell.includes(LOST))
      unreadable.add(headings.columns[index] ?? index, fileRow, headings.headerRow)
}

/** Who is told of the text while it is split. */
interface SplitWatch {
  readonly headings?: Headings
  readonly text?: TextWatch
  readonly onSpanning?: OnSpanning
}

/** Every row of the file from its first, split; a refusal carries its row below the header too. */
async function* splitRows(
  { source, found, separator, quoting }: CsvSplitting,
  { headings, text: watch, onSpanning }: SplitWatch = {},
): AsyncGenerator<string[][]> {
  const splitter = new CsvSplitter(separator, quoting, onSpanning)
  try {
    for await (const text of textChunks(source, found.encoding)) {
      watch?.see(text)
      yield splitter.push(text)
    }
    yield splitter.finish()
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error
    const fileRow = error.detail['fileRow']
    if (typeof fileRow !== 'number') throw error
    throw new FileRefused(error.code, { ...error.detail, ...rowNumbers(headings, fileRow) })
  }
}

/** The row a person chose as header where it lies below the sample. */
async function rowAt(splitting: CsvSplitting, fileRow: number): Promise<string[] | undefined> {
  let passed = 0
  for await (const rows of splitRows(splitting)) {
    const row = rows[fileRow - passed - 1]
    if (row !== undefined) return row
    passed += rows.length
  }
  return undefined
}

async function topText(
  source: ByteSource,
  encoding: Encoding,
): Promise<{ text: string; complete: boolean }> {
  let text = ''
  for await (const chunk of textChunks(source, encoding, SAMPLE_CHARACTERS)) {
    text += chunk
    if (text.length > SAMPLE_CHARACTERS) return { text, complete: false }
  }
  return { text, complete: true }
}
