import { counted } from '#core/messages/reading/reading-words.ts'
import { isNoRow } from '#core/tabular/no-row.ts'
import type { Table } from '#core/tabular/table.ts'
import { findChildGroups } from './child-groups.ts'
import { childColumns, countChildren } from '#core/preparation/shapes/children-across.ts'
import { findFamilyReference } from './family-reference.ts'
import type { Proposal } from './proposals.ts'

/**
 * Proposes that several children stand in one row, where the headings say so and a second child is
 * there in any row of the file.
 */
export async function proposeChildren(
  table: Table,
  sample: readonly (readonly string[])[],
): Promise<Proposal | undefined> {
  const { header } = table
  const children = findChildGroups(header)
  if (children === undefined) return undefined
  const columns = childColumns(header, { children })
  const found = await countAll(table, columns)
  if (found.several === 0) return undefined
  const ofChildren = new Set(columns.flat())
  const shared = header.flatMap((_, column) => (ofChildren.has(column) ? [] : [column]))
  const hasOwnReference = Object.keys(children[0] ?? {}).some((heading) => OWN.test(heading))
  const reference = hasOwnReference ? undefined : findFamilyReference(header, shared, sample)
  const preparation = {
    childrenAcross: { children, ...(reference === undefined ? {} : { reference }) },
  }
  return {
    shape: 'children-across',
    preparation,
    options: [{ preparation, words: 'Make each child a row of its own' }],
    evidence: [
      `The columns have room for ${children.length} children in each row: ${children.map((group) => Object.values(group)[0] ?? '').join(', ')}.`,
      `${counted(found.children, 'child is', 'children are')} in ${counted(found.rows, 'row', 'rows')}; ${counted(found.several, 'row has', 'rows have')} more than one.`,
      ...(reference === undefined
        ? []
        : [
            `“${reference}” is the family’s reference: each child gets it with a number of its own, so that no two share one.`,
          ]),
    ],
    shown: { rows: tellingRows(sample, columns) },
  }
}

const ROWS_SHOWN = 3
const OWN = /\b(id|ref|reference)$/i

/** The first rows that hold more than one child. */
function tellingRows(
  sample: readonly (readonly string[])[],
  columns: readonly (readonly number[])[],
): readonly (readonly string[])[] {
  return sample.filter((row) => countChildren(row, columns) > 1).slice(0, ROWS_SHOWN)
}

async function countAll(
  table: Table,
  columns: readonly (readonly number[])[],
): Promise<{ rows: number; children: number; several: number }> {
  const found = { rows: 0, children: 0, several: 0 }
  for await (const { rows } of table.batches()) {
    for (const row of rows) {
      if (isNoRow(row)) continue
      const there = countChildren(row, columns)
      found.children += there
      if (there > 0) found.rows++
      if (there > 1) found.several++
    }
  }
  return found
}
