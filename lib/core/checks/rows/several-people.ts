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
/** Above the names of others than the person of the row. */
const NAMES_HEADING =
  /^(?:other |any other |additional |names? of (?:other |the )?)?(?:children|child\(ren\)|kids)(?:['’]?s)?(?: names?| attending| who (?:came|attended)| in (?:the )?(?:household|family|home))?$|^(?:also|others?|who else|anyone else) (?:attending|attended|present|came)(?: \(?names?\)?)?$/i
/** A name, alone or among others. */
const NAMES = /^\p{Lu}\p{L}/u
const NO_NAMES = /^(?:yes|no|none|n\/?a|nil|unknown|not )/i
const NOBODY = /^(?:n|no|none|0|n\/a|-+)?$/i
const ADULTS = /^(?:adults?|grown[- ]?ups?)$/i
const CHILDREN = /^(?:child|children|kids)$/i
const OF_CHILDREN = /^(?!.*\badults\b).*\b(?:children|kids)\b/i
const COUNT = /^[1-9][0-9]?$/
const SOME = '(?:[1-9]|two|three|four|five|six)'
const ONES =
  '(?:children|kids|siblings|sisters|brothers|boys|girls|babies|adults|people|cousins|twins)'
const NOTE = new RegExp(
  [
    `\\b(?:brought|came with|attended with|comes with)(?: (?:her|his|their|the))? ${SOME}(?: other| more| further| older| younger)? ${ONES}\\b`,
    `\\b(?:bring|brings|bringing|brought|came with|comes with|attends with|attended with) (?:(?:her|his|their|the) )?(?:(?:little|big|older|younger|baby|twin|new) )?(?:sister|brother|sibling|twin|cousin|nephew|niece)s?\\b`,
    '\\balso (?:bring|brings|bringing|brought)\\b',
    `\\b${SOME}(?: other| more)? ${ONES} (?:attend(?:ing|ed)?|came|present|were here)\\b`,
  ].join('|'),
  'i',
)
/** Longer notes are looked at to here. */
const LONGEST_NOTE = 300

/** Who is in a row of the file as it stands: with children across, several rows as read are of one. */
export interface InOneRow {
  readonly children: number
  /** With the carer, where the row holds one. */
  readonly people: number
}

/** A row of one person, and one of a child with its carer. */
export const ONE_PERSON: InOneRow = { children: 1, people: 1 }
export const CHILD_AND_CARER: InOneRow = { children: 1, people: 2 }

/** Looks at such columns of one file. */
export class SeveralPeople {
  readonly #counts: readonly number[]
  readonly #childCounts: readonly number[]
  /** Adults and children who came, each with a column. */
  readonly #parts: readonly number[]
  readonly #guests: readonly number[]
  readonly #names: readonly number[]
  readonly #notes: readonly number[]

  constructor(unused: readonly (readonly [column: number, heading: string])[]) {
    const headed = (heading: RegExp): readonly number[] =>
      unused
        .filter(([, text]) => heading.test(text.replace(/[_?]+/g, ' ').trim()))
        .map(([column]) => column)
    const [adults, children] = [headed(ADULTS), headed(CHILDREN)]
    const ofChildren = new Set(headed(OF_CHILDREN))
    const counts = headed(COUNT_HEADING)
    this.#counts = counts.filter((column) => !ofChildren.has(column))
    this.#childCounts = counts.filter((column) => ofChildren.has(column))
    this.#guests = headed(GUEST_HEADING)
    this.#names = headed(NAMES_HEADING)
    this.#parts = adults.length === 1 && children.length === 1 ? [...adults, ...children] : []
    this.#notes = unused.map(([column]) => column)
  }

  /** Whether a row says that more people came than are in it. */
  isSeveral(cells: readonly string[], { children, people }: InOneRow): boolean {
    const count = (column: number): number => {
      const text = (cells[column] ?? '').trim()
      return COUNT.test(text) ? Number(text) : 0
    }
    if (this.#childCounts.some((column) => count(column) > children)) return true
    if (this.#counts.some((column) => count(column) > people)) return true
    const [adultsCame = 0, childrenCame = 0] = this.#parts.map(count)
    if (childrenCame > children || adultsCame + childrenCame > people) return true
    if (this.#guests.some((column) => !NOBODY.test((cells[column] ?? '').trim()))) return true
    if (this.#names.some((column) => holdsNames((cells[column] ?? '').trim()))) return true
    return this.#notes.some((column) => isNoteOfSeveral(cells[column] ?? ''))
  }
}

function holdsNames(cell: string): boolean {
  return NAMES.test(cell) && !NO_NAMES.test(cell)
}

function isNoteOfSeveral(cell: string): boolean {
  return cell.length > 10 && NOTE.test(cell.slice(0, LONGEST_NOTE))
}
