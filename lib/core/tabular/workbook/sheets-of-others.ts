import { readHeader } from '#core/standard/header-reading.ts'
import { haveAlikeHeadings } from '#core/tabular/header/alike-headings.ts'
import { cellKind, type CellKind } from '#core/tabular/header/cell-kind.ts'

/** The top of a sheet, with the row of its headings or −1. */
interface Top {
  readonly rows: readonly (readonly string[])[]
  readonly headerRow: number
}

const UNMISTAKABLE = /date_of_birth$|nhs_number$/
/** Lists of staff have them too. */
const CONTACT = /email$|mobile$/
/** Rows without headings are people’s where each has a name and one of these. */
const PERSONAL: ReadonlySet<CellKind> = new Set<CellKind>(['date', 'email', 'phone'])
const WORDS: ReadonlySet<CellKind> = new Set<CellKind>(['word', 'words'])

/**
 * Whether a sheet seems to hold people who are not on the one that is read: parents beside children,
 * a waiting list in columns of its own. A sheet of the same headings is asked about as one table.
 */
export function holdsOthers(header: readonly string[], { rows, headerRow }: Top): boolean {
  const headings = rows[headerRow] ?? []
  if (haveAlikeHeadings(header, headings)) return false
  const below = rows.slice(headerRow + 1).filter((row) => row.some((cell) => cell.trim() !== ''))
  if (below.length === 0) return false
  if (headings.length === 0) return below.filter(isLikeSomebody).length > 1
  const told = headings.map(toldBy)
  // A number of children is nobody's name.
  const isFilled = (what: Told, column: number): boolean =>
    below.some((row) => {
      const kind = cellKind(row[column] ?? '')
      return kind !== 'blank' && (what !== 'name' || WORDS.has(kind))
    })
  const isOf = (what: Told): boolean =>
    told.some((each, column) => each === what && isFilled(what, column))
  return isOf('name') || isOf('other') || (isOf('contact') && !told.includes('nobody'))
}

/** What a heading says of people; `nobody` of a name that is no client's, such as a worker's. */
type Told = 'name' | 'contact' | 'other' | 'nobody' | undefined

function toldBy(heading: string): Told {
  const { party, claims, fullName, birthPart } = readHeader(heading.slice(0, 200))
  const fields = claims
    .filter(({ level }) => level === 'exact' || level === 'synonym')
    .map(({ field }) => field)
  const isName = fullName !== undefined || fields.some((field) => field.endsWith('_name'))
  if (party === 'other') return 'nobody'
  if (isName) return 'name'
  if (birthPart !== undefined || fields.some((field) => UNMISTAKABLE.test(field))) return 'other'
  return fields.some((field) => CONTACT.test(field)) ? 'contact' : undefined
}

function isLikeSomebody(row: readonly string[]): boolean {
  const kinds = row.map(cellKind)
  return kinds.some((kind) => WORDS.has(kind)) && kinds.some((kind) => PERSONAL.has(kind))
}
