/**
 * The folding that precedes every field's own rules: characters that look or sound alike become
 * one. Source: docs/pseudonymisation.md, "From cell to folded text".
 */
import { FOLD_ROWS } from '#core/pseudonym/generated/fold-table.ts'
import { normaliseNfc } from './canonical-order.ts'

const SPACE = 0x20
const APOSTROPHE = 0x27
const BACKTICK = 0x60
const LAST_ASCII = 0x7e

/** Below this no code point composes with another. */
const FIRST_MARK = 0x300
const LAST_MARK = 0x36f

interface FoldTable {
  readonly first: Uint32Array
  readonly last: Uint32Array
  /** The replacement of every code point of the row; where the row is moved, of its first. */
  readonly to: readonly string[]
  readonly moved: readonly boolean[]
}

const TABLE = readFoldTable()

function readFoldTable(): FoldTable {
  const rows = FOLD_ROWS.split(';').map((row) => row.split(','))
  const first = rows.map(([from = '']) => parseInt(from, 16))
  return {
    first: Uint32Array.from(first),
    last: Uint32Array.from(rows, ([from = '', until = '']) => parseInt(until || from, 16)),
    // What is kept is moved to where it is.
    to: rows.map(([from = '', , to = '']) => readPoints(to === '=' ? from : to.replace('+', ''))),
    moved: rows.map(([, , to = '']) => to === '=' || to.endsWith('+')),
  }
}

/** Hexadecimal code points between spaces, as text. */
function readPoints(points: string): string {
  if (points === '') return ''
  return String.fromCodePoint(...points.split(' ').map((point) => parseInt(point, 16)))
}

/** The row that lists a code point, or −1. */
function rowOf(point: number): number {
  let low = 0
  let high = TABLE.first.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    if ((TABLE.first[middle] ?? 0) > point) high = middle - 1
    else if ((TABLE.last[middle] ?? 0) < point) low = middle + 1
    else return middle
  }
  return -1
}

/** What a code point gives way to; undefined when the table does not list it. */
function replacementOf(point: number): string | undefined {
  const row = rowOf(point)
  if (row < 0) return undefined
  const to = TABLE.to[row] ?? ''
  if (TABLE.moved[row] !== true) return to
  return String.fromCodePoint((to.codePointAt(0) ?? 0) + point - (TABLE.first[row] ?? 0))
}

/**
 * A name folded; empty when nothing is left, null when it holds U+FFFD or ill-formed UTF-16.
 * Unlisted characters drop.
 */
export function foldName(cell: string): string | null {
  return foldAscii(cell) ?? foldAny(cell, true)
}

/** Any other value folded; empty when nothing is left, null when it holds an unlisted character. */
export function foldValue(cell: string): string | null {
  return foldAscii(cell) ?? foldAny(cell, false)
}

/**
 * An email folded, in upper case: letters that only look like ASCII stay what they are. Empty and
 * null as for a value.
 */
export function foldEmail(cell: string): string | null {
  const ascii = foldAscii(cell)
  if (ascii !== undefined) return ascii
  if (isBroken(cell)) return null
  let folded = ''
  for (const character of cell) {
    const point = character.codePointAt(0) ?? 0
    const to = replacementOf(point)
    if (to === undefined) return null
    const isMark = point >= FIRST_MARK && point <= LAST_MARK
    folded += isMark || (point > 0x7f && holdsLetter(to)) ? character : to
  }
  return tidySpaces(folded)
}

/** Whether a replacement has A–Z or anything above U+007F. */
function holdsLetter(text: string): boolean {
  return /[A-Z\u0080-\u{10FFFF}]/u.test(text)
}

/**
 * What almost every cell needs: printable ASCII without the backtick. Undefined for anything else.
 */
function foldAscii(cell: string): string | undefined {
  let lower = false
  let loose = false
  let previous = SPACE
  for (let i = 0; i < cell.length; i++) {
    const code = cell.charCodeAt(i)
    if (code < SPACE || code > LAST_ASCII || code === BACKTICK) return undefined
    if (code > BACKTICK && code < 0x7b) lower = true
    if (code === SPACE && previous === SPACE) loose = true
    previous = code
  }
  if (cell.length > 0 && previous === SPACE) loose = true
  if (cell.charCodeAt(0) === APOSTROPHE) loose = true
  const upper = lower ? cell.toUpperCase() : cell
  return loose ? tidySpaces(upper) : upper
}

function foldAny(cell: string, isName: boolean): string | null {
  if (isBroken(cell)) return null
  let listed = ''
  for (const character of cell) {
    if (rowOf(character.codePointAt(0) ?? 0) >= 0) listed += character
    else if (!isName) return null
  }
  let folded = ''
  for (const character of composeWhereNeeded(listed)) {
    // The listed characters are closed under NFC, so none is without a row here.
    folded += replacementOf(character.codePointAt(0) ?? 0) ?? ''
  }
  return tidySpaces(folded)
}

function composeWhereNeeded(text: string): string {
  for (let i = 0; i < text.length; i++) {
    if (text.charCodeAt(i) >= FIRST_MARK) return normaliseNfc(text)
  }
  return text
}

/** Characters that a tool before us has already lost. */
function isBroken(cell: string): boolean {
  return !cell.isWellFormed() || cell.includes('\uFFFD')
}

/** Runs of spaces become one, ends are trimmed, one leading apostrophe goes, ends are trimmed. */
function tidySpaces(text: string): string {
  const trimmed = trimSpaces(text.replace(/ {2,}/g, ' '))
  return trimmed.startsWith("'") ? trimSpaces(trimmed.slice(1)) : trimmed
}

/** `text` without the spaces (U+0020 alone) at its ends. */
export function trimSpaces(text: string): string {
  let from = 0
  let to = text.length
  while (from < to && text.charCodeAt(from) === SPACE) from++
  while (to > from && text.charCodeAt(to - 1) === SPACE) to--
  return text.slice(from, to)
}

/** `text` without any space. */
export function dropSpaces(text: string): string {
  return text.includes(' ') ? text.replaceAll(' ', '') : text
}
