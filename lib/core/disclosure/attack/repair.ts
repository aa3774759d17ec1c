import type { OwnCounts } from '#core/disclosure/own-counts.ts'
import { takeBlock, type Block } from './block.ts'
import { CheapestPlans } from './cheapest-plan.ts'
import {
  hasToldNothing,
  hideEverything,
  isNearlyAllSmall,
  printNothing,
  type HiddenFigure,
} from './hide-at-once.ts'
import { HidingPrices } from './hiding.ts'
import { solveBlock, solveTowards, type IntegerSolver } from './integer-solver.ts'
import { OtherTables } from './other-tables.ts'
import { ReleaseModel, type PrintedRelease } from './release-model.ts'
import type { OtherTable, SearchLimits } from './search.ts'
import { Viewer } from './viewer.ts'

/** A release after its repair. */
export interface RepairedRelease {
  /** What is printed, by number of cell. */
  readonly printed: Int32Array
  /** What the repair hid, in order: for the release's record, never for its print. */
  readonly hidden: readonly HiddenFigure[]
  /** How many quantities may leave too few values still: whatever may be hidden was not enough. */
  readonly untold: number
  readonly solverCalls: number
  readonly unknowns: number
  readonly rounds: number
  /** How many quantities had to be protected, of everybody and of each provider. */
  readonly secrets: number
}

/**
 * Hides more of a release until every quantity that must be protected is shown to have enough
 * values: two tables that print the same, in which it differs by so much. Hiding more never takes a
 * table away, so what was shown once need not be looked at again. Where no such table is found,
 * one is made that prints otherwise, and what it prints otherwise is hidden: the table that loses
 * least.
 *
 * `views` are of those who counted some cells themselves: providers.
 */
export function repairRelease(
  release: PrintedRelease,
  views: readonly OwnCounts[] = [],
  { solver, onRound }: RepairHelp = {},
): RepairedRelease {
  const isTiny = isNearlyAllSmall(release)
  if (isTiny && hasToldNothing(release)) return nothingOf(release)
  const model = new ReleaseModel(release)
  const atOnce = isTiny ? hideEverything(model) : []
  const repaired = new Repair(model, views, { solver, isTiny }).run(onRound)
  const hidden = [...atOnce, ...repaired.hidden]
  const isLast = release.lattice.cells > SMALL || (isTiny && repaired.untold > FEW)
  if (repaired.untold === 0 || isLast) return { ...repaired, hidden }
  // Where nobody is says too much of the few who are somewhere: as a last resort 0 is hidden too.
  const withZeros = new ReleaseModel(release, true)
  for (const { cell } of hidden) withZeros.hide([cell])
  const last = new Repair(withZeros, views, { solver, isTiny }).run(onRound)
  return {
    ...last,
    hidden: [...hidden, ...last.hidden],
    solverCalls: repaired.solverCalls + last.solverCalls,
    rounds: repaired.rounds + last.rounds,
  }
}

/** Of hardly anybody no figure would be left: nothing is printed then, and nothing has to be attacked. */
function nothingOf(release: PrintedRelease): RepairedRelease {
  return {
    ...{ printed: printNothing(release), hidden: [], untold: 0 },
    // One round, in which there is nothing to attack.
    ...{ solverCalls: 0, unknowns: 0, rounds: 1, secrets: 0 },
  }
}

/** What a repair may use, and whom it tells how far it is. */
export interface RepairHelp {
  /** Decides what no search does: each question takes long, so that only so many are asked. */
  readonly solver?: IntegerSolver
  readonly onRound?: (round: number, told: number) => void
}

/** With what a release is attacked once. */
interface RepairMeans {
  readonly solver: IntegerSolver | undefined
  /** Whether nearly nothing of it is over the threshold. */
  readonly isTiny: boolean
}

