import type { OwnCounts } from '#core/disclosure/own-counts.ts'
import type { HiddenFigure } from './hide-at-once.ts'
import { HidingPrices } from './hiding.ts'
import { HidingPlans, type Plan } from './hiding-plans.ts'
import type { IntegerSolver } from './integer-solver.ts'
import { neighbourhood } from './neighbourhood.ts'
import { OtherTables } from './other-tables.ts'
import type { ReleaseModel } from './release-model.ts'
import type { RepairedRelease } from './repaired-release.ts'
import type { OtherTable, SearchLimits } from './search.ts'
import { SolverQuestions } from './solver-questions.ts'
import { Viewer, type Seen } from './viewer.ts'

/** With what a release is attacked once. */
export interface RepairMeans {
  readonly solver: IntegerSolver | undefined
  /** Whether nearly nothing of it is over the threshold. */
  readonly isTiny: boolean
}

/** One attack on a release, and its repair. */
export class RepairRun {
  readonly #model: ReleaseModel
  readonly #tables: OtherTables
  readonly #prices: HidingPrices
  readonly #plans: HidingPlans
  readonly #viewers: readonly Viewer[]
  readonly #hidden: HiddenFigure[] = []
  readonly #questions: SolverQuestions
  readonly #isTiny: boolean

  /** `seen` is what another run saw of the same release, by viewer. */
  constructor(
    model: ReleaseModel,
    views: readonly OwnCounts[],
    means: RepairMeans,
    seen: readonly Seen[] = [],
  ) {
    this.#model = model
    this.#isTiny = means.isTiny
    this.#tables = new OtherTables(model.system, model.truth)
    this.#prices = new HidingPrices(model)
    this.#plans = new HidingPlans(model, this.#tables, this.#prices)
    this.#viewers = model.readers.flatMap((_, reader) =>
      [undefined, ...views].map((own) => new Viewer(model, own, reader)),
    )
    for (const [number, one] of seen.entries()) this.#viewers[number]?.recall(one)
    this.#questions = new SolverQuestions(model, means, (table) => {
      this.#see(table)
    })
  }

  /** Hides until nothing is in doubt, or whatever may be hidden was not enough. */
  run(onRound?: (round: number, told: number) => void): RepairedRelease {
    let rounds = 0
    let doubts: Doubt[] = []
    let before = -1
    while (this.#hidden.length > before) {
      before = this.#hidden.length
      doubts = this.#repair(++rounds, onRound)
      // Only where a 0 may be hidden is everything around enough.
      if (this.#hidden.length > before || !this.#model.withholds) continue
      doubts = doubts.filter(({ viewer, secret }) => !this.#surround(viewer, secret))
    }
    return {
      printed: this.#model.printed,
      hidden: this.#hidden,
      untold: doubts.length,
      solverCalls: this.#questions.asked,
      unknowns: this.#model.system.size,
      rounds,
      secrets: this.#viewers.reduce((sum, { secrets }) => sum + secrets.length, 0),
    }
  }

  /** What tables were found, by viewer. */
  get seen(): Seen[] {
    return this.#viewers.map(({ low, high }) => ({ model: this.#model, low, high }))
  }

  /** Goes through everything once; answers what is in doubt afterwards. */
  #repair(round: number, onRound?: (round: number, told: number) => void): Doubt[] {
    const doubts: Doubt[] = []
    for (const viewer of this.#viewers) {
      const open = this.#openTo(viewer)
      onRound?.(round, open.length)
      if (this.#isTiny) this.#questions.decideTogether(viewer, open)
      for (const secret of open) {
        if (!this.#protect(viewer, secret)) doubts.push({ viewer, secret })
      }
    }
    // A table found for one may show another safe.
    return doubts.filter(({ viewer, secret }) => !viewer.isSafe(secret))
  }

  /** What is not shown to be safe from a viewer, after a look for tables that print the same. */
  #openTo(viewer: Viewer): number[] {
    return viewer.secrets.filter((secret) => !this.#examine(viewer, secret, GLANCE))
  }

  /** Looks for tables that print the same, until an unknown leaves enough values. */
  #examine(viewer: Viewer, secret: number, limits: SearchLimits): boolean {
    if (viewer.isSafe(secret)) return true
    const spread = viewer.spreadFor(secret)
    const { low, high } = viewer
    const { least, greatest } = viewer.range(secret)
    const most = Math.min(greatest, (low[secret] ?? 0) + spread)
    for (let value = most; value > (high[secret] ?? 0); value--) {
      if (this.#look(viewer, secret, true, value, limits)) break
    }
    const fewest = Math.max(least, (high[secret] ?? 0) - spread)
    for (let value = fewest; value < (low[secret] ?? 0); value++) {
      if (this.#look(viewer, secret, false, value, limits)) break
    }
    return viewer.isSafe(secret)
  }

  #look(viewer: Viewer, secret: number, up: boolean, value: number, limits: SearchLimits): boolean {
    const table = this.#tables.findPrinted(viewer.tight(), secret, up, value, limits)
    if (table === undefined) return false
    this.#see(table)
    return true
  }

  /** Hides until an unknown leaves enough values: upwards or downwards, whichever loses less. */
  #protect(viewer: Viewer, secret: number): boolean {
    if (this.#examine(viewer, secret, LOOK)) return true
    const questions = this.#questions
    const best = this.#plans.best(viewer, secret)
    if (best !== undefined) this.#carryOut(best, secret)
    else if (!questions.isKnownAnyhow(viewer, secret) && !questions.decide(viewer, secret)) {
      questions.plan(viewer, secret, this.#prices, (table) => {
        this.#carryOut(this.#plans.of(viewer, table), secret)
      })
    }
    return viewer.isSafe(secret)
  }

  /**
   * Hides whatever may be hidden around an unknown, further and further off, until it leaves enough
   * values: what is far off bears less on it, and nothing that is hidden tells much.
   */
  #surround(viewer: Viewer, secret: number): boolean {
    const model = this.#model
    const { plus, minus } = model.cellsIn(secret)
    const about = [...plus, ...minus].map((cell) => model.unknownOf[cell] ?? 0)
    for (const most of SURROUNDINGS) {
      if (this.#examine(viewer, secret, LOOK)) return true
      this.#prices.viewer = viewer
      const around = neighbourhood(model.system, about, most)
      for (const unknown of around) {
        const price = this.#prices.price(unknown)
        if (price > 0 && price < Infinity) this.#hide(unknown, secret)
      }
      if (around.size < most) break
    }
    return this.#examine(viewer, secret, LONG) || this.#questions.decide(viewer, secret)
  }

  #carryOut({ hide, table }: Plan, secret: number): void {
    for (const unknown of hide) this.#hide(unknown, secret)
    this.#see(table)
  }

  /** Everybody takes note of a table. */
  #see(table: Pick<OtherTable, 'unknowns' | 'values'>): void {
    for (const each of this.#viewers) each.see(table)
  }

  /** Hides an unknown for the sake of another, and takes note of it. */
  #hide(unknown: number, secret: number): void {
    const model = this.#model
    const cells = this.#prices.cells(unknown)
    const sake = this.#cellsBehind(secret)
    for (const cell of cells) {
      this.#hidden.push({ cell, figure: model.printed[cell] ?? 0, sake })
    }
    const touched = model.hide(cells)
    this.#prices.forget(touched)
    const unknowns = new Set(cells.map((cell) => model.unknownOf[cell] ?? 0))
    for (const viewer of this.#viewers) {
      viewer.refresh(touched)
      for (const one of unknowns) viewer.keepSecret(one)
    }
  }

  /** The cell that an unknown is, or those that something is derived of. */
  #cellsBehind(unknown: number): number[] {
    const { cellsOf, system } = this.#model
    const own = cellsOf[unknown]?.slice(0, 1) ?? []
    if (own.length > 0) return own
    const relation = system.uses[system.usesFrom[unknown] ?? 0] ?? 0
    const terms = system.terms.slice(system.starts[relation], system.starts[relation + 1])
    return [...terms].flatMap((term) => cellsOf[term]?.slice(0, 1) ?? [])
  }
}

/** How far the search goes at first, and before something is hidden. */
const GLANCE = { moves: 300, detours: 2 }
const LOOK = { moves: 300, detours: 2 }
const LONG = { moves: 3000, detours: 3 }
/** How many of the nearest unknowns are hidden around one in doubt, one step after the other. */
const SURROUNDINGS = [8, 20, 50, 120, 300, 800, 2000]

/** What is not shown to be safe from somebody. */
interface Doubt {
  readonly viewer: Viewer
  readonly secret: number
}
