import { codeKey } from '#core/standard/code-key.ts'
import { peopleField } from '#core/standard/fields.ts'
import { knownHeading, readHeader } from '#core/standard/header-reading.ts'
import { cellKind, type CellKind } from '#core/tabular/header/cell-kind.ts'

/**
 * How the rows of people look in one table, learnt from its top: what kind of cell each column
 * holds, which columns say who somebody is, and how many cells a row has.
 */

/** What a column says of a person, if anything. */
export type Telling = 'reference' | 'name' | 'birth' | 'contact' | undefined

/** What the cells of one column usually are. */
export interface ColumnHabit {
  readonly telling: Telling
  /** What most of its cells are; undefined when they are of all kinds. */
  readonly kind: CellKind | undefined
  /** The share of people whose cell is filled. */
  readonly filled: number
  /** How often each cell comes, by its letters and digits. */
  readonly cells: ReadonlyMap<string, number>
  /** What nearly every row holds, with a person or without. */
  readonly defaults: ReadonlySet<string>
}

/** How the rows of one table look. */
export interface RowHabits {
  readonly columns: readonly ColumnHabit[]
  /** Index of the column of references, or −1. */
  readonly reference: number
  /** Whether any column says who somebody is beside the reference. */
  readonly hasTelling: boolean
  /** Filled cells of the usual person. */
  readonly usualFill: number
  /** Rows it was learnt from. */
  readonly people: number
}

/**
 * Learns from the top rows of a table. What stands below a blank row is learnt from as well where
 * it is like what stands above.
 */
export function learnHabits(
  header: readonly string[],
  rows: readonly (readonly string[])[],
): RowHabits {
  const given = header.map(tellingOf)
  const [first = [], ...others] = blocksOf(header, rows)
  let learnt = first
  let habits = habitsOf(header, given, learnt)
  for (const block of others) {
    if (learnt.length > 1 && !isLike(block, habits)) continue
    learnt = [...learnt, ...block]
    habits = habitsOf(header, given, learnt)
  }
  return habits
}

/** A row with the kinds of its cells. */
interface KnownRow {
  readonly cells: readonly string[]
  readonly kinds: readonly CellKind[]
}

/** Rows that no blank row parts, from the top; none from where other headings stand. */
function blocksOf(
  header: readonly string[],
  rows: readonly (readonly string[])[],
): (readonly KnownRow[])[] {
  const blocks: KnownRow[][] = []
  let isOpen = false
  for (const [index, cells] of rows.entries()) {
    if (index > 0 && countHeadings(cells) >= 3) break
    const kinds = header.map((_, column) => cellKind(cells[column] ?? ''))
    if (kinds.every((kind) => kind === 'blank')) {
      isOpen = false
      continue
    }
    if (!isOpen) blocks.push([])
    isOpen = true
    blocks.at(-1)?.push({ cells, kinds })
  }
  return blocks
}

/** Whether most rows of a block have cells of the kinds that people have. */
function isLike(block: readonly KnownRow[], { columns }: RowHabits): boolean {
  const alike = block.filter(({ kinds }) => {
    const told = kinds.filter(
      (kind, column) => kind !== 'blank' && columns[column]?.kind !== undefined,
    ).length
    const same = kinds.filter(
      (kind, column) => kind !== 'blank' && columns[column]?.kind === kind,
    ).length
    return told > 0 && same * 5 >= told * 3
  })
  return alike.length * 2 >= block.length
}

function habitsOf(
  header: readonly string[],
  given: readonly Telling[],
  rows: readonly KnownRow[],
): RowHabits {
  const hasTelling = given.some(isWho)
  const fills = rows.map(({ kinds }) => kinds.filter((kind) => kind !== 'blank').length)
  const wide = Math.max(0, ...fills) * 0.6
  const isPerson = rows.map(({ kinds }, index) =>
    hasTelling
      ? kinds.some((kind, column) => kind !== 'blank' && isWho(given[column]))
      : (fills[index] ?? 0) >= wide,
  )
  const columns = header.map((_, column) => columnHabit(given[column], rows, column, isPerson))
  const filledOfPeople = fills.filter((_, index) => isPerson[index]).sort((a, b) => a - b)
  return {
    columns: withTelling(columns),
    reference: referenceColumn(columns),
    hasTelling,
    usualFill: filledOfPeople[filledOfPeople.length >> 1] ?? 0,
    people: filledOfPeople.length,
  }
}

