import { codeKey } from '#core/standard/code-key.ts'
import { knownHeading } from '#core/standard/header-reading.ts'
import { cellKind, type CellKind } from './cell-kind.ts'
import { isBlank, looksLikeIdentifier } from './headings.ts'
import type { ExpectedHeadings } from '#core/tabular/table.ts'

/**
 * Finds the header under title rows, notes and blank lines, from the top rows of a file alone: the
 * row with headings that are known, else the first about as wide as the table whose cells differ in
 * kind from those below. A row of people is never one.
 */

/** Where the header of a file is. */
export interface HeaderFound {
  /** Index of the row among those looked at, or −1. */
  readonly row: number
  /** Whether a person need not be asked. */
  readonly isSure: boolean
  /** How many of its cells are headings that are known. */
  readonly known: number
  /** The headings stand in the first column instead, with a column for each person. */
  readonly isInColumn?: boolean
}

/** What speaks for a row being the header, and against. */
interface RowEvidence {
  readonly filled: number
  /** Cells that are headings word for word. */
  readonly known: number
  /** Cells that are like those below them, as one person's are like another's. */
  readonly alike: number
  /** Text above values, and dates above anything else. */
  readonly differing: number
  /** Cells above values. */
  readonly aboveValues: number
  /** All its cells are words with a capital, above others: names, or headings of names. */
  readonly isOfNames: boolean
  readonly holdsIdentifier: boolean
}

const NOT_FOUND: HeaderFound = { row: -1, isSure: false, known: 0 }

/** More known headings than the words of one person's cells come to by chance. */
const MANY_KNOWN = 3

/** Kinds of cells that a heading rarely is. */
const VALUES: ReadonlySet<CellKind> = new Set<CellKind>([
  'date',
  'number',
  'phone',
  'email',
  'postcode',
  'reference',
])

/**
 * Finds the header among the top rows of a file. `expected` are headings that this service's last
 * file had.
 */
export function findHeader(
  rows: readonly (readonly string[])[],
  expected: readonly string[] | ExpectedHeadings = [],
): HeaderFound {
  const weighed = weighRows(rows, 'has' in expected ? expected : new Set(expected.map(codeKey)))
  const width = tableWidth(weighed.map(({ filled }) => filled))
  const row = knownRow(weighed, width) ?? plainRow(rows, weighed, width)
  const found = row === undefined ? undefined : weighed[row]
  if (row === undefined || found === undefined) return NOT_FOUND
  // A list of single cells under each other has no header below its first.
  if (width <= 1 && row > 0 && found.known === 0) return NOT_FOUND
  const down = countKnown(rows.map(([first = '']) => first))
  const isInColumn = down >= MANY_KNOWN && down > found.known * 2
  return {
    row,
    isSure: !isInColumn && isSure(weighed, row, width),
    known: found.known,
    ...(isInColumn ? { isInColumn } : {}),
  }
}

/** How many headings of a row are known word for word. */
export function countKnown(row: readonly string[], expected: readonly string[] = []): number {
  return knownIn(row, new Set(expected.map(codeKey))).size
}

/** Whether a row is like those below it, as people are like each other and headings are not. */
export function readsLikePeople(rows: readonly (readonly string[])[], row: number): boolean {
  const evidence = weighRows(rows, new Set())[row]
  return evidence !== undefined && isLikePeople({ ...evidence, holdsIdentifier: false })
}

/** The first row with about as many known headings as any: a list of fields above has fewer. */
function knownRow(weighed: readonly RowEvidence[], width: number): number | undefined {
  const isKnown = ({ known, alike, filled, holdsIdentifier }: RowEvidence): boolean =>
    !holdsIdentifier && known >= (width > 2 ? 2 : 1) && (known >= alike || alike * 3 < filled)
  const most = Math.max(0, ...weighed.filter(isKnown).map(({ known }) => known))
  const row = weighed.findIndex((row) => isKnown(row) && row.known >= most * 0.6)
  // Labels for people above the names of the fields.
  const next = weighed[row + 1]
  const isNext = next !== undefined && isKnown(next) && next.known > (weighed[row]?.known ?? 0)
  return row < 0 ? undefined : isNext ? row + 1 : row
}

