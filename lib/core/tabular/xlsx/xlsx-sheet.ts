import { PLAIN_STYLE, STRUCK } from '#core/tabular/workbook/cell-style.ts'
import {
  isLate,
  isoCellText,
  numberCellText,
  unescapeText,
} from '#core/tabular/workbook/cell-text.ts'
import { columnOfReference } from '#core/tabular/column-letters.ts'
import { isErrorWord } from '#core/tabular/error-words.ts'
import { ROW_CHARACTERS } from '#core/tabular/limits.ts'
import { isRounded, isShownOtherwise } from '#core/tabular/workbook/number-display.ts'
import { RowLooks } from '#core/tabular/workbook/row-looks.ts'
import type { SharedStrings } from './shared-strings.ts'
import type { SheetComments } from '#core/tabular/workbook/sheet-comments.ts'
import type { SheetFindings } from '#core/tabular/workbook/sheet-findings.ts'
import type { SheetReading, SheetRow } from '#core/tabular/workbook/spreadsheet.ts'
import { StruckRuns } from '#core/tabular/workbook/struck-runs.ts'
import type { Struck } from '#core/tabular/workbook/struck-runs.ts'
import { FileRefused } from '#core/tabular/table.ts'
import { SheetRules } from './xlsx-rules.ts'
import { isOn } from './xlsx-styles.ts'
import type { Styles } from './xlsx-styles.ts'
import { isTrue } from './xlsx-workbook.ts'
import type { XmlHandler, XmlScanner } from '#core/tabular/workbook/xml-scanner.ts'

/**
 * Reads the rows of one sheet as its XML arrives. Source: ECMA-376 part 1, 18.3 (worksheet). What
 * writers leave out is filled in: rows and cells without a reference follow the one before.
 */

/** What the cells of a workbook refer to. */
export interface CellContext {
  readonly strings: SharedStrings
  readonly styles: Styles
  readonly date1904: boolean
  readonly comments: SheetComments
}

const LAST_ROW = 1_048_576
/** Columns of a sheet as the format has them. */
const LAST_COLUMN = 16_384
/** Most array formulas whose areas are remembered at once. */
const MOST_AREAS = 10_000

interface Area {
  readonly left: number
  readonly right: number
  readonly bottom: number
}

/**
 * Turns the XML of a sheet into rows. Throws FileRefused: `xlsx-damaged`, `too-many-columns`,
 * `row-too-long`, `cell-too-long`.
 */
export class SheetReader implements XmlHandler {
  readonly #context: CellContext
  readonly #reading: SheetReading
  readonly #findings: SheetFindings
  readonly #looks: RowLooks
  readonly #rules: SheetRules
  readonly #runs = new StruckRuns()
  #rows: SheetRow[] = []
  #scanner: XmlScanner | undefined
  #inData = false
  #inCell = false
  #inInline = false
  #inPhonetic = false
  #fileRow = 0
  #cells: string[] = []
  #filled = false
  #rowCharacters = 0
  #column = -1
  #type = ''
  #style = PLAIN_STYLE
  #formula = false
  #text = ''
  /** Areas of array formulas: only the first cell of each says that it is a formula. */
  #areas: Area[] = []

  constructor(context: CellContext, reading: SheetReading, findings: SheetFindings) {
    this.#context = context
    this.#reading = reading
    this.#findings = findings
    this.#looks = new RowLooks(reading, findings)
    this.#rules = new SheetRules(context.styles.ruled, findings)
    findings.comments = context.comments.count
  }

  /** The rows completed since the last call. */
  takeRows(): SheetRow[] {
    const rows = this.#rows
    this.#rows = []
    return rows
  }

