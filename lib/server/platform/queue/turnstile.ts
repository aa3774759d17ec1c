/**
 * Lets so many pieces of work through at a time, one unless it is told otherwise, in the order they
 * came.
 */
export class Turnstile {
  #free: number
  readonly #waiting: (() => void)[] = []

  constructor(places = 1) {
    this.#free = places
  }

  /** Runs `work` when there is a place for it; what others failed of is theirs. */
  async pass<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1
    else await new Promise<void>((resolve) => this.#waiting.push(resolve))
    try {
      return await work()
    } finally {
      // The place is handed on: nobody who comes later slips in between.
      const next = this.#waiting.shift()
      if (next === undefined) this.#free += 1
      else next()
    }
  }
}
