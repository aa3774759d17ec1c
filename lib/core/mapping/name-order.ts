import { BOYS, GIRLS, HARDLY_LAST } from './common-first-names.ts'
import { isKnownFirstName } from '#core/pseudonym/normalising/name.ts'
import { isNamePlaceholder } from '#core/pseudonym/normalising/name-placeholder.ts'

/** Names that order is told from: more say nothing new. */
const MOST_NAMES = 5_000
/** Fewer names in capitals than this tell nothing. */
const FEW_NAMES = 3
/** Known first names are surnames too (Ali, James), so that more of them are needed. */
const FEW_KNOWN = 5
/** So many after each other are no chance where the list begins or ends, and so many anywhere in it. */
const FEW_AT_AN_END = 4
const FEW_IN_A_ROW = 7

/** Which of two names stands first; empty when nothing, or not enough, tells. */
export type FirstIs = 'first-name' | 'last-name' | ''

/**
 * Counts which way round the whole names of one column are written, each name once, since somebody
 * may have a row for each contact: by the surname in capitals
 * ("OKAFOR Amara"), and by first names that are known. A name with a comma says it itself.
 */
export class NameOrder {
  readonly #seen = new Set<string>()
  #names = 0
  #capitalsFirst = 0
  #capitalsLast = 0
  #knownFirst = 0
  #knownLast = 0
  /** Names such as “Hall B”: what follows a surname is an initial. */
  #initialLast = 0
  /** Names such as “HALL Ben”, with a known first name behind. */
  #exchanged = 0
  /** Different names after each other, of those that tell, with a known first name behind. */
  readonly #inARow = new Set<string>()
  #mostInARow = 0
  /** How many of them were so before the first with a known first name in front. */
  #atTheTop = 0

  /** Whether enough names were counted: more say nothing new. */
  get isFull(): boolean {
    return this.#names >= MOST_NAMES
  }

  add(cell: string): void {
    if (this.isFull || cell.includes(',') || this.#seen.has(cell)) return
    const words = cell.split(/\s+/, 12).filter((word) => word !== '')
    const [first = ''] = words
    const last = words[words.length - 1] ?? ''
    // “BABY Stewart” is nobody's surname first.
    if (words.length < 2 || isNamePlaceholder(first.toUpperCase())) return
    this.#seen.add(cell)
    this.#names++
    if (isInitial(last) && !isInitial(first) && !isFirstName(first)) this.#initialLast++
    if (isInCapitals(first) !== isInCapitals(last)) {
      if (isInCapitals(first)) this.#capitalsFirst++
      else this.#capitalsLast++
    }
    const firstIsKnown = isFirstName(first)
    if (firstIsKnown === isFirstName(last)) return
    if (firstIsKnown) {
      if (this.#knownFirst++ === 0) this.#atTheTop = this.#inARow.size
      this.#inARow.clear()
    } else {
      this.#knownLast++
      this.#mostInARow = Math.max(this.#mostInARow, this.#inARow.add(cell).size)
      if (isInCapitals(first) && !isInCapitals(last)) this.#exchanged++
    }
  }

  /** What capitals say of the column: most of its names have them, nearly all on one side. */
  get byCapitals(): FirstIs {
    const told = this.#capitalsFirst + this.#capitalsLast
    if (told < FEW_NAMES || told * 5 < this.#names * 4) return ''
    if (this.#capitalsFirst * 10 >= told * 9) return 'last-name'
    return this.#capitalsLast * 10 >= told * 9 ? 'first-name' : ''
  }

  /** Whether a few names have their capitals on the other side than all the rest, or before a first name. */
  get hasOtherWayRound(): boolean {
    const fewer = Math.min(this.#capitalsFirst, this.#capitalsLast)
    if (this.#exchanged > 0) return true
    return fewer > 0 && fewer * 2 < Math.max(this.#capitalsFirst, this.#capitalsLast)
  }

  /** Whether names stand the other way round up to some row, from it on, or in a part of the list. */
  get changesMidway(): boolean {
    if (this.#knownFirst === 0) return false
    const atAnEnd = Math.max(this.#atTheTop, this.#inARow.size)
    return atAnEnd >= FEW_AT_AN_END || this.#mostInARow >= FEW_IN_A_ROW
  }

  /** What known first names say of the column: enough to ask, not to decide. */
  get byKnownNames(): FirstIs {
    const first = this.#knownFirst
    const last = this.#knownLast
    if (Math.max(first, last) < FEW_KNOWN || Math.max(first, last) * 5 < this.#names) return ''
    if (last >= first * 5) return 'last-name'
    return first >= last * 5 ? 'first-name' : ''
  }

  /** Whether enough names are the other way round from how they are split for it to be asked. */
  contradicts(lastFirst: boolean): boolean {
    const against = lastFirst ? this.#capitalsLast : this.#capitalsFirst
    if (against > 0 && against * 10 >= this.#names) return true
    if (!lastFirst && this.#initialLast * 2 > this.#names) return true
    if (this.byCapitals !== '') return false
    return this.byKnownNames === (lastFirst ? 'first-name' : 'last-name')
  }
}

/**
 * Whether a first name and a last name stand in each other's columns, as one row shows by itself: the
 * first name is the last name of the child or carer beside it; or the last name is one that hardly
 * anybody has for a last name, and the first name is none that is known.
 */
export function areExchanged(first: string, last: string, lastBeside = ''): boolean {
  if (lastBeside.length > 1 && first !== last && first === lastBeside) return last !== ''
  if (last.length < 2 || last.length > 9 || first.length < 2) return false
  return isHardlyLast(last) && !isFirstName(first.trim().split(/[ -]/, 1)[0] ?? '')
}

/** Whether a name is one that hardly anybody has for a last name. */
export function isHardlyLast(name: string): boolean {
  return HARDLY_LAST.has(name.trim().toUpperCase())
}

function isFirstName(word: string): boolean {
  const name = word.toUpperCase()
  return isKnownFirstName(name) || GIRLS.has(name) || BOYS.has(name) || HARDLY_LAST.has(name)
}

/** “B” or “B.”. */
function isInitial(word: string): boolean {
  return /^\p{L}[.]?$/u.test(word)
}

/** Whether a word of two letters or more is in capitals throughout. */
export function isInCapitals(word: string): boolean {
  return word.length > 1 && word === word.toUpperCase() && word !== word.toLowerCase()
}
