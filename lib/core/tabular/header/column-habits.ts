import { cellKind, type CellKind } from './cell-kind.ts'
import { isBlank } from './headings.ts'

/**
 * What the columns of a file usually hold, from the rows at its top: enough to see that a row's
 * cells stand one column beside their own.
 */

/** Kinds that tell a column from its neighbour; names and notes do not. */
const TELLING: ReadonlySet<CellKind> = new Set<CellKind>([
  'date',
  'number',
  'phone',
  'email',
  'postcode',
  'reference',
])
/** A column is of a kind when this share of its filled cells is. */
const USUAL_SHARE = 0.6
/** Columns that every row is tried by. */
const MOST_WATCHED = 4
/** A column of codes has few words, each of them again and again. */
const MOST_CODES = 12
const FEWEST_CODED = 4
/** A column that is hardly ever empty has no more such cells at the top. */
const MOST_EMPTY = 1
/** How much longer or shorter than any at the top a cell may be without a row being looked at. */
const LENGTH_SLACK = 2

/** What the cells of one column usually are. */
interface Habit {
  readonly column: number
  readonly fits: (cell: string) => boolean
  /** Whether it is hardly ever empty. */
  readonly isFull: boolean
}

/** A column whose cells begin with a digit, or hold an @. */
interface Watched {
  readonly column: number
  readonly isOfAddresses: boolean
  /** Whether it is never empty at the top. */
  readonly isFull: boolean
  readonly shortest: number
  readonly longest: number
}

/** The habits of the columns of one file. */
export class ColumnHabits {
  /** Columns that tell, from the left. */
  readonly #habits: readonly Habit[]
  readonly #watched: readonly Watched[]
  /** The form that nearly every first cell has, such as A-9; undefined when there is none. */
  readonly #firstShape: string | undefined
  /** Whether the last of the headed columns is hardly ever empty. */
  readonly lastIsFilled: boolean

  /** `columns` stand under headings, counted from 0. */
  constructor(rows: readonly (readonly string[])[], columns: readonly number[]) {
    const habits: Habit[] = []
    const watched: Watched[] = []
    for (const column of columns) {
      const cells = rows.map((row) => row[column] ?? '').filter((cell) => cell.trim() !== '')
      const kind = usualKind(cells)
      const codes = kind === undefined ? codesOf(cells) : undefined
      const isFull = cells.length >= FEWEST_CODED && cells.length * 5 >= rows.length * 4
      if (kind !== undefined)
        habits.push({ column, isFull, fits: (cell) => cellKind(cell) === kind })
      else if (codes !== undefined)
        habits.push({ column, isFull, fits: (cell) => codes.has(keyOf(cell)) })
      if (kind === 'date' || kind === 'phone' || kind === 'number' || kind === 'email') {
        const lengths = cells.filter((cell) => cellKind(cell) === kind).map(({ length }) => length)
        watched.push({
          column,
          isOfAddresses: kind === 'email',
          isFull: isFull && cells.length + MOST_EMPTY >= rows.length,
          shortest: Math.min(...lengths) - LENGTH_SLACK,
          longest: Math.max(...lengths) + LENGTH_SLACK,
        })
      }
    }
    this.#habits = habits
    this.#watched = watched.slice(-MOST_WATCHED)
    this.#firstShape = usualShape(rows, columns[0] ?? 0)
    const last = columns.at(-1) ?? 0
    const whole = rows.filter((row) => row.length > last && !isBlank(row))
    const filled = whole.filter((row) => (row[last] ?? '').trim() !== '')
    this.lastIsFilled = whole.length >= 3 && filled.length >= whole.length * 0.9
  }

  /** Whether a cell of a column of digits is unlike them: a row to be looked at. */
  looksOff(cells: readonly string[]): boolean {
    for (const { column, isOfAddresses, isFull, shortest, longest } of this.#watched) {
      const cell = cells[column]
      if (cell === undefined || cell === '') {
        if (isFull) return true
        continue
      }
      if (isOfAddresses) {
        if (!cell.includes('@')) return true
        continue
      }
      const code = cell.charCodeAt(0)
      if (code > 0x39 || (code < 0x30 && code !== 0x2b && code !== 0x28)) return true
      if (cell.length > longest || cell.length < shortest) return true
    }
    return false
  }

