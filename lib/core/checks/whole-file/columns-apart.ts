import { SLOT, type PeopleFieldName } from '#core/standard/fields.ts'
import { codeKey } from '#core/standard/code-key.ts'
import type { PersonRow } from '#core/checks/rows/check.ts'

/**
 * Columns whose values stand in other people's rows: somebody sorted a column of a spreadsheet
 * without the rest, or moved its cells up or down. No row shows it, but names and the email addresses
 * made of them, and parents and children of one last name, do. Two columns that are both in order tell
 * nothing: lists are made so.
 */

/** More rows tell nothing more. */
const MOST_ROWS = 5_000
/** A list of so many different values is in order by chance once in 20,000 times. */
const FEW_IN_ORDER = 8
/** So many values of other rows are no chance, where fewer than half as many are of their own. */
const FEW_OF_OTHERS = 4
/** A shorter name stands in addresses by chance. */
const SHORT_NAME = 3

const EMAILS = ['email', 'carer_email'] as const
const NAMES = ['first_name', 'last_name', 'carer_first_name', 'carer_last_name'] as const

/** Tells of such columns. */
export class ColumnsApart {
  #rows = 0
  readonly #order = new Order()
  readonly #emails = EMAILS.map((field) => ({
    field,
    own: 0,
    ofOthers: new Array<string[]>(),
    /** Without the first name of their row, and with one of its others. */
    ofOtherFirst: new Array<string[]>(),
  }))
  /** Each first name with the last names that it stands beside. */
  readonly #firstNames = new Map<string, Set<string>>()
  readonly #lastNames = new Set<string>()
  readonly #carers = { own: 0, ofOthers: new Array<string>() }

  /** Counts the person of a row; of a row that holds both, the child. */
  add({ cells }: PersonRow): void {
    if (this.#rows >= MOST_ROWS) return
    this.#rows++
    const cellOf = (field: PeopleFieldName): string => cells[SLOT[field]] ?? ''
    this.#order.add(sortKey(cellOf('first_name')))
    const names = NAMES.map((field) => codeKey(cellOf(field))).filter(
      (name) => name.length >= SHORT_NAME,
    )
    const first = codeKey(cellOf('first_name'))
    const last = codeKey(cellOf('last_name'))
    if (first.length >= SHORT_NAME) {
      const lasts = this.#firstNames.get(first)
      if (lasts === undefined) this.#firstNames.set(first, new Set([last]))
      else lasts.add(last)
    }
    for (const column of this.#emails) {
      const tokens =
        cellOf(column.field)
          .toLowerCase()
          .split('@')[0]
          ?.split(/[^\p{L}]+/u) ?? []
      const text = tokens.join('')
      if (names.some((name) => text.includes(name))) {
        column.own++
        if (!text.includes(first)) column.ofOtherFirst.push(tokens)
      } else if (text !== '') column.ofOthers.push(tokens)
    }
    const carer = codeKey(cellOf('carer_last_name'))
    if (last.length >= SHORT_NAME) this.#lastNames.add(last)
    if (last === '' || carer === '') return
    if (last.includes(carer) || carer.includes(last)) this.#carers.own++
    else this.#carers.ofOthers.push(carer)
  }

  /** Fields whose values seem to stand in other rows than their own. */
  fields(): PeopleFieldName[] {
    const isByFirstNames = this.#order.isKept && this.#order.areNames
    const isOfOther = (name: string): boolean => this.#lastNames.has(name)
    const emails = this.#emails.filter(({ own, ofOthers, ofOtherFirst }) => {
      if (areOfOthers(own, ofOthers.filter((tokens) => tokens.some(isOfOther)).length)) return true
      // Mothers have names of other children, but not so many in a list kept by first names.
      const others = ofOtherFirst.filter((tokens) => this.#isOfOtherFirst(tokens)).length
      return isByFirstNames && others >= FEW_OF_OTHERS && others * 5 >= own * 2
    })
    const { own, ofOthers } = this.#carers
    const fields: PeopleFieldName[] = emails.map(({ field }) => field)
    if (areOfOthers(own, ofOthers.filter(isOfOther).length)) fields.push('carer_last_name')
    return fields
  }

  /** Whether an address has a first name of the list, and is not that of a parent on it by both names. */
  #isOfOtherFirst(tokens: readonly string[]): boolean {
    const text = tokens.join('')
    return tokens.some((token) => {
      const lasts = [...(this.#firstNames.get(token) ?? [])]
      return lasts.length > 0 && !lasts.some((last) => last !== '' && text.includes(last))
    })
  }
}

function areOfOthers(own: number, others: number): boolean {
  return others >= FEW_OF_OTHERS && others > own * 2
}

/** A text as a spreadsheet sorts it. */
function sortKey(cell: string): string {
  return cell
    .trim()
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\p{M}'’-]/gu, '')
}

/** Names begin with different letters and are of different lengths; others were made one after the other. */
const FEW_BEGINNINGS = 5
const FEW_LENGTHS = 3

/** Whether the values of a column rise, or fall, from its first to its last. */
class Order {
  #previous = ''
  #rises = 0
  #falls = 0
  readonly #beginnings = new Set<string>()
  readonly #lengths = new Set<number>()

  add(value: string): void {
    if (value === '') return
    this.#beginnings.add(value.charAt(0))
    this.#lengths.add(value.length)
    if (this.#previous !== '') {
      if (value > this.#previous) this.#rises++
      else if (value < this.#previous) this.#falls++
    }
    this.#previous = value
  }

  /** Whether they are as different from each other as names are. */
  get areNames(): boolean {
    return this.#beginnings.size >= FEW_BEGINNINGS && this.#lengths.size >= FEW_LENGTHS
  }

  get isKept(): boolean {
    return Math.min(this.#rises, this.#falls) === 0 && this.#rises + this.#falls >= FEW_IN_ORDER - 1
  }
}
