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
import { cellsOfTables, TABLES } from './whole-tables.ts'

/** With what a release is attacked once. */
export interface RepairMeans {
  readonly solver: IntegerSolver | undefined
  /** Whether nearly nothing of it is over the threshold. */
  readonly isTiny: boolean
  /** Whether it has so many cells that not everything is tried which takes long. */
  readonly isLarge: boolean
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
  /** How many kinds of whole tables were withheld, or held nothing to hide, for each unknown in doubt. */
  readonly #withheld = new Map<number, number>()

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
    this.#plans = new HidingPlans(model, this.#tables, this.#prices, means)
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
    let doubts: readonly Doubt[] = []
    let before = -1
    while (this.#hidden.length > before) {
      before = this.#hidden.length
      doubts = this.#repair(++rounds, onRound)
      if (this.#hidden.length > before || !this.#model.withholds) continue
      // Only where a 0 may be hidden is everything around enough.
      doubts = this.#insist(doubts)
      if (this.#hidden.length > before) continue
      this.#withhold(doubts)
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

  /** Hides all around what is in doubt, unless a longer search shows it safe; answers what is in doubt still. */
  #insist(doubts: readonly Doubt[]): readonly Doubt[] {
    for (const { viewer, secret } of doubts) {
      if (!this.#examine(viewer, secret, LONG)) this.#surround(viewer, secret)
    }
    return doubts.filter(({ viewer, secret }) => !viewer.isSafe(secret))
  }

  /** The least of the whole tables that an unknown is in which holds anything that may be hidden: each once. */
  #tableOf(secret: number): number[] {
    const model = this.#model
    const { plus, minus } = model.cellsIn(secret)
    const cells = [...plus, ...minus]
    const tables = TABLES.slice(this.#withheld.get(secret) ?? 0)
    for (const [at, reach] of tables.entries()) {
      this.#withheld.set(secret, TABLES.length - tables.length + at + 1)
      const unknowns = cellsOfTables(model.release.lattice, cells, reach)
        .map((cell) => model.unknownOf[cell] ?? 0)
        .filter((unknown) => {
          const price = this.#prices.price(unknown)
          return price > 0 && price < Infinity
        })
      if (unknowns.length > 0) return [...new Set(unknowns)]
    }
    return []
  }

  /** Hides whole tables that what is in doubt is in. */
  #withhold(doubts: readonly Doubt[]): void {
    this.#prices.viewer = undefined
    // One step for each unknown, however many doubt it; and of several in one table each would else find it hidden, and go
    // on to the next.
    const secrets = [...new Set(doubts.map(({ secret }) => secret))]
    const tables = secrets.map((secret) => ({ secret, table: this.#tableOf(secret) }))
    for (const { secret, table } of tables) this.#hide(table, secret)
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
        if (price > 0 && price < Infinity) this.#hide([unknown], secret)
      }
      if (around.size < most) break
    }
    return this.#examine(viewer, secret, LONG) || this.#questions.decide(viewer, secret)
  }

  #carryOut({ hide, table }: Plan, secret: number): void {
    for (const unknown of hide) this.#hide([unknown], secret)
    this.#see(table)
  }

  /** Everybody takes note of a table. */
  #see(table: Pick<OtherTable, 'unknowns' | 'values'>): void {
    for (const each of this.#viewers) each.see(table)
  }

  /** Hides unknowns for the sake of another, and takes note of it. */
  #hide(hide: readonly number[], secret: number): void {
    const model = this.#model
    const cells = [...new Set(hide.flatMap((unknown) => this.#prices.cells(unknown)))]
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
const SURROUNDINGS = [8, 20, 50, 120, 300]

/** What is not shown to be safe from somebody. */
interface Doubt {
  readonly viewer: Viewer
  readonly secret: number
}
