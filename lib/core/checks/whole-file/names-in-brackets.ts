/** Fewer names with another behind them are nicknames, as they come. */
const FEW_NAMES = 3
/** One name in so many. */
const MANY = 5

/** One or two words behind a whole name, each with a capital: “Grace Okafor (Amara)”. */
const BEHIND = /^(.*\S)\s*[([](\p{Lu}[\p{L}\p{M}'’-]+)(?: \p{Lu}[\p{L}\p{M}'’-]+)?[)\]]\s*$/u
/** What stands there and is no name. */
const NO_NAME =
  /^(?:mr|mrs|ms|miss|mx|dr|master|n[eé]e|formerly|aka|known|twin|triplet|baby|child|boy|girl|male|female|son|daughter|brother|sister|sibling|mum|mam|mother|dad|father|parent|carer|guardian|nan|gran|grandma|foster|adopted|client|left|moved|closed|transferred|new|duplicate|dup|deceased|dna|senior|junior|eldest|youngest)$/iu
/** “AO”, “SEND”: letters alone, behind a name that is not in capitals. */
const ABBREVIATION = /^\p{Lu}{2,4}$/u

/**
 * Counts whole names behind which another name stands in brackets: a mother’s behind her child’s or
 * a child’s behind its mother’s, and no cell tells which. One that begins as a word of the name does
 * is a nickname: “Amara Okafor (Ammy)”.
 */
export class NamesInBrackets {
  #names = 0
  #behind = 0

  /** Counts the cell of a whole name. */
  add(cell: string): void {
    if (cell.trim() === '') return
    this.#names++
    const [, whole = '', name] = BEHIND.exec(cell.slice(-200)) ?? []
    if (name === undefined || NO_NAME.test(name)) return
    if (ABBREVIATION.test(name) && whole !== whole.toUpperCase()) return
    const initial = name.charAt(0)
    const isNickname = whole.split(/[\s,]+/).some((word) => word.toUpperCase().startsWith(initial))
    if (!isNickname) this.#behind++
  }

  /** Whether so many have one that the rows may be of those in brackets. */
  get areMany(): boolean {
    return this.#behind >= FEW_NAMES && this.#behind * MANY >= this.#names
  }
}
