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

/** The habits of the columns of one file. */
export class ColumnHabits {
  /** Columns of one telling kind, from the left. */
  readonly #telling: readonly { readonly column: number; readonly kind: CellKind }[]
  /** Of these, columns whose cells begin with a digit, from the right. */
  readonly #watched: readonly number[]
  /** Whether the last of the headed columns is hardly ever empty. */
  readonly lastIsFilled: boolean

  /** `columns` stand under headings, counted from 0. */
  constructor(rows: readonly (readonly string[])[], columns: readonly number[]) {
    const telling: { column: number; kind: CellKind }[] = []
    for (const column of columns) {
      const kind = usualKind(rows, column)
      if (kind !== undefined) telling.push({ column, kind })
    }
    this.#telling = telling
    this.#watched = telling
      .filter(({ kind }) => kind === 'date' || kind === 'phone' || kind === 'number')
      .map(({ column }) => column)
      .slice(-MOST_WATCHED)
    const last = columns.at(-1) ?? 0
    const whole = rows.filter((row) => row.length > last && !isBlank(row))
    const filled = whole.filter((row) => (row[last] ?? '').trim() !== '')
    this.lastIsFilled = whole.length >= 3 && filled.length >= whole.length * 0.9
  }

  /** Whether a cell of a column of digits begins with something else: a row to be looked at. */
  looksOff(cells: readonly string[]): boolean {
    for (const column of this.#watched) {
      const cell = cells[column]
      if (cell === undefined || cell === '') continue
      const code = cell.charCodeAt(0)
      if (code > 0x39 || (code < 0x30 && code !== 0x2b && code !== 0x28)) return true
    }
    return false
  }

  /** Whether every telling cell is of its column's kind, and at least one is filled. */
  fits(cells: readonly string[]): boolean {
    let filled = 0
    for (const { column, kind } of this.#telling) {
      const own = cellKind(cells[column] ?? '')
      if (own === 'blank') continue
      if (own !== kind) return false
      filled += 1
    }
    return filled > 0
  }

  /** Whether a cell is of the kind of its column; undefined when the column has none. */
  fitsColumn(cell: string, column: number): boolean | undefined {
    const habit = this.#telling.find((telling) => telling.column === column)
    return habit === undefined ? undefined : cellKind(cell) === habit.kind
  }

  /**
   * The first column, if any, from which on the cells of a row stand one to the right or one to the
   * left: at least `misfits` are not of their column's kind, and all are of their neighbour's.
   */
  firstShifted(cells: readonly string[], misfits: number): number | undefined {
    const kinds = this.#telling.map(({ column }) => cellKind(cells[column] ?? ''))
    const first = this.#telling.findIndex(({ kind }, index) => {
      const own = kinds[index]
      return own !== 'blank' && own !== kind
    })
    if (first < 0) return undefined
    const after = this.#telling.slice(first)
    const wrong = after.filter(({ kind }, index) => {
      const own = kinds[first + index]
      return own !== 'blank' && own !== kind
    })
    if (wrong.length < misfits) return undefined
    for (const by of [1, -1]) {
      const moved = after.map(({ column, kind }) => {
        const other = cellKind(cells[column + by] ?? '')
        return other === 'blank' ? undefined : kind === other
      })
      // Where a separator is missing, the first of them stands in one cell with its neighbour.
      if (by === -1 && moved[0] === false) moved.shift()
      const fitting = moved.filter((fits) => fits === true).length
      if (fitting >= misfits && !moved.includes(false)) return after[0]?.column
    }
    return undefined
  }
}

function usualKind(rows: readonly (readonly string[])[], column: number): CellKind | undefined {
  const times = new Map<CellKind, number>()
  let filled = 0
  for (const row of rows) {
    const kind = cellKind(row[column] ?? '')
    if (kind === 'blank') continue
    filled += 1
    times.set(kind, (times.get(kind) ?? 0) + 1)
  }
  for (const [kind, count] of times) {
    if (TELLING.has(kind) && count >= 2 && count >= filled * USUAL_SHARE) return kind
  }
  return undefined
}
