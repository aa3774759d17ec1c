import { referenceDay, type Quarter } from '#core/standard/quarter.ts'

/**
 * Whether most births of a sample are under 16 at the end of the quarter, by their years alone:
 * enough to doubt that an email address beside them is the child's own. False when no year can be
 * read.
 */
export function mostBirthsAreChildren(cells: readonly string[], quarter: Quarter): boolean {
  const { year } = referenceDay(quarter)
  let children = 0
  let read = 0
  for (const cell of cells) {
    const birthYear = yearOf(cell.slice(0, 40).trim(), year)
    if (birthYear === undefined) continue
    read++
    if (year - birthYear < 16) children++
  }
  return read > 0 && children * 2 > read
}

function yearOf(text: string, latest: number): number | undefined {
  const four =
    /(?:^|[^0-9])((?:19|20)[0-9]{2})(?:[^0-9]|$)/.exec(text)?.[1] ??
    /^((?:19|20)[0-9]{2})[0-9]{4}$/.exec(text)?.[1]
  if (four !== undefined) return Number(four)
  const two = /[/. -]([0-9]{2})$/.exec(text)?.[1]
  if (two !== undefined) {
    const year = Math.floor(latest / 100) * 100 + Number(two)
    return year > latest ? year - 100 : year
  }
  return /^[0-9]{5}$/.test(text) ? 1900 + Math.floor(Number(text) / 365.25) : undefined
}
