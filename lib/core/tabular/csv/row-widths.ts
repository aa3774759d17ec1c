import type { ColumnHabits } from '#core/tabular/header/column-habits.ts'
import { columnLetters } from '#core/tabular/column-letters.ts'
import { isBlank, rowNumbers } from '#core/tabular/header/headings.ts'
import type { Headings } from '#core/tabular/header/headings.ts'
import { FileRefused } from '#core/tabular/table.ts'
import type { Separator, ShortRows } from '#core/tabular/table.ts'

/**
 * Holds the rows of a file of text against each other. A row that has more cells than the others is
 * out of step, whatever its last cell holds: a text in it holds the separator. A row that has fewer
 * lacks its empty ends, as spreadsheets write them, or a separator: its neighbours and what its
 * cells look like tell. Every row ending in a spare separator is a habit, and so is every row
 * without its empty ends.
 */

/** So many rows of a greater width, all in step, are a habit too: a spreadsheet's block of rows. */
const BLOCK_ROWS = 4
/** So few short rows in a file whose last column is always filled are worth a question. */
const FEW_ROWS = 3

/** Of the cells of a row, how many are a row's even if they stand in one. */
const NEARLY = 0.75
/** Text that goes on over more than a word is no cell that was cut off. */
const LINE = /\s|[.:=*]|^(?:end|eof|totals?)$/i

const OTHERS: readonly Separator[] = [',', ';', '\t', '|']

/** Rows of one width. */
interface WidthSeen {
  rows: number
  readonly firstFileRow: number
  inStep: boolean
}

/** A row of another width whose next neighbours are not known yet. */
interface Waiting {
  readonly fileRow: number
  readonly cells: number
  /** Whether it lacks cells, and the last row before it that tells was written with empty ends. */
  readonly afterKept: boolean
  /** Whether it is broken off after a whole row: the next may be its rest. */
  readonly mayGoOn: boolean
  /** Whether it has more cells than the row before it, and the last of them is empty. */
  readonly isLonger: boolean
  /** The only cell of a row that may be half of the next row's first. */
  readonly half?: string
}

/** The widths of the rows of one reading. */
export class RowWidths {
  readonly #headings: Headings
  readonly #habits: ColumnHabits
  readonly #separator: Separator
  /** How many cells the headed columns take. */
  readonly #needed: number
  /** The width that most rows at the top have. */
  readonly usual: number
  readonly #others = new Map<number, WidthSeen>()
  #usualRows = 0
  #firstUsual = 0
  /** Whether most rows have more cells than the header, which a habit or a slip may be. */
  readonly #isWide: boolean
  #wideInStep = true
  #narrowRows = 0
  #lastWidth: number
  /** Whether the last row that is not blank is a title, a total or a closing line. */
  #lastIsLine = false
  /** Whether the last row that tells was written with its empty ends, or without them. */
  #keptLast = true
  /** How many cells a row has at least that is not short by the habits of the file. */
  readonly #whole: number
  #waiting: Waiting | undefined
  #shortRows = 0
  #firstShort = 0

  constructor(headings: Headings, habits: ColumnHabits, separator: Separator, usual: number) {
    this.#headings = headings
    this.#habits = habits
    this.#separator = separator
    this.#needed = (headings.columns.at(-1) ?? -1) + 1
    this.usual = usual
    this.#lastWidth = headings.cells
    this.#whole = Math.min(this.#needed, usual)
    this.#isWide = usual > Math.max(this.#needed, headings.cells)
  }

