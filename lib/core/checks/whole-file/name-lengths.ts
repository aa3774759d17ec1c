import { BOYS, GIRLS, HARDLY_LAST } from '#core/mapping/common-first-names.ts'
import { beginsKnownFirstName, isKnownFirstName } from '#core/pseudonym/normalising/name.ts'

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
/** So many names are told by a length at which none was nearly as long. */
const FEW_AT_ONCE = 5
const LONG = 8
/** So many known names, all broken off at the greatest length, are no names of their own. */
const FEW_BROKEN = 3
const SHORTEST_BROKEN = 6
/** So many that go on in the carer’s name beside them were cut. */
const FEW_CONTINUED = 2
/** One name in so many is shorter than the narrowest column that is used for names. */
const SOME_SHORTER = 10

/** A column so narrow leaves beginnings that are no names: “Geor”, “Hann”. */
const NARROW = [3, 4, 5]
/** Nobody of so many has a longer name, and one in so many has what is left of a common one. */
const FEW_SHORT = 6
const SOME_BROKEN = 4

const COMMON = [...GIRLS, ...BOYS, ...HARDLY_LAST]
const isWhole = (name: string): boolean =>
  isKnownFirstName(name) || GIRLS.has(name) || BOYS.has(name) || HARDLY_LAST.has(name)
/** What a narrow column leaves of common first names, where that is none. */
const REMAINS: ReadonlySet<string> = new Set(
  NARROW.flatMap((length) =>
    COMMON.filter((name) => name.length > length).map((name) => name.slice(0, length)),
  ).filter((remains) => !isWhole(remains)),
)

/** Tells whether names were cut. */
export class NameLengths {
  readonly #seen = new Set<string>()
  readonly #times = new Uint32Array(LONGEST + 1)
  /** Names that are the beginning of a known one, by their length. */
  readonly #broken = new Uint32Array(LONGEST + 1)

  readonly #continued = new Uint32Array(LONGEST + 1)
  /** What may be left of common first names, by its length. */
  readonly #remains = new Uint32Array(LONGEST + 1)
  /** Names that are known as they stand, and so were not cut. */
  readonly #whole = new Uint32Array(LONGEST + 1)

  /** `carers`: the carer’s name in the row, which may be the same in full. */
  add(name: string, carers: string): void {
    if (name === '' || this.#seen.size >= MOST_NAMES || this.#seen.has(name)) return
    this.#seen.add(name)
    const length = Math.min(name.length, LONGEST)
    this.#times[length] = (this.#times[length] ?? 0) + 1
    const capitals = name.toUpperCase()
    if (isWhole(capitals)) this.#whole[length] = (this.#whole[length] ?? 0) + 1
    if (REMAINS.has(capitals)) this.#remains[length] = (this.#remains[length] ?? 0) + 1
    if (length >= SHORTEST_BROKEN && beginsKnownFirstName(capitals))
      this.#broken[length] = (this.#broken[length] ?? 0) + 1
    if (length >= SHORTEST_BROKEN && goesOn(name, carers))
      this.#continued[length] = (this.#continued[length] ?? 0) + 1
  }

  /**
   * Whether more names have the greatest length than the one before it, or several at that length
   * are the beginnings of names that are known or stand beside them. Names that are all of one length were made so:
   * whatever was cut, some were shorter.
   */
  get areCut(): boolean {
    const longest = this.#times.findLastIndex((times) => times > 0)
    const times = this.#times[longest] ?? 0
    const before = this.#times[longest - 1] ?? 0
    const remains = this.#remains[longest] ?? 0
    if (
      this.#seen.size >= FEW_SHORT &&
      remains >= FEW_BROKEN &&
      remains * SOME_BROKEN >= this.#seen.size
    )
      return true
    if (longest < NARROWEST || longest >= LONGEST) return false
    if ((this.#seen.size - times) * SOME_SHORTER < this.#seen.size) return false
    if ((this.#continued[longest] ?? 0) >= FEW_CONTINUED) return true
    const broken = this.#broken[longest] ?? 0
    if (broken >= FEW_BROKEN && broken * 2 >= times) return true
    const mayBeCut = times - (this.#whole[longest] ?? 0)
    if (longest >= LONG && mayBeCut >= FEW_AT_ONCE && mayBeCut >= before * FEW_AT_ONCE) return true
    return mayBeCut >= FEW_LONGEST && mayBeCut * 4 >= before * 5
  }
}

/** Whether a word of the carer’s name is the name with more letters behind. */
function goesOn(name: string, carers: string): boolean {
  if (carers.length <= name.length) return false
  const start = name.toLowerCase()
  return carers
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .some((word) => word.length > start.length && word.startsWith(start))
}
