import { chooseHeader } from './choose-header.ts'
import { findHeader, type HeaderFound } from './find-header.ts'
import { blankRow, fitRow, isBlank, readHeadings, rowNumbers } from './headings.ts'
import type { Headings } from './headings.ts'
import { BATCH_ROWS, SAMPLE_ROWS } from './limits.ts'
import { readSharedStrings } from './shared-strings.ts'
import { SheetFindings } from './sheet-findings.ts'
import { FileRefused } from './table.ts'
import type {
  ByteSource,
  ReadingChoices,
  ReadingLimits,
  ReadingReceipt,
  RowBatch,
  SheetListed,
  Table,
} from './table.ts'
import { scanPart } from './xlsx-package.ts'
import { LAST_COLUMN, SheetReader } from './xlsx-sheet.ts'
import type { CellContext, SheetRow } from './xlsx-sheet.ts'
import { readStyles } from './xlsx-styles.ts'
import { openWorkbook } from './xlsx-workbook.ts'
import type { SheetPart, Workbook } from './xlsx-workbook.ts'
import { unpackingLimits } from './zip-directory.ts'
import type { ZipEntry } from './zip-directory.ts'

/** A sheet with the rows at its top. */
interface SheetSample {
  readonly part: SheetPart
  readonly entry: ZipEntry
  /** Row n of the sheet is `rows[n − 1]`. */
  readonly rows: readonly string[][]
  readonly header: HeaderFound
  readonly holdsData: boolean
}

/** Opens a workbook. Throws FileRefused. */
export async function openXlsx(
  source: ByteSource,
  choices: ReadingChoices,
  limits: ReadingLimits,
): Promise<Table> {
  const workbook = await openWorkbook(source, unpackingLimits(limits.bytes))
  const unlimited: CellContext = {
    strings: await readSharedStrings(workbook),
    formats: await readStyles(workbook),
    date1904: workbook.date1904,
    columnLimit: LAST_COLUMN,
    headerRow: 0,
  }
  const samples: SheetSample[] = []
  for (const part of workbook.sheets) {
    const { entry } = part
    if (entry !== undefined) {
      samples.push(await sampleSheet(workbook, { part, entry }, unlimited, choices))
    }
  }
  const chosen = chooseSheet(samples, choices.sheet)
  const header = chooseHeader(chosen, choices)
  const headerRow = header === undefined ? (choices.headerRow ?? 0) : header.row + 1
  const cells = header?.cells ?? (await rowAt(workbook, chosen, unlimited, headerRow))
  const headings = readHeadings(cells ?? [], headerRow, limits.columns)
  const context = { ...unlimited, columnLimit: limits.columns, headerRow }
  const sheets = listSheets(workbook, samples)
  const upperRow = header?.upperRow
  return new SheetTable(workbook, chosen, context, headings, limits, {
    sheets,
    ...(upperRow === undefined ? {} : { upperHeaderRow: upperRow + 1 }),
  })
}

/** What the receipt says from the start. */
type SheetKnown = Pick<ReadingReceipt, 'sheets' | 'upperHeaderRow'>

class SheetTable implements Table {
  readonly header: readonly string[]
  readonly #workbook: Workbook
  readonly #sheet: SheetSample
  readonly #context: CellContext
  readonly #headings: Headings
  readonly #limits: ReadingLimits
  readonly #known: SheetKnown
  #findings = new SheetFindings()

  constructor(
    workbook: Workbook,
    sheet: SheetSample,
    context: CellContext,
    headings: Headings,
    limits: ReadingLimits,
    known: SheetKnown,
  ) {
    this.header = headings.names
    this.#workbook = workbook
    this.#sheet = sheet
    this.#context = context
    this.#headings = headings
    this.#limits = limits
    this.#known = known
  }

