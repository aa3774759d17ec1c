import type { OwnCounts } from '#core/disclosure/own-counts.ts'
import { cellsOfTable, type LeftOut } from '#core/disclosure/left-out.ts'
import type { Block } from './block.ts'
import { CheapestPlans } from './cheapest-plan.ts'
import { Examiner, LOOK } from './examiner.ts'
import type { HiddenFigure } from './hide-at-once.ts'
import { HidingPrices } from './hiding.ts'
import type { IntegerSolver } from './integer-solver.ts'
import type { ReleaseModel } from './release-model.ts'
import type { OtherTable, SearchLimits } from './search.ts'
import type { Viewer } from './viewer.ts'

/** With what a release is attacked once. */
export interface RepairMeans {
  readonly solver: IntegerSolver | undefined
  /** Whether nearly nothing of it is over the threshold. */
  readonly isTiny: boolean
}

/** Attacks one release, and hides more of it, until all is safe or nothing is of use. */
export class RepairRun {
  readonly examiner: Examiner
  readonly hidden: HiddenFigure[] = []
  rounds = 0
  readonly model: ReleaseModel
  readonly #prices: HidingPrices
  readonly #isTiny: boolean
  /** How often each kind of search found nothing: what takes long is not tried for ever. */
  readonly #inVain: number[]
  readonly #plans: readonly PlanLimits[]

  constructor(model: ReleaseModel, views: readonly OwnCounts[], { solver, isTiny }: RepairMeans) {
    this.model = model
    this.#isTiny = isTiny
    this.#plans = model.release.lattice.cells > SMALL ? PLANS_OF_LARGE : PLANS_OF_SMALL
    this.#inVain = this.#plans.map(() => 0)
    this.#prices = new HidingPrices(model)
    const mostAsked = isTiny ? FEW_ASKED : MOST_ASKED
    this.examiner = new Examiner(model, views, { solver, mostAsked })
  }

  /** Hides until nothing more is of use; answers what is in doubt still. */
  run(onRound?: (round: number, told: number) => void): Doubt[] {
    const { viewers } = this.examiner
    let untold: Doubt[] = []
    let isDone = false
    while (!isDone) {
      this.rounds += 1
      const before = this.hidden.length
      untold = []
      for (const viewer of viewers) {
        const open = this.examiner.openTo(viewer)
        onRound?.(this.rounds, open.length)
        if (this.#isTiny) this.examiner.decideTogether(viewer, open)
        for (const secret of open) {
          if (!this.#protect(viewer, secret)) untold.push({ viewer, secret })
        }
      }
      isDone = this.hidden.length === before
    }
    return untold
  }

  /** What is not shown to be safe by what was seen so far. */
  get doubts(): Doubt[] {
    return this.examiner.viewers.flatMap((viewer) =>
      viewer.secrets
        .filter((secret) => !viewer.isSafe(secret))
        .map((secret) => ({ viewer, secret })),
    )
  }

  /** Goes on from where another left off whose model hid less. */
  continue({ examiner, hidden }: RepairRun, atOnce: readonly HiddenFigure[]): void {
    const cells = [...atOnce, ...hidden].map(({ cell }) => cell)
    const touched = this.model.hide(cells)
    this.#prices.forget(touched)
    for (const viewer of this.examiner.viewers) viewer.refreshAll(touched)
    this.examiner.remember(examiner)
  }

  /** Whether an unknown is safe as things are: the solver is asked where no search tells, while it may be. */
  isSettled(viewer: Viewer, secret: number): boolean {
    const { examiner } = this
    return (
      SETTLING.some((limits) => examiner.examine(viewer, secret, limits)) ||
      examiner.decide(viewer, secret)
    )
  }

  /** Hides a whole table, whatever it loses, from those of whom it is asked what they can tell then. */
  leaveOut(table: LeftOut, viewers: Iterable<Viewer> = this.examiner.viewers): void {
    const touched = this.model.leaveOut(cellsOfTable(this.model.release.lattice, table))
    this.#prices.forget(touched)
    for (const viewer of viewers) viewer.refreshAll(touched)
  }

  /** Hides until an unknown leaves enough values: upwards or downwards, whichever loses less. */
  #protect(viewer: Viewer, secret: number): boolean {
    const { examiner } = this
    if (examiner.examine(viewer, secret, LOOK)) return true
    const best = this.#bestPlan(viewer, secret)
    if (best !== undefined) this.#carryOut(best, secret)
    else if (!examiner.isKnownAnyhow(viewer, secret) && !examiner.decide(viewer, secret))
      this.#planBySolver(viewer, secret)
    return viewer.isSafe(secret)
  }

  #carryOut({ hide, table }: Plan, secret: number): void {
    for (const unknown of hide) this.#hide(unknown, secret)
    this.examiner.show(table)
  }

  /** Hides what the solver says, until an unknown lies as far apart as it must: up, then down. */
  #planBySolver(viewer: Viewer, secret: number): void {
    // In a large block the choice of what to hide may take minutes.
    if (this.model.release.lattice.cells > SMALL) return
    const { solver } = this.examiner
    if (solver === undefined || !this.examiner.maySolve) return
    this.#prices.viewer = viewer
    const spread = viewer.spreadFor(secret)
    const asking = { solver, viewer, prices: this.#prices }
    const { system, truth } = this.model
    const plans = new CheapestPlans(system, truth, asking)
    const block = plans.blockOf(secret)
    const [low, high] = [viewer.low[secret] ?? 0, viewer.high[secret] ?? 0]
    const hide = (of: CheapestPlans, about: Block, up: boolean, value: number): boolean => {
      const table = this.examiner.mayAsk(about) ? of.cheapest(about, up, value) : undefined
      if (table !== undefined) this.#carryOut(this.#planFor(viewer, table), secret)
      return table !== undefined
    }
    if (hide(plans, block, true, low + spread) || hide(plans, block, false, high - spread)) return
    if (!this.model.withholds || !this.examiner.mayAsk(block)) return
    const most = plans.furthest(block, true)
    // Some of it upwards, and the rest downwards.
    if (most === undefined || most <= high || !hide(plans, block, true, most)) return
    const rest = new CheapestPlans(system, truth, asking)
    hide(rest, rest.blockOf(secret), false, most - spread)
  }

