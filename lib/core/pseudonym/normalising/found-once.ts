/** Different cells of a column whose answers are kept at a time. */
const MOST = 8192
/** Longer cells hardly come again. */
const LONGEST = 40

/**
 * Finds out about the cells of one column once each, since names, days and postcodes come again row
 * after row. What is kept goes with whoever holds it, which is the reading of one file; past 8,192
 * different cells all of them go.
 */
export function foundOnce<Found extends object | string | boolean>(
  find: (cell: string) => Found,
): (cell: string) => Found {
  const known = new Map<string, Found>()
  return (cell) => {
    const found = known.get(cell)
    if (found !== undefined) return found
    if (cell.length > LONGEST) return find(cell)
    if (known.size >= MOST) known.clear()
    const own = ownCopy(cell)
    const answer = find(own)
    known.set(own, answer)
    return answer
  }
}

/** A text that keeps no other alive: a cell is a view of the piece of the file that it was cut from. */
function ownCopy(text: string): string {
  return ` ${text}`.slice(1)
}
