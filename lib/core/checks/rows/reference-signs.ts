import { codeKey } from '#core/standard/code-key.ts'
import { RunningNumbers } from '#core/mapping/suggestions/running-numbers.ts'

/**
 * What a client reference shows of what a tool or a person did to it. The reference itself is what
 * docs/pseudonymisation.md makes of the cell; here it is only doubted.
 */

/**
 * `placeholder`: a stand-in that many people would share. `exponent`: a long number that a
 * spreadsheet rounded. `number`: 1001.0, 1,001, 1.001 or a formula. `date`: 01-Mar, or a whole date.
 */
export type ReferenceSign = '' | 'placeholder' | 'exponent' | 'number' | 'date'

const PLACEHOLDERS = new Set(
  `na none null nan nat undefined nil no new tbc tba tbd unknown notknown nk n pending missing blank empty noref noreference nonumber
  noid noneyet nonegiven notgiven notset notallocated notyetallocated unallocated unassigned notassigned notavailable
  notapplicable notrecorded notprovided toconfirm tobeconfirmed tobeadvised tobeallocated tobeassigned tofollow
  awaiting awaitingref awaitingreference awaitingid awaitingnumber seenotes seenote seeabove seebelow asabove ditto
  various multiple other test testing dummy temp temporary anon anonymous newclient newreferral newfamily newref
  true false error ref reference id clientid clientref x xx xxx xxxx xxxxx`.split(/\s+/),
)
const LONGEST_PLACEHOLDER = 30
const EXPONENT =
  /^\s*[+-]?[0-9]+(?:[.,][0-9]+)?[Ee](?:[+][0-9]{1,3}|[0-9]{2})\s*$|^\s*[0-9][.,][0-9]+[Ee][0-9]{1,3}\s*$/
const FRACTION = /^\s*[0-9]+(?:[.]0+|,00?)\s*$/
const THOUSANDS = /^\s*[0-9]{1,3}(?:(?:,[0-9]{3})+(?:[.]0+)?|(?:[.][0-9]{3})+)\s*$/
/** 1071.00% and 1’071, as formats of cells make them. */
const FORMATTED = /^\s*(?:[0-9]+(?:[.,][0-9]+)?\s?%|[0-9]{1,3}(?:[’'][0-9]{3})+)\s*$/
const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}'
const DATE = new RegExp(
  `^\\s*(?:[0-9]{1,2}[-/ ]${MONTH}(?:[-/ ][0-9]{2,4})?|${MONTH}[-/ ][0-9]{2,4}|(?:19|20)[0-9]{2}-[01][0-9]-[0-3][0-9](?:[T ][0-9:.Z]*)?|[0-9]{1,2}[/.][0-9]{1,2}[/.](?:19|20)[0-9]{2}|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)\\s*$`,
  'i',
)

/** What a reference cell shows; empty for one that shows nothing. */
export function readReferenceSign(cell: string): ReferenceSign {
  let hasDigit = false
  let hasOther = false
  let hasPoint = false
  let hasMark = false
  let hasE = false
  let allZeros = true
  for (let index = 0; index < cell.length; index++) {
    const unit = cell.charCodeAt(index)
    if (unit >= 0x30 && unit <= 0x39) {
      hasDigit = true
      if (unit !== 0x30) allZeros = false
    } else if (unit === 0x45 || unit === 0x65) {
      hasE = true
      hasOther = true
    } else if (unit === 0x2c || unit === 0x2e) hasPoint = true
    else if (unit === 0x2d || unit === 0x2f || unit === 0x20) hasMark = true
    else if (unit === 0x3a) hasMark = true
    else hasOther = true
  }
  if (!hasDigit) return isPlaceholder(cell) ? 'placeholder' : ''
  if (allZeros && !hasOther) return 'placeholder'
  if (hasE && EXPONENT.test(cell)) return isExponent(cell) ? 'exponent' : ''
  if (cell.charCodeAt(0) === 0x3d || (hasOther && FORMATTED.test(cell))) return 'number'
  if (hasPoint && !hasOther && (FRACTION.test(cell) || THOUSANDS.test(cell))) return 'number'
  return (hasMark || hasPoint) && DATE.test(cell) ? 'date' : ''
}

/** A reference such as 12E45 is one; 1.2E45 and 12E+45 are numbers. */
function isExponent(cell: string): boolean {
  return /[+.,]/.test(cell)
}

function isPlaceholder(cell: string): boolean {
  if (cell === '' || cell.length > LONGEST_PLACEHOLDER) return false
  return PLACEHOLDERS.has(codeKey(cell))
}

/** Two words or more, or one that begins with a capital and goes on in small letters. */
const NAME = /^\s*(?:\p{L}[\p{L}'’.-]+(?:[\s,]+[\p{L}'’.-]+)+|\p{Lu}[\p{Ll}'’-]{2,})\s*$/u

/** Digits of a number that a spreadsheet keeps: those after them become zeros. */
const KEPT_DIGITS = 15
const LONG_NUMBER = /^\s*[1-9][0-9]{15,29}\s*$/

/** Typed on another keyboard, С1001 and C1001 are two references. */
const LOOKALIKE = /[\u0370-\u04ff]/
const LATIN = /[A-Za-z]/

/** Fewer references than this have no habit. */
const FEW_REFERENCES = 5

/** What the references of a file show together. */
export interface ReferenceDoubts {
  /** They count the rows: 1, 2, 3 and so on. */
  readonly countRows: boolean
  /** They look like names of people: words, and no digit. */
  readonly areNames: boolean
  /** They have more digits than a spreadsheet keeps, and zeros in place of the last. */
  readonly areRounded: boolean
  /** A few have no digit where all others have: words where a reference is missing. */
  readonly someAreWords: boolean
  /** Some have letters of Greek or Cyrillic, which look like ours, and some have ours. */
  readonly areOfTwoAlphabets: boolean
}

/** Counts the references of a file, row by row. */
export class ReferenceColumn {
  #filled = 0
  readonly #running = new RunningNumbers()
  #withoutDigit = 0
  #words = 0
  #long = 0
  #rounded = 0
  #latin = 0
  #lookalike = 0

  add(cell: string): void {
    if (cell === '') return
    this.#filled++
    if (LOOKALIKE.test(cell)) this.#lookalike++
    if (LATIN.test(cell)) this.#latin++
    if (cell.length > KEPT_DIGITS && LONG_NUMBER.test(cell)) {
      this.#long++
      if (/^0+$/.test(cell.trim().slice(KEPT_DIGITS))) this.#rounded++
    }
    if (this.#running.add(cell) || holdsDigit(cell)) return
    this.#withoutDigit++
    if (NAME.test(cell)) this.#words++
  }

  /** What they show, once all were counted. */
  get doubts(): ReferenceDoubts {
    const filled = this.#filled
    const isEnough = filled >= FEW_REFERENCES
    return {
      countRows: this.#running.countRows,
      areRounded: this.#long > 2 && this.#rounded === this.#long,
      areNames: filled > 2 && this.#words * 10 >= filled * 8,
      areOfTwoAlphabets: this.#latin > 0 && this.#lookalike > 0,
      someAreWords: isEnough && this.#withoutDigit > 0 && this.#withoutDigit * 10 <= filled * 2,
    }
  }
}

function holdsDigit(cell: string): boolean {
  for (let index = 0; index < cell.length; index++) {
    const unit = cell.charCodeAt(index)
    if (unit >= 0x30 && unit <= 0x39) return true
  }
  return false
}
