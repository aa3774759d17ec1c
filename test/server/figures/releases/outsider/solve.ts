import loadHighs from 'highs'
import type { Outsider } from './outsider.ts'

/** What an integer programme says of what an outsider knows. */
interface Solved {
  /** Hidden figures and small differences that are left fewer than five values. */
  readonly told: readonly string[]
  /** Those of which it found no five in time. */
  readonly open: readonly string[]
  /** How many quantities it was asked about. */
  readonly asked: number
}

/** A hidden figure, or what two figures differ by. */
interface Quantity {
  readonly name: string
  readonly plus: readonly string[]
  readonly minus: readonly string[]
  /** More than this is no secret. */
  readonly most: number
  least: number
  greatest: number
}

/** More than anybody counts. */
const MOST = 20_000
/** The longest that a question may take, in seconds. */
const SECONDS = 120
/** How often many quantities are asked about at once before each that is left by itself. */
const TURNS = 10
/** How far from the most the sum of many quantities may be. */
const ABOUT = 0.3

/**
 * Asks HiGHS for tables that print the same: first for those in which much, and little, is in many
 * hidden figures at once, and then for the least and the greatest of each that is left.
 */
export async function solve(outsider: Outsider): Promise<Solved> {
  const programme = new Programme(await loadHighs(), outsider)
  let left = programme.quantities
  for (let turn = 0; turn < TURNS && left.length > 0; turn++) {
    // Others together each time, so that not always the same pay for them.
    const some = left.filter((_, number) => turn === 0 || (number >> (turn % 5)) % 2 === 0)
    for (const up of [true, false]) programme.ask(some, up, ABOUT)
    left = left.filter((one) => !isSafe(one))
  }
  const told: string[] = []
  const open: string[] = []
  for (const one of left) {
    if (isSafe(one)) continue
    const isCertain = [true, false].map((up) => programme.ask([one], up, 0)).every(Boolean)
    if (isSafe(one)) continue
    const words = `${one.name}: ${one.least} to ${one.greatest}`
    if (isCertain) told.push(words)
    else open.push(words)
  }
  return { told, open, asked: programme.quantities.length }
}

/** Whether tables are known in which a quantity differs by four or more, or is no small difference. */
function isSafe({ least, greatest, most }: Quantity): boolean {
  return greatest - least >= 4 || greatest > most
}

/** Everything that is not certain, as one integer programme. */
class Programme {
  readonly quantities: Quantity[] = []
  readonly #size: number
  readonly #highs: Awaited<ReturnType<typeof loadHighs>>
  readonly #column = new Map<string, number>()
  readonly #known = new Map<string, number>()
  readonly #bounds: { readonly colLower: Float64Array; readonly colUpper: Float64Array }
  readonly #rows: {
    readonly rowLower: Float64Array
    readonly rowUpper: Float64Array
    readonly starts: Int32Array
    readonly indices: Int32Array
    readonly values: Float64Array
  }

  constructor(highs: Awaited<ReturnType<typeof loadHighs>>, outsider: Outsider) {
    this.#highs = highs
    const lower: number[] = []
    const upper: number[] = []
    for (const [name, [least, greatest]] of outsider.ranges) {
      if (least === greatest) this.#known.set(name, least)
      else {
        this.#column.set(name, lower.length)
        lower.push(least)
        upper.push(Math.min(greatest, MOST))
      }
    }
    this.#size = lower.length
    this.#bounds = { colLower: Float64Array.from(lower), colUpper: Float64Array.from(upper) }
    this.#rows = this.#pack(outsider)
    this.#add(outsider)
  }

  /** Looks for a table with much (`up`) or little of some quantities; whether it is the very most. */
  ask(some: readonly Quantity[], up: boolean, gap: number): boolean {
    const { starts, indices, values, ...sides } = this.#rows
    const [numCols, numRows] = [this.#size, sides.rowLower.length]
    const colCost = new Float64Array(numCols)
    for (const { plus, minus } of some) {
      for (const [names, sign] of [
        [plus, 1],
        [minus, -1],
      ] as const) {
        for (const name of names) {
          const column = this.#column.get(name)
          if (column !== undefined) colCost[column] = (colCost[column] ?? 0) + sign
        }
      }
    }
    const { maximize, minimize } = this.#highs.constants.objectiveSense
    const model = this.#highs.createModel({
      ...{ numCols, numRows, colCost, ...this.#bounds, ...sides },
      integrality: new Int32Array(numCols).fill(INTEGER),
      sense: up ? maximize : minimize,
      matrix: { format: 'csr', numRows, numCols, starts, indices, values },
    })
    try {
      model.options.set({ output_flag: false, time_limit: SECONDS, mip_rel_gap: gap })
      model.run()
      if (model.info.get('primal_solution_status') !== FEASIBLE) return false
      this.#see(Array.from(model.getSolution().colValue, Math.round))
      return model.info.get('mip_gap') === 0
    } finally {
      // Nothing else gives back what a model holds.
      model.dispose()
    }
  }

  #pack({ relations }: Outsider) {
    const starts = [0]
    const indices: number[] = []
    const values: number[] = []
    const rowLower: number[] = []
    const rowUpper: number[] = []
    for (const { terms, least, greatest } of relations) {
      let known = 0
      for (const { name, sign } of terms) {
        const column = this.#column.get(name)
        if (column === undefined) known += sign * (this.#known.get(name) ?? 0)
        else {
          indices.push(column)
          values.push(sign)
        }
      }
      if (indices.length === starts.at(-1)) continue
      starts.push(indices.length)
      rowLower.push(least - known)
      rowUpper.push(greatest - known)
    }
    return {
      ...{ starts: Int32Array.from(starts), indices: Int32Array.from(indices) },
      ...{ values: Float64Array.from(values), rowLower: Float64Array.from(rowLower) },
      rowUpper: Float64Array.from(rowUpper),
    }
  }

  #add({ hidden, differences, threshold, at }: Outsider): void {
    const add = (name: string, plus: string[], minus: string[], most: number): void => {
      this.quantities.push({ name, plus, minus, most, least: Infinity, greatest: -Infinity })
    }
    for (const name of hidden) add(name, [name], [], Infinity)
    for (const { whole, part } of differences) {
      // Only what is certainly somebody, and may be few, is a secret.
      const least = at(whole)[0] - at(part)[1]
      if (least >= 1 && least <= threshold) {
        add(`${whole} less ${part}`, [whole], [part], threshold)
      }
    }
  }

  #see(table: readonly number[]): void {
    const value = (name: string): number => {
      const column = this.#column.get(name)
      return (column === undefined ? this.#known.get(name) : table[column]) ?? 0
    }
    for (const one of this.quantities) {
      const now =
        one.plus.reduce((sum, name) => sum + value(name), 0) -
        one.minus.reduce((sum, name) => sum + value(name), 0)
      one.least = Math.min(one.least, now)
      one.greatest = Math.max(one.greatest, now)
    }
  }
}

/** HiGHS' numbers for a whole-number unknown and a solution that obeys everything. */
const INTEGER = 1
const FEASIBLE = 2
