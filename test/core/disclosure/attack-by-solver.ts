import { takeBlock, type Block } from '#core/disclosure/attack/block.ts'
import { rangeOf, type Bounds } from '#core/disclosure/attack/bounds.ts'
import { solveBlock, type IntegerSolver } from '#core/disclosure/attack/integer-solver.ts'
import { OtherTables } from '#core/disclosure/attack/other-tables.ts'
import { ReleaseModel, type PrintedRelease } from '#core/disclosure/attack/release-model.ts'
import type { RepairedRelease } from '#core/disclosure/attack/repaired-release.ts'
import type { OwnCounts } from '#core/disclosure/own-counts.ts'
import { Viewer } from '#core/disclosure/attack/viewer.ts'

/**
 * An attack on what is printed of a release: what is least and greatest that each unknown can be.
 * Propagation bounds it from outside, tables that are found bound it from inside; what neither
 * decides goes to the solver, in the block of what hangs together with it.
 */
export class Attack {
  readonly #model: ReleaseModel
  readonly #viewer: Viewer
  readonly #bounds: Bounds
  readonly #tables: OtherTables
  readonly #solver: IntegerSolver | undefined

  /** `own` is what whoever attacks counted itself. Throws where what was counted does not add up. */
  constructor(model: ReleaseModel, solver?: IntegerSolver, own?: OwnCounts) {
    this.#model = model
    this.#solver = solver
    this.#viewer = new Viewer(model, own)
    this.#bounds = this.#viewer.tight()
    this.#tables = new OtherTables(model.system, model.truth)
  }

  /** What must be protected from who attacks. */
  get secrets(): readonly number[] {
    return this.#viewer.secrets
  }

  /** What is known of an unknown for certain: `inner` is in tables found, nothing is past `outer`. */
  range(unknown: number): { readonly inner: Interval; readonly outer: Interval } {
    const { low, high } = this.#viewer
    return {
      inner: { least: low[unknown] ?? 0, greatest: high[unknown] ?? 0 },
      outer: rangeOf(this.#bounds, unknown),
    }
  }

  /** Whether an unknown is left enough values. */
  leaves(unknown: number): boolean {
    const spread = this.#viewer.spreadFor(unknown)
    const { outer } = this.range(unknown)
    if (!this.#viewer.isSafe(unknown) && outer.greatest - outer.least >= spread) {
      this.#search(unknown, spread)
    }
    if (!this.#viewer.isSafe(unknown) && outer.greatest - outer.least >= spread) {
      this.interval(unknown)
    }
    if (!this.#viewer.isSafe(unknown)) {
      this.#viewer.limitUnread(unknown, (block, up) => this.#solver?.solve(block, 1, up)?.[0])
    }
    return this.#viewer.isSafe(unknown)
  }

  /** The least and the greatest value of an unknown; exact where there is a solver and it is in time. */
  interval(unknown: number): Interval {
    const block = takeBlock(this.#bounds, this.#model.truth, [unknown], Infinity)
    const found = [true, false].every((up) => this.#ask(block, up))
    const { inner, outer } = this.range(unknown)
    return found ? inner : outer
  }

  #search(unknown: number, spread: number): void {
    const { low, high } = this.#viewer
    const limits = { moves: 1000, detours: 3 }
    for (const up of [true, false]) {
      for (let step = spread; step > 0 && !this.#viewer.isSafe(unknown); step--) {
        const value = up ? (low[unknown] ?? 0) + step : (high[unknown] ?? 0) - step
        const table = this.#tables.findPrinted(this.#bounds, unknown, up, value, limits)
        if (table !== undefined) this.#viewer.see(table)
      }
    }
  }

  #ask(block: Block, up: boolean): boolean {
    if (this.#solver === undefined) return false
    const found = solveBlock(this.#solver, block, up)
    if (found === undefined) return false
    this.#viewer.see(found)
    return true
  }
}

interface Interval {
  readonly least: number
  readonly greatest: number
}

/**
 * How many quantities a repaired release tells, to everybody and to each provider by itself, of which
 * five values should be left: by an attack that begins afresh, and takes every 0 for one that might be
 * hidden.
 */
export function countTold(
  release: PrintedRelease,
  { hidden }: Pick<RepairedRelease, 'hidden'>,
  { views, solver }: { readonly views: readonly OwnCounts[]; readonly solver: IntegerSolver },
): number {
  const model = new ReleaseModel(release, true)
  for (const { cell } of hidden) model.hide([cell])
  return [undefined, ...views].reduce((sum, own) => {
    const attack = new Attack(model, solver, own)
    return sum + attack.secrets.filter((secret) => !attack.leaves(secret)).length
  }, 0)
}
