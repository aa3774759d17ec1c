import { peopleField } from '#core/standard/fields.ts'
import { partyOfGroup, type Party } from '#core/standard/header-party.ts'
import { knownHeading } from '#core/standard/header-reading.ts'
import { cellKind } from './cell-kind.ts'
import { countKnown } from './find-header.ts'
import { isBlank } from './headings.ts'

/**
 * Headings of two rows, joined: "Child" over "First name" and "Surname", or "Date of" over "birth".
 */

/** The headings of a table, of one row or of two. */
export interface JoinedHeadings {
  readonly cells: readonly string[]
  /** Index of the lower row: the data begin below it. */
  readonly row: number
  /** Index of the upper row, where two were joined. */
  readonly upperRow?: number
}

/** A heading that stands over several columns. */
interface Group {
  readonly name: string
  readonly party: Party | undefined
}

/**
 * The headings at `row` of a sample, joined with the row above where that says whose the columns
 * are or tells equal headings apart, or with a row beside it where a heading goes on there.
 */
export function joinHeadings(rows: readonly (readonly string[])[], row: number): JoinedHeadings {
  const cells = rows[row] ?? []
  const above = rows[row - 1]
  const wrapped = wrapHeadings(rows, row - 1) ?? wrapHeadings(rows, row)
  if (wrapped !== undefined) return wrapped
  const groups = above === undefined ? undefined : groupsOver(above, cells)
  if (groups === undefined) return { cells, row }
  const isCarers = groups.some((group) => group?.party === 'carer' || group?.party === 'other')
  const repeated = repeatedIn(cells)
  const joined = cells.map((cell, column) => {
    const group = groups[column]
    // A day is a session’s, whatever it stands under.
    if (group === undefined || cell.trim() === '' || cellKind(cell) === 'date') return cell
    const isNeeded = repeated.has(cell.trim()) || (isCarers && isSomebodys(group))
    return isNeeded && !saysAlready(cell, group) ? `${group.name} – ${cell.trim()}` : cell
  })
  return joined.some((cell, column) => cell !== cells[column])
    ? { cells: joined, row, upperRow: row - 1 }
    : { cells, row }
}

/** A heading that goes on in the row below ("Date of", "birth"): joined, more of them are known. */
function wrapHeadings(
  rows: readonly (readonly string[])[],
  upperRow: number,
): JoinedHeadings | undefined {
  const upper = rows[upperRow]
  const lower = rows[upperRow + 1]
  if (upper === undefined || lower === undefined || isBlank(upper) || isBlank(lower)) {
    return undefined
  }
  const width = Math.max(upper.length, lower.length)
  const cells = Array.from({ length: width }, (_, column) =>
    `${(upper[column] ?? '').trim()} ${(lower[column] ?? '').trim()}`.trim(),
  )
  const more = countKnown(cells) - Math.max(countKnown(upper), countKnown(lower))
  return (more > 1 || (more > 0 && areBeginnings(upper, cells))) &&
    lower.every(isText) &&
    upper.every(isText)
    ? { cells, row: upperRow + 1, upperRow }
    : undefined
}

/** Whether each of several cells above is the beginning of a known heading. */
function areBeginnings(upper: readonly string[], joined: readonly string[]): boolean {
  const columns = [...upper.keys()].filter((column) => (upper[column] ?? '').trim() !== '')
  return (
    columns.length > 1 &&
    columns.every(
      (column) =>
        partyOfGroup(upper[column] ?? '') === undefined &&
        knownHeading(joined[column] ?? '') !== undefined,
    )
  )
}

/** “Child 2” over its columns. */
function isGroupName(cell: string): boolean {
  return isText(cell.replace(/(?<=\p{L} ?)[1-9]$/u, ''))
}

function isText(cell: string): boolean {
  return !/[0-9@]/.test(cell)
}

/**
 * The group over each column, from its own cell to the next group's; undefined when the row above
 * holds none. One cell alone is a title, unless it says whose the columns are.
 */
function groupsOver(
  above: readonly string[],
  cells: readonly string[],
): (Group | undefined)[] | undefined {
  const named = above.filter((cell) => cell.trim() !== '')
  if (named.length === 0 || !named.every(isGroupName)) return undefined
  const isTitle = named.length === 1 && partyOfGroup(named[0] ?? '') === undefined
  if (isTitle || countKnown(above) >= countKnown(cells)) return undefined
  let group: Group | undefined
  return cells.map((cell, column) => {
    const name = (above[column] ?? '').replace(/\s+/g, ' ').trim()
    if (name !== '') group = { name, party: partyOfGroup(name) }
    else if (cell.trim() === '' || isNobodys(cell, group)) group = undefined
    return group
  })
}

/** A heading that is never a carer's ends a carer's group: "Ethnicity" after the carer's email. */
function isNobodys(cell: string, group: Group | undefined): boolean {
  if (group?.party !== 'carer') return false
  const field = knownHeading(cell.trim())?.split(' ').at(-1)
  const isField = field !== undefined && peopleField(field) !== undefined && field !== 'postcode'
  return isField && !field.startsWith('carer_') && peopleField(`carer_${field}`) === undefined
}

function isSomebodys({ party }: Group): boolean {
  return party === 'child' || party === 'carer' || party === 'other'
}

/** Whether a heading names its group itself: "Child first name" under "Child". */
function saysAlready(cell: string, { name }: Group): boolean {
  return cell.toLowerCase().includes(name.toLowerCase())
}

function repeatedIn(cells: readonly string[]): Set<string> {
  const seen = new Set<string>()
  const repeated = new Set<string>()
  for (const cell of cells) {
    const name = cell.trim()
    if (name !== '' && seen.has(name)) repeated.add(name)
    seen.add(name)
  }
  return repeated
}
