import { codeKey } from '#core/standard/code-key.ts'
import { DEFAULT_LIMITS } from '#core/tabular/limits.ts'
import type { Table } from '#core/tabular/table.ts'
import type { ChildrenAcross, Preparation } from './preparation.ts'

/** The table with blank columns behind its own, for the headings of `added` that it has not. */
export function withAddedColumns(table: Table, added: readonly string[] = []): Table {
  const further = added.filter((heading) => !table.header.includes(heading))
  if (further.length === 0) return table
  const header = [...table.header, ...further]
  return {
    header,
    // Counts in it grow as the table is read.
    get receipt() {
      return table.receipt
    },
    get signs() {
      return table.signs
    },
    async *batches() {
      for await (const { firstRow, rows } of table.batches())
        yield {
          firstRow,
          rows: rows.map((row) => [
            ...row,
            ...new Array<string>(Math.max(0, header.length - row.length)).fill(''),
          ]),
        }
    },
  }
}

/** Headings that a column which is added must not have: the file's own, and those made of it. */
interface HeadingsTaken {
  readonly own: readonly string[]
  readonly prepared: readonly string[]
}

/** A preparation that adds a column, and what the column is called where columns are matched. */
export interface ColumnAdded {
  readonly preparation: Preparation
  readonly heading: string
}

/**
 * Adds a column to those that a preparation adds. Where each row holds several children and
 * `isOfEach` of them, each gets a column, and together they are one where columns are matched.
 */
export function addColumn(
  preparation: Preparation,
  { own, prepared }: HeadingsTaken,
  { label, isOfEach }: { readonly label: string; readonly isOfEach: boolean },
): ColumnAdded {
  const { addedColumns = [], childrenAcross } = preparation
  const taken = [...own, ...prepared, ...addedColumns]
  const heading = unlikeHeading(label, taken)
  if (childrenAcross === undefined || !isOfEach)
    return { preparation: { ...preparation, addedColumns: [...addedColumns, heading] }, heading }
  const ofEach = childrenAcross.children.map((_, place) =>
    unlikeHeading(`Child ${place + 1} ${label.toLowerCase()}`, taken),
  )
  const children = childrenAcross.children.map((columns, place) => ({
    ...columns,
    [heading]: ofEach[place] ?? '',
  }))
  return {
    preparation: {
      ...preparation,
      addedColumns: [...addedColumns, ...ofEach],
      childrenAcross: { ...childrenAcross, children },
    },
    heading,
  }
}

/**
 * Where a column stands that was added for the same before, of those that nothing else is made of: it is taken, so that
 * however often one is added there are no more columns than fields. -1 where there is none.
 */
export function findAdded(
  { addedColumns = [], childrenAcross }: Preparation,
  header: readonly string[],
  { label, isOfEach }: { readonly label: string; readonly isOfEach: boolean },
  isFree: (column: number) => boolean,
): number {
  const across = isOfEach ? childrenAcross : undefined
  const ownOf = (heading: string): string => across?.children[0]?.[heading] ?? ''
  return header.findIndex(
    (heading, column) =>
      isFree(column) &&
      (heading === label || (heading.startsWith(`${label} (`) && heading.endsWith(')'))) &&
      addedColumns.includes(across === undefined ? heading : ownOf(heading)),
  )
}

/** Whether a file has more columns with those that a preparation adds than a file may have. */
export function areTooMany(own: readonly string[], { addedColumns = [] }: Preparation): boolean {
  return new Set([...own, ...addedColumns]).size > DEFAULT_LIMITS.columns
}

/** The children of a row without the columns that were added for each of them. */
export function withoutAdded(
  across: ChildrenAcross,
  added: readonly string[] = [],
): ChildrenAcross {
  const children = across.children.map((columns) =>
    Object.fromEntries(Object.entries(columns).filter(([, heading]) => !added.includes(heading))),
  )
  return { ...across, children }
}

/** Whether the children of a row have columns that were added for each of them. */
export function haveAdded({ addedColumns = [], childrenAcross }: Preparation): boolean {
  const headings = (childrenAcross?.children ?? []).flatMap((columns) => Object.values(columns))
  return headings.some((heading) => addedColumns.includes(heading))
}

/** A heading that is not taken, in capitals or small letters: sheets are joined by letters and digits. */
function unlikeHeading(wanted: string, taken: readonly string[]): string {
  const keys = new Set(taken.map(codeKey))
  let heading = wanted
  for (let number = 2; keys.has(codeKey(heading)); number++) heading = `${wanted} (${number})`
  return heading
}