class Repair {
  readonly #model: ReleaseModel
  readonly #tables: OtherTables
  readonly #prices: HidingPrices
  readonly #viewers: readonly Viewer[]
  readonly #hidden: HiddenFigure[] = []
  readonly #solver: IntegerSolver | undefined
  readonly #isTiny: boolean
  readonly #mostAsked: number
  #asked = 0
  #effort = 0
  /** How often each kind of search found nothing: what takes long is not tried for ever. */
  readonly #inVain: number[]
  readonly #plans: readonly PlanLimits[]

  constructor(model: ReleaseModel, views: readonly OwnCounts[], { solver, isTiny }: RepairMeans) {
    this.#model = model
    this.#solver = solver
    this.#isTiny = isTiny
    this.#mostAsked = isTiny ? FEW_ASKED : MOST_ASKED
    this.#plans = model.release.lattice.cells > SMALL ? PLANS_OF_LARGE : PLANS_OF_SMALL
    this.#inVain = this.#plans.map(() => 0)
    this.#tables = new OtherTables(model.system, model.truth)
    this.#prices = new HidingPrices(model)
    this.#viewers = model.readers.flatMap((_, reader) =>
      [undefined, ...views].map((own) => new Viewer(model, own, reader)),
    )
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
        if (this.#isTiny) this.#decideTogether(viewer, open)
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
      solverCalls: this.#asked,
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
    for (const each of this.#viewers) each.see(table)
    return true
  }

  /** Hides until an unknown leaves enough values: upwards or downwards, whichever loses less. */
  #protect(viewer: Viewer, secret: number): boolean {
    if (this.#examine(viewer, secret, LOOK)) return true
    const best = this.#bestPlan(viewer, secret)
    if (best !== undefined) this.#carryOut(best, secret)
    else if (!this.#isKnownAnyhow(viewer, secret) && !this.#decide(viewer, secret))
      this.#planBySolver(viewer, secret)
    return viewer.isSafe(secret)
  }

  #carryOut({ hide, table }: Plan, secret: number): void {
    for (const unknown of hide) this.#hide(unknown, secret)
    for (const each of this.#viewers) each.see(table)
  }

  /** Hides what the solver says, until an unknown lies as far apart as it must: up, then down. */
  #planBySolver(viewer: Viewer, secret: number): void {
    // In a large block the choice of what to hide may take minutes.
    if (this.#model.release.lattice.cells > SMALL) return
    if (this.#solver === undefined || this.#effort > this.#mostAsked) return
    this.#prices.viewer = viewer
    const spread = viewer.spreadFor(secret)
    const asking = { solver: this.#solver, viewer, prices: this.#prices }
    const { system, truth } = this.#model
    const plans = new CheapestPlans(system, truth, asking)
    const block = plans.blockOf(secret)
    const [low, high] = [viewer.low[secret] ?? 0, viewer.high[secret] ?? 0]
    const hide = (of: CheapestPlans, about: Block, up: boolean, value: number): boolean => {
      const table = this.#mayAsk(about) ? of.cheapest(about, up, value) : undefined
      if (table !== undefined) this.#carryOut(this.#planFor(viewer, table), secret)
      return table !== undefined
    }
    if (hide(plans, block, true, low + spread) || hide(plans, block, false, high - spread)) return
    if (!this.#model.withholds || !this.#mayAsk(block)) return
    const most = plans.furthest(block, true)
    // Some of it upwards, and the rest downwards.
    if (most === undefined || most <= high || !hide(plans, block, true, most)) return
    const rest = new CheapestPlans(system, truth, asking)
    hide(rest, rest.blockOf(secret), false, most - spread)
  }

  /** Whether who counted something is left less of an unknown anyhow, as the solver tells. */
  #isKnownAnyhow(viewer: Viewer, secret: number): boolean {
    // Where no 0 may be hidden, it may be those that say so.
    if (!this.#model.withholds) return false
    viewer.limitUnread(secret, (about, up) =>
      this.#mayAsk(about) ? this.#solver?.solve(about, 1, up)?.[0] : undefined,
    )
    return viewer.isSafe(secret)
  }

  /** Whether the solver may be asked about a block still. */
  #mayAsk({ unknowns }: Block): boolean {
    this.#effort += unknowns.length
    if (this.#effort > this.#mostAsked) return false
    this.#asked += 1
    return true
  }

  /** Asks the solver for the tables in which an unknown lies furthest up and furthest down. */
  #decide(viewer: Viewer, secret: number): boolean {
    if (this.#solver === undefined || this.#effort > this.#mostAsked) return false
    const block = takeBlock(viewer.tight(), this.#model.truth, [secret], Infinity)
    for (const up of [true, false]) {
      if (!this.#mayAsk(block)) return false
      const table = solveBlock(this.#solver, block, up)
      if (table !== undefined) for (const each of this.#viewers) each.see(table)
    }
    return viewer.isSafe(secret)
  }

  /**
   * Asks the solver for tables in which some unknowns lie as far as they must, many of them at once;
   * those of a group that gets nowhere in two halves, and so on, for some groups.
   */
  #decideTogether(viewer: Viewer, secrets: readonly number[]): void {
    if (this.#solver === undefined) return
    const groups = [secrets]
    let asked = 0
    for (const of of groups) {
      if (asked++ >= GROUPS || this.#effort > this.#mostAsked) return
      const group = of.filter((secret) => !viewer.isSafe(secret))
      if (group.length === 0) continue
      const isMoved = this.#askAbout(viewer, group, true) || this.#askAbout(viewer, group, false)
      const left = group.filter((secret) => !viewer.isSafe(secret))
      const half = Math.ceil(left.length / 2)
      if (isMoved && left.length > 0) groups.push(left)
      else if (left.length > 1) groups.push(left.slice(0, half), left.slice(half))
    }
  }

  /** Asks the solver about unknowns together; whether one of them has moved further than was seen before. */
  #askAbout(viewer: Viewer, secrets: readonly number[], up: boolean): boolean {
    if (this.#solver === undefined) return false
    const { low, high } = viewer
    const block = takeBlock(viewer.tight(), this.#model.truth, secrets, Infinity)
    if (!this.#mayAsk(block)) return false
    const aims = secrets.map((secret) => {
      const [least, greatest] = [low[secret] ?? 0, high[secret] ?? 0]
      const steps = viewer.spreadFor(secret)
      return { from: up ? least : greatest, steps }
    })
    const table = solveTowards(this.#solver, block, up, aims)
    if (table === undefined) return false
    const before = secrets.map((secret) => (high[secret] ?? 0) - (low[secret] ?? 0))
    for (const each of this.#viewers) each.see(table)
    return secrets.some(
      (secret, at) => (high[secret] ?? 0) - (low[secret] ?? 0) > (before[at] ?? 0),
    )
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
    const table = this.#tables.findHiding(viewer, secret, up, value, limits, this.#prices)
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

  #first(unknown: number): number {
    return this.#model.cellsOf[unknown]?.[0] ?? 0
  }
}

/** A table to make possible, what is hidden for it, and what that loses. */
interface Plan {
  readonly table: OtherTable
  readonly hide: readonly number[]
  readonly loss: number
}

/** Of how many quantities in doubt at most zeros are hidden: that is of no use to more. */
const FEW = 40
/** The most cells of a release of which a 0 may be hidden, and the solver chooses; of more it takes long. */
const SMALL = 30_000
/** About how many unknowns the solver is asked about one release, counted each time, and of a tiny one. */
const MOST_ASKED = 40_000
const FEW_ASKED = 8000
/** How many groups of what is open to somebody the solver is asked about at most, twice each. */
const GROUPS = 6
/** How far the search goes at first, before something is hidden, and for what is to be hidden. */
const GLANCE = { moves: 300, detours: 2 }
const LOOK = { moves: 300, detours: 2 }
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
