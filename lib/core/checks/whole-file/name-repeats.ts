import { readNameSign } from '#core/checks/rows/name-signs.ts'
import { SLOT } from '#core/standard/fields.ts'
import { foldName } from '#core/pseudonym/normalising/fold.ts'
import { isNamePlaceholder } from '#core/pseudonym/normalising/name-placeholder.ts'

/**
 * Counts how often one name comes under different references: a worker's or a centre's name in a
 * column that is headed as the name of the client.
 */

/** More rows, and more different names, tell nothing more. */
const MOST_ROWS = 5_000
const MOST_NAMES = 2_000
/** So many people have one whole name by chance, or one first name. */
const FEW_WHOLE = 3
const FEW_FIRST = 5
/** So many of one family are in a file of few families. */
const FEW_LAST = 8
/** So many have one word for first and last name: Ali Ali is one of a kind. */
const FEW_TWICE = 4

/** A name, how many people in turn it came for, and the last of them. */
interface NameSeen {
  people: number
  reference: string
  birth: string
  postcode: string
  /** How many of them, in turn, live elsewhere than the one before. */
  elsewhere: number
}

/** Tells of names that come too often. */
export class NameRepeats {
  #rows = 0
  #twice = 0
  readonly #whole = new Map<string, NameSeen>()
  readonly #first = new Map<string, NameSeen>()
  readonly #last = new Map<string, NameSeen>()

  /** Counts the names of a row. */
  add(cells: readonly string[], reference: string): void {
    const first = cells[SLOT.first_name] ?? ''
    const last = cells[SLOT.last_name] ?? ''
    const birth = cells[SLOT.date_of_birth] ?? ''
    if (this.#rows >= MOST_ROWS || (first === '' && last === '')) return
    this.#rows++
    if (isSameWord(first, last)) this.#twice++
    const person = { reference, birth, postcode: cells[SLOT.postcode] ?? '' }
    count(this.#whole, `${first} ${last}`, person)
    count(this.#first, first, person)
    count(this.#last, last, person)
  }

  /** Whether nine people in ten have one last name and live apart: the cell above was dragged down. */
  get haveOneLast(): boolean {
    return this.#has(
      this.#last,
      FEW_LAST,
      ({ people, elsewhere }) => people * 10 >= this.#rows * 9 && elsewhere * 2 >= people,
    )
  }

  /** Whether first name and last name are one word for every second person. */
  get areTheSame(): boolean {
    return this.#twice >= FEW_TWICE && this.#twice * 2 >= this.#rows
  }

  /** Whether two people in five have one whole name, or half of them one first name. */
  get areTooMany(): boolean {
    return (
      this.#has(this.#whole, FEW_WHOLE, ({ people }) => people * 5 >= this.#rows * 2) ||
      this.#has(this.#first, FEW_FIRST, ({ people }) => people * 2 >= this.#rows)
    )
  }

  #has(
    names: ReadonlyMap<string, NameSeen>,
    few: number,
    isMany: (seen: NameSeen) => boolean,
  ): boolean {
    return [...names].some(([name, seen]) => seen.people >= few && isMany(seen) && !isStandIn(name))
  }
}

function count(
  names: Map<string, NameSeen>,
  name: string,
  person: Pick<NameSeen, 'reference' | 'birth' | 'postcode'>,
): void {
  const { reference, birth, postcode } = person
  const seen = names.get(name)
  if (seen === undefined) {
    if (names.size < MOST_NAMES) names.set(name, { people: 1, elsewhere: 0, ...person })
  } else if (seen.reference !== reference && (birth === '' || seen.birth !== birth)) {
    seen.people++
    if (seen.postcode !== postcode) seen.elsewhere++
    seen.reference = reference
    seen.birth = birth
    seen.postcode = postcode
  }
}

/** What stands for nobody is reported as such. */
function isSameWord(first: string, last: string): boolean {
  const isSame = first !== '' && first.toLowerCase() === last.toLowerCase()
  return isSame && readNameSign(first, false) === ''
}

/** “Baby” or “Unknown” is reported as such. */
function isStandIn(name: string): boolean {
  const words = name.split(' ').filter((word) => word !== '')
  return words.length === 0 || words.every((word) => isNamePlaceholder(foldName(word) ?? ''))
}
