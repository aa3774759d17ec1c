/**
 * Numbers that look random and are the same for the same seed, on every machine.
 */

/**
 * A 32-bit mix of two integers: the same pair always gives the same number, near pairs give unlike
 * ones. Source: MurmurHash3's finaliser.
 */
export function mix(left: number, right: number): number {
  let value = Math.imul(left ^ Math.imul(right ^ (right >>> 15), 0x85ebca6b), 0xc2b2ae35)
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
  return (value ^ (value >>> 16)) >>> 0
}

/** A stream of choices from one seed. Source of the generator: mulberry32. */
export class Choices {
  #state: number

  constructor(seed: number, stream = 0) {
    this.#state = mix(seed | 0, stream | 0)
  }

  /** A number from 0 up to, not including, 1. */
  fraction(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let value = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1)
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61)
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.fraction() * (high - low + 1))
  }

  /** True in `share` of all cases. */
  happens(share: number): boolean {
    return this.fraction() < share
  }

  /** One of a list, each as likely as the next. */
  oneOf<T>(list: readonly [T, ...T[]]): T {
    return list[this.between(0, list.length - 1)] ?? list[0]
  }

  /** One of a list, as likely as its `weight`. */
  byWeight<T extends { readonly weight: number }>(list: readonly [T, ...T[]]): T {
    let left = this.fraction() * list.reduce((sum, entry) => sum + entry.weight, 0)
    for (const entry of list) {
      left -= entry.weight
      if (left < 0) return entry
    }
    return list[0]
  }

  /**
   * A whole number from 0 upwards with the given mean, as counts of visits are spread (Poisson).
   */
  count(mean: number): number {
    const limit = Math.exp(-mean)
    let product = this.fraction()
    let count = 0
    while (product > limit) {
      product *= this.fraction()
      count += 1
    }
    return count
  }
}
