import type { OwnCounts } from '#core/disclosure/own-counts.ts'
import type { HiddenFigure } from './hide-at-once.ts'
import { HidingPrices } from './hiding.ts'
import { HidingPlans, type Plan } from './hiding-plans.ts'
import type { IntegerSolver } from './integer-solver.ts'
import { OtherTables } from './other-tables.ts'
import type { ReleaseModel } from './release-model.ts'
import type { RepairedRelease } from './repair.ts'
import type { OtherTable, SearchLimits } from './search.ts'
import { SolverQuestions } from './solver-questions.ts'
import { Viewer } from './viewer.ts'

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

  constructor(model: ReleaseModel, views: readonly OwnCounts[], means: RepairMeans) {
    this.#model = model
    this.#isTiny = means.isTiny
    this.#tables = new OtherTables(model.system, model.truth)
    this.#prices = new HidingPrices(model)
    this.#plans = new HidingPlans(model, this.#tables, this.#prices)
    this.#viewers = model.readers.flatMap((_, reader) =>
      [undefined, ...views].map((own) => new Viewer(model, own, reader)),
    )
    this.#questions = new SolverQuestions(model, means, (table) => {
      this.#see(table)
    })
  }

  run(onRound?: (round: number, told: number) => void): RepairedRelease {
    let rounds = 0
    let untold = new Set<string>()
    let isDone = false
    while (!isDone) {
      rounds += 1
      const before = this.#hidden.length
      untold = new Set()
      for (const [number, viewer] of this.#viewers.entries()) {
        const open = this.#openTo(viewer)
        onRound?.(rounds, open.length)
        if (this.#isTiny) this.#questions.decideTogether(viewer, open)
        for (const secret of open) {
          if (!this.#protect(viewer, secret)) untold.add(`${number} ${secret}`)
        }
      }
      isDone = this.#hidden.length === before
    }
    return {
      printed: this.#model.printed,
      hidden: this.#hidden,
      untold: untold.size,
      solverCalls: this.#questions.asked,
      unknowns: this.#model.system.size,
      rounds,
      secrets: this.#viewers.reduce((sum, { secrets }) => sum + secrets.length, 0),
    }
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
