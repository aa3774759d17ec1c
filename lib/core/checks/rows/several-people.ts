/**
 * What columns that nothing is mapped to say of several people in one row: how many came ("Party
 * size"), or a note of the kind ("brought 2 siblings"). How many live in a family is not looked for:
 * that says nothing of who came.
 */

const PEOPLE = '(?:people|persons|attendees|participants|guests)'
const FAMILY =
  '(?:children|kids|siblings|adults|parents|family members|adults (?:and|&|[+/]) children)'
const HOW_MANY = '(?:(?:total )?(?:number|no[.]?|num|#|count|how many|total)(?: of)? )'
/** Above how many came. */
const COUNT_HEADING = new RegExp(
  [
    `^${HOW_MANY}?(?:${PEOPLE}|${FAMILY}) (?:who )?(?:attend(?:ed|ing)?|came|present|seen|in (?:the )?(?:group|party))$`,
    `^${HOW_MANY}?${PEOPLE}$`,
    `^${HOW_MANY}(?:attending|present|in (?:the )?(?:group|party))$`,
    '^(?:party|group) size$|^size of (?:group|party)$|^head ?count$|^(?:number of )?tickets(?: booked)?$',
    '^(?:number of )?(?:places|spaces) (?:booked|taken|reserved)$',
  ].join('|'),
  'i',
)
/** Above whoever was brought, by a name, a number or a yes. */
const GUEST_HEADING = /^(?:[+]1s?|plus[ -]ones?)$/i
const NOBODY = /^(?:n|no|none|0|n\/a|-+)?$/i
const ADULTS = /^(?:adults?|grown[- ]?ups?)$/i
const CHILDREN = /^(?:child|children|kids)$/i
const COUNT = /^[1-9][0-9]?$/
const SOME = '(?:[1-9]|two|three|four|five|six)'
const ONES =
  '(?:children|kids|siblings|sisters|brothers|boys|girls|babies|adults|people|cousins|twins)'
const NOTE = new RegExp(
  [
    `\\b(?:brought|came with|attended with|comes with)(?: (?:her|his|their|the))? ${SOME}(?: other| more| further| older| younger)? ${ONES}\\b`,
    `\\b${SOME}(?: other| more)? ${ONES} (?:attend(?:ing|ed)?|came|present|were here)\\b`,
  ].join('|'),
  'i',
)
/** Longer notes are looked at to here. */
const LONGEST_NOTE = 300

/** Looks at such columns of one file. */
export class SeveralPeople {
  readonly #counts: readonly number[]
  /** Adults and children who came, each with a column. */
  readonly #parts: readonly number[]
  readonly #guests: readonly number[]
  readonly #notes: readonly number[]

  constructor(unused: readonly (readonly [column: number, heading: string])[]) {
    const headed = (heading: RegExp): readonly number[] =>
      unused
        .filter(([, text]) => heading.test(text.replace(/[_?]+/g, ' ').trim()))
        .map(([column]) => column)
    const [adults, children] = [headed(ADULTS), headed(CHILDREN)]
    this.#counts = headed(COUNT_HEADING)
    this.#guests = headed(GUEST_HEADING)
    this.#parts = adults.length === 1 && children.length === 1 ? [...adults, ...children] : []
    this.#notes = unused.map(([column]) => column)
  }

  /** Whether a row says that more than one person came. */
  isSeveral(cells: readonly string[]): boolean {
    const count = (column: number): number => {
      const text = (cells[column] ?? '').trim()
      return COUNT.test(text) ? Number(text) : 0
    }
    if (this.#counts.some((column) => count(column) > 1)) return true
    if (this.#parts.reduce((sum, column) => sum + count(column), 0) > 1) return true
    if (this.#guests.some((column) => !NOBODY.test((cells[column] ?? '').trim()))) return true
    return this.#notes.some((column) => isNoteOfSeveral(cells[column] ?? ''))
  }
}

function isNoteOfSeveral(cell: string): boolean {
  return cell.length > 10 && NOTE.test(cell.slice(0, LONGEST_NOTE))
}
