import { STRUCK } from '#core/tabular/workbook/cell-style.ts'
import { isLate, isoCellText, numberCellText } from '#core/tabular/workbook/cell-text.ts'
import { isErrorWord } from '#core/tabular/error-words.ts'
import { ROW_CHARACTERS } from '#core/tabular/limits.ts'
import { isRounded } from '#core/tabular/workbook/number-display.ts'
import { OdsRules } from './ods-rules.ts'
import { OdsStyles } from './ods-styles.ts'
import { paddingOf, partOfDay, showsAnother, VALUES } from './ods-values.ts'
import { RowLooks } from '#core/tabular/workbook/row-looks.ts'
import { saysNotToCount } from '#core/tabular/workbook/sheet-comments.ts'
import type { SheetFindings } from '#core/tabular/workbook/sheet-findings.ts'
import type { SheetReading, SheetRow } from '#core/tabular/workbook/spreadsheet.ts'
import { StruckRuns } from '#core/tabular/workbook/struck-runs.ts'
import { FileRefused } from '#core/tabular/table.ts'
import type { XmlHandler, XmlScanner } from '#core/tabular/workbook/xml-scanner.ts'

/**
 * Reads the sheets of an OpenDocument spreadsheet as its content arrives; all of them lie in one
 * part. Source: OpenDocument 1.3 part 3, 9 (tables) and 6.1 (text).
 */

const LAST_ROW = 1_048_576
const LAST_COLUMN = 16_384
/** Columns whose style is remembered; a table is not wider. */
const STYLED_COLUMNS = 1_000

/**
 * What repeated rows and cells may come to beside what is written out: a million characters, and a
 * hundred times what the part packs to.
 */
const REPEATED_FREE = 1_000_000
const REPEATED_RATIO = 100

/** What is wanted of one sheet. */
export interface SheetTaker {
  readonly reading: SheetReading
  readonly findings: SheetFindings
  take(row: SheetRow): void
}

/** Asked at the beginning of each sheet; undefined passes over its rows. */
export type BeginSheet = (
  index: number,
  sheet: { readonly name: string; readonly hidden: boolean },
) => SheetTaker | undefined

/** A cell as it is opened. */
interface OpenCell {
  readonly depth: number
  readonly style: string
  readonly type: string | undefined
  readonly value: string | undefined
  readonly hasFormula: boolean
  readonly times: number
}

/**
 * Turns the XML of the content into rows. Throws FileRefused: `xlsx-damaged`, `too-many-columns`,
 * `row-too-long`, `cell-too-long`, `xlsx-unpacks-too-large`, `kind-external-links`.
 */
export class OdsReader implements XmlHandler {
  /** Sheets that were read to their end. */
  sheetsDone = 0
  date1904 = false
  readonly #begin: BeginSheet
  readonly #styles: OdsStyles
  readonly #runs = new StruckRuns()
  #scanner: XmlScanner | undefined
  #repeatsLeft: number
  #depth = 0
  #inStyles = false
  /** Depth of the element that is passed over with all it holds; 0 for none. */
  #passing = 0
  #tableDepth = 0
  #taker: SheetTaker | undefined
  #looks: RowLooks | undefined
  #rules: OdsRules | undefined
  #fileRow = 0
  #column = 0
  #sheetColumn = 0
  /** The style of a cell that names none, by column; the columns past these have none. */
  #columnStyles: string[] = []
  #rowStyle: string | undefined
  #rowTimes = 1
  #inRow = false
  #cells: string[] = []
  #filled = false
  #rowCharacters = 0
  #cell: OpenCell | undefined
  #paragraphs = 0
  #inParagraph = false
  #inAnnotation = 0
  #text = ''
  #comment = ''

  constructor(packedBytes: number, named: OdsStyles, begin: BeginSheet) {
    this.#styles = new OdsStyles(named)
    this.#begin = begin
    this.#repeatsLeft = REPEATED_FREE + packedBytes * REPEATED_RATIO
  }

