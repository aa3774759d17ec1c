/** Fewer names with another behind them are nicknames, as they come. */
const FEW_NAMES = 3

/** One or two words behind a whole name, each with a capital: “Grace Okafor (Amara)”. */
const BEHIND = /\S\s*[([](\p{Lu}[\p{L}\p{M}'’-]+)(?: \p{Lu}[\p{L}\p{M}'’-]+)?[)\]]\s*$/u
/** What stands there and is no name. */
const NO_NAME =
  /^(?:mr|mrs|ms|miss|mx|dr|master|n[eé]e|twin|baby|child|mum|dad|parent|carer|left)$/i

/**
 * Counts whole names behind which another name stands in brackets: a mother’s behind her child’s or
 * a child’s behind its mother’s, and no cell tells which.
 */
export class NamesInBrackets {
  #names = 0
  #behind = 0

  /** Counts the cell of a whole name. */
  add(cell: string): void {
    if (cell.trim() === '') return
    this.#names++
    const name = BEHIND.exec(cell.slice(-200))?.[1]
    if (name !== undefined && !NO_NAME.test(name)) this.#behind++
  }

  /** Whether most have one. */
  get areMost(): boolean {
    return this.#behind >= FEW_NAMES && this.#behind * 2 > this.#names
  }
}
