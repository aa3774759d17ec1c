import { solves, takeBlock, type Block } from './block.ts'
import { Bounds } from './bounds.ts'
import type { IntegerSolver } from './integer-solver.ts'
import type { Known } from './knowledge.ts'
import { UNBOUNDED, type LinearSystem } from './system.ts'
import { Witnesses } from './witness.ts'

/** What is attacked. */
export interface Attacked {
  readonly system: LinearSystem
  /** The true value of every unknown: one solution. */
  readonly truth: Int32Array
  /** What an attacker takes an unknown for before any relation. */
  bounds(unknown: number): Known
}

/** How hard an attack tries before it takes a quantity for told. */
export interface AttackEffort {
  readonly solver?: IntegerSolver | undefined
  /** The sizes of the blocks that the solver is given in turn. */
  readonly blocks: readonly number[]
}

/** What an attack did. */
export interface AttackWork {
  solverCalls: number
  largestBlock: number
}

/**
 * An attack on what is printed of a release: what is least and greatest that each unknown can be.
 * Propagation bounds it from outside, solutions that are found bound it from inside; what neither
 * decides goes to the solver.
 */
export class Attack {
  readonly bounds: Bounds
  readonly seen: Witnesses
  readonly work: AttackWork = { solverCalls: 0, largestBlock: 0 }
  readonly #model: Attacked
  readonly #effort: AttackEffort

  constructor(model: Attacked, effort: AttackEffort) {
    const { size } = model.system
    const least = new Int32Array(size)
    const greatest = new Int32Array(size)
    for (let unknown = 0; unknown < size; unknown++) {
      const known = model.bounds(unknown)
      least[unknown] = known.least
      greatest[unknown] = known.greatest
    }
    this.#model = model
    this.bounds = new Bounds(model.system, least, greatest)
    if (!this.bounds.propagateAll()) throw new Error('what was counted does not add up')
    this.bounds.settle()
    this.seen = new Witnesses(this.bounds, model.truth)
    this.#effort = effort
  }

  /** What propagation leaves of an unknown now; what is derived follows from what it is made of. */
  range(unknown: number): { least: number; greatest: number } {
    const { bounds } = this
    const { system } = bounds
    const own = system.uses[system.usesFrom[unknown] ?? 0] ?? 0
    if (system.derivedOf[own - system.firstDerived] === unknown) {
      let low = 0
      let high = 0
      for (let at = system.starts[own] ?? 0; at < (system.starts[own + 1] ?? 0); at++) {
        const term = system.terms[at] ?? 0
        if (term === unknown) continue
        const least = bounds.least[term] ?? 0
        const greatest = bounds.greatest[term] ?? 0
        low += system.signs[at] === 1 ? least : -greatest
        high += system.signs[at] === 1 ? greatest : -least
      }
      bounds.restore(unknown, Math.max(0, low), Math.min(UNBOUNDED, high))
    }
    return { least: bounds.least[unknown] ?? 0, greatest: bounds.greatest[unknown] ?? 0 }
  }

  /** Whether bounds alone say that an unknown leaves too few whole numbers. */
  isTold(unknown: number, candidates: number): boolean {
    const { least, greatest } = this.range(unknown)
    return greatest - least < candidates - 1
  }

