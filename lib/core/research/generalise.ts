/**
 * How little has to be left unsaid so that nobody stands alone: every combination of values occurs at least so often. Each
 * column is told more coarsely, step by step and for everybody alike, and rows that still stand nearly alone are left out.
 * Of all ways to do so that with the least loss is found. Source: Samarati, "Protecting respondents’ identities in microdata
 * release" (2001), for ladders; the search is a branch and bound of our own.
 */

/** How one column may be told, from exactly to not at all: the last step says the same of everybody. */
export interface Ladder {
  /** At least 2. */
  readonly steps: number
  /** What a value is at a step, from 0. What is alike at one step is alike at every later one. */
  at(value: string, step: number): string
}

/** What is asked of a table that nobody stands alone in. */
export interface Protection {
  /** How often every combination occurs at least. */
  readonly least: number
  /** The greatest share of rows that may be left out, from 0 to 1. */
  readonly mostLeftOut: number
}

/** The way with the least loss. */
export interface Generalised {
  /** The step of each column, in their order. */
  readonly steps: readonly number[]
  /** Of each row whether it stays. */
  readonly stays: readonly boolean[]
  readonly leftOut: number
  /**
   * Of what could be told, the share that is not: the mean over all rows of 1 for a row that is left out, else of the mean
   * share of its ladders that its columns went up. From 0 to 1.
   */
  readonly loss: number
}

/**
 * Finds the way with the least loss; of several the one whose first columns are told most exactly. Undefined where there is
 * none: no column is told as one value of everybody, and fewer rows than `least` are there.
 */
export function generalise(
  rows: readonly (readonly string[])[],
  ladders: readonly Ladder[],
  { least, mostLeftOut }: Protection,
): Generalised | undefined {
  if (rows.length === 0) return undefined
  const search = new Search(rows, ladders, { least, mostLeftOut })
  const best = search.run()
  if (best === undefined) return undefined
  const told = rows.map((row) => tell(row, ladders, best))
  const counts = countAlike(told)
  const stays = told.map((cells) => (counts.get(keyOf(cells)) ?? 0) >= least)
  const leftOut = stays.filter((stay) => !stay).length
  return { steps: best, stays, leftOut, loss: lossOf(ladders, best, leftOut / rows.length) }
}

/** A row as it is told at these steps. */
export function tell(
  row: readonly string[],
  ladders: readonly Ladder[],
  steps: readonly number[],
): readonly string[] {
  return row.map((value, column) => ladders[column]?.at(value, steps[column] ?? 0) ?? '')
}

/** How often each row occurs that occurs, by `keyOf`. */
export function countAlike(rows: readonly (readonly string[])[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const row of rows) {
    const key = keyOf(row)
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}

/** What rows with the same cells, and no others, have in common. */
export function keyOf(row: readonly string[]): string {
  return JSON.stringify(row)
}

/** The loss of steps that leave out this share of the rows. */
export function lossOf(
  ladders: readonly Ladder[],
  steps: readonly number[],
  leftOut: number,
): number {
  return costOf(climbed(ladders, steps), ladders.length, leftOut)
}

function climbed(ladders: readonly Ladder[], steps: readonly number[]): number {
  return steps.reduce((sum, step, column) => sum + step / ((ladders[column]?.steps ?? 2) - 1), 0)
}

function costOf(climb: number, columns: number, leftOut: number): number {
  const told = columns === 0 ? 0 : climb / columns
  return told + (1 - told) * leftOut
}

/** Losses that differ by less are the same: sums of floating points. */
const ALIKE = 1e-12

/**
 * Column by column, each told as exactly as can be first. Groups of rows that are alike in the columns so far only part
 * further: who stands nearly alone in them is left out whatever follows, which bounds the loss from below.
 */
class Search {
  readonly #columns: readonly Column[]
  readonly #rows: number
  readonly #least: number
  readonly #mostLeftOut: number
  #best: readonly number[] | undefined
  #loss = Number.POSITIVE_INFINITY

  constructor(
    rows: readonly (readonly string[])[],
    ladders: readonly Ladder[],
    { least, mostLeftOut }: Protection,
  ) {
    this.#columns = ladders.map((ladder, column) =>
      columnOf(
        rows.map((row) => row[column] ?? ''),
        ladder,
      ),
    )
    this.#rows = rows.length
    this.#least = least
    this.#mostLeftOut = mostLeftOut
  }

  run(): readonly number[] | undefined {
    const everybody = Uint32Array.from({ length: this.#rows }, (_, row) => row)
    this.#descend([], 0, { rows: everybody, starts: [0] })
    return this.#best
  }

  #descend(steps: readonly number[], climb: number, groups: Groups): void {
    const leftOut = this.#rows - groups.rows.length
    if (leftOut > this.#mostLeftOut * this.#rows || groups.rows.length === 0) return
    const loss = costOf(climb, this.#columns.length, leftOut / this.#rows)
    if (loss >= this.#loss - ALIKE) return
    const column = this.#columns[steps.length]
    if (column === undefined) {
      // The first column with fewer steps up comes first, so what is found later is no better where it is alike.
      this.#best = steps
      this.#loss = loss
      return
    }
    for (const [step, codes] of column.entries()) {
      const more = step / (column.length - 1)
      this.#descend([...steps, step], climb + more, partBy(groups, codes, this.#least))
    }
  }
}

/** The number of each row's value at each step. */
type Column = readonly Uint32Array[]

function columnOf(values: readonly string[], ladder: Ladder): Column {
  return Array.from({ length: ladder.steps }, (_, step) => {
    const numbers = new Map<string, number>()
    return Uint32Array.from(values, (value) => {
      const told = ladder.at(value, step)
      const number = numbers.get(told) ?? numbers.size
      numbers.set(told, number)
      return number
    })
  })
}

/** Rows in groups, one after another; `starts` says where each begins. Rows of small groups are gone. */
interface Groups {
  readonly rows: Uint32Array
  readonly starts: readonly number[]
}

/** Each group parted by what its rows say in a column, without the parts that are too small. */
function partBy({ rows, starts }: Groups, codes: Uint32Array, least: number): Groups {
  const kept = new Uint32Array(rows.length)
  const begins: number[] = []
  let at = 0
  for (const [index, start] of starts.entries()) {
    const parts = new Map<number, number[]>()
    for (let place = start; place < (starts[index + 1] ?? rows.length); place++) {
      const row = rows[place] ?? 0
      const code = codes[row] ?? 0
      const part = parts.get(code)
      if (part === undefined) parts.set(code, [row])
      else part.push(row)
    }
    for (const part of parts.values()) {
      if (part.length < least) continue
      begins.push(at)
      kept.set(part, at)
      at += part.length
    }
  }
  return { rows: kept.subarray(0, at), starts: begins }
}