  /**
   * Looks at a row before its cells are put under the headings. Throws FileRefused: `row-long`,
   * `row-short`, `row-shifted`, `row-separator`, `row-quoted`.
   */
  see(cells: readonly string[], fileRow: number): void {
    const width = cells.length
    if ((cells[1] ?? '') === '') this.#demandUnquoted(cells, fileRow)
    if (width !== this.usual || this.#waiting !== undefined) {
      if (isBlank(cells)) return
      this.#settle(cells)
      this.#lastIsLine = false
      if (width !== this.usual) this.#seeOther(cells, fileRow)
    }
    if (width === this.usual) {
      this.#lastIsLine = false
      this.#usualRows += 1
      if (this.#usualRows === 1) this.#firstUsual = fileRow
      if (this.#isWide) this.#wideInStep &&= this.#habits.fits(cells)
      if (this.#habits.looksOff(cells)) this.#demandInStep(cells, fileRow, 2)
    }
    if (width > this.#needed || cells[this.#needed - 1] === '') this.#keptLast = true
    this.#lastWidth = width
  }

  /**
   * What only all rows show. Throws FileRefused `row-long` for rows that have more cells than most.
   */
  finish(): void {
    if (this.#isWide && this.#narrowRows > 1 && !this.#wideInStep)
      this.#refuseLong(this.usual, this.#firstUsual)
    let usual = this.usual
    let most = this.#usualRows + (this.#headings.cells === usual ? 1 : 0)
    for (const [width, { rows }] of this.#others) {
      const times = rows + (this.#headings.cells === width ? 1 : 0)
      if (times > most || (times === most && width < usual)) {
        usual = width
        most = times
      }
    }
    const longest = Math.max(this.#needed, usual)
    for (const [width, { rows, firstFileRow, inStep }] of this.#others)
      if (width > longest && !(rows >= BLOCK_ROWS && inStep)) this.#refuseLong(width, firstFileRow)
  }

  /** Rows without all their cells; undefined when there is none. */
  get shortRows(): ShortRows | undefined {
    if (this.usual < this.#needed && this.#usualRows > 0) {
      return {
        rows: this.#shortRows + this.#usualRows,
        firstFileRow: Math.min(this.#firstUsual, this.#firstShort || this.#firstUsual),
        isUnusual: false,
      }
    }
    if (this.#shortRows === 0) return undefined
    const isRare = this.#shortRows <= FEW_ROWS && this.#shortRows * 3 <= this.#usualRows
    return {
      rows: this.#shortRows,
      firstFileRow: this.#firstShort,
      isUnusual: isRare && this.#habits.lastIsFilled,
    }
  }

  /** Whether the last row that is not blank has fewer cells than the others, and is not a line below them. */
  get lastIsShort(): boolean {
    return !this.#lastIsLine && this.#lastWidth < this.#needed && this.#lastWidth < this.usual
  }

  #seeOther(cells: readonly string[], fileRow: number): void {
    const width = cells.length
    if (width <= this.#needed) this.#narrowRows += 1
    const seen = this.#others.get(width)
    if (seen === undefined) {
      this.#others.set(width, { rows: 1, firstFileRow: fileRow, inStep: this.#habits.fits(cells) })
    } else {
      seen.rows += 1
      seen.inStep &&= this.#habits.fits(cells)
    }
    if (width > this.#needed && width > this.usual) {
      if (this.#habits.firstShifted(cells, 1) !== undefined) this.#refuseLong(width, fileRow)
      return
    }
    this.#demandInStep(cells, fileRow, 1)
    if (width < this.#needed) this.#seeShort(cells, fileRow)
    else if (width > this.usual || !this.#habits.fits(cells)) this.#wait(cells, fileRow)
  }

  #seeShort(cells: readonly string[], fileRow: number): void {
    if (cells.length === 1) this.#demandSeparator(cells[0] ?? '', fileRow)
    const filled = cells.filter((cell) => cell.trim() !== '').length
    const isLine = filled < 2 ? this.#needed > 2 : filled * 2 < this.#needed
    // A title, a total or a closing line; whether it is a person is not asked here.
    const first = cells[0] ?? ''
    // “16 families” is of a number and letters, as references are.
    const [word = '', ...more] = first.split(' ')
    const isOfWords = more.length > 0 && this.#habits.mayBeginRow(word) === false
    const mayBegin = this.#habits.fitsColumn(first, 0) === true && !isOfWords
    if (isLine && !mayBegin) {
      this.#lastIsLine = cells.length > 1 || LINE.test(first)
      const known = { afterKept: false, mayGoOn: false, isLonger: false }
      if (cells.length === 1) this.#waiting = { fileRow, cells: 1, ...known, half: first }
      return
    }
    this.#shortRows += 1
    if (this.#shortRows === 1) this.#firstShort = fileRow
    this.#wait(cells, fileRow)
    this.#keptLast = false
  }

  #wait(cells: readonly string[], fileRow: number): void {
    this.#waiting = {
      fileRow,
      cells: cells.length,
      afterKept: cells.length < Math.max(this.#needed, this.usual) && this.#keptLast,
      mayGoOn: this.#lastWidth >= this.#whole && cells.length < this.#whole,
      isLonger:
        cells.length > Math.max(this.usual, this.#lastWidth) && (cells.at(-1) ?? '').trim() === '',
    }
  }

  /** Judges a row of another width by the rows after it. */
  #settle(next: readonly string[]): void {
    const waiting = this.#waiting
    if (waiting === undefined) return
    this.#waiting = undefined
    if (waiting.half !== undefined && this.#habits.makeBeginning(waiting.half, next[0] ?? ''))
      this.#refuseShort(waiting)
    if (waiting.isLonger && next.length < waiting.cells)
      this.#refuseLong(waiting.cells, waiting.fileRow)
    if (waiting.afterKept && this.#keepsEnds(next)) this.#refuseShort(waiting)
    if (next.length >= this.#whole) {
      // A row that is filled to its end does not tell whether empty ends are written.
      if (waiting.afterKept) this.#waiting = { ...waiting, mayGoOn: false, isLonger: false }
      return
    }
    if (!waiting.mayGoOn) return
    // A text that was broken over two lines leaves two rows that make one.
    const together = waiting.cells + next.length - 1
    if (together < this.#whole || together > this.#needed) return
    const begins = this.#habits.mayBeginRow(next[0] ?? '') ?? next.length === waiting.cells
    const isBroken = waiting.afterKept ? next.length !== waiting.cells : !begins
    if (isBroken || !begins) this.#refuseShort(waiting)
  }

  /** Whether a row was written with cells that are empty at its end. */
  #keepsEnds(cells: readonly string[]): boolean {
    const width = cells.length
    if (width < Math.max(this.#needed, this.usual)) return false
    return width > this.#needed || (cells[width - 1] ?? '').trim() === ''
  }

  #demandInStep(cells: readonly string[], fileRow: number, misfits: number): void {
    const column = this.#habits.firstShifted(cells, misfits)
    if (column === undefined) return
    throw new FileRefused('row-shifted', {
      ...rowNumbers(this.#headings, fileRow),
      column: columnLetters(column),
    })
  }

  #demandSeparator(cell: string, fileRow: number): void {
    const wanted = Math.max(2, Math.ceil((this.#needed - 1) * 0.6))
    for (const other of OTHERS) {
      if (other === this.#separator || cell.split(other).length - 1 < wanted) continue
      throw new FileRefused('row-separator', rowNumbers(this.#headings, fileRow))
    }
  }

  /** Refuses a row that stands in its first cell whole, as a quotation mark at its beginning makes it. */
  #demandUnquoted(cells: readonly string[], fileRow: number): void {
    const [line = '', ...others] = cells
    if (!line.includes(this.#separator) || others.some((cell) => cell !== '')) return
    const parts = line.split(this.#separator)
    if (parts.length < Math.max(3, this.#needed * NEARLY)) return
    const isOfCells =
      parts.length === this.#needed && parts.every((part) => part.trim().split(' ').length <= 3)
    if (!isOfCells && !this.#habits.fits(parts)) return
    throw new FileRefused('row-quoted', rowNumbers(this.#headings, fileRow))
  }

  #refuseLong(cells: number, fileRow: number): never {
    throw new FileRefused('row-long', {
      ...rowNumbers(this.#headings, fileRow),
      cells,
      expected: Math.min(cells - 1, Math.max(this.#needed, this.usual)),
    })
  }

  #refuseShort({ fileRow, cells }: Waiting): never {
    throw new FileRefused('row-short', {
      ...rowNumbers(this.#headings, fileRow),
      cells,
      expected: cells < this.#needed ? this.#needed : this.usual,
    })
  }
}

/** The width that most rows have; of several the smallest. */
export function usualWidth(rows: readonly (readonly string[])[], headerCells: number): number {
  const times = new Map<number, number>([[headerCells, 1]])
  for (const row of rows) {
    if (!isBlank(row)) times.set(row.length, (times.get(row.length) ?? 0) + 1)
  }
  return [...times].reduce((best, next) =>
    next[1] > best[1] || (next[1] === best[1] && next[0] < best[0]) ? next : best,
  )[0]
}
