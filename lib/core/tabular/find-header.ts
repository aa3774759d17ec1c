import { isBlank, looksLikeIdentifier } from './headings.ts'

/**
 * Finds the header under title rows and blank lines, from the top rows of a file alone.
 */

/** How far down a header is looked for. */
const HEADER_WITHIN = 50

/**
 * Index of the row that reads like a header, or −1: the first row about as wide as the table, with
 * text and not values in its cells, unless a blank row parts it from a wider table (so does a
 * title).
 */
export function findHeader(rows: readonly (readonly string[])[]): number {
  const filled = rows.map(countFilled)
  const width = tableWidth(filled)
  for (let index = 0; index < Math.min(rows.length, HEADER_WITHIN); index += 1) {
    const row = rows[index] ?? []
    const count = filled[index] ?? 0
    if (count === 0 || count < width * 0.6) continue
    const below = rows[index + 1]
    const standsApart = below !== undefined && isBlank(below) && hasWider(filled, count, index + 2)
    if (!standsApart && readsLikeHeader(row, count)) return index
  }
  return -1
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

function readsLikeHeader(row: readonly string[], count: number): boolean {
  let values = 0
  for (const cell of row) {
    const text = cell.trim()
    if (looksLikeIdentifier(text)) return false
    if (looksLikeValue(text)) values += 1
  }
  return values <= count * 0.2
}

function hasWider(filled: readonly number[], count: number, from: number): boolean {
  for (let index = from; index < filled.length; index += 1) {
    if ((filled[index] ?? 0) > count) return true
  }
  return false
}

function countFilled(row: readonly string[]): number {
  let count = 0
  for (const cell of row) if (cell.trim() !== '') count += 1
  return count
}

/** Whether a cell is a number, a date or a postcode rather than a heading. */
function looksLikeValue(text: string): boolean {
  if (text === '' || text.length > 30) return false
  return (
    /^[+-]?[0-9][0-9., ]*%?$/.test(text) ||
    /^[0-9]{1,4}[/.-][0-9A-Za-z]{1,9}[/.-][0-9]{1,4}([ T].*)?$/.test(text) ||
    /^[A-Za-z]{1,2}[0-9][0-9A-Za-z]? ?[0-9][A-Za-z]{2}$/.test(text)
  )
}
