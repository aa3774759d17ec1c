import type { Headings } from './header/headings.ts'
import { emptyWordsOf, withoutLeftovers } from './leftovers.ts'
import { CellCounts } from './workbook/sheet-findings.ts'
import type { ReadingReceipt } from './table.ts'
import { undoTwiceEncoded } from './encoding/twice-encoded.ts'

/** Reads the cells of one reading without what tools left in them, and counts which. */
export class LeftoverReader {
  readonly #headings: Headings
  readonly #emptyWords: ReadonlySet<string>
  readonly #undoesTwice: boolean
  readonly #decoded = new CellCounts()
  readonly #emptied = new CellCounts()

  /**
   * `below` are the rows at the top of the file that stand below the header. `undoesTwice`: letters
   * that were encoded twice before they came into a workbook are undone; a file of text has an
   * encoding of its own for them.
   */
  constructor(headings: Headings, below: readonly (readonly string[])[], undoesTwice: boolean) {
    this.#headings = headings
    this.#undoesTwice = undoesTwice
    this.#emptyWords = emptyWordsOf(below)
  }

  /** Whether some words of the file are no values, so that every row is to be read. */
  get hasEmptyWords(): boolean {
    return this.#emptyWords.size > 0
  }

  /** The cells of a row; a row that nothing was left in is answered itself. */
  read(cells: readonly string[], fileRow: number): readonly string[] {
    let read: string[] | undefined
    for (let index = 0; index < cells.length; index += 1) {
      const cell = cells[index] ?? ''
      const isEmpty = this.#emptyWords.size > 0 && this.#emptyWords.has(cell)
      const text = isEmpty ? '' : this.#decode(cell)
      if (text === cell) continue
      const counts = isEmpty ? this.#emptied : this.#decoded
      const { columns, headerRow } = this.#headings
      counts.add(columns[index] ?? index, fileRow, headerRow)
      read ??= [...cells]
      read[index] = text
    }
    return read ?? cells
  }

  #decode(cell: string): string {
    const text = withoutLeftovers(cell)
    return this.#undoesTwice && hasLetterBeyondAscii(text) ? undoTwiceEncoded(text) : text
  }

  /** What the receipt says of it. */
  receipt(): Partial<ReadingReceipt> {
    return {
      ...(this.#decoded.total > 0 ? { decoded: this.#decoded.report(this.#headings) } : {}),
      ...(this.#emptied.total > 0 ? { emptied: this.#emptied.report(this.#headings) } : {}),
    }
  }
}

function hasLetterBeyondAscii(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 0x7f) return true
  return false
}
