/**
 * Unicode NFC in linear time. Engines put combining marks in order by insertion, so a cell of 100
 * KB of marks in the wrong order would hold a worker for seconds; long runs of marks are therefore
 * ordered here before the engine sees them.
 */

/** Runs shorter than this cost the engine a bounded number of steps each. */
const LONG_RUN = /\p{M}{32}/u

/**
 * A mark's class is at least that of U+0334, the lowest, and at most that of U+0345, the highest.
 */
const LOWEST_CLASS = '\u0334'
const HIGHEST_CLASS = '\u0345'

/** `text` in NFC, byte for byte as `normalize` gives it, in time linear in its length. */
export function normaliseNfc(text: string): string {
  return (LONG_RUN.test(text) ? orderMarks(text) : text).normalize('NFC')
}

/** `text` decomposed, with the marks after each letter in their canonical order. */
function orderMarks(text: string): string {
  const ranks = rankMarks(text)
  let ordered = ''
  let run: string[] = []
  for (const point of text) {
    for (const part of point.normalize('NFD')) {
      if (ranks.has(part)) {
        run.push(part)
        continue
      }
      if (run.length > 0) ordered += sortRun(run, ranks)
      run = []
      ordered += part
    }
  }
  return ordered + sortRun(run, ranks)
}

/** Every mark that moves, with the place of its class among those of the text. */
function rankMarks(text: string): ReadonlyMap<string, number> {
  const marks = new Set<string>()
  for (const point of new Set(text)) {
    for (const part of point.normalize('NFD')) if (isMovable(part)) marks.add(part)
  }
  const sorted = [...marks].sort((left, right) =>
    isAfter(left, right) ? 1 : isAfter(right, left) ? -1 : 0,
  )
  const ranks = new Map<string, number>()
  let rank = 0
  let previous: string | undefined
  for (const mark of sorted) {
    if (previous !== undefined && isAfter(mark, previous)) rank++
    ranks.set(mark, rank)
    previous = mark
  }
  return ranks
}

/** A stable sort by counting: the few classes there are make it linear. */
function sortRun(run: readonly string[], ranks: ReadonlyMap<string, number>): string {
  const classes: string[][] = []
  for (const mark of run) (classes[ranks.get(mark) ?? 0] ??= []).push(mark)
  return classes.flat().join('')
}

/** Whether the class of `left` is above that of `right`, so that the engine swaps them. */
function isAfter(left: string, right: string): boolean {
  const pair = left + right
  return pair.normalize('NFD') !== pair
}

function isMovable(point: string): boolean {
  return (
    point === LOWEST_CLASS ||
    point === HIGHEST_CLASS ||
    isAfter(point, LOWEST_CLASS) ||
    isAfter(HIGHEST_CLASS, point)
  )
}
