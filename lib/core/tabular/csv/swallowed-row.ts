import type { ColumnHabits } from '#core/tabular/header/column-habits.ts'
import type { Separator } from '#core/tabular/table.ts'

/**
 * A quotation mark that should not be there may open a cell that ends at the next such mark, rows
 * further down: the people between are then a note of somebody else's. A text of several lines with
 * a few separators in it, such as an address, is none of that.
 */

/** Of the separators of a row, how many two lines of a cell must have before they are looked at. */
const NEARLY = 0.75
/** A table of fewer columns has as many separators as an address. */
const WIDE = 6

/**
 * Whether a cell with line breaks holds the end of one row and the beginning of the next, in a
 * table of `width` columns.
 */
export function holdsRow(
  cell: string,
  separator: Separator,
  width: number,
  habits: ColumnHabits,
): boolean {
  const lines = cell.split(/\r\n|\r|\n/).map((line) => line.split(separator))
  for (const [index, head] of lines.entries()) {
    const tail = index === 0 ? undefined : lines[index - 1]
    if (tail === undefined) continue
    const separators = tail.length + head.length - 2
    if (separators < Math.max(2, Math.ceil((width - 1) * NEARLY))) continue
    const fit = countFits(head, 0, habits)
    // The first cell of the tail is what was left of another.
    const end = countFits(tail.slice(1), width - tail.length + 1, habits)
    const right = fit.right + end.right
    const wrong = fit.wrong + end.wrong
    if (right > wrong) return true
    if (right + wrong === 0 && width >= WIDE && separators >= width - 1) return true
  }
  return false
}

function countFits(
  cells: readonly string[],
  from: number,
  habits: ColumnHabits,
): { right: number; wrong: number } {
  let right = 0
  let wrong = 0
  for (const [index, cell] of cells.entries()) {
    if (cell.trim() === '') continue
    const fits = habits.fitsColumn(cell, from + index)
    if (fits === true) right += 1
    else if (fits === false) wrong += 1
  }
  return { right, wrong }
}