  /**
   * Whether an unknown may be any of so many whole numbers, the least to the greatest counted; with
   * less patience than usual the solver is not asked.
   */
  leaves(unknown: number, candidates: number, patience = PATIENCE): boolean {
    const { seen } = this
    const spread = candidates - 1
    const low = (): number => seen.low[unknown] ?? 0
    const high = (): number => seen.high[unknown] ?? 0
    const isWide = (): boolean => high() - low() >= spread
    if (isWide()) return true
    const { least, greatest } = this.range(unknown)
    if (greatest - least < spread) return false
    const before = seen.moves
    const tries = (): number => patience - (seen.moves - before)
    for (let value = Math.min(greatest, low() + spread); value > high(); value--) {
      if (seen.reach(unknown, true, value, tries() / 2) === 'found') break
    }
    for (let value = Math.max(least, high() - spread); value < low(); value++) {
      if (seen.reach(unknown, false, value, tries() / 2) === 'found') break
    }
    if (isWide() || patience < PATIENCE) return isWide()
    for (const limit of this.#effort.solver === undefined ? [] : this.#effort.blocks) {
      if (this.#solve(unknown, spread, limit)) break
      if (isWide()) return true
    }
    return isWide()
  }

  /**
   * Looks for tables in which many unknowns at once lie as far up, and as far down, as they need:
   * one question to the solver for each hundred, instead of two for each.
   */
  sweep(unknowns: readonly number[], candidates: number): void {
    if (this.#effort.solver === undefined || this.#effort.blocks.length === 0) return
    const spread = candidates - 1
    for (let from = 0; from < unknowns.length; from += SWEPT) {
      const about = unknowns.slice(from, from + SWEPT)
      const block = takeBlock(this.bounds, this.#model.truth, about, SWEPT_BLOCK)
      for (const up of [true, false]) {
        for (const [at, unknown] of about.entries()) {
          const low = this.seen.low[unknown] ?? 0
          const high = this.seen.high[unknown] ?? 0
          if (up) block.greatest[at] = Math.min(block.greatest[at] ?? 0, low + spread)
          else block.least[at] = Math.max(block.least[at] ?? 0, Math.min(low, high - spread))
        }
        this.#ask(block, about.length, up)
      }
    }
  }

  /** The least and the greatest value of an unknown; exact where there is a solver. */
  interval(unknown: number): { least: number; greatest: number } {
    const { bounds, seen } = this
    const block = takeBlock(bounds, this.#model.truth, [unknown], Infinity)
    const found = [true, false].every((up) => this.#ask(block, 1, up))
    return found
      ? { least: seen.low[unknown] ?? 0, greatest: seen.high[unknown] ?? 0 }
      : { least: bounds.least[unknown] ?? 0, greatest: bounds.greatest[unknown] ?? 0 }
  }

  /** The unknowns whose bounds keep one from lying further up, or down, as far as a solver says. */
  holding(unknown: number, up: boolean): number[] {
    const { solver } = this.#effort
    if (solver === undefined) return []
    this.work.solverCalls += 1
    const block = takeBlock(this.bounds, this.#model.truth, [unknown], HELD_BLOCK)
    return solver.holding(block, up).map((position) => block.unknowns[position] ?? 0)
  }

  /** Asks about one; whether the block had everything, so that a larger one is of no use. */
  #solve(unknown: number, spread: number, limit: number): boolean {
    const { bounds, seen } = this
    const block = takeBlock(bounds, this.#model.truth, [unknown], limit)
    const [least = 0] = block.least
    // No further than is asked: a nearer end is found sooner.
    block.greatest[0] = Math.min(block.greatest[0] ?? 0, (seen.low[unknown] ?? 0) + spread)
    this.#ask(block, 1, true)
    if ((seen.high[unknown] ?? 0) - (seen.low[unknown] ?? 0) < spread) {
      block.least[0] = Math.max(least, (seen.high[unknown] ?? 0) - spread)
      this.#ask(block, 1, false)
    }
    return block.isWhole
  }

  #ask(block: Block, about: number, up: boolean): boolean {
    const { solver } = this.#effort
    if (solver === undefined) return false
    this.work.solverCalls += 1
    this.work.largestBlock = Math.max(this.work.largestBlock, block.unknowns.length)
    const found = solver.solve(block, about, up)
    if (found === undefined || !solves(block, found)) return false
    this.seen.take(block.unknowns, found)
    return true
  }
}

/** How many moves the search for other tables may make for one unknown. */
const PATIENCE = 600
/** How many unknowns are asked about at once, and the size of the block for them. */
const SWEPT = 120
const SWEPT_BLOCK = 4000
/** The size of the block in which the figures are named that hold an unknown. */
const HELD_BLOCK = 300
