import { NumberList } from '#core/checks/number-list.ts'

/**
 * Disjoint sets of records, joined by the values they share: how the parts of a linkage run are
 * found in a few bytes per record, whatever its size.
 */

/** Disjoint sets over 0 … size − 1; the least member names its set. */
export class RecordSets {
  readonly #parent: Int32Array

  constructor(size: number) {
    this.#parent = new Int32Array(size)
    for (let index = 0; index < size; index++) this.#parent[index] = index
  }

  get size(): number {
    return this.#parent.length
  }

  /** The least member of the set that holds `index`. */
  find(index: number): number {
    const parent = this.#parent
    let root = index
    for (let next = parent[root] ?? root; next !== root; next = parent[root] ?? root) {
      const above = parent[next] ?? next
      parent[root] = above
      root = above
    }
    return root
  }

  join(left: number, right: number): void {
    const a = this.find(left)
    const b = this.find(right)
    if (a < b) this.#parent[b] = a
    else if (b < a) this.#parent[a] = b
  }

  /** All members, set after set, sets and members in ascending order. */
  inOrder(): Int32Array {
    const size = this.size
    const next = new Int32Array(size + 1)
    for (let index = 0; index < size; index++) {
      const bucket = this.find(index) + 1
      next[bucket] = (next[bucket] ?? 0) + 1
    }
    for (let index = 1; index <= size; index++)
      next[index] = (next[index] ?? 0) + (next[index - 1] ?? 0)
    const order = new Int32Array(size)
    for (let index = 0; index < size; index++) {
      const root = this.find(index)
      const place = next[root] ?? 0
      order[place] = index
      next[root] = place + 1
    }
    return order
  }
}

const NONE = -1
const VOID = -2

/**
 * Memory for values, 12 bytes a bucket, used again and again: what one table leaves is not collected
 * before the next is made.
 */
export class CarrierRoom {
  readonly high: Int32Array
  readonly low: Int32Array
  readonly first: Int32Array

  /** Room for `values` different values at once. */
  constructor(values: number) {
    const buckets = bucketsFor(values)
    this.high = new Int32Array(buckets)
    this.low = new Int32Array(buckets)
    this.first = new Int32Array(buckets)
  }
}

/** A power of two, of which at most two thirds are taken. */
function bucketsFor(values: number): number {
  let buckets = 1024
  while (buckets * 2 < values * 3) buckets *= 2
  return buckets
}

/**
 * Who carried a value first: a hash table from the first 64 bits of a pseudonym to a record. Two
 * different pseudonyms that begin alike would only make a part larger than it need be, never a
 * link.
 */
export class FirstCarriers {
  readonly #mask: number
  readonly #high: Int32Array
  readonly #low: Int32Array
  readonly #first: Int32Array

  /** For `values` different values, in a room for as many that nothing else uses meanwhile. */
  constructor(values: number, room: CarrierRoom = new CarrierRoom(values)) {
    const buckets = bucketsFor(values)
    if (room.first.length < buckets) throw new RangeError(`no room for ${values} values`)
    this.#mask = buckets - 1
    this.#high = room.high
    this.#low = room.low
    this.#first = room.first.subarray(0, buckets).fill(NONE)
  }

  #bucketOf(high: number, low: number): number {
    let bucket = low & this.#mask
    while (
      this.#first[bucket] !== NONE &&
      (this.#high[bucket] !== high || this.#low[bucket] !== low)
    ) {
      bucket = (bucket + 1) & this.#mask
    }
    return bucket
  }

  /** Makes a value one that brings nobody together. */
  voidValue(high: number, low: number): void {
    const bucket = this.#bucketOf(high, low)
    this.#high[bucket] = high
    this.#low[bucket] = low
    this.#first[bucket] = VOID
  }

  /** How many places there are for values. */
  get places(): number {
    return this.#first.length
  }

  /** The place of a value; who comes first to it takes it. */
  visit(high: number, low: number, record: number): number {
    const bucket = this.#bucketOf(high, low)
    if (this.#first[bucket] === NONE) {
      this.#high[bucket] = high
      this.#low[bucket] = low
      this.#first[bucket] = record
    }
    return bucket
  }

  /** The record that carried a value first; none where nobody did, or the value is void. */
  firstOf(high: number, low: number): number | undefined {
    return this.firstAt(this.#bucketOf(high, low))
  }

  /** The record that carried the value of a place first; none where that value is void. */
  firstAt(place: number): number | undefined {
    const first = this.#first[place] ?? VOID
    return first < 0 ? undefined : first
  }

  /**
   * The record that carried the value first: `record` itself when it is the first, or the value is
   * void.
   */
  meet(high: number, low: number, record: number): number {
    return this.firstAt(this.visit(high, low, record)) ?? record
  }
}

/** Values kept until all others are known: 12 bytes a value. */
export class KeptValues {
  readonly #high = new NumberList()
  readonly #low = new NumberList()
  readonly #records = new NumberList()

  add(high: number, low: number, record: number): void {
    this.#high.push(high)
    this.#low.push(low)
    this.#records.push(record)
  }

  /** Gives each value as it was added. */
  each(take: (high: number, low: number, record: number) => void): void {
    for (let at = 0; at < this.#records.length; at++)
      take(this.#high.at(at) | 0, this.#low.at(at) | 0, this.#records.at(at))
  }
}
