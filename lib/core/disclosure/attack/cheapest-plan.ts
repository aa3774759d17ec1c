import { takeBlock, type Block } from './block.ts'
import { Bounds } from './bounds.ts'
import type { IntegerSolver } from './integer-solver.ts'
import type { Hiding } from './search.ts'
import type { OtherTable } from './search.ts'
import { UNBOUNDED, type LinearSystem } from './system.ts'
import type { Viewer } from './viewer.ts'

/**
 * The cheapest table that a solver finds where a search found none: one integer programme in which
 * every figure may be hidden for its price. It is asked only of blocks that are small.
 */
export class CheapestPlans {
  readonly #truth: Int32Array
  readonly #solver: IntegerSolver
  readonly #viewer: Viewer
  readonly #prices: Hiding
  readonly #hidden: Bounds
  readonly #isPossible: boolean

  /** `prices` are those of the viewer. */
  constructor(system: LinearSystem, truth: Int32Array, { solver, viewer, prices }: Asking) {
    this.#truth = truth
    this.#solver = solver
    this.#viewer = viewer
    this.#prices = prices
    const least = viewer.least.slice()
    const greatest = viewer.greatest.slice()
    for (let unknown = 0; unknown < system.size; unknown++) {
      const isFixed = prices.price(unknown) === Infinity
      if (isFixed || (prices.price(unknown) === 0 && prices.mates(unknown).length === 0)) continue
      least[unknown] = Math.min(least[unknown] ?? 0, prices.least(unknown))
      greatest[unknown] = Math.max(greatest[unknown] ?? 0, prices.greatest(unknown))
    }
    this.#hidden = new Bounds(system, least, greatest)
    this.#isPossible = this.#hidden.propagateAll()
    this.#hidden.settle()
  }

  /** How many unknowns hang together with one, were everything hidden that may be. */
  blockOf(unknown: number): Block {
    return takeBlock(this.#hidden, this.#truth, [unknown], Infinity)
  }

  /** How far an unknown could lie at most, up or down, were everything hidden that may be. */
  furthest(block: Block, up: boolean): number | undefined {
    return this.#isPossible ? this.#solver.solve(block, 1, up)?.[0] : undefined
  }

  /** The cheapest table in which what a block is about is at least (`up`) or at most a value. */
  cheapest(block: Block, up: boolean, value: number): OtherTable | undefined {
    const { unknowns } = block
    const priced = new PricedBlock(block, up, value)
    for (const [column, unknown] of unknowns.entries()) {
      const range = { least: this.#viewer.least[unknown] ?? 0, greatest: this.#most(unknown) }
      const price = this.#prices.price(unknown)
      if (price > 0 && price < Infinity) {
        priced.hide(column, priced.choice(unknown, price), range)
      } else if (price === 0) {
        for (const mates of this.#prices.mates(unknown)) {
          const choices = mates.map((mate) => priced.choice(mate, this.#prices.price(mate)))
          priced.accompany(column, choices, range.greatest)
        }
      }
    }
    const found = this.#solver.cheapest(priced.build(), priced.costs)
    if (found === undefined) return undefined
    return {
      unknowns,
      values: [...found.slice(0, unknowns.length)],
      loss: 0,
    }
  }

  #most(unknown: number): number {
    const most = this.#viewer.greatest[unknown] ?? 0
    return most === UNBOUNDED ? Infinity : most
  }
}

/** Who asks whom, and what hiding would come to. */
interface Asking {
  readonly solver: IntegerSolver
  readonly viewer: Viewer
  readonly prices: Hiding
}

/** A block with a choice, 0 or 1, for each figure that may be hidden. */
class PricedBlock {
  readonly #block: Block
  readonly #least: number[]
  readonly #greatest: number[]
  readonly #costs: number[]
  readonly #starts: number[]
  readonly #terms: number[]
  readonly #signs: number[]
  readonly #atLeast: number[]
  readonly #atMost: number[]
  readonly #choices = new Map<number, number>()

  constructor(block: Block, up: boolean, value: number) {
    this.#block = block
    this.#least = [...block.least]
    this.#greatest = [...block.greatest]
    if (up) this.#least[0] = value
    else this.#greatest[0] = value
    this.#costs = this.#least.map(() => 0)
    this.#starts = [...block.starts]
    this.#terms = [...block.terms]
    this.#signs = [...block.signs]
    this.#atLeast = [...block.atLeast]
    this.#atMost = [...block.atMost]
  }

  get costs(): Float64Array {
    return Float64Array.from(this.#costs)
  }

  /** The column that says whether a figure is hidden. */
  choice(unknown: number, price: number): number {
    let column = this.#choices.get(unknown)
    if (column === undefined) {
      column = this.#least.push(0) - 1
      this.#greatest.push(price < Infinity ? 1 : 0)
      this.#costs.push(price < Infinity ? price : 0)
      this.#choices.set(unknown, column)
    }
    return column
  }

  /** A figure is as it prints, or hidden. */
  hide(column: number, choice: number, printed: { least: number; greatest: number }): void {
    const more = (this.#greatest[column] ?? 0) - printed.greatest
    if (more > 0) this.#row([column, choice], [1, -more], -Infinity, printed.greatest)
    const less = printed.least - (this.#least[column] ?? 0)
    if (less > 0) this.#row([column, choice], [1, less], printed.least, Infinity)
  }

  /** A hidden figure is no more than that, unless one of some others is hidden with it. */
  accompany(column: number, choices: readonly number[], most: number): void {
    const more = (this.#greatest[column] ?? 0) - most
    if (more <= 0) return
    this.#row([column, ...choices], [1, ...choices.map(() => -more)], -Infinity, most)
  }

  build(): Block {
    return {
      ...this.#block,
      least: Float64Array.from(this.#least),
      greatest: Float64Array.from(this.#greatest),
      starts: Int32Array.from(this.#starts),
      terms: Int32Array.from(this.#terms),
      signs: Float64Array.from(this.#signs),
      atLeast: Float64Array.from(this.#atLeast),
      atMost: Float64Array.from(this.#atMost),
    }
  }

  #row(columns: readonly number[], signs: readonly number[], least: number, most: number): void {
    this.#terms.push(...columns)
    this.#signs.push(...signs)
    this.#starts.push(this.#terms.length)
    this.#atLeast.push(least)
    this.#atMost.push(most)
  }
}
