/**
 * A growing list of whole numbers from 0 to 2^32 − 1 in blocks of 256 KiB: four bytes a number, and
 * no copy as it grows.
 */
export class NumberList {
  static readonly #BLOCK = 1 << 16
  readonly #blocks: Uint32Array[] = []
  #length = 0

  get length(): number {
    return this.#length
  }

  push(value: number): void {
    if (this.#length % NumberList.#BLOCK === 0)
      this.#blocks.push(new Uint32Array(NumberList.#BLOCK))
    const block = this.#blocks[this.#blocks.length - 1]
    if (block !== undefined) block[this.#length % NumberList.#BLOCK] = value
    this.#length++
  }

  /** The number at `index`; 0 past the end. */
  at(index: number): number {
    return index < this.#length
      ? (this.#blocks[index >>> 16]?.[index & (NumberList.#BLOCK - 1)] ?? 0)
      : 0
  }

  set(index: number, value: number): void {
    const block = this.#blocks[index >>> 16]
    if (index < this.#length && block !== undefined) block[index & (NumberList.#BLOCK - 1)] = value
  }

  /** All numbers, in order. */
  *[Symbol.iterator](): Generator<number> {
    for (let index = 0; index < this.#length; index++) yield this.at(index)
  }
}
