import { isNoRow, NO_ROW } from '#core/tabular/no-row.ts'
import { FileRefused, type Table } from '#core/tabular/table.ts'
import { childReference } from './child-reference.ts'
import { columnNamed, demandColumn, freeHeading } from '#core/preparation/named-columns.ts'
import type { ChildrenAcross, Preparation } from '#core/preparation/preparation.ts'
import { changedTable } from '#core/preparation/changed-table.ts'

/** The largest number that a row may have: docs/pseudonymisation.md, "Hashed file". */
const LAST_ROW = 9_999_999

/** What stands in the cells of a child that there is not. */
const NOBODY = new Set(['n/a', 'na', 'n.a.', 'none', 'nil', 'no', '-', '--', '–', '—', '.', '0'])

/**
 * Makes each child of a row a row of its own, with the cells that the children share. A child
 * without anything in its cells is no row; a row without any child stays one, so that nobody in it
 * is lost.
 */
export function childrenAcross(table: Table, { childrenAcross: across }: Preparation): Table {
  if (across === undefined) return table
  const plan = planOf(table.header, across)
  const parts = across.children.length
  let rows = 0
  let children = 0
  return changedTable(
    table,
    plan.header,
    () => {
      rows = 0
      children = 0
      let done = 0
      return (batch) => {
        done += batch.length * parts
        if (done > LAST_ROW) throw new FileRefused('too-many-rows', { limit: LAST_ROW })
        return batch.flatMap((row) => {
          const there = countChildren(row, plan.own)
          children += there
          if (there > 0) rows++
          return childrenOf(row, plan)
        })
      }
    },
    {
      parts,
      columnsOf: (column, part) => {
        const from = plan.sources[part]?.[column] ?? -1
        return from < 0 ? [] : [from]
      },
      prepared: () => ({ children: { rows, children } }),
    },
  )
}

/** How many children a row holds. */
export function countChildren(
  row: readonly string[],
  groups: readonly (readonly number[])[],
): number {
  return groups.filter((columns) => columns.some((column) => isFilled(row[column] ?? ''))).length
}

/** Where the columns of each child stand; −1 for one that the file has not. */
export function childColumns(
  header: readonly string[],
  { children }: Pick<ChildrenAcross, 'children'>,
): readonly (readonly number[])[] {
  return children.map((columns) =>
    Object.values(columns).map((heading) => columnNamed(header, heading)),
  )
}

interface ChildrenPlan {
  readonly header: readonly string[]
  /** For each child and column of the new header, the column that its cell comes from, or −1. */
  readonly sources: readonly (readonly number[])[]
  readonly own: readonly (readonly number[])[]
  /** Column of the new header that the child’s number is added to; or −1. */
  readonly reference: number
}

function planOf(header: readonly string[], across: ChildrenAcross): ChildrenPlan {
  const { children, reference } = across
  const own = childColumns(header, across).map((columns) => columns.filter((at) => at >= 0))
  const ofChildren = new Set(own.flat())
  if (ofChildren.size === 0)
    throw new FileRefused('preparation-column-missing', {
      heading: Object.values(children[0] ?? {})[0] ?? '',
    })
  const family = reference === undefined ? -1 : demandColumn(header, reference)
  const first = Math.min(...ofChildren)
  const shared = header.flatMap((_, column) => (ofChildren.has(column) ? [] : [column]))
  const before = shared.filter((column) => column < first)
  const after = shared.filter((column) => column > first)
  const taken = new Set(shared.map((column) => header[column] ?? ''))
  const renamed = family < 0 ? '' : freeHeading(CHILD_REFERENCE, taken)
  const nameOf = (column: number): string => (column === family ? renamed : (header[column] ?? ''))
  const headings = inFileOrder(header, children)
  return {
    header: [...before.map(nameOf), ...headings, ...after.map(nameOf)],
    sources: children.map((columns) => [
      ...before,
      ...headings.map((heading) => columnNamed(header, columns[heading] ?? '')),
      ...after,
    ]),
    own,
    reference:
      family < 0
        ? -1
        : before.includes(family)
          ? before.indexOf(family)
          : before.length + headings.length + after.indexOf(family),
  }
}

/**
 * What the columns of a child are called, as the first that is a column stands in the file: a
 * preparation that was kept may name them in any order.
 */
function inFileOrder(
  header: readonly string[],
  children: ChildrenAcross['children'],
): readonly string[] {
  const headings = [...new Set(children.flatMap((columns) => Object.keys(columns)))]
  const placeOf = (heading: string): number =>
    Math.min(
      ...children
        .map((columns) => columnNamed(header, columns[heading] ?? ''))
        .filter((column) => column >= 0),
    )
  return headings
    .map((heading) => ({ heading, place: placeOf(heading) }))
    .sort((one, other) => one.place - other.place)
    .map(({ heading }) => heading)
}

/** What the column of references is called once each child has one of its own. */
export const CHILD_REFERENCE = 'Child reference'

function childrenOf(row: readonly string[], plan: ChildrenPlan): readonly (readonly string[])[] {
  // A row that was left out keeps why.
  if (isNoRow(row)) return plan.sources.map((_, child) => (child === 0 ? row : NO_ROW))
  const isThere = plan.own.map((columns) => columns.some((column) => isFilled(row[column] ?? '')))
  const isNobodyThere = isThere.every((there) => !there)
  return plan.sources.map((sources, child) => {
    if (!(isThere[child] ?? false) && !(isNobodyThere && child === 0)) return NO_ROW
    const cells = sources.map((column) => row[column] ?? '')
    const family = cells[plan.reference] ?? ''
    if (family.trim() !== '') cells[plan.reference] = childReference(family, child + 1)
    return cells
  })
}

function isFilled(cell: string): boolean {
  const text = cell.trim()
  return text !== '' && (text.length > 4 || !NOBODY.has(text.toLowerCase()))
}