  open(name: string, scanner: XmlScanner): void {
    this.#scanner = scanner
    if (this.#inCell) this.#openInCell(name, scanner)
    else if (this.#inData) {
      if (name === 'c') this.#openCell(scanner)
      else if (name === 'row') this.#openRow(scanner)
    } else if (name === 'sheetData') this.#inData = true
    else if (name === 'col') this.#openColumn(scanner)
    else if (name === 'mergeCell') this.#mergeCells(scanner.attribute('ref') ?? '')
    else this.#rules.open(name, scanner)
  }

  #mergeCells(ref: string): void {
    const [first = 0, last = 0] = ref.slice(0, 40).split(':').map(rowOfReference)
    this.#findings.mergeRows(first, last)
  }

  close(name: string): void {
    if (this.#inCell) this.#closeInCell(name)
    else if (name === 'row' && this.#inData) {
      const fileRow = this.#fileRow
      const isLeftOut = this.#filled && this.#looks.close(fileRow, 1)
      this.#rows.push({ fileRow, cells: this.#cells, filled: this.#filled && !isLeftOut, times: 1 })
    } else if (name === 'sheetData') this.#inData = false
    else this.#rules.close(name, this.#scanner)
  }

  text(text: string): void {
    if (!this.#inCell) {
      this.#rules.text(text)
      return
    }
    if (this.#inInline) this.#runs.add(text)
    this.#text = this.#text === '' ? text : this.#text + text
    if (this.#text.length > ROW_CHARACTERS) {
      throw new FileRefused('cell-too-long', { fileRow: this.#fileRow, limit: ROW_CHARACTERS })
    }
  }

  #openRow(scanner: XmlScanner): void {
    const reference = scanner.attribute('r')
    const fileRow = reference === undefined ? this.#fileRow + 1 : Number(reference)
    if (!(fileRow > this.#fileRow && fileRow <= LAST_ROW && Number.isInteger(fileRow)))
      throw damaged()
    this.#fileRow = fileRow
    this.#cells = []
    this.#filled = false
    this.#rowCharacters = 0
    this.#column = -1
    const isHidden = isTrue(scanner.attribute('hidden')) || Number(scanner.attribute('ht')) === 0
    this.#looks.open(isHidden, this.#context.comments.isRemark(fileRow))
    if (this.#areas.length > 0) this.#areas = this.#areas.filter(({ bottom }) => bottom >= fileRow)
  }

  #openCell(scanner: XmlScanner): void {
    const reference = scanner.attribute('r')
    const column = reference === undefined ? this.#column + 1 : columnOfReference(reference)
    if (column <= this.#column || column >= LAST_COLUMN) throw damaged()
    this.#column = column
    this.#type = scanner.attribute('t') ?? 'n'
    const style = scanner.attribute('s')
    this.#style = this.#context.styles.cells[style === undefined ? 0 : Number(style)] ?? PLAIN_STYLE
    this.#text = ''
    this.#formula = false
    this.#inCell = true
  }

  #openInCell(name: string, scanner: XmlScanner): void {
    if (name === 'v') scanner.wantsText = true
    else if (name === 't') scanner.wantsText = this.#inInline && !this.#inPhonetic
    else if (name === 'is') {
      this.#inInline = true
      this.#runs.begin()
    } else if (name === 'r') this.#runs.openRun()
    else if (name === 'strike') this.#runs.strikeRun(isOn(scanner))
    else if (name === 'rPh') this.#inPhonetic = true
    else if (name === 'f') {
      this.#formula = true
      const area = scanner.attribute('ref')
      const type = scanner.attribute('t')
      if (area !== undefined && (type === 'array' || type === 'dataTable')) this.#addArea(area)
    }
  }

  #closeInCell(name: string): void {
    if (name === 'c') {
      this.#inCell = false
      this.#closeCell()
    } else if (name === 'is') this.#inInline = false
    else if (name === 'rPh') this.#inPhonetic = false
    if (this.#scanner !== undefined) this.#scanner.wantsText = false
  }

  #closeCell(): void {
    const column = this.#column
    if (this.#formula || (this.#areas.length > 0 && this.#inArea(column))) {
      this.#closeFormula(column)
      return
    }
    const value = this.#value()
    if (value === '') return
    const { columnLimit } = this.#reading
    if (column >= columnLimit) {
      throw new FileRefused('too-many-columns', { limit: columnLimit, fileRow: this.#fileRow })
    }
    this.#filled = true
    this.#rowCharacters += value.length
    if (this.#rowCharacters > ROW_CHARACTERS) {
      throw new FileRefused('row-too-long', { fileRow: this.#fileRow, limit: ROW_CHARACTERS })
    }
    const struck = this.#textStruck()
    if (struck === 'part') this.#looks.mark('struck', column)
    this.#looks.addCell(column, this.#style.look | (struck === 'all' ? STRUCK : 0))
    while (this.#cells.length < column) this.#cells.push('')
    this.#cells.push(value)
  }

  /** A formula whose kept result is a text of nothing shows nothing, so nothing of it is lost. */
  #closeFormula(column: number): void {
    if (this.#type === 'str' && this.#text.trim() === '') return
    this.#looks.mark('formula', column)
    this.#filled = true
  }

  #textStruck(): Struck {
    const { strings } = this.#context
    if (this.#type === 'inlineStr') return this.#runs.struck
    const isShared = this.#type === 's' && strings.hasStruck
    return isShared ? strings.struckOf(Number(this.#text)) : 'none'
  }

  #value(): string {
    const text = this.#text
    switch (this.#type) {
      case 's':
        return this.#textOf(this.#sharedString(text))
      case 'inlineStr':
      case 'str':
        return this.#textOf(unescapeText(text))
      case 'b':
        return text === '1' || text === 'true' ? 'TRUE' : text === '' ? '' : 'FALSE'
      case 'e':
        return this.#error()
      case 'd':
        if (isLate(text)) this.#looks.mark('late', this.#column)
        return isoCellText(text) ?? text
      case 'n':
        return this.#number(text)
      default:
        throw damaged()
    }
  }

  /** Values that were pasted keep what a formula showed. */
  #textOf(text: string): string {
    return isErrorWord(text) ? this.#error() : text
  }

  #number(text: string): string {
    if (text === '') return ''
    const { format, display, isPartDate } = this.#style
    const value = numberCellText(text, format, this.#context.date1904)
    if (value === null) return this.#error()
    if ((display !== undefined && isShownOtherwise(value, display)) || isRounded(value))
      this.#looks.mark('shown-otherwise', this.#column)
    else if (isPartDate) this.#looks.mark('part-date', this.#column)
    else if (format === 'date' && isLate(text)) this.#looks.mark('late', this.#column)
    return value
  }

  #sharedString(index: string): string {
    if (index === '') return ''
    const text = this.#context.strings.get(Number(index))
    if (text === undefined) throw damaged()
    return text
  }

  #error(): '' {
    this.#filled = true
    this.#looks.mark('error', this.#column)
    return ''
  }

  #openColumn(scanner: XmlScanner): void {
    const hidden = isTrue(scanner.attribute('hidden')) || scanner.attribute('width') === '0'
    if (!hidden) return
    this.#findings.hideColumns(
      Number(scanner.attribute('min')) - 1,
      Number(scanner.attribute('max')) - 1,
    )
  }

  #addArea(reference: string): void {
    const ends = /^\$?([A-Z]{1,3})\$?[0-9]+(?::\$?([A-Z]{1,3})\$?([0-9]+))?$/.exec(reference)
    if (ends === null) throw damaged()
    if (ends[2] === undefined) return
    if (this.#areas.length >= MOST_AREAS) throw damaged()
    this.#areas.push({
      left: columnOfReference(ends[1] ?? ''),
      right: columnOfReference(ends[2]),
      bottom: Number(ends[3]),
    })
  }

  #inArea(column: number): boolean {
    return this.#areas.some(({ left, right }) => left <= column && column <= right)
  }
}

function damaged(): FileRefused {
  return new FileRefused('xlsx-damaged')
}

/** The row of “B12”; NaN where it has none. */
function rowOfReference(reference: string): number {
  return Number(/[0-9]{1,7}$/.exec(reference)?.[0])
}
