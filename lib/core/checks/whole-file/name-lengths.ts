/**
 * Counts the different names of a column by their length: an export of columns of a fixed width
 * cuts longer ones, so that many end at one length and none is longer.
 */

/** More rows, and longer names, tell nothing more. */
const MOST_NAMES = 5_000
const LONGEST = 60
/** No column is narrower. */
const NARROWEST = 5
/** Names grow rare with their length: the longest is one of a few. */
const FEW_LONGEST = 8
/** One name in so many is shorter than the narrowest column that is used for names. */
const SOME_SHORTER = 10

/** Tells whether names were cut. */
export class NameLengths {
  readonly #seen = new Set<string>()
  readonly #times = new Uint32Array(LONGEST + 1)

  add(name: string): void {
    if (name === '' || this.#seen.size >= MOST_NAMES || this.#seen.has(name)) return
    this.#seen.add(name)
    const length = Math.min(name.length, LONGEST)
    this.#times[length] = (this.#times[length] ?? 0) + 1
  }

  /**
   * Whether more names have the greatest length than the one before it. Names that are all of one length were made so:
   * whatever was cut, some were shorter.
   */
  get areCut(): boolean {
    const longest = this.#times.findLastIndex((times) => times > 0)
    const times = this.#times[longest] ?? 0
    if (longest < NARROWEST || longest >= LONGEST || times < FEW_LONGEST) return false
    if ((this.#seen.size - times) * SOME_SHORTER < this.#seen.size) return false
    return times * 4 >= (this.#times[longest - 1] ?? 0) * 5
  }
}
