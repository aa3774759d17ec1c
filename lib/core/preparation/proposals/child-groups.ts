import { freeHeading } from '#core/preparation/named-columns.ts'
import { readNumbered, type NumberedHeading } from '#core/preparation/shapes/numbered-heading.ts'

/** For each child of a row: the heading that a column gets → the heading that it has. */
export type ChildGroups = readonly Readonly<Record<string, string>>[]

interface Column extends NumberedHeading {
  readonly heading: string
  /** Where its child stands among those of the row. */
  readonly position: number
}

const NAMED = /(^|[ ])(name|names|forename|forenames|firstname|surname|lastname|fullname)$/
const BORN = /(^|[ ])(dob|d o b|birth|born|birthdate|birthday|dateofbirth|age)([ ]|$)/
const OF_A_PERSON =
  /(^|[ ])(name|names|forename|forenames|firstname|surname|lastname|fullname|dob|d o b|birth|born|birthdate|dateofbirth|age|gender|sex|m f|nhs|ethnicity|relationship|school|nursery|send|sen|disability)([ ]|$)/
/** Siblings are counted on from the children. */
const SIBLINGS_FROM = 100

/**
 * The columns of each child where a row holds several, told by the headings alone; undefined where
 * they do not say so. Columns of parents, of addresses and of sessions are no child’s.
 */
export function findChildGroups(header: readonly string[]): ChildGroups | undefined {
  const read = header.map((heading) => ({ heading, ...readNumbered(heading) }))
  const ofChildren = read.filter(({ kind }) => kind === 'child' || kind === 'sibling')
  const numbered = ofChildren.flatMap((column): Column[] =>
    column.number === undefined ? [] : [{ ...column, position: positionOf(column) }],
  )
  const named = withBase(numbered, ofChildren, read)
  if (isGroup(named, ({ rest }) => isNamed(rest) || BORN.test(rest))) return groupsOf(named, read)
  const plain = read.filter(({ kind, rest }) => kind === '' && OF_A_PERSON.test(rest))
  const plainNumbered = plain.flatMap((column): Column[] =>
    column.number === undefined ? [] : [{ ...column, position: column.number }],
  )
  const people = withBase(plainNumbered, plain, plain)
  const isTold =
    isGroup(people, ({ rest }) => NAMED.test(rest)) &&
    isGroup(people, ({ rest }) => BORN.test(rest))
  return isTold ? groupsOf(people, read) : undefined
}

function positionOf({ kind, number = 0 }: NumberedHeading): number {
  return kind === 'sibling' ? SIBLINGS_FROM + number : number
}

/** “Child 1” alone is a name. */
function isNamed(rest: string): boolean {
  return rest === '' || NAMED.test(rest)
}

/**
 * With the columns of the first child where those have no number: “Child DOB” beside “Child 2 DOB”,
 * “DOB” beside “Sibling 1 DOB”.
 */
function withBase(
  numbered: readonly Column[],
  ofChildren: readonly (NumberedHeading & { readonly heading: string })[],
  all: readonly (NumberedHeading & { readonly heading: string })[],
): readonly Column[] {
  const rests = new Set(numbered.map(({ rest }) => rest))
  const isBase = ({ number, rest }: NumberedHeading): boolean =>
    number === undefined && rests.has(rest)
  const own = ofChildren.filter((column) => column.kind !== 'sibling' && isBase(column))
  const hasFirst = numbered.some(({ position }) => position === 1)
  const base =
    own.length > 0 || hasFirst ? own : all.filter((column) => column.kind === '' && isBase(column))
  return [...base.map((column) => ({ ...column, position: 0 })), ...numbered]
}

function isGroup(columns: readonly Column[], tells: (column: Column) => boolean): boolean {
  const positions = new Map<string, Set<number>>()
  for (const column of columns) {
    if (!tells(column)) continue
    positions.set(column.rest, (positions.get(column.rest) ?? new Set()).add(column.position))
  }
  return [...positions.values()].some((found) => found.size > 1)
}

function groupsOf(
  columns: readonly Column[],
  all: readonly { readonly heading: string }[],
): ChildGroups {
  const mine = new Set(columns.map(({ heading }) => heading))
  const taken = new Set(all.flatMap(({ heading }) => (mine.has(heading) ? [] : [heading])))
  const common = new Map<string, string>()
  for (const column of columns) {
    if (common.has(column.rest)) continue
    const heading = freeHeading(commonHeading(column), taken)
    taken.add(heading)
    common.set(column.rest, heading)
  }
  const positions = [...new Set(columns.map(({ position }) => position))].sort((a, b) => a - b)
  return positions.map((position) =>
    Object.fromEntries(
      columns
        .filter((column) => column.position === position)
        .map(({ rest, heading }) => [common.get(rest) ?? heading, heading]),
    ),
  )
}

const IN_CAPITALS = new Set(['dob', 'nhs', 'id', 'send', 'sen', 'd', 'o', 'b', 'm', 'f'])

/** What a column is called once each child has a row: the service’s own words without the number. */
function commonHeading({ kind, rest, position, heading }: Column): string {
  if (position === 0) return heading
  const text = (rest === '' ? 'name' : rest)
    .split(' ')
    .map((word) => (IN_CAPITALS.has(word) ? word.toUpperCase() : word))
    .join(' ')
  return kind === '' ? text.charAt(0).toUpperCase() + text.slice(1) : `Child ${text}`
}
