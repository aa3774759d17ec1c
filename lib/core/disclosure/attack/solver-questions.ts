import { takeBlock, type Block } from './block.ts'
import { CheapestPlans } from './cheapest-plan.ts'
import type { HidingPrices } from './hiding.ts'
import { solveBlock, solveTowards, type IntegerSolver } from './integer-solver.ts'
import type { ReleaseModel } from './release-model.ts'
import type { OtherTable } from './search.ts'
import type { Viewer } from './viewer.ts'

/** Who is asked, and of what kind of release. */
interface AskingMeans {
  readonly solver: IntegerSolver | undefined
  readonly isTiny: boolean
  readonly isLarge: boolean
}

/** What the solver is asked about one release: what no search decides, and only so much, since each question takes long. */
export class SolverQuestions {
  readonly #model: ReleaseModel
  readonly #solver: IntegerSolver | undefined
  readonly #see: See
  readonly #mostAsked: number
  readonly #isLarge: boolean
  #effort = 0
  /** How many questions were asked. */
  asked = 0

  /** `see` is told of every table that the solver finds. */
  constructor(model: ReleaseModel, { solver, isTiny, isLarge }: AskingMeans, see: See) {
    this.#model = model
    this.#solver = solver
    this.#see = see
    this.#isLarge = isLarge
    this.#mostAsked = isTiny ? FEW_ASKED : MOST_ASKED
  }

  /** Asks for the tables in which an unknown lies furthest up and furthest down. */
  decide(viewer: Viewer, secret: number): boolean {
    if (this.#solver === undefined || this.#effort > this.#mostAsked) return false
    const block = takeBlock(viewer.tight(), this.#model.truth, [secret], Infinity)
    for (const up of [true, false]) {
      if (!this.#mayAsk(block)) return false
      const table = solveBlock(this.#solver, block, up)
      if (table !== undefined) this.#see(table)
    }
    return viewer.isSafe(secret)
  }

  /**
   * Asks for tables in which some unknowns lie as far as they must, many of them at once;
   * those of a group that gets nowhere in two halves, and so on, for some groups.
   */
  decideTogether(viewer: Viewer, secrets: readonly number[]): void {
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

  /** Whether who counted something is left less of an unknown anyhow. */
  isKnownAnyhow(viewer: Viewer, secret: number): boolean {
    // Where no 0 may be hidden, it may be those that say so.
    if (!this.#model.withholds) return false
    viewer.limitUnread(secret, (about, up) =>
      this.#mayAsk(about) ? this.#solver?.solve(about, 1, up)?.[0] : undefined,
    )
    return viewer.isSafe(secret)
  }

  /** Asks what to hide, until an unknown lies as far apart as it must: up, then down. `hide` does it. */
  plan(
    viewer: Viewer,
    secret: number,
    prices: HidingPrices,
    hide: (table: OtherTable) => void,
  ): void {
    // In a large block the choice of what to hide may take minutes.
    if (this.#isLarge) return
    if (this.#solver === undefined || this.#effort > this.#mostAsked) return
    prices.viewer = viewer
    const spread = viewer.spreadFor(secret)
    const asking = { solver: this.#solver, viewer, prices }
    const { system, truth } = this.#model
    const plans = new CheapestPlans(system, truth, asking)
    const block = plans.blockOf(secret)
    const [low, high] = [viewer.low[secret] ?? 0, viewer.high[secret] ?? 0]
    const hideFor = (of: CheapestPlans, about: Block, up: boolean, value: number): boolean => {
      const table = this.#mayAsk(about) ? of.cheapest(about, up, value) : undefined
      if (table !== undefined) hide(table)
      return table !== undefined
    }
    if (hideFor(plans, block, true, low + spread) || hideFor(plans, block, false, high - spread))
      return
    if (!this.#model.withholds || !this.#mayAsk(block)) return
    const most = plans.furthest(block, true)
    // Some of it upwards, and the rest downwards.
    if (most === undefined || most <= high || !hideFor(plans, block, true, most)) return
    const rest = new CheapestPlans(system, truth, asking)
    hideFor(rest, rest.blockOf(secret), false, most - spread)
  }

  /** Whether the solver may be asked about a block still. */
  #mayAsk({ unknowns }: Block): boolean {
    this.#effort += unknowns.length
    if (this.#effort > this.#mostAsked) return false
    this.asked += 1
    return true
  }

  /** Asks about unknowns together; whether one of them has moved further than was seen before. */
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
    this.#see(table)
    return secrets.some(
      (secret, at) => (high[secret] ?? 0) - (low[secret] ?? 0) > (before[at] ?? 0),
    )
  }
}

type See = (table: Pick<OtherTable, 'unknowns' | 'values'>) => void

/** About how many unknowns the solver is asked about one release, counted each time, and of a tiny one. */
const MOST_ASKED = 40_000
const FEW_ASKED = 8000
/** How many groups of what is open to somebody the solver is asked about at most, twice each. */
const GROUPS = 6