/** The first row that is wide enough and unlike what is below. */
function plainRow(
  rows: readonly (readonly string[])[],
  weighed: readonly RowEvidence[],
  width: number,
): number | undefined {
  for (const [index, evidence] of weighed.entries()) {
    const { filled, alike, holdsIdentifier } = evidence
    if (filled === 0 || filled < width * 0.6) continue
    if (holdsIdentifier || alike > filled * 0.2) {
      // Below the first person there is no header without a name for it.
      if (isLikePeople(evidence)) return undefined
      continue
    }
    const below = rows[index + 1]
    const standsApart =
      below !== undefined &&
      isBlank(below) &&
      weighed.slice(index + 2).some((other) => other.filled > filled)
    if (!standsApart) return index
  }
  return undefined
}

function isLikePeople({ alike, filled, known, holdsIdentifier }: RowEvidence): boolean {
  return known < 2 && (holdsIdentifier || (alike >= 2 && alike * 2 >= filled))
}

/**
 * Sure is a row with known headings, or with text above most of what are values; never one with
 * people above it, who would be lost.
 */
function isSure(weighed: readonly RowEvidence[], row: number, width: number): boolean {
  const found = weighed[row]
  if (found === undefined) return false
  const wide = Math.max(1, Math.min(found.filled, width) * 0.6)
  const above = weighed.slice(0, row).filter(({ filled }) => filled >= wide)
  if (found.known >= 2) return !above.some(isLikePeople)
  if (above.length > 0) return false
  if (found.known === 0 && weighed.slice(row + 1).some((other) => isRival(other, wide)))
    return false
  // A table of words alone has nothing that its headings could differ from, but for names.
  if (found.aboveValues === 0 && found.known === 0) return !found.isOfNames
  return found.known > 0 || found.differing * 2 > found.aboveValues
}

/** Whether a row further down is above values as a header is: which of the two it is, nobody can tell. */
function isRival({ filled, alike, differing, aboveValues }: RowEvidence, wide: number): boolean {
  return filled >= wide && alike === 0 && aboveValues > 1 && differing * 2 > aboveValues
}

/**
 * The widest count of filled cells that two rows share; without such two, the widest. One broken
 * row decides nothing.
 */
function tableWidth(filled: readonly number[]): number {
  const seen = new Set<number>()
  let shared = 0
  for (const count of filled) {
    if (seen.has(count)) shared = Math.max(shared, count)
    seen.add(count)
  }
  return shared > 1 ? shared : Math.max(0, ...filled)
}

/** Weighs each row against those below it: from the last up, so that each is counted once. */
function weighRows(
  rows: readonly (readonly string[])[],
  expected: ExpectedHeadings,
): RowEvidence[] {
  const below: ColumnBelow[] = []
  const seen = new Set<string>()
  const weighed: RowEvidence[] = []
  for (const row of [...rows].reverse()) {
    const kinds = row.map(cellKind)
    const whole = row.map((cell) => cell.trim()).join('\t')
    weighed.push(weighRow(row, kinds, below, seen.has(whole), expected))
    seen.add(whole)
    for (const [column, cell] of row.entries()) {
      ;(below[column] ??= new ColumnBelow()).add(cell, kinds[column] ?? 'blank')
    }
  }
  return weighed.reverse()
}

function weighRow(
  row: readonly string[],
  kinds: readonly CellKind[],
  below: readonly ColumnBelow[],
  isRepeated: boolean,
  expected: ExpectedHeadings,
): RowEvidence {
  let filled = 0
  let alike = 0
  let differing = 0
  let aboveValues = 0
  // Nobody's cells are so many headings: a heading that comes again is repeated on every page.
  const known = knownIn(row, expected).size
  const isTelling = isRepeated || known >= MANY_KNOWN
  for (const [column, cell] of row.entries()) {
    const kind = kinds[column] ?? 'blank'
    if (kind === 'blank') continue
    filled += 1
    const usual = below[column]?.usual
    const comesAgain = !isTelling && below[column]?.has(cell) === true
    if (usual !== undefined && VALUES.has(usual)) aboveValues += 1
    if (VALUES.has(kind)) {
      if (isOfSequence(row, kinds, column)) differing += usual === kind ? 0 : 1
      else if (comesAgain || (usual === kind && below[column]?.isLike(cell, kind) === true))
        alike += 1
      else if (usual === undefined && kind !== 'reference') alike += 1
      else if (kind === 'date' || (kind === 'reference' && usual !== undefined)) differing += 1
    } else if (comesAgain) alike += 1
    else if (usual !== undefined && VALUES.has(usual)) differing += 1
  }
  return {
    filled,
    known,
    alike,
    differing,
    aboveValues,
    isOfNames: isOfNames(row, kinds, below),
    holdsIdentifier: row.some((cell) => looksLikeIdentifier(cell.trim())),
  }
}

