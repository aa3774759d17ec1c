/** Lets one piece of work through at a time, in the order they came. */
export class Turnstile {
  #last: Promise<unknown> = Promise.resolve()

  /** Runs `work` when all before it are through; what they failed of is theirs. */
  pass<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(work)
    this.#last = mine.catch(() => undefined)
    return mine
  }
}