  /** Whether every telling cell is as its column's are, and at least one is filled. */
  fits(cells: readonly string[]): boolean {
    const fitting = this.#habits.map((habit) => fitOf(habit, cells[habit.column]))
    return fitting.includes(true) && !fitting.includes(false)
  }

  /** Whether a cell is as those of its column are; undefined when the column tells nothing. */
  fitsColumn(cell: string, column: number): boolean | undefined {
    return this.#habits.find((habit) => habit.column === column)?.fits(cell)
  }

  /** Whether a cell may begin a row; undefined when first cells have no form of their own. */
  mayBeginRow(cell: string): boolean | undefined {
    return this.#firstShape === undefined ? undefined : shapeOf(cell) === this.#firstShape
  }

  /** Whether two texts are the halves of a cell that begins a row. */
  makeBeginning(half: string, other: string): boolean {
    return this.mayBeginRow(other) === false && this.mayBeginRow(half + other) === true
  }

  /**
   * The first column, if any, from which on the cells of a row stand one to the right, after a cell
   * that was split, or one to the left, after two that became one: at least `least` are not as their
   * column's are, or are empty where those never are, as many are as their neighbour's, and no other
   * speaks against it.
   */
  firstShifted(cells: readonly string[], least: number): number | undefined {
    const own = this.#habits.map((habit) => fitOf(habit, cells[habit.column]))
    const first = own.indexOf(false)
    if (first < 0) return undefined
    const from = this.#habits[first]?.column ?? 0
    const isAmiss = (fits: boolean | undefined, index: number) =>
      fits === false || (fits === undefined && this.#habits[index]?.isFull === true)
    if (own.filter(isAmiss).length < least) return undefined
    for (const by of [1, -1]) {
      const moved = this.#habits.map((habit) => fitOf(habit, cells[habit.column + by]))
      // The cells where it happened hold half of a value, or two.
      for (let start = from; start <= from + (by === 1 ? 1 : 2); start += 1) {
        const after = moved.filter((_, index) => (this.#habits[index]?.column ?? 0) >= start)
        const fitting = after.filter((fits) => fits === true).length
        if (fitting >= least && !after.includes(false)) return from
      }
    }
    return undefined
  }
}

/** Undefined for an empty cell. */
function fitOf(habit: Habit, cell = ''): boolean | undefined {
  return cell.trim() === '' ? undefined : habit.fits(cell)
}

function usualKind(cells: readonly string[]): CellKind | undefined {
  const times = new Map<CellKind, number>()
  for (const cell of cells) {
    const kind = cellKind(cell)
    times.set(kind, (times.get(kind) ?? 0) + 1)
  }
  for (const [kind, count] of times) {
    if (TELLING.has(kind) && count >= 2 && count >= cells.length * USUAL_SHARE) return kind
  }
  return undefined
}

function codesOf(cells: readonly string[]): ReadonlySet<string> | undefined {
  if (cells.length < FEWEST_CODED) return undefined
  const times = new Map<string, number>()
  for (const cell of cells) times.set(keyOf(cell), (times.get(keyOf(cell)) ?? 0) + 1)
  if (times.size > Math.min(MOST_CODES, cells.length / 2)) return undefined
  // One that comes once may be what a row out of step put there.
  return new Set([...times].filter(([, count]) => count > 1).map(([word]) => word))
}

function keyOf(cell: string): string {
  return cell.trim().toLowerCase()
}

/** The form of a text: its letters and digits each as one sign. */
function shapeOf(cell: string): string {
  return cell
    .trim()
    .replace(/\p{L}+/gu, 'A')
    .replace(/[0-9]+/g, '9')
}

function usualShape(rows: readonly (readonly string[])[], column: number): string | undefined {
  const times = new Map<string, number>()
  for (const row of rows) {
    const shape = shapeOf(row[column] ?? '')
    if (shape !== '') times.set(shape, (times.get(shape) ?? 0) + 1)
  }
  const filled = [...times.values()].reduce((sum, count) => sum + count, 0)
  // Names are letters too.
  for (const [shape, count] of times)
    if (count >= 3 && count >= filled * 0.8 && shape.includes('9')) return shape
  return undefined
}
