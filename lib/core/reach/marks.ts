import type { Role } from '#core/standard/roles.ts'
import { compareLists, type Reach, type UniqueFigures } from './measure.ts'
import type { OverlapPair } from './overlap.ts'

/**
 * Who was reached, as lists of numbers: figures of any period and grouping are counted from these,
 * a million records in a part of a second. What they come to equals `measureReach` and
 * `measureOverlap` of the rows they were made from.
 */

/** The lists of a group of records; each is written by `writeMarks`. */
export interface ReachMarks {
  readonly people: Uint8Array
  readonly families: Uint8Array
  /** Persons for the upper bound. */
  readonly uppers: Uint8Array
  /** Components for the lower bound. */
  readonly lowers: Uint8Array
  /** Those in which an NHS number counts. */
  readonly numbered: Uint8Array
  /** NHS numbers that count, each in its component. */
  readonly numbers: Uint8Array
}

/** Marks of records of one role, and the values of the grouping that they all have. */
export interface MarkedCell {
  readonly by: readonly string[]
  readonly role: Role
  readonly marks: ReachMarks
}

/**
 * Writes numbers from 0 to 2³¹ − 1, in any order and each once or more: ascending, as distances of
 * seven bits a byte.
 */
export function writeMarks(numbers: Iterable<number>): Uint8Array {
  const sorted = Uint32Array.from(numbers).sort()
  const bytes = new Uint8Array(sorted.length * 5)
  let at = 0
  let last = -1
  for (const number of sorted) {
    if (number === last) continue
    let distance = number - last - 1
    last = number
    while (distance > 0x7f) {
      bytes[at++] = (distance & 0x7f) | 0x80
      distance >>>= 7
    }
    bytes[at++] = distance
  }
  return bytes.slice(0, at)
}

/**
 * Unique reach as a whole and by the values of the cells, which are of one grouping; without one
 * there are no cells.
 */
export function measureMarks(cells: readonly MarkedCell[]): Reach {
  const groups = new Map<string, MarkedCell[]>()
  for (const cell of cells) {
    if (cell.by.length === 0) continue
    const key = JSON.stringify(cell.by)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [cell])
    else group.push(cell)
  }
  const count = new MarkCount()
  return {
    unique: count.figures(cells),
    cells: Array.from(groups.values(), (group) => ({
      by: group[0]?.by ?? [],
      ...count.figures(group),
    })).sort((a, b) => compareLists(a.by, b.by)),
  }
}

/**
 * People in each pair of services, in the order of their codes, each pair once; pairs without
 * anybody are left out.
 */
export function overlapMarks(
  cells: readonly { readonly service: string; readonly people: Uint8Array }[],
): OverlapPair[] {
  const services = new Map<string, MarkSet>()
  for (const { service, people } of cells) {
    const set = services.get(service) ?? new MarkSet()
    services.set(service, set)
    set.add(people)
  }
  const sorted = [...services].sort(([a], [b]) => (a < b ? -1 : 1))
  return sorted
    .flatMap(([left, of], index) =>
      sorted.slice(index).map(([right, other]) => ({
        left,
        right,
        people: left === right ? of.size : of.common(other),
      })),
    )
    .filter(({ people }) => people > 0)
}

/** Counts one group after another in the same memory. */
class MarkCount {
  readonly #people = new MarkSet()
  readonly #children = new MarkSet()
  readonly #adults = new MarkSet()
  readonly #families = new MarkSet()
  readonly #uppers = new MarkSet()
  readonly #lowers = new MarkSet()
  readonly #numbered = new MarkSet()
  readonly #numbers = new MarkSet()

  figures(cells: readonly Pick<MarkedCell, 'role' | 'marks'>[]): UniqueFigures {
    const sets = [this.#people, this.#children, this.#adults, this.#families]
    for (const set of [...sets, this.#uppers, this.#lowers, this.#numbered, this.#numbers]) {
      set.clear()
    }
    for (const { role, marks } of cells) {
      this.#people.add(marks.people)
      if (role === 'child') this.#children.add(marks.people)
      else this.#adults.add(marks.people)
      this.#families.add(marks.families)
      this.#uppers.add(marks.uppers)
      this.#lowers.add(marks.lowers)
      this.#numbered.add(marks.numbered)
      this.#numbers.add(marks.numbers)
    }
    return {
      children: this.#children.size,
      adults: this.#adults.size,
      families: this.#families.size,
      people: this.#people.size,
      // A component is one person at least, or as many as NHS numbers count in it.
      lower: this.#lowers.size - this.#numbered.size + this.#numbers.size,
      upper: this.#uppers.size,
    }
  }
}

/** A set of small numbers, a bit for each. */
class MarkSet {
  #bits = new Uint32Array(1 << 10)
  #size = 0

  get size(): number {
    return this.#size
  }

  add(marks: Uint8Array): void {
    let bits = this.#bits
    let size = this.#size
    let number = -1
    let distance = 0
    let shift = 0
    for (const byte of marks) {
      distance |= (byte & 0x7f) << shift
      if (byte > 0x7f) {
        shift += 7
        continue
      }
      number += distance + 1
      distance = 0
      shift = 0
      const word = number >>> 5
      if (word >= bits.length) bits = grown(bits, word)
      const before = bits[word] ?? 0
      const after = before | (1 << (number & 31))
      // As signed numbers, which is what the operator gives.
      if ((before | 0) !== after) {
        bits[word] = after
        size += 1
      }
    }
    this.#bits = bits
    this.#size = size
  }

  /** How many are in both. */
  common(other: MarkSet): number {
    const length = Math.min(this.#bits.length, other.#bits.length)
    let count = 0
    for (let word = 0; word < length; word += 1) {
      count += bitCount((this.#bits[word] ?? 0) & (other.#bits[word] ?? 0))
    }
    return count
  }

  clear(): void {
    this.#bits.fill(0)
    this.#size = 0
  }
}

function grown(bits: Uint32Array<ArrayBuffer>, word: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(Math.max(bits.length * 2, word + 1))
  larger.set(bits)
  return larger
}

function bitCount(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555)
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
  return (((bits + (bits >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24
}
