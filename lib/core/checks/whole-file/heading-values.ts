import type { FindingCode } from '#core/messages/findings/findings.ts'
import { codeKey, headerWords } from '#core/standard/code-key.ts'
import type { Severity } from '#core/standard/finding.ts'
import { knownHeading } from '#core/standard/header-reading.ts'
import { isListed } from '#core/mapping/overview/identifier-like.ts'
import type { RowMapper } from '#core/mapping/row-mapper.ts'

/**
 * Headings that are values of their file too. The row that was taken for the headings may be
 * somebody's, who would be in no count, or somebody's name may stand as a heading: only a person can
 * tell. Source: docs/decisions/headings-among-values.md.
 */

/** A heading that is looked for among the values. */
interface Watched {
  readonly column: number
  /** As it is compared with the cells below it. */
  readonly key: string
  /** Its words that no list has: all of them may be parts of names. */
  readonly words: readonly string[]
  /** Whether a cell below says the same, and whether one says something else. */
  isSame: boolean
  isOther: boolean
}

/** Shorter ones are codes: F, Y, No. */
const SHORTEST = 3
/** Smaller numbers count weeks and sessions. */
const SMALL_NUMBER = /^[0-9]{1,5}$/
/** Months and days of the week, which columns and children are called by. */
const CALENDAR =
  'january february march april may june july august september october november december jan feb mar apr jun jul aug sept sep oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun spring summer autumn winter term half'
const OF_CALENDAR: ReadonlySet<string> = new Set(CALENDAR.split(' '))

const NAME_FIELD = /(?:first|last)_name$/

/** Looks for the headings of one table among its cells as its rows are checked. */
export class HeadingValues {
  readonly #header: readonly string[]
  readonly #mapper: RowMapper
  readonly #watched: readonly Watched[]
  readonly #nameColumns: readonly number[]
  /** Words of headings that are looked for in the columns of names, and those found there. */
  readonly #wanted: ReadonlySet<string>
  readonly #found = new Set<string>()

  constructor(header: readonly string[], mapper: RowMapper) {
    this.#header = header
    this.#mapper = mapper
    this.#watched = header.flatMap((heading, column) => watch(heading, column))
    this.#wanted = new Set(this.#watched.flatMap(({ words }) => words))
    this.#nameColumns =
      this.#watched.length === 0
        ? []
        : [...mapper.fieldOf].filter(([, field]) => NAME_FIELD.test(field)).map(([at]) => at)
  }

  /** Looks at the cells of a row that holds somebody. */
  addRow(cells: readonly string[]): void {
    if (this.#watched.length === 0) return
    for (const column of this.#nameColumns) this.#addName(cells[column] ?? '')
    for (const watched of this.#watched) {
      if (watched.isSame && watched.isOther) continue
      const cell = cells[watched.column] ?? ''
      if (cell.trim() === '') continue
      if (cell.length < watched.key.length || codeKey(cell) !== watched.key) watched.isOther = true
      else if (!this.#repeatsHeader(cells)) watched.isSame = true
    }
  }

  /** Asks about each heading that was found, once all rows were looked at. */
  report(add: (field: string, code: FindingCode, severity: Severity) => void): void {
    for (const { column, words, isSame, isOther } of this.#watched) {
      // A column that holds its heading and nothing else is ticked with it.
      const isName = words.length > 0 && words.every((word) => this.#found.has(word))
      if ((isSame && isOther) || isName)
        add(this.#mapper.fieldOf.get(column) ?? '', 'heading-among-values', 'confirm')
    }
  }

  /** Most cells of nearly every file are one plain word: nothing is folded for those. */
  #addName(cell: string): void {
    if (this.#found.size === this.#wanted.size) return
    const plain = cell.trim().toLowerCase()
    if (this.#wanted.has(plain)) this.#found.add(plain)
    else if (!/^[a-z]*$/.test(plain))
      for (const word of headerWords(cell)) if (this.#wanted.has(word)) this.#found.add(word)
  }

  /** Whether a row is the row of the headings once more, as on every page of a printed list. */
  #repeatsHeader(cells: readonly string[]): boolean {
    let filled = 0
    let same = 0
    for (const [column, cell] of cells.entries()) {
      if (cell.trim() === '') continue
      filled += 1
      if (codeKey(cell) === codeKey(this.#header[column] ?? '')) same += 1
    }
    return same > 1 && same * 2 > filled
  }
}

function watch(heading: string, column: number): Watched[] {
  const key = codeKey(heading)
  const isPlain =
    key.length < SHORTEST || SMALL_NUMBER.test(key) || knownHeading(heading) !== undefined
  if (isPlain) return []
  const words = headerWords(heading).filter(
    (word) => !isListed(word) && !OF_CALENDAR.has(word) && !/[0-9]/.test(word),
  )
  // Words of code lists alone are what a column is ticked for: "White", "Baby", "May".
  const isOfLists = words.length === 0 && /\p{L}/u.test(heading) && !/[0-9]/.test(heading)
  return isOfLists ? [] : [{ column, key, words, isSame: false, isOther: false }]
}
