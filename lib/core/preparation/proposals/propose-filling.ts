import { counted } from '#core/messages/reading/reading-words.ts'
import { isBlank } from '#core/tabular/header/headings.ts'
import { isNoRow } from '#core/tabular/no-row.ts'
import { findFamilyReference } from './family-reference.ts'
import { isAsAbove } from '#core/tabular/as-above.ts'
import type { Proposal } from './proposals.ts'

/** Headings of what a family has in common, and of these, what tells one family from the next. */
const OF_A_FAMILY =
  /\b(surname|last name|lastname|family|household|address|postcode|post code|street|town|parent|carer|mum|mother|dad|father|guardian|e ?mail|mobile|phone|tel|telephone|ref|reference|id|case|language)\b/i
const TELLS_A_FAMILY =
  /\b(surname|last name|lastname|family|household|ref|reference|id|case|parent|carer|mum|mother|guardian)\b/i
/** What a carer’s columns alone do not have: an adult has no carer, but an address. */
const OF_A_HOME =
  /\b(surname|last name|lastname|family|household|address|postcode|post code|ref|reference|id|case)\b/i
const OF_A_CHILD = /\b(first|forename|given|child|name|dob|birth|born)\b/i
const ROWS_SHOWN = 3

/**
 * Proposes that cells are filled from above: where words such as “as above” stand for them, and
 * where what a family has in common is empty below its first row, always together, while the rows
 * themselves name somebody.
 */
export function proposeFilling(
  header: readonly string[],
  sample: readonly (readonly string[])[],
  hasMergedCells = false,
): Proposal | undefined {
  const rows = sample.filter((row) => !isNoRow(row) && !isBlank(row))
  const asAbove = header.flatMap((_, column) => {
    const cells = rows.map((row) => row[column] ?? '')
    const said = cells.filter(isAsAbove).length
    return said > 0 && !isAsAbove(cells[0] ?? '') ? [{ column, cells: said }] : []
  })
  const blocks = findBlocks(header, rows, hasMergedCells)
  if (asAbove.length === 0 && blocks === undefined) return undefined
  const named = (columns: readonly number[]): string[] =>
    columns.map((column) => header[column] ?? '')
  const reference =
    blocks === undefined ? undefined : findFamilyReference(header, blocks.columns, blocks.heads)
  const preparation = {
    fillDown: {
      ...(asAbove.length === 0 ? {} : { asAbove: named(asAbove.map(({ column }) => column)) }),
      ...(blocks === undefined ? {} : { blocks: named(blocks.columns) }),
      ...(reference === undefined ? {} : { reference }),
    },
  }
  return {
    shape: 'family-blocks',
    preparation,
    options: [{ preparation, words: 'Fill these cells from the row above' }],
    evidence: [
      ...(asAbove.length === 0
        ? []
        : [
            `Cells say “as above” or the like: ${asAbove.map(({ column, cells }) => `${counted(cells, 'cell', 'cells')} in ${header[column] ?? ''}`).join(', ')}.`,
          ]),
      ...(blocks === undefined
        ? []
        : [
            `${named(blocks.columns).join(', ')} are empty together in ${blocks.empty} of ${counted(rows.length, 'row', 'rows')}, always below a row where they are filled.`,
          ]),
      ...(reference === undefined
        ? []
        : [
            `“${reference}” is the family’s reference: each row gets it with a number of its own, so that no two people share one.`,
          ]),
    ],
    shown: { rows: tellingRows(rows, asAbove[0]?.column, blocks?.columns[0]) },
  }
}

interface Blocks {
  /** What tells a family first. */
  readonly columns: readonly number[]
  readonly empty: number
  readonly heads: readonly (readonly string[])[]
}

function findBlocks(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  hasMergedCells: boolean,
): Blocks | undefined {
  const isEmpty = (row: readonly string[], column: number): boolean =>
    (row[column] ?? '').trim() === ''
  const columns = header.flatMap((heading, column) =>
    OF_A_FAMILY.test(words(heading)) ? [column] : [],
  )
  const ofChild = header.flatMap((heading, column) =>
    OF_A_CHILD.test(words(heading)) ? [column] : [],
  )
  let best: Blocks | undefined
  for (const key of columns) {
    if (!TELLS_A_FAMILY.test(words(header[key] ?? ''))) continue
    const below = rows.filter((row) => isEmpty(row, key))
    const heads = rows.filter((row) => !isEmpty(row, key))
    const share = below.length / rows.length
    if (
      below.length < (hasMergedCells ? 1 : 2) ||
      share < (hasMergedCells ? 0 : 0.1) ||
      share > 0.85 ||
      isEmpty(rows[0] ?? [], key)
    )
      continue
    const nearly = (of: readonly (readonly string[])[], is: (row: readonly string[]) => boolean) =>
      of.filter(is).length >= of.length * 0.9
    const together = columns.filter(
      (column) =>
        column !== key &&
        nearly(below, (row) => isEmpty(row, column)) &&
        heads.filter((row) => !isEmpty(row, column)).length >= heads.length * 0.7,
    )
    const found = [key, ...together]
    const namesSomebody = nearly(below, (row) =>
      ofChild.some((column) => !found.includes(column) && !isEmpty(row, column)),
    )
    // A cell that is merged over several rows holds its value in the first alone.
    const isHome =
      hasMergedCells || together.some((column) => OF_A_HOME.test(words(header[column] ?? '')))
    const fewest = hasMergedCells ? 0 : 1
    if (!namesSomebody || !isHome || found.length <= (best?.columns.length ?? fewest)) continue
    best = { columns: found, empty: below.length, heads }
  }
  return best
}

/** A heading with its words apart: “LastName” is “Last Name”. */
function words(heading: string): string {
  return heading.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/[_./-]+/g, ' ')
}

/** Rows beside each other, the second of which is filled from the first. */
function tellingRows(
  rows: readonly (readonly string[])[],
  asAbove: number | undefined,
  key: number | undefined,
): readonly (readonly string[])[] {
  const isFilled = (row: readonly string[]): boolean =>
    (asAbove !== undefined && isAsAbove(row[asAbove] ?? '')) ||
    (key !== undefined && (row[key] ?? '').trim() === '')
  const from = Math.max(0, rows.findIndex(isFilled) - 1)
  return rows.slice(from, from + ROWS_SHOWN)
}