  /** Upwards or downwards, whichever loses less; what loses little is looked for first. */
  #bestPlan(viewer: Viewer, secret: number): Plan | undefined {
    for (const [number, limits] of this.#plans.entries()) {
      if ((this.#inVain[number] ?? 0) >= limits.inVain) continue
      const up = this.#plan(viewer, secret, true, limits)
      const down = this.#plan(viewer, secret, false, limits)
      const best = up === undefined || (down !== undefined && down.loss < up.loss) ? down : up
      if (best !== undefined) return best
      this.#inVain[number] = (this.#inVain[number] ?? 0) + 1
    }
    return undefined
  }

  /** What to hide so that an unknown may lie further up, or down. */
  #plan(viewer: Viewer, secret: number, up: boolean, limits: SearchLimits): Plan | undefined {
    const spread = viewer.spreadFor(secret)
    const value = up ? (viewer.low[secret] ?? 0) + spread : (viewer.high[secret] ?? 0) - spread
    this.#prices.viewer = viewer
    const table = this.examiner.tables.findHiding(viewer, secret, up, value, limits, this.#prices)
    return table === undefined ? undefined : this.#planFor(viewer, table)
  }

  /** What must be hidden so that a table prints the same. */
  #planFor(viewer: Viewer, table: OtherTable): Plan {
    const prices = this.#prices
    const hide = new Set<number>()
    const excess: number[] = []
    for (const [at, unknown] of table.unknowns.entries()) {
      const value = table.values[at] ?? 0
      const { least, greatest } = viewer
      if (value >= (least[unknown] ?? 0) && value <= (greatest[unknown] ?? 0)) continue
      if (prices.price(unknown) > 0) hide.add(unknown)
      else if (value > (greatest[unknown] ?? 0)) excess.push(unknown)
    }
    for (const unknown of excess) {
      for (const mates of prices.mates(unknown)) {
        const [cheapest] = mates
        if (cheapest !== undefined && !mates.some((mate) => hide.has(mate))) hide.add(cheapest)
      }
    }
    const inOrder = [...hide].sort((a, b) => this.#first(a) - this.#first(b))
    const loss = inOrder.reduce((sum, unknown) => sum + prices.price(unknown), 0)
    return { table, hide: inOrder, loss }
  }

  /** Hides an unknown for the sake of another, and takes note of it. */
  #hide(unknown: number, secret: number): void {
    const model = this.model
    const cells = this.#prices.cells(unknown)
    const sake = this.#cellsBehind(secret)
    for (const cell of cells) {
      this.hidden.push({ cell, figure: model.printed[cell] ?? 0, sake })
    }
    const touched = model.hide(cells)
    this.#prices.forget(touched)
    const unknowns = new Set(cells.map((cell) => model.unknownOf[cell] ?? 0))
    for (const viewer of this.examiner.viewers) {
      viewer.refresh(touched)
      for (const one of unknowns) viewer.keepSecret(one)
    }
  }

  /** The cell that an unknown is, or those that something is derived of. */
  #cellsBehind(unknown: number): number[] {
    const { cellsOf, system } = this.model
    const own = cellsOf[unknown]?.slice(0, 1) ?? []
    if (own.length > 0) return own
    const relation = system.uses[system.usesFrom[unknown] ?? 0] ?? 0
    const terms = system.terms.slice(system.starts[relation], system.starts[relation + 1])
    return [...terms].flatMap((term) => cellsOf[term]?.slice(0, 1) ?? [])
  }

  #first(unknown: number): number {
    return this.model.cellsOf[unknown]?.[0] ?? 0
  }
}

/** What may be worked out still, and by whom. */
export interface Doubt {
  readonly viewer: Viewer
  readonly secret: number
}

/** A table to make possible, what is hidden for it, and what that loses. */
interface Plan {
  readonly table: OtherTable
  readonly hide: readonly number[]
  readonly loss: number
}

/** The most cells of a release of which a 0 may be hidden, and the solver chooses; of more it takes long. */
export const SMALL = 30_000
/** About how many unknowns the solver is asked about one release, counted each time, and of a tiny one. */
const MOST_ASKED = 40_000
const FEW_ASKED = 8000
/** How far it is searched whether something is settled. */
const SETTLING: readonly SearchLimits[] = [LOOK, { moves: 3000, detours: 3 }]
type PlanLimits = SearchLimits & { readonly inVain: number }
const CHEAP = [3, 6, 12, 24, 48, 96].map((loss) => ({ moves: 600, detours: 3, loss }))
/** Of a small release the solver is quicker than a long search. */
const PLANS_OF_SMALL: readonly PlanLimits[] = [
  ...CHEAP.map((limits) => ({ ...limits, inVain: 40 })),
  { moves: 3000, detours: 3, inVain: 12 },
]
const PLANS_OF_LARGE: readonly PlanLimits[] = [
  ...CHEAP.map((limits) => ({ ...limits, inVain: Infinity })),
  { moves: 3000, detours: 3, inVain: 100 },
  { moves: 20_000, detours: 6, inVain: 12 },
  { moves: 200_000, detours: 12, inVain: 2 },
]
