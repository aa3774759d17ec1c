import { readHeader } from '#core/standard/header-reading.ts'

const FAMILY = /\b(family|families|household|case|fam)\b/i

/**
 * The column of `candidates` that holds a family’s reference, told by its heading and by the sample:
 * filled, different in nearly every row, with digits in it, and no mere count of rows. Undefined
 * where none does.
 */
export function findFamilyReference(
  header: readonly string[],
  candidates: readonly number[],
  rows: readonly (readonly string[])[],
): string | undefined {
  const rated = candidates
    .map((column) => ({ column, rank: rankOf(header[column] ?? '') }))
    .filter(({ column, rank }) => rank > 0 && holdsReferences(rows.map((row) => row[column] ?? '')))
    .sort((left, right) => right.rank - left.rank || left.column - right.column)
  const [best] = rated
  return best === undefined ? undefined : header[best.column]
}

const RANKS = { exact: 5, synonym: 4, 'if-confirmed': 3, weak: 2, fuzzy: 0 } as const

function rankOf(heading: string): number {
  const { party, claims } = readHeader(heading)
  const claim = claims.find(({ field }) => field === 'client_ref')
  const known = claim === undefined || party === 'carer' ? 0 : RANKS[claim.level]
  return Math.max(known, FAMILY.test(heading) ? 2 : 0)
}

function holdsReferences(cells: readonly string[]): boolean {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '')
  if (filled.length < cells.length * 0.8 || filled.length === 0) return false
  const different = new Set(filled).size
  const withDigits = filled.filter((cell) => /[0-9]/.test(cell)).length
  const isCounted = filled.every((cell, index) => cell === String(index + 1))
  return different >= filled.length * 0.9 && withDigits >= filled.length * 0.8 && !isCounted
}
