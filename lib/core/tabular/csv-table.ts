import { chooseHeader } from './choose-header.ts'
import { sampleCsv } from './csv-dialect.ts'
import { findEncoding, textChunks } from './csv-encoding.ts'
import type { FoundEncoding } from './csv-encoding.ts'
import { CsvSplitter } from './csv-splitter.ts'
import { fitRow, isBlank, readHeadings, rowNumbers } from './headings.ts'
import type { Headings } from './headings.ts'
import { BATCH_ROWS } from './limits.ts'
import { CellCounts } from './sheet-findings.ts'
import { FileRefused } from './table.ts'
import type {
  ByteSource,
  Encoding,
  ReadingChoices,
  ReadingLimits,
  ReadingReceipt,
  RowBatch,
  Separator,
  Table,
} from './table.ts'
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
  const isFound = choices.headerRow !== undefined || sample.header.isSure
  if (!isFound && sample.refusal !== undefined) throw sample.refusal
  const chosen = chooseHeader(sample, choices)
  const headerRow = chosen === undefined ? (choices.headerRow ?? 0) : chosen.row + 1
  const cells = chosen?.cells ?? (await rowAt(source, encoding, sample.separator, headerRow))
  if (cells === undefined) throw new FileRefused('header-not-found', { fileRow: headerRow })
  const headings = readHeadings(cells, headerRow, limits.columns)
  if (complete && sample.refusal === undefined && sample.rows.length <= headerRow)
    throw new FileRefused('no-rows')
  return new CsvTable({
    source,
    found,
    separator: sample.separator,
    headings,
    upperRow: chosen?.upperRow,
    limits,
  })
}

/** How a file is read, once that is found. */
interface CsvReading {
  readonly source: ByteSource
  readonly found: FoundEncoding
  readonly separator: Separator
  readonly headings: Headings
  /** Index of a second row of headings above the first, if there is one. */
  readonly upperRow: number | undefined
  readonly limits: ReadingLimits
}

class CsvTable implements Table {
  readonly header: readonly string[]
  readonly #reading: CsvReading
  #findings = new TextFindings()

  constructor(reading: CsvReading) {
    this.header = reading.headings.names
    this.#reading = reading
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
      ...this.#findings.report(headings),
      date1904: false,
      headerRow: headings.headerRow,
      ...(upperRow === undefined ? {} : { upperHeaderRow: upperRow + 1 }),
    }
  }

  batches(): AsyncGenerator<RowBatch> {
    this.#findings = new TextFindings()
    return readBatches(this.#reading, this.#findings)
  }
}

/** What a person is told about a file of text beside its cells; grows while it is read. */
class TextFindings {
  readonly unreadable = new CellCounts()

  report(headings: Headings): Partial<ReadingReceipt> {
    const { unreadable } = this
    return unreadable.total > 0 ? { unreadable: unreadable.report(headings) } : {}
  }
}

const LOST = '\ufffd'

async function* readBatches(
  { source, found, separator, headings, limits }: CsvReading,
  findings: TextFindings,
): AsyncGenerator<RowBatch> {
  const mayLose = found.hasStrays || found.isCutOff
  let fileRow = 0
  let row = 0
  let anything = false
  for await (const split of splitRows(source, found.encoding, separator, headings)) {
    const skipped = Math.min(split.length, Math.max(0, headings.headerRow - fileRow))
    fileRow += skipped
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
      const cells = fitRow(split[index] ?? [], headings, fileRow, true)
      if (mayLose) countLost(cells, headings, fileRow, findings.unreadable)
      anything ||= !isBlank(cells)
      rows.push(cells)
      if (rows.length === BATCH_ROWS) {
        yield { firstRow: row - rows.length + 1, rows }
        rows = []
      }
    }
    if (rows.length > 0) yield { firstRow: row - rows.length + 1, rows }
  }
  if (!anything) throw new FileRefused('no-rows')
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

/** Every row of the file from its first, split; a refusal carries its row below the header too. */
async function* splitRows(
  source: ByteSource,
  encoding: Encoding,
  separator: Separator,
  headings?: Headings,
): AsyncGenerator<string[][]> {
  const splitter = new CsvSplitter(separator)
  try {
    for await (const text of textChunks(source, encoding)) yield splitter.push(text)
    yield splitter.finish()
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error
    const fileRow = error.detail['fileRow']
    if (typeof fileRow !== 'number') throw error
    throw new FileRefused(error.code, { ...error.detail, ...rowNumbers(headings, fileRow) })
  }
}

/** The row a person chose as header where it lies below the sample. */
async function rowAt(
  source: ByteSource,
  encoding: Encoding,
  separator: Separator,
  fileRow: number,
): Promise<string[] | undefined> {
  let passed = 0
  for await (const rows of splitRows(source, encoding, separator)) {
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
