import { readNumbered } from '#core/preparation/shapes/numbered-heading.ts'

/**
 * Headings that come again for each child of a row: “Child 1, DOB, M/F, Child 2, DOB, M/F”, or
 * “Child name, DOB” three times over. Each is told apart by the person whose columns it is among.
 */

/** The headings of a row, with those that come again named for their person where all can be. */
export function nameRepeated(header: readonly string[]): readonly string[] {
  const cells = header.map((cell) => cell.trim())
  const repeated = new Set(cells.filter((cell, at) => cell !== '' && cells.indexOf(cell) !== at))
  if (repeated.size === 0) return header
  const owners = ownersOf(cells)
  const names = cells.map((cell, column) => {
    const owner = owners[column] ?? ''
    return repeated.has(cell) && owner !== '' ? `${owner} – ${cell}` : (header[column] ?? '')
  })
  const isTold = new Set(names.filter((name) => name !== '')).size === count(names)
  return isTold ? names : header
}

/** Whose each column is: the person named last to its left, children of one name by their number. */
function ownersOf(cells: readonly string[]): readonly string[] {
  let owner = ''
  let children = 0
  return cells.map((cell) => {
    if (!isPerson(cell)) return owner
    const isRepeated = cells.indexOf(cell) !== cells.lastIndexOf(cell)
    const isChild = readNumbered(cell).kind !== 'carer'
    if (isRepeated && isChild) children += 1
    owner = isRepeated ? (isChild ? `Child ${children}` : '') : personOf(cell)
    return owner
  })
}

/** “Child 1” of “Child 1 name”, “Mum” of “Mum’s first name”. */
function personOf(cell: string): string {
  const person = cell.replace(NAME_OF, '').replace(ITS_NAME, '').trim()
  return person === '' ? cell : person
}

const NAME_OF = /^(?:full )?name of (?:the )?/i
const ITS_NAME = /(?:['’]s)? ?[:–-]? ?\b(?:full ?names?|first ?names?|names?|forenames?)$/i

/** Whether a heading names a person, and nothing else of them. */
function isPerson(cell: string): boolean {
  const { kind, rest } = readNumbered(cell)
  return kind !== '' && /^(?:(?:full )?names?|fullname|first names?|forenames?)?$/.test(rest)
}

function count(names: readonly string[]): number {
  return names.filter((name) => name !== '').length
}