  get receipt(): ReadingReceipt {
    const findings = this.#findings
    return {
      format: 'xlsx',
      sheet: this.#sheet.part.name,
      ...this.#known,
      hiddenRows: findings.hiddenRows,
      hiddenColumns: findings.hiddenColumns(this.#headings),
      mergedCells: findings.mergedCells,
      formulaCells: findings.formulas.total,
      formulas: findings.formulas.report(this.#headings),
      errorCells: findings.errors.total,
      errors: findings.errors.report(this.#headings),
      date1904: this.#context.date1904,
      headerRow: this.#headings.headerRow,
    }
  }

  /**
   * Rows after the last that holds something are not rows of the file: spreadsheets keep thousands
   * that are only formatted.
   */
  async *batches(): AsyncGenerator<RowBatch> {
    const headings = this.#headings
    this.#findings = new SheetFindings()
    let done = 0
    let rows: (readonly string[])[] = []
    for await (const read of sheetRows(
      this.#workbook,
      this.#sheet.entry,
      this.#context,
      this.#findings,
    )) {
      for (const { fileRow, cells, filled } of read) {
        const row = fileRow - headings.headerRow
        if (row < 1 || !filled) continue
        if (row > this.#limits.rows) {
          throw new FileRefused('too-many-rows', {
            limit: this.#limits.rows,
            ...rowNumbers(headings, fileRow),
          })
        }
        while (done + rows.length < row - 1) {
          rows.push(blankRow(headings))
          if (rows.length < BATCH_ROWS) continue
          yield { firstRow: done + 1, rows }
          done += rows.length
          rows = []
        }
        rows.push(fitRow(cells, headings, fileRow, false))
        if (rows.length < BATCH_ROWS) continue
        yield { firstRow: done + 1, rows }
        done += rows.length
        rows = []
      }
    }
    if (rows.length > 0) yield { firstRow: done + 1, rows }
    if (done + rows.length === 0) throw new FileRefused('no-rows')
  }
}

/** The rows that a sheet mentions, as they unpack. */
async function* sheetRows(
  workbook: Workbook,
  entry: ZipEntry,
  context: CellContext,
  findings: SheetFindings,
): AsyncGenerator<SheetRow[]> {
  const scan = scanPart(workbook, entry, new SheetReader(context, findings))
  for await (const reader of scan) yield reader.takeRows()
}

async function sampleSheet(
  workbook: Workbook,
  { part, entry }: Pick<SheetSample, 'part' | 'entry'>,
  context: CellContext,
  { expectedHeadings }: ReadingChoices,
): Promise<SheetSample> {
  const rows: string[][] = []
  let filledRows = 0
  const all = sheetRows(workbook, entry, context, new SheetFindings())
  reading: for await (const read of all) {
    for (const { fileRow, cells, filled } of read) {
      if (fileRow > SAMPLE_ROWS && filledRows > 0) break reading
      if (!filled) continue
      filledRows += 1
      if (fileRow > SAMPLE_ROWS) break reading
      while (rows.length < fileRow - 1) rows.push([])
      rows.push(cells)
    }
  }
  const header = findHeader(rows, expectedHeadings)
  return { part, entry, rows, header, holdsData: filledRows > 0 }
}

/**
 * The sheet a person chose; else, of the visible sheets that hold data, the one that has a header
 * with rows below it, and of several the largest. The receipt lists the others. Throws FileRefused:
 * `sheet-not-found`, `sheets-hidden`, `no-rows`.
 */
function chooseSheet(samples: readonly SheetSample[], name: string | undefined): SheetSample {
  if (name !== undefined) {
    const named = samples.find(({ part }) => part.name === name)
    if (named === undefined) throw new FileRefused('sheet-not-found', { sheet: name })
    return named
  }
  const filled = samples.filter(({ holdsData }) => holdsData)
  const [best] = filled
    .filter(({ part }) => !part.hidden)
    .toSorted((a, b) => tableLikeness(b) - tableLikeness(a) || b.entry.bytes - a.entry.bytes)
  if (best === undefined) throw new FileRefused(filled.length > 0 ? 'sheets-hidden' : 'no-rows')
  return best
}

function tableLikeness({ rows, header }: SheetSample): number {
  if (header.row < 0) return 0
  const columns = (rows[header.row] ?? []).filter((cell) => cell !== '').length
  const rowsBelow = rows.slice(header.row + 1).some((row) => !isBlank(row))
  return (rowsBelow ? 2 : 0) + (columns > 1 ? 1 : 0)
}

function listSheets(workbook: Workbook, samples: readonly SheetSample[]): SheetListed[] {
  return workbook.sheets.map((part) => ({
    name: part.name,
    hidden: part.hidden,
    veryHidden: part.veryHidden,
    holdsData: samples.some((sample) => sample.part === part && sample.holdsData),
  }))
}

/** The row a person chose as header where it lies below the sample. */
async function rowAt(
  workbook: Workbook,
  sheet: SheetSample,
  context: CellContext,
  fileRow: number,
): Promise<string[] | undefined> {
  for await (const rows of sheetRows(workbook, sheet.entry, context, new SheetFindings())) {
    const found = rows.find((row) => row.fileRow >= fileRow)
    if (found !== undefined) return found.fileRow === fileRow ? found.cells : undefined
  }
  return undefined
}
