import { columnLetters } from '#core/tabular/column-letters.ts'
import { holdsRow } from '#core/tabular/csv/swallowed-row.ts'
import { ColumnHabits } from '#core/tabular/header/column-habits.ts'
import { chooseHeader } from '#core/tabular/header/choose-header.ts'
import { countKnown, findHeader, type HeaderFound } from '#core/tabular/header/find-header.ts'
import {
  blankRow,
  columnsApart,
  fitRow,
  isBlank,
  readHeadings,
  rowNumbers,
} from '#core/tabular/header/headings.ts'
import type { Headings } from '#core/tabular/header/headings.ts'
import { LeftoverReader } from '#core/tabular/leftover-reader.ts'
import { withoutLeftovers } from '#core/tabular/leftovers.ts'
import { BATCH_ROWS } from '#core/tabular/limits.ts'
import { nameRepeated } from '#core/tabular/header/repeated-headings.ts'
import { nameRowNumbers, nameUnheaded } from '#core/tabular/header/without-headings.ts'
import { holdsOthers } from './sheets-of-others.ts'
import { SheetFindings } from './sheet-findings.ts'
import type { SheetSigns } from './sheet-signs.ts'
import type { Sheet, SheetReading, SheetTop, Spreadsheet } from './spreadsheet.ts'
import { FileRefused } from '#core/tabular/table.ts'
import type {
  ReadingChoices,
  ReadingLimits,
  ReadingReceipt,
  RowBatch,
  SheetListed,
  Table,
} from '#core/tabular/table.ts'

/** A sheet's top, with where its header is. */
interface HeadedTop extends SheetTop {
  readonly header: HeaderFound
}

/**
 * A sheet of an open workbook as a table. Several tables may be made of one workbook: its strings
 * and styles are read once. Throws FileRefused.
 */
export async function tableOfSheet(
  spreadsheet: Spreadsheet,
  choices: ReadingChoices,
  limits: ReadingLimits,
): Promise<Table> {
  const tops = (await spreadsheet.tops()).map((top) => ({
    ...top,
    header: findHeader(top.rows, choices.expectedHeadings),
  }))
  const chosen = chooseSheet(tops, choices.sheet)
  const header = chooseHeader(chosen, choices)
  const headerRow = header === undefined ? (choices.headerRow ?? 0) : header.row + 1
  const cells = header?.cells ?? (await rowAt(spreadsheet, chosen.sheet, headerRow))
  const below = chosen.rows.slice(headerRow)
  const numbered = nameRowNumbers((cells ?? []).map(withoutLeftovers), below)
  const named = nameUnheaded(nameRepeated(numbered), below, false)
  const headings = readHeadings(named, headerRow, limits.columns)
  if (headings.names.length === 1 && holdsHeadings(headings.names[0] ?? ''))
    throw new FileRefused('rows-in-one-column', { fileRow: headerRow })
  const leaveOut = choices.preparation?.leaveOutMarked ?? []
  const reading = { columnLimit: limits.columns, headerRow, leaveOut }
  const upperRow = header?.upperRow
  return new SheetTable(spreadsheet, chosen.sheet, reading, { headings, below }, limits, {
    sheets: listSheets(spreadsheet, tops, chosen, headings.names),
    ...(upperRow === undefined ? {} : { upperHeaderRow: upperRow + 1 }),
    ...columnsApart(headings),
  })
}

const SEPARATORS = [',', ';', '\t', '|'] as const
/** Of the cells of a row, how many are as another column's before it is taken to be out of step. */
const MISFITS = 2

/**
 * Refuses a row some of whose cells were inserted or deleted, and a cell that took in the beginning
 * of another row. Throws FileRefused: `row-shifted`, `cell-swallows-row`.
 */
function demandInStep(
  cells: readonly string[],
  headings: Headings,
  fileRow: number,
  habits: ColumnHabits,
): void {
  const width = (headings.columns.at(-1) ?? -1) + 1
  const swallows = (cell: string): boolean =>
    SEPARATORS.some((separator) => holdsRow(cell, separator, width, habits))
  if (cells.some((cell) => cell.includes('\n') && swallows(cell)))
    throw new FileRefused('cell-swallows-row', rowNumbers(headings, fileRow))
  if (!habits.looksOff(cells)) return
  const column = habits.firstShifted(cells, MISFITS)
  if (column !== undefined)
    throw new FileRefused('row-shifted', {
      ...rowNumbers(headings, fileRow),
      column: columnLetters(column),
    })
}

/** Whether the only heading is a row of headings, as where the columns of a text were not split. */
function holdsHeadings(cell: string): boolean {
  return [',', ';', '\t', '|'].some((separator) => {
    const parts = cell.split(separator)
    return parts.length > 2 && countKnown(parts) >= 2
  })
}

/** What the receipt says from the start. */
type SheetKnown = Pick<ReadingReceipt, 'sheets' | 'upperHeaderRow' | 'columnsApart'>

class SheetTable implements Table {
  readonly header: readonly string[]
  readonly #spreadsheet: Spreadsheet
  readonly #sheet: Sheet
  readonly #reading: SheetReading
  readonly #headings: Headings
  readonly #limits: ReadingLimits
  readonly #known: SheetKnown
  /** Rows at the top of the sheet, below the header. */
  readonly #below: readonly (readonly string[])[]
  #findings = new SheetFindings()
  #leftovers: LeftoverReader
  /** Of a reading to the end: another that stops before it tells less. */
  #whole: { readonly findings: SheetFindings; readonly leftovers: LeftoverReader } | undefined

