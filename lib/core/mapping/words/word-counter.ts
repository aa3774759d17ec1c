/** The different words of one column, the most frequent first. */
export interface ColumnWords {
  readonly words: readonly { readonly word: string; readonly rows: number }[]
  /** How many more there are: too long to be a code, or more than are kept. */
  readonly more: number
  /** How many of them read like identifiers, and are not listed. */
  readonly withheld?: number
}

const LONGEST_WORD = 80
/** Different cells counted in one column before no new one is taken up. */
const MOST_COUNTED = 5_000

/** Counts the different cells of one column, in bounded memory. */
export class WordCounter {
  readonly #counts = new Map<string, number>()
  #filled = 0
  #isGivenUp = false

  add(cell: string): void {
    if (cell === '' || this.#isGivenUp) return
    this.#filled++
    const count = this.#counts.get(cell)
    if (count !== undefined) this.#counts.set(cell, count + 1)
    else if (this.#counts.size < MOST_COUNTED) this.#counts.set(cell, 1)
    // A column in which hardly a cell comes twice holds no codes.
    else this.#isGivenUp = this.#filled < 2 * MOST_COUNTED
  }

  /** At most `most` of the words; blanks are none. */
  words(most = MOST_COUNTED): ColumnWords {
    const words = new Map<string, number>()
    for (const [cell, rows] of this.#counts) {
      const word = cell.trim()
      if (word !== '') words.set(word, (words.get(word) ?? 0) + rows)
    }
    const kept = [...words]
      .filter(([word]) => word.length <= LONGEST_WORD)
      .sort(([left, many], [right, more]) => more - many || (left < right ? -1 : 1))
      .slice(0, most)
      .map(([word, rows]) => ({ word, rows }))
    return { words: kept, more: words.size - kept.length }
  }
}
