/**
 * Whether the last cell of a file without a line end was cut off: it is shorter than every other of
 * its column, where those have one form, such as dates, postcodes or words of a list. A date cut
 * behind two digits of its year is another date.
 */

/** Fewer cells have no form of their own, and more lengths are none. */
const FEWEST = 5
const MOST_LENGTHS = 2
/** Numbers of a digit or two have any length. */
const SHORTEST = 4
/** More different words are no list. */
const MOST_WORDS = 20

/** Watches the cells of the last column of a file, one after the other. */
export class LastCellWatch {
  readonly #lengths = new Set<number>()
  readonly #words = new Set<string>()
  #cells = 0
  #last = ''

  add(cell: string): void {
    const before = this.#last
    this.#last = cell
    if (before === '' || this.#lengths.size > MOST_LENGTHS) return
    this.#cells += 1
    this.#lengths.add(before.length)
    if (this.#words.size <= MOST_WORDS) this.#words.add(before)
  }

  /** Whether the last one that was added is cut off. */
  get isCut(): boolean {
    const last = this.#last
    if (last === '' || this.#cells < FEWEST || this.#lengths.size > MOST_LENGTHS) return false
    const shortest = Math.min(...this.#lengths)
    if (shortest < SHORTEST || shortest <= last.length) return false
    const isOfList = this.#words.size <= MOST_WORDS
    // Of a list, it is the beginning of a word; else of the same kind of value.
    return isOfList && !/[0-9]/.test(last)
      ? [...this.#words].some((word) => word.startsWith(last))
      : /[0-9]/.test(last)
  }
}
