import { isoCellText, numberCellText, unescapeText } from './cell-text.ts'
import { columnOfReference } from './column-letters.ts'
import { ROW_CHARACTERS } from './limits.ts'
import type { NumberFormat } from './number-format.ts'
import type { SharedStrings } from './shared-strings.ts'
import type { SheetFindings } from './sheet-findings.ts'
import { FileRefused } from './table.ts'
import { isTrue } from './xlsx-workbook.ts'
import type { XmlHandler, XmlScanner } from './xml-scanner.ts'

/**
 * Reads the rows of one sheet as its XML arrives. Source: ECMA-376 part 1, 18.3 (worksheet). What
 * writers leave out is filled in: rows and cells without a reference follow the one before.
 */

/** A row that the sheet mentions; rows between two of them are blank. */
export interface SheetRow {
  readonly fileRow: number
  /** From column A to the last that is mentioned. */
  readonly cells: string[]
  /** Whether a value, or a formula or error read as empty, stands in it. */
  readonly filled: boolean
}

/** What the cells of a workbook refer to. */
export interface CellContext {
  readonly strings: SharedStrings
  readonly formats: readonly NumberFormat[]
  readonly date1904: boolean
  /** Most columns; the first filled cell beyond refuses the file. */
  readonly columnLimit: number
  /** Hidden rows that hold something are counted below this row. */
  readonly headerRow: number
}

const LAST_ROW = 1_048_576
/** Columns of a sheet as the format has them. */
export const LAST_COLUMN = 16_384
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
  readonly #findings: SheetFindings
  #rows: SheetRow[] = []
  #scanner: XmlScanner | undefined
  #inData = false
  #inCell = false
  #inInline = false
  #inPhonetic = false
  #fileRow = 0
  #cells: string[] = []
  #filled = false
  #hidden = false
  #rowCharacters = 0
  #column = -1
  #type = ''
  #style = 0
  #formula = false
  #text = ''
  /** Areas of array formulas: only the first cell of each says that it is a formula. */
  #areas: Area[] = []

  constructor(context: CellContext, findings: SheetFindings) {
    this.#context = context
    this.#findings = findings
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
    else if (name === 'mergeCell') this.#findings.mergedCells += 1
  }

  close(name: string): void {
    if (this.#inCell) this.#closeInCell(name)
    else if (name === 'row' && this.#inData) {
      const counted = this.#filled && this.#fileRow > this.#context.headerRow
      if (this.#hidden && counted) this.#findings.hiddenRows += 1
      this.#rows.push({ fileRow: this.#fileRow, cells: this.#cells, filled: this.#filled })
    } else if (name === 'sheetData') this.#inData = false
  }

  text(text: string): void {
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
    this.#hidden = isTrue(scanner.attribute('hidden')) || scanner.attribute('ht') === '0'
    if (this.#areas.length > 0) this.#areas = this.#areas.filter(({ bottom }) => bottom >= fileRow)
  }

  #openCell(scanner: XmlScanner): void {
    const reference = scanner.attribute('r')
    const column = reference === undefined ? this.#column + 1 : columnOfReference(reference)
    if (column <= this.#column || column >= LAST_COLUMN) throw damaged()
    this.#column = column
    this.#type = scanner.attribute('t') ?? 'n'
    const style = scanner.attribute('s')
    this.#style = style === undefined ? 0 : Number(style)
    this.#text = ''
    this.#formula = false
    this.#inCell = true
  }

  #openInCell(name: string, scanner: XmlScanner): void {
    if (name === 'v') scanner.wantsText = true
    else if (name === 't') scanner.wantsText = this.#inInline && !this.#inPhonetic
    else if (name === 'is') this.#inInline = true
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
    const formula = this.#formula || (this.#areas.length > 0 && this.#inArea(column))
    if (formula) this.#findings.formulas.count(column, this.#fileRow)
    const value = formula ? '' : this.#value()
    if (value === '') {
      if (formula || this.#type === 'e') this.#filled = true
      return
    }
    if (column >= this.#context.columnLimit) {
      throw new FileRefused('too-many-columns', {
        limit: this.#context.columnLimit,
        fileRow: this.#fileRow,
      })
    }
    this.#filled = true
    this.#rowCharacters += value.length
    if (this.#rowCharacters > ROW_CHARACTERS) {
      throw new FileRefused('row-too-long', { fileRow: this.#fileRow, limit: ROW_CHARACTERS })
    }
    while (this.#cells.length < column) this.#cells.push('')
    this.#cells.push(value)
  }

  #value(): string {
    const text = this.#text
    switch (this.#type) {
      case 's':
        return this.#sharedString(text)
      case 'inlineStr':
      case 'str':
        return unescapeText(text)
      case 'b':
        return text === '1' || text === 'true' ? 'TRUE' : text === '' ? '' : 'FALSE'
      case 'e':
        return this.#error()
      case 'd':
        return text === '' ? '' : (isoCellText(text) ?? this.#error())
      case 'n': {
        if (text === '') return ''
        const format = this.#context.formats[this.#style] ?? 0
        return numberCellText(text, format, this.#context.date1904) ?? this.#error()
      }
      default:
        throw damaged()
    }
  }

  #sharedString(index: string): string {
    if (index === '') return ''
    const text = this.#context.strings.get(Number(index))
    if (text === undefined) throw damaged()
    return text
  }

  #error(): '' {
    this.#findings.errors.count(this.#column, this.#fileRow)
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
