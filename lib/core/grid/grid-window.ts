/**
 * Which rows of a long list are drawn, and where: a window of rows of one height. A list that is
 * higher than browsers can scroll is scrolled by shares of its length instead.
 */

/** Height of a row, in pixels; the look of `.app-grid__row` has it too. */
export const ROW_HEIGHT = 40

/** Above this, browsers lose what they scroll to. */
const HIGHEST = 8_000_000
const BEYOND = 6

/** A list and how much of it can be seen. */
export interface GridList {
  readonly total: number
  /** Height of what can be seen, in pixels. */
  readonly height: number
}

/** Height of the whole list as it is scrolled. */
export function listHeight({ total }: Pick<GridList, 'total'>): number {
  return Math.min(total * ROW_HEIGHT, HIGHEST)
}

/** The rows to draw at a place of the scroll bar, and how far down the first of them stands. */
export function drawnRows(
  list: GridList,
  scrolled: number,
): { readonly from: number; readonly to: number; readonly top: number } {
  const first = firstSeen(list, scrolled)
  const from = Math.max(0, Math.floor(first) - BEYOND)
  const to = Math.min(list.total, Math.ceil(first + list.height / ROW_HEIGHT) + BEYOND)
  return { from, to, top: Math.round(scrolled - (first - from) * ROW_HEIGHT) }
}

/** Where to scroll so that a row can be seen; where it is seen already, no further. */
export function scrolledTo(list: GridList, scrolled: number, index: number): number {
  const first = firstSeen(list, scrolled)
  const seen = list.height / ROW_HEIGHT
  if (index < first) return scrollOf(list, index)
  if (index + 1 > first + seen) return scrollOf(list, index + 1 - seen)
  return scrolled
}

function firstSeen(list: GridList, scrolled: number): number {
  return isShared(list) ? scrolled * shareOf(list) : scrolled / ROW_HEIGHT
}

function scrollOf(list: GridList, first: number): number {
  const at = Math.max(0, first)
  return isShared(list) ? at / shareOf(list) : at * ROW_HEIGHT
}

function isShared({ total }: GridList): boolean {
  return total * ROW_HEIGHT > HIGHEST
}

/** Rows that one pixel of the scroll bar stands for. */
function shareOf(list: GridList): number {
  return (list.total - list.height / ROW_HEIGHT) / (listHeight(list) - list.height)
}