/** How many of a row's cells are headings that are known. */
export function countHeadings(row: readonly string[]): number {
  const known = new Set<string>()
  for (const cell of row) {
    if (cell === '' || cell.length > 60) continue
    const what = knownHeading(cell)
    if (what !== undefined) known.add(what)
  }
  return known.size
}

/** Whether a column says who somebody is, whatever their reference. */
export function isWho(telling: Telling): boolean {
  return telling !== undefined && telling !== 'reference'
}

const CONTACTS: ReadonlySet<string> = new Set(['nhs_number', 'email', 'mobile', 'postcode'])

/** What a column says of a person, by its heading. */
export function tellingOf(heading: string): Telling {
  const { party, claims, fullName, birthPart } = readHeader(heading)
  if (party === 'other') return undefined
  if (fullName !== undefined) return 'name'
  if (birthPart !== undefined) return 'birth'
  const field = claims.find(({ level }) => level !== 'fuzzy')?.field.replace(/^carer_/, '')
  if (field === undefined || peopleField(field) === undefined) return undefined
  if (field === 'client_ref') return 'reference'
  if (field === 'first_name' || field === 'last_name') return 'name'
  if (field === 'date_of_birth') return 'birth'
  return CONTACTS.has(field) ? 'contact' : undefined
}

function columnHabit(
  telling: Telling,
  rows: readonly KnownRow[],
  column: number,
  isPerson: readonly boolean[],
): ColumnHabit {
  const count = new Map<string, number>()
  const ofKind = new Map<CellKind, number>()
  const without = new Map<string, number>()
  let filled = 0
  let people = 0
  let others = 0
  for (const [index, { cells, kinds }] of rows.entries()) {
    const kind = kinds[column] ?? 'blank'
    const key = codeKey(cells[column] ?? '')
    if (isPerson[index] !== true) {
      others += 1
      if (kind !== 'blank') without.set(key, (without.get(key) ?? 0) + 1)
      continue
    }
    people += 1
    if (kind === 'blank') continue
    filled += 1
    count.set(key, (count.get(key) ?? 0) + 1)
    ofKind.set(kind, (ofKind.get(kind) ?? 0) + 1)
  }
  const usual = [...ofKind].find(([, times]) => times >= 2 && times >= filled * 0.6)
  return {
    telling,
    kind: usual?.[0],
    filled: people === 0 ? 0 : filled / people,
    cells: count,
    defaults: new Set([
      ...frequent(count, Math.max(2, people * 0.9)),
      ...frequent(without, Math.max(2, others * 0.5)),
    ]),
  }
}

function frequent(count: ReadonlyMap<string, number>, least: number): string[] {
  return [...count].filter(([, times]) => times >= least).map(([key]) => key)
}

/** What has no heading that is known says who somebody is by its cells. */
function withTelling(columns: readonly ColumnHabit[]): ColumnHabit[] {
  return columns.map((column) =>
    column.telling === undefined && (column.kind === 'email' || column.kind === 'postcode')
      ? { ...column, telling: 'contact' as const }
      : column,
  )
}

/** The column of references: by its heading, else the first when its cells are numbers of cases. */
function referenceColumn(columns: readonly ColumnHabit[]): number {
  const named = columns.findIndex(({ telling }) => telling === 'reference')
  if (named >= 0) return named
  const [first] = columns
  return first?.telling === undefined && (first?.kind === 'reference' || first?.kind === 'number')
    ? 0
    : -1
}
