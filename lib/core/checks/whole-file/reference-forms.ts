/**
 * How the client references of a file are written beside each other: a few that are unlike the
 * rest, and some that differ in what people write and leave out.
 */

/** More different references tell nothing more. */
const MOST_REFERENCES = 20_000
/** Fewer have no form of their own. */
const FEW_REFERENCES = 3

/** “TEMP1”, “Awaiting 2”: next quarter somebody else has it. */
const NUMBERED_STAND_IN =
  /^\s*(?:tb[cad]|new|newclient|temp(?:orary)?|unknown|unk|awaiting|pending|no ?(?:ref|id|number)|none|dummy|anon(?:ymous)?|staff|vol(?:unteer)?|worker|test|training|n\/?[ak]|x{3,})[ #._-]*[0-9]{1,4}\s*$/i
/** A note beside the reference, or two of them. */
const WITH_REMARK =
  /[([*]|[0-9] ?[;&+]|[0-9] \/ |\s(?:new|left|moved|closed|old|dup(?:licate)?|twin|sib(?:ling)?|see|and|was|now)\b/i
/** What a report hides, or what stands around a text: “XXXX1234”, “****34”, “LB1041” in its quotation marks. */
const MASKED =
  /^\s*(?:x{3,}|[*•●#]{2,})[ -]?[0-9a-z]{1,6}\s*$|^\s*[0-9a-z]{1,6}(?:x{3,}|[*•●]{2,})\s*$/i
const QUOTED = /^\s*(["'“”‘’«»„])[^"“”]*["'“”‘’«»]\s*$/
/** What people type to be done with a form. */
const TYPED = /^\s*(?:1234(?:5(?:6(?:7(?:89?)?)?)?)?|9{4,}|abc[ -]?123|a1234|xx[0-9]{3,})\s*$/i

/** Tells of the forms of references. */
export class ReferenceForms {
  readonly #cells = new Set<string>()
  /** What is left of a reference once it is written one way, and the first that it was left of. */
  readonly #plain = new Map<string, string>()
  readonly #shapes = new Map<string, number>()
  readonly #paddedWidths = new Set<number>()
  #shortest = Number.POSITIVE_INFINITY
  #unlike = 0
  #marked = 0
  readonly #typed: string[] = []
  /** Whether some references differ only in a hyphen, a space, a zero, or in O and 0, I and 1. */
  someAreAlike = false

  /** Counts the reference of a row. */
  add(cell: string): void {
    if (cell === '' || this.#cells.size >= MOST_REFERENCES || this.#cells.has(cell)) return
    this.#cells.add(cell)
    if (MASKED.test(cell) || QUOTED.test(cell)) this.#marked++
    else if (NUMBERED_STAND_IN.test(cell) || WITH_REMARK.test(cell)) this.#unlike++
    else if (TYPED.test(cell)) this.#typed.push(cell)
    const text = cell.trim()
    if (/^[0-9]+$/.test(text)) {
      if (text.startsWith('0')) this.#paddedWidths.add(text.length)
      else this.#shortest = Math.min(this.#shortest, text.length)
    }
    const shape = shapeOf(text)
    this.#shapes.set(shape, (this.#shapes.get(shape) ?? 0) + 1)
    if (this.someAreAlike) return
    const written = text.toUpperCase().replace(/\s+/g, '')
    const plain = plainOf(text)
    const first = this.#plain.get(plain)
    if (first === undefined) this.#plain.set(plain, written)
    else if (first !== written) this.someAreAlike = true
  }

  /** Whether some are hidden in part or stand in quotation marks, as the service's own are not. */
  get someAreMarked(): boolean {
    return this.#marked > 0
  }

  /** Whether a few are unlike the others: stand-ins, notes, or numbers that lost their zeros. */
  get someAreUnlike(): boolean {
    const all = this.#cells.size
    if (all < FEW_REFERENCES) return false
    const usual = [...this.#shapes].find(([, times]) => times * 5 >= all * 3)?.[0]
    const typed = this.#typed.filter((cell) => usual !== undefined && shapeOf(cell) !== usual)
    const slips = usual === undefined || this.someAreAlike ? 0 : this.#slips(usual)
    const unlike = this.#unlike + typed.length + slips
    if (unlike > 0 && unlike * 2 <= all) return true
    return [...this.#paddedWidths].some((width) => width > this.#shortest)
  }

  /** How many are two references of the usual shape, or one with a letter in the place of a digit. */
  #slips(usual: string): number {
    return [...this.#cells].filter((cell) => {
      const text = cell.trim()
      if (shapeOf(text) === usual || WITH_REMARK.test(cell)) return false
      if (shapeOf(withDigits(text)) === usual) return true
      const parts = text.split(/[/,;&+\s]/).filter((part) => part !== '')
      return parts.length > 1 && parts.every((part) => shapeOf(part) === usual)
    }).length
  }
}

function shapeOf(text: string): string {
  return text.replace(/\p{L}+/gu, 'A').replace(/[0-9]+/g, '9')
}

/** A reference without what people leave out: “C-011” and “c 11” are one. */
function plainOf(text: string): string {
  return withDigits(text.toUpperCase().replace(/\s+/g, ''))
    .replace(/(?<=\p{L})[-_./](?=[0-9])|(?<=[0-9])[-_./](?=\p{L})/gu, '')
    .replace(/(?<![0-9])0+(?=[0-9])/g, '')
}

/** “C-1O4” with the digits that its letters beside digits look like. */
function withDigits(text: string): string {
  return text
    .replace(/O(?=[0-9])|(?<=[0-9])O/gi, '0')
    .replace(/[IL](?=[0-9])|(?<=[0-9])[IL]/gi, '1')
}
