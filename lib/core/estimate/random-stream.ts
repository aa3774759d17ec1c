/**
 * Numbers that look random and are the same for the same seed, on every machine, with the
 * distributions that error rates are drawn from. Sources: MurmurHash3's finaliser, mulberry32,
 * Marsaglia and Tsang 2000 for gamma.
 */
export class RandomStream {
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

  /** True in `share` of all cases. */
  happens(share: number): boolean {
    return share > 0 && this.fraction() < share
  }

  /** A share, as likely as `yes` of `yes + no` seen cases leave it (Beta); both above 0. */
  share(yes: number, no: number): number {
    const a = this.#gamma(yes)
    const b = this.#gamma(no)
    return a + b === 0 ? 0 : a / (a + b)
  }

  #gamma(shape: number): number {
    if (shape < 1) {
      return this.#gamma(shape + 1) * Math.pow(1 - this.fraction(), 1 / shape)
    }
    const d = shape - 1 / 3
    const c = 1 / Math.sqrt(9 * d)
    for (;;) {
      const x = this.#normal()
      const v = Math.pow(1 + c * x, 3)
      if (v <= 0) continue
      const u = 1 - this.fraction()
      if (Math.log(u) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
    }
  }

  #normal(): number {
    const u = 1 - this.fraction()
    return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * this.fraction())
  }
}

function mix(left: number, right: number): number {
  let value = Math.imul(left ^ Math.imul(right ^ (right >>> 15), 0x85ebca6b), 0xc2b2ae35)
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
  return (value ^ (value >>> 16)) >>> 0
}
