/** How much of a text is struck out by its own runs. */
export type Struck = 'none' | 'part' | 'all'

/**
 * Whether a text made of runs is struck out, all of it or a part (ECMA-376 part 1, 18.4.10, `strike`).
 * A text without runs has its cell's style alone.
 */
export class StruckRuns {
  #inRun = false
  #isRunStruck = false
  #anyStruck = false
  #anyPlain = false

  /** Begins another text. */
  begin(): void {
    this.#inRun = false
    this.#isRunStruck = false
    this.#anyStruck = false
    this.#anyPlain = false
  }

  openRun(): void {
    this.#inRun = true
    this.#isRunStruck = false
  }

  strikeRun(isStruck: boolean): void {
    this.#isRunStruck = isStruck
  }

  /** Takes a piece of the text of the run. */
  add(text: string): void {
    if (!this.#inRun || text.trim() === '') return
    if (this.#isRunStruck) this.#anyStruck = true
    else this.#anyPlain = true
  }

  /** How much of the text is struck out. */
  get struck(): Struck {
    if (!this.#anyStruck) return 'none'
    return this.#anyPlain ? 'part' : 'all'
  }
}