  constructor(
    spreadsheet: Spreadsheet,
    sheet: Sheet,
    reading: SheetReading,
    { headings, below }: { headings: Headings; below: readonly (readonly string[])[] },
    limits: ReadingLimits,
    known: SheetKnown,
  ) {
    this.header = headings.names
    this.#spreadsheet = spreadsheet
    this.#sheet = sheet
    this.#reading = reading
    this.#headings = headings
    this.#below = below
    this.#leftovers = new LeftoverReader(headings, below, true)
    this.#limits = limits
    this.#known = known
  }

  get receipt(): ReadingReceipt {
    return {
      format: this.#spreadsheet.format,
      sheet: this.#sheet.name,
      ...this.#known,
      ...this.#told.receipt(this.#headings),
      ...(this.#whole?.leftovers ?? this.#leftovers).receipt(),
      date1904: this.#spreadsheet.date1904,
      headerRow: this.#headings.headerRow,
    }
  }

  get signs(): SheetSigns {
    return this.#told.signs(this.#headings)
  }

  get #told(): SheetFindings {
    return this.#whole?.findings ?? this.#findings
  }

  /**
   * Rows after the last that holds something are not rows of the file: spreadsheets keep thousands
   * that are only formatted.
   */
  async *batches(): AsyncGenerator<RowBatch> {
    const headings = this.#headings
    const findings = new SheetFindings()
    this.#findings = findings
    const leftovers = new LeftoverReader(headings, this.#below, true)
    this.#leftovers = leftovers
    const habits = new ColumnHabits(this.#below, headings.columns)
    let done = 0
    let rows: (readonly string[])[] = []
    const read = this.#spreadsheet.rows(this.#sheet, this.#reading, findings)
    for await (const piece of read) {
      for (const { fileRow: firstRow, cells, filled, times } of piece) {
        if (!filled) continue
        const lastRow = firstRow + times - 1
        for (let fileRow = firstRow; fileRow <= lastRow; fileRow += 1) {
          const row = fileRow - headings.headerRow
          if (row < 1) continue
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
          demandInStep(cells, headings, fileRow, habits)
          const fitted = fitRow(times === 1 ? cells : [...cells], headings, fileRow)
          rows.push(leftovers.read(fitted, fileRow))
          if (rows.length < BATCH_ROWS) continue
          yield { firstRow: done + 1, rows }
          done += rows.length
          rows = []
        }
      }
    }
    if (rows.length > 0) yield { firstRow: done + 1, rows }
    if (done + rows.length === 0) throw new FileRefused('no-rows')
    this.#whole = { findings, leftovers }
  }
}

/**
 * The sheet a person chose; else, of the visible sheets that hold data, the one that has a header
 * with rows below it, and of several the largest. The receipt lists the others. Throws FileRefused:
 * `sheet-not-found`, `sheets-hidden`, `no-rows`.
 */
function chooseSheet(tops: readonly HeadedTop[], name: string | undefined): HeadedTop {
  if (name !== undefined) {
    const named = tops.find(({ sheet }) => sheet.name === name)
    if (named === undefined) throw new FileRefused('sheet-not-found', { sheet: name })
    return named
  }
  const filled = tops.filter(({ holdsData }) => holdsData)
  const [best] = filled
    .filter(({ sheet }) => !sheet.hidden)
    .toSorted((a, b) => tableLikeness(b) - tableLikeness(a) || b.size - a.size)
  if (best === undefined) throw new FileRefused(filled.length > 0 ? 'sheets-hidden' : 'no-rows')
  return best
}

function tableLikeness({ rows, header }: HeadedTop): number {
  if (header.row < 0) return 0
  const columns = (rows[header.row] ?? []).filter((cell) => cell !== '').length
  const rowsBelow = rows.slice(header.row + 1).some((row) => !isBlank(row))
  return (rowsBelow ? 2 : 0) + (columns > 1 ? 1 : 0)
}

function listSheets(
  spreadsheet: Spreadsheet,
  tops: readonly HeadedTop[],
  chosen: HeadedTop,
  header: readonly string[],
): SheetListed[] {
  return spreadsheet.sheets.map((sheet) => {
    const top = tops.find((each) => each.sheet === sheet)
    const { name, hidden, veryHidden } = sheet
    const isOther =
      top !== undefined &&
      top !== chosen &&
      holdsOthers(header, { rows: top.rows, headerRow: top.header.row })
    return {
      ...{ name, hidden, veryHidden, holdsData: top?.holdsData === true },
      ...(isOther ? { holdsOthers: isOther } : {}),
    }
  })
}

/** The row a person chose as header where it lies below the sample. */
async function rowAt(
  spreadsheet: Spreadsheet,
  sheet: Sheet,
  fileRow: number,
): Promise<string[] | undefined> {
  const reading = { columnLimit: Infinity, headerRow: 0, leaveOut: [] }
  for await (const rows of spreadsheet.rows(sheet, reading, new SheetFindings())) {
    const found = rows.find((row) => row.fileRow + row.times > fileRow)
    if (found !== undefined) return found.fileRow <= fileRow ? found.cells : undefined
  }
  return undefined
}