function knownIn(row: readonly string[], expected: ExpectedHeadings): Set<string> {
  const known = new Set<string>()
  for (const cell of row) {
    const text = cell.trim()
    if (text === '') continue
    const key = expected.has(codeKey(text)) ? codeKey(text) : knownHeading(text)
    if (key !== undefined) known.add(key)
  }
  return known
}

function isOfNames(
  row: readonly string[],
  kinds: readonly CellKind[],
  below: readonly ColumnBelow[],
): boolean {
  const filled = kinds.filter((kind) => kind !== 'blank').length
  return (
    filled > 1 &&
    row.every((cell, column) => {
      const kind = kinds[column] ?? 'blank'
      if (kind === 'blank') return true
      const isAboveWords = below[column]?.isOfWords === true
      return (kind === 'word' || kind === 'words') && isAboveWords && /^\p{Lu}/u.test(cell.trim())
    })
  )
}

/** Whether a cell is one of several dates, or of three numbers that rise by one: sessions, weeks. */
function isOfSequence(row: readonly string[], kinds: readonly CellKind[], column: number): boolean {
  const kind = kinds[column]
  if (kind === 'date') return kinds[column - 1] === 'date' || kinds[column + 1] === 'date'
  if (kind !== 'number') return false
  const step = (at: number): boolean =>
    kinds[at] === 'number' &&
    kinds[at + 1] === 'number' &&
    Number(row[at + 1]) - Number(row[at]) === 1
  return (
    (step(column) && step(column + 1)) ||
    (step(column - 1) && step(column)) ||
    (step(column - 2) && step(column - 1))
  )
}

/** The cells of one column below the row that is weighed. */
class ColumnBelow {
  readonly #kinds = new Map<CellKind, number>()
  readonly #cells = new Set<string>()
  #shortest = Infinity
  #longest = 0
  #least = Infinity
  #most = -Infinity
  #filled = 0

  add(cell: string, kind: CellKind): void {
    if (kind === 'blank') return
    this.#filled += 1
    this.#kinds.set(kind, (this.#kinds.get(kind) ?? 0) + 1)
    this.#cells.add(codeKey(cell))
    const { length } = cell.trim()
    this.#shortest = Math.min(this.#shortest, length)
    this.#longest = Math.max(this.#longest, length)
    if (kind !== 'number') return
    this.#least = Math.min(this.#least, Number(cell))
    this.#most = Math.max(this.#most, Number(cell))
  }

  /**
   * Whether a cell could be one of them: numbers of cases are of one length, or nearly, and numbers
   * of one size.
   */
  isLike(cell: string, kind: CellKind): boolean {
    if (kind === 'number') {
      const number = Number(cell)
      return !(number > this.#most * 2 + 1) && !(number < this.#least / 2 - 1)
    }
    const { length } = cell.trim()
    return kind !== 'reference' || (length >= this.#shortest - 1 && length <= this.#longest + 1)
  }

  has(cell: string): boolean {
    return this.#cells.has(codeKey(cell))
  }

  /** Whether they are words as names are, and not letters of a code. */
  get isOfWords(): boolean {
    const { usual } = this
    return (usual === 'word' || usual === 'words') && this.#shortest > 1
  }

  /** What at least half of them are; undefined when there are none, or of all kinds. */
  get usual(): CellKind | undefined {
    for (const [kind, cells] of this.#kinds) if (cells * 2 >= this.#filled) return kind
    return undefined
  }
}
