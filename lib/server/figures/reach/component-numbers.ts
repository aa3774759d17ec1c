/**
 * One number for each NHS number in each component that it counts in. Nearly every number counts in
 * one component and keeps its id, up to `last`; in a second one it gets a number beyond.
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
