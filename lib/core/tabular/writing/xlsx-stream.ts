import { strToU8, Zip, ZipDeflate } from 'fflate'
import { columnLetters } from '#core/tabular/column-letters.ts'
import { CELL_STYLES, escaped, frameParts, MAIN, sheetPath, XML } from './workbook-parts.ts'

/**
 * Writes a workbook of any length a batch of rows at a time, in bounded memory. Source: ECMA-376,
 * Office Open XML, part 1.
 */

/** A sheet whose rows come in batches. */
export interface StreamedSheet {
  readonly name: string
  readonly header: readonly string[]
  batches(): AsyncIterable<{ readonly rows: readonly (readonly string[])[] }>
  /** Whether a text that is written as yyyy-mm-dd stands for a true date. */
  readonly hasDates: boolean
}

/** Most rows of a sheet, as the format has them. */
const LAST_ROW = 1_048_576

/**
 * The bytes of a workbook, piece by piece. Every cell is text and formatted as text, so that nothing
 * is run, no zero is lost and a cell that is typed over stays text; true dates are dates. A table
 * longer than a sheet may be goes on in the next, under the same headings.
 */
export async function* writeWorkbook(
  sheets: AsyncIterable<StreamedSheet>,
  lastRow = LAST_ROW,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const parts = new PartsWriter()
  const names: string[] = []
  const begin = (sheet: StreamedSheet): number => {
    names.push(freeName(sheet.name, names))
    parts.open(sheetPath(names.length))
    parts.write(`${XML}<worksheet xmlns="${MAIN}"><sheetData>`)
    parts.write(rowPart(sheet.header, 1, false))
    return 2
  }
  const end = (): void => {
    parts.close('</sheetData></worksheet>')
  }
  for await (const sheet of sheets) {
    let row = begin(sheet)
    for await (const { rows } of sheet.batches()) {
      const written: string[] = []
      for (const cells of rows) {
        if (row > lastRow) {
          parts.write(written.splice(0).join(''))
          end()
          row = begin(sheet)
        }
        written.push(rowPart(cells, row, sheet.hasDates))
        row += 1
      }
      parts.write(written.join(''))
      yield parts.take()
    }
    end()
  }
  const frame = frameParts(
    names.map((name) => ({ name })),
    { hasStrings: false },
  )
  for (const [path, text] of Object.entries(frame)) {
    parts.open(path)
    parts.close(text)
  }
  parts.end()
  yield parts.take()
}

/** Packs parts one after the other. */
class PartsWriter {
  #packed: Uint8Array[] = []
  #part: ZipDeflate | undefined
  readonly #zip = new Zip((error, bytes) => {
    if (error !== null) throw error
    this.#packed.push(bytes)
  })

  open(path: string): void {
    this.#part = new ZipDeflate(path, { level: 6 })
    // A fixed time, so that the same cells give the same file.
    this.#part.mtime = new Date(2024, 0, 1)
    this.#zip.add(this.#part)
  }

  write(text: string): void {
    this.#part?.push(strToU8(text))
  }

  /** Ends a part with its last text. */
  close(text: string): void {
    this.#part?.push(strToU8(text), true)
  }

  end(): void {
    this.#zip.end()
  }

  /** The bytes that are ready. */
  take(): Uint8Array<ArrayBuffer> {
    const pieces = this.#packed
    this.#packed = []
    const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
    let at = 0
    for (const piece of pieces) {
      whole.set(piece, at)
      at += piece.length
    }
    return whole
  }
}

function rowPart(cells: readonly string[], row: number, hasDates: boolean): string {
  let written = `<row r="${row}">`
  for (const [column, text] of cells.entries()) {
    if (text === '') continue
    const place = `${lettersOf(column)}${row}`
    const serial = hasDates ? serialOfDay(text) : undefined
    written +=
      serial === undefined
        ? `<c r="${place}" s="${CELL_STYLES.text}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`
        : `<c r="${place}" s="${CELL_STYLES.date}"><v>${serial}</v></c>`
  }
  return `${written}</row>`
}

const LETTERS: string[] = []

/** The letters of a column, said once for all rows. */
function lettersOf(column: number): string {
  return (LETTERS[column] ??= columnLetters(column))
}

const DAY_MILLISECONDS = 86_400_000
/** Days from 1899-12-30, from which spreadsheets count, to 1970-01-01. */
const SERIAL_OF_1970 = 25_569
/** 1900-03-01: before it spreadsheets count a day that never was. */
const FIRST_SERIAL = 61

/** The serial number of a day that is written as yyyy-mm-dd; undefined for any other text. */
function serialOfDay(text: string): number | undefined {
  if (text.length !== 10 || !/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) return undefined
  const time = Date.parse(text)
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text) return undefined
  const serial = time / DAY_MILLISECONDS + SERIAL_OF_1970
  return serial < FIRST_SERIAL ? undefined : serial
}

/** Longest name of a sheet, as Excel has it. */
const LONGEST_NAME = 31

/** A name that a sheet may have and none of `taken` has, whatever its case. */
function freeName(name: string, taken: readonly string[]): string {
  const allowed = name
    .replace(/[[\]:*?/\\]/g, ' ')
    .replace(/^'|'$/g, ' ')
    .trim()
  const isTaken = (wanted: string): boolean =>
    taken.some((other) => other.toLowerCase() === wanted.toLowerCase())
  for (let number = 1; ; number += 1) {
    const end = number === 1 ? '' : ` ${number}`
    const wanted = (allowed === '' ? 'Sheet' : allowed).slice(0, LONGEST_NAME - end.length) + end
    if (!isTaken(wanted)) return wanted
  }
}
