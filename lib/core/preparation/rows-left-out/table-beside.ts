import { tellingOf } from './row-habits.ts'

/**
 * A second table beside the first, parted from it by an empty column: volunteers beside children, a
 * sum for each ward. It is known by ending where the first does not.
 */

/**
 * Columns that belong to another table than the people's. `apart` are the columns that an empty one
 * stands before; `rows` are from the top.
 */
export function columnsBeside(
  header: readonly string[],
  apart: readonly number[],
  rows: readonly (readonly string[])[],
): number[] {
  const blocks = blocksOf(header.length, apart)
  const told = blocks.map(
    (block) => block.filter((column) => tellingOf(header[column] ?? '') !== undefined).length,
  )
  const most = Math.max(...told)
  const people = blocks[told.indexOf(most)]
  if (people === undefined || most === 0) return []
  return blocks.filter((block) => block !== people && endsElsewhere(block, people, rows)).flat()
}

function blocksOf(columns: number, apart: readonly number[]): (readonly number[])[] {
  const starts = [0, ...apart]
  return starts.map((start, index) =>
    Array.from({ length: (starts[index + 1] ?? columns) - start }, (_, at) => start + at),
  )
}

/** Rows of a block alone are not one person's; nor are a few at the top beside many people. */
function endsElsewhere(
  block: readonly number[],
  people: readonly number[],
  rows: readonly (readonly string[])[],
): boolean {
  let alone = 0
  let beside = 0
  let besideAtTop = 0
  let after = 0
  for (const row of rows) {
    const isPerson = isFilled(row, people)
    const isOther = isFilled(row, block)
    if (isOther && !isPerson) alone += 1
    else if (isOther) {
      beside += 1
      if (after === 0) besideAtTop += 1
    } else if (isPerson) after += 1
  }
  const isShorter = block.length > 1 && beside > 1 && beside === besideAtTop && after >= FEW
  return alone > 1 || (alone > 0 && after === 0) || isShorter
}

/** So many people below the other table tell that it has ended. */
const FEW = 2

function isFilled(row: readonly string[], columns: readonly number[]): boolean {
  return columns.some((column) => (row[column] ?? '').trim() !== '')
}
