import { scanPart } from '#core/tabular/workbook/package-parts.ts'
import type { Package } from '#core/tabular/workbook/package-parts.ts'
import { readSharedStrings } from './shared-strings.ts'
import type { SharedStrings } from './shared-strings.ts'
import { SheetFindings } from '#core/tabular/workbook/sheet-findings.ts'
import { TopRows } from '#core/tabular/workbook/sheet-top.ts'
import type {
  Sheet,
  SheetReading,
  SheetRow,
  SheetTop,
  Spreadsheet,
} from '#core/tabular/workbook/spreadsheet.ts'
import { readComments } from './xlsx-comments.ts'
import { SheetReader } from './xlsx-sheet.ts'
import { readStyles } from './xlsx-styles.ts'
import type { Styles } from './xlsx-styles.ts'
import { openWorkbook } from './xlsx-workbook.ts'
import type { Workbook } from './xlsx-workbook.ts'
import type { ZipEntry } from '#core/tabular/zip/zip-directory.ts'

/** Opens an XLSX workbook: its strings and styles are read once, for all its sheets. */
export async function openXlsx(parts: Package): Promise<Spreadsheet> {
  const workbook = await openWorkbook(parts)
  return new XlsxSpreadsheet(
    workbook,
    await readSharedStrings(workbook),
    await readStyles(workbook),
  )
}

class XlsxSpreadsheet implements Spreadsheet {
  readonly format = 'xlsx'
  readonly date1904: boolean
  readonly sheets: readonly Sheet[]
  readonly #workbook: Workbook
  readonly #strings: SharedStrings
  readonly #styles: Styles
  #tops: Promise<readonly SheetTop[]> | undefined

  constructor(workbook: Workbook, strings: SharedStrings, styles: Styles) {
    this.date1904 = workbook.date1904
    this.sheets = workbook.sheets
    this.#workbook = workbook
    this.#strings = strings
    this.#styles = styles
  }

  tops(): Promise<readonly SheetTop[]> {
    this.#tops ??= this.#readTops()
    return this.#tops
  }

  async *rows(
    sheet: Sheet,
    reading: SheetReading,
    findings: SheetFindings,
  ): AsyncGenerator<SheetRow[]> {
    const entry = this.#entryOf(sheet)
    if (entry === undefined) return
    const context = {
      strings: this.#strings,
      styles: this.#styles,
      date1904: this.date1904,
      comments: await readComments(this.#workbook, entry),
    }
    const scan = scanPart(this.#workbook, entry, new SheetReader(context, reading, findings))
    for await (const reader of scan) yield reader.takeRows()
  }

  async #readTops(): Promise<SheetTop[]> {
    const tops: SheetTop[] = []
    for (const sheet of this.sheets) {
      const entry = this.#entryOf(sheet)
      if (entry !== undefined) tops.push(await this.#readTop(sheet, entry.bytes))
    }
    return tops
  }

  async #readTop(sheet: Sheet, size: number): Promise<SheetTop> {
    const top = new TopRows()
    const reading = { columnLimit: Infinity, headerRow: 0, leaveOut: [] }
    reading: for await (const rows of this.rows(sheet, reading, new SheetFindings())) {
      for (const row of rows) if (top.add(row)) break reading
    }
    return { sheet, rows: top.rows, holdsData: top.filledRows > 0, size }
  }

  #entryOf(sheet: Sheet): ZipEntry | undefined {
    return this.#workbook.sheets.find((part) => part === sheet)?.entry
  }
}