  open(name: string, scanner: XmlScanner): void {
    this.#scanner = scanner
    this.#depth += 1
    if (this.#passing > 0) return
    if (this.#cell !== undefined) this.#openInCell(name, scanner, this.#cell)
    else if (this.#inRow) {
      if (name === 'table-cell' || name === 'covered-table-cell') this.#openCell(scanner)
    } else if (this.#tableDepth > 0) this.#openInTable(name, scanner)
    else if (this.#inStyles) this.#styles.open(name, scanner)
    else if (name === 'automatic-styles') this.#inStyles = true
    else if (name === 'table') this.#openTable(scanner)
    else if (name === 'null-date')
      this.date1904 = scanner.attribute('date-value')?.startsWith('1904') === true
    else if (name === 'tracked-changes' || name === 'database-ranges') this.#passing = this.#depth
  }

  close(name: string): void {
    const depth = this.#depth
    this.#depth -= 1
    if (this.#passing > 0) {
      if (this.#passing === depth) this.#passing = 0
      this.#want()
      return
    }
    if (this.#cell !== undefined) {
      if (depth === this.#cell.depth) this.#closeCell(this.#cell)
      else this.#closeInCell(name, depth, this.#cell)
      this.#want()
    } else if (this.#inRow) {
      if (name === 'table-row') this.#closeRow()
    } else if (this.#tableDepth === depth) this.#closeTable()
    else if (name === 'automatic-styles') this.#inStyles = false
  }

  text(text: string): void {
    if (this.#inAnnotation > 0) this.#comment += text
    else {
      this.#runs.add(text)
      this.#text += text
    }
    if (this.#text.length + this.#comment.length > ROW_CHARACTERS) throw this.#tooLong()
  }

  #openTable(scanner: XmlScanner): void {
    this.#tableDepth = this.#depth
    const style = scanner.attribute('style-name') ?? ''
    this.#taker = this.#begin(this.sheetsDone, {
      name: scanner.attribute('name') ?? '',
      hidden: this.#styles.isHidden(style) || scanner.attribute('display') === 'false',
    })
    this.#looks =
      this.#taker === undefined
        ? undefined
        : new RowLooks(this.#taker.reading, this.#taker.findings)
    this.#rules =
      this.#taker === undefined ? undefined : new OdsRules(this.#styles, this.#taker.findings)
    this.#fileRow = 0
    this.#sheetColumn = 0
    this.#columnStyles = []
  }

  #openInTable(name: string, scanner: XmlScanner): void {
    if (name === 'table-row') {
      if (this.#taker === undefined) this.#passing = this.#depth
      else this.#openRow(scanner)
    } else if (name === 'table-column') this.#openColumn(scanner)
    // Cells that another file gave are kept in tables of their own.
    else if (name === 'table-source') throw new FileRefused('kind-external-links')
    else if (name === 'shapes' || name === 'forms' || name === 'named-expressions')
      this.#passing = this.#depth
    else this.#rules?.open(name, scanner)
  }

  #closeTable(): void {
    this.#rules?.finish()
    this.#rules = undefined
    this.#tableDepth = 0
    this.#taker = undefined
    this.#looks = undefined
    this.sheetsDone += 1
  }

  #openColumn(scanner: XmlScanner): void {
    const times = repeatOf(scanner.attribute('number-columns-repeated'), LAST_COLUMN)
    const first = this.#sheetColumn
    this.#sheetColumn = Math.min(LAST_COLUMN, first + times)
    const style = scanner.attribute('default-cell-style-name')
    if (style !== undefined) this.#styleColumns(first, style)
    if (isHidden(scanner)) this.#taker?.findings.hideColumns(first, this.#sheetColumn - 1)
  }

  #styleColumns(first: number, style: string): void {
    const styles = this.#columnStyles
    while (styles.length < Math.min(first, STYLED_COLUMNS)) styles.push('')
    while (styles.length < Math.min(this.#sheetColumn, STYLED_COLUMNS)) styles.push(style)
  }

  #openRow(scanner: XmlScanner): void {
    this.#rowTimes = repeatOf(scanner.attribute('number-rows-repeated'), LAST_ROW)
    this.#rowStyle = scanner.attribute('default-cell-style-name')
    this.#inRow = true
    this.#column = 0
    this.#cells = []
    this.#filled = false
    this.#rowCharacters = 0
    this.#looks?.open(isHidden(scanner), false)
  }

  #closeRow(): void {
    this.#inRow = false
    const fileRow = this.#fileRow + 1
    const times = this.#rowTimes
    this.#fileRow = Math.min(LAST_ROW, this.#fileRow + times)
    if (!this.#filled) return
    if (fileRow + times - 1 > LAST_ROW) throw damaged()
    this.#spend((times - 1) * (this.#rowCharacters + this.#cells.length))
    const isLeftOut = this.#looks?.close(fileRow, times) === true
    this.#taker?.take({ fileRow, cells: this.#cells, filled: !isLeftOut, times })
  }

  #openCell(scanner: XmlScanner): void {
    const type = scanner.attribute('value-type')
    this.#cell = {
      depth: this.#depth,
      style:
        scanner.attribute('style-name') ?? this.#rowStyle ?? this.#columnStyles[this.#column] ?? '',
      type,
      value: type === undefined ? undefined : scanner.attribute(VALUES[type] ?? 'value'),
      hasFormula: scanner.attribute('formula') !== undefined,
      times: repeatOf(scanner.attribute('number-columns-repeated'), LAST_COLUMN),
    }
    const across = scanner.attribute('number-columns-spanned') ?? '1'
    const down = scanner.attribute('number-rows-spanned') ?? '1'
    if ((across !== '1' || down !== '1') && this.#taker !== undefined)
      this.#taker.findings.mergeRows(this.#fileRow + 1, this.#fileRow + Number(down))
    this.#paragraphs = 0
    this.#text = ''
    this.#runs.begin()
  }

  #openInCell(name: string, scanner: XmlScanner, cell: OpenCell): void {
    const isDirect = this.#depth === cell.depth + 1
    if (this.#inAnnotation > 0) {
      if (name === 'p' && this.#comment !== '') this.#comment += '\n'
    } else if (name === 'annotation') {
      this.#inAnnotation = this.#depth
      this.#comment = ''
    } else if (isDirect && name === 'p') {
      if (this.#paragraphs > 0) this.#text += '\n'
      this.#paragraphs += 1
      this.#inParagraph = true
      this.#runs.openRun()
    } else if (!this.#inParagraph) this.#passing = this.#depth
    else this.#openInParagraph(name, scanner)
    this.#want()
  }

  #openInParagraph(name: string, scanner: XmlScanner): void {
    if (name === 's') this.#text += ' '.repeat(this.#spaces(scanner))
    else if (name === 'tab') this.#text += '\t'
    else if (name === 'line-break') this.#text += '\n'
    else if (name === 'span') {
      this.#runs.openRun()
      this.#runs.strikeRun(this.#styles.isStruck(scanner.attribute('style-name') ?? ''))
    } else if (name !== 'a' && name !== 'ruby' && name !== 'ruby-base') this.#passing = this.#depth
  }

  #closeInCell(name: string, depth: number, cell: OpenCell): void {
    if (this.#inAnnotation === depth) {
      this.#inAnnotation = 0
      if (this.#taker !== undefined) this.#taker.findings.comments += 1
      if (saysNotToCount(this.#comment)) this.#looks?.remark()
    } else if (this.#inAnnotation === 0 && name === 'span') this.#runs.openRun()
    else if (depth === cell.depth + 1) this.#inParagraph = false
  }

  #closeCell(cell: OpenCell): void {
    this.#cell = undefined
    this.#inParagraph = false
    const column = this.#column
    this.#column = Math.min(LAST_COLUMN, column + cell.times)
    const style = this.#styles.cell(cell.style)
    if (cell.hasFormula) {
      // What shows nothing loses nothing.
      if (this.#text.trim() === '' && (cell.value ?? '').trim() === '') return
      this.#fillUnread(column, cell.times, 'formula')
      return
    }
    const value = this.#value(cell, column, style.isPartDate)
    if (value === '') return
    if (isErrorWord(value)) {
      this.#fillUnread(column, cell.times, 'error')
      return
    }
    const { columnLimit } = this.#taker?.reading ?? { columnLimit: LAST_COLUMN }
    const fileRow = this.#fileRow + 1
    if (column + cell.times > Math.min(columnLimit, LAST_COLUMN)) {
      throw new FileRefused('too-many-columns', { limit: columnLimit, fileRow })
    }
    this.#spend((cell.times - 1) * (value.length + 1))
    this.#filled = true
    this.#rules?.addCell(cell.style, this.#fileRow, column)
    this.#rowCharacters += value.length * cell.times
    if (this.#rowCharacters > ROW_CHARACTERS) {
      throw new FileRefused('row-too-long', { fileRow, limit: ROW_CHARACTERS })
    }
    const { struck } = this.#runs
    const look = style.look | (struck === 'all' ? STRUCK : 0)
    while (this.#cells.length < column) this.#cells.push('')
    for (let at = column; at < this.#column; at += 1) {
      if (struck === 'part') this.#looks?.mark('struck', at)
      this.#looks?.addCell(at, look)
      this.#cells.push(value)
    }
  }

  /** Cells that show something and are read as empty. */
  #fillUnread(column: number, times: number, sign: 'formula' | 'error'): void {
    this.#filled = true
    this.#spend(times - 1)
    this.#rowCharacters += times
    for (let at = column; at < this.#column; at += 1) this.#looks?.mark(sign, at)
  }

  /** The text of a cell, as that of the same cell in an XLSX workbook. */
  #value({ type, value }: OpenCell, column: number, isPartDate: boolean): string {
    const shown = this.#text
    if (value === undefined || value === '') return shown
    switch (type) {
      case 'float':
      case 'currency':
      case 'percentage':
        return this.#number(value, shown, column)
      case 'date':
        if (isPartDate) this.#looks?.mark('part-date', column)
        if (isLate(value)) this.#looks?.mark('late', column)
        return isoCellText(value) ?? value
      case 'time':
        return partOfDay(value) ?? value
      case 'boolean':
        return value === 'true' ? 'TRUE' : 'FALSE'
      case undefined:
      default:
        return this.#paragraphs > 0 ? shown : value
    }
  }

  #number(value: string, shown: string, column: number): string {
    const text = numberCellText(value, paddingOf(value, shown), this.date1904)
    if (text === null) throw damaged()
    if (showsAnother(shown, text) || isRounded(text)) this.#looks?.mark('shown-otherwise', column)
    return text
  }

  #spaces(scanner: XmlScanner): number {
    const count = repeatOf(scanner.attribute('c'), ROW_CHARACTERS + 1)
    if (this.#text.length + count > ROW_CHARACTERS) throw this.#tooLong()
    return count
  }

  #spend(repeated: number): void {
    this.#repeatsLeft -= repeated
    if (this.#repeatsLeft >= 0) return
    throw new FileRefused('xlsx-unpacks-too-large', { limit: REPEATED_RATIO, unit: 'times' })
  }

  #want(): void {
    if (this.#scanner === undefined) return
    const isWanted = this.#inParagraph || this.#inAnnotation > 0
    this.#scanner.wantsText = this.#cell !== undefined && isWanted && this.#passing === 0
  }

  #tooLong(): FileRefused {
    const fileRow = this.#fileRow + 1
    return new FileRefused('cell-too-long', { fileRow, limit: ROW_CHARACTERS })
  }
}

function isHidden(scanner: XmlScanner): boolean {
  const visibility = scanner.attribute('visibility')
  return visibility === 'collapse' || visibility === 'filter'
}

function repeatOf(value: string | undefined, most: number): number {
  if (value === undefined) return 1
  const times = Number(value)
  if (!Number.isInteger(times) || times < 1) throw damaged()
  return Math.min(times, most)
}

function damaged(): FileRefused {
  return new FileRefused('xlsx-damaged')
}
