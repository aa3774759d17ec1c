/** Ids in 4 bytes each. */
export class IdList {
  #ids = new Uint32Array(1024)
  #length = 0

  add(id: number): void {
    if (this.#length === this.#ids.length) {
      const longer = new Uint32Array(this.#length * 2)
      longer.set(this.#ids)
      this.#ids = longer
    }
    this.#ids[this.#length++] = id
  }

  /** What was added since the last time; valid until more is added. */
  take(): Uint32Array {
    const taken = this.#ids.subarray(0, this.#length)
    this.#length = 0
    return taken
  }
}

/**
 * One number for each NHS number in each component that it counts in. Nearly every number counts in one component and keeps its
 * id, up to `last`; in a second one it gets a number beyond.
 */
export class ComponentNumbers {
  readonly #last: number
  readonly #first: Uint32Array
  readonly #beyond = new Map<string, number>()

  constructor(last: number) {
    this.#last = last
    this.#first = new Uint32Array(last + 1)
  }

  numberOf(nhs: number, component: number): number {
    const first = this.#first[nhs] ?? 0
    if (first === 0) this.#first[nhs] = component
    if (first === 0 || first === component) return nhs
    const pair = `${nhs} ${component}`
    let number = this.#beyond.get(pair)
    if (number === undefined) {
      number = this.#last + 1 + this.#beyond.size
      this.#beyond.set(pair, number)
    }
    return number
  }
}
