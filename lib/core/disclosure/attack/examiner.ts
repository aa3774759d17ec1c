import type { OwnCounts } from '#core/disclosure/own-counts.ts'
import { takeBlock, type Block } from './block.ts'
import { solveBlock, solveTowards, type IntegerSolver } from './integer-solver.ts'
import { OtherTables } from './other-tables.ts'
import type { ReleaseModel } from './release-model.ts'
import type { OtherTable, SearchLimits } from './search.ts'
import { Viewer } from './viewer.ts'

/** What an attack may use. */
export interface ExaminerMeans {
  readonly solver: IntegerSolver | undefined
  /** About how many unknowns the solver is asked about, counted each time. */
  readonly mostAsked: number
}

/**
 * Looks for tables that print the same as a release, as everybody and as each provider, until what must be
 * protected is shown to leave enough values. What one table shows, it shows to all whose figures are in it.
 */
export class Examiner {
  readonly model: ReleaseModel
  readonly tables: OtherTables
  readonly viewers: readonly Viewer[]
  readonly solver: IntegerSolver | undefined
  #mostAsked: number
  /** How often the solver was asked. */
  asked = 0
  #effort = 0

  /** `views` are of those who counted some cells themselves. */
  constructor(
    model: ReleaseModel,
    views: readonly OwnCounts[],
    { solver, mostAsked }: ExaminerMeans,
  ) {
    this.model = model
    this.solver = solver
    this.#mostAsked = mostAsked
    this.tables = new OtherTables(model.system, model.truth)
    this.viewers = model.readers.flatMap((_, reader) =>
      [undefined, ...views].map((own) => new Viewer(model, own, reader)),
    )
  }

  /** Takes over what tables showed of the same release where less of it could be hidden. */
  remember(before: Examiner): void {
    const was = before.model
    for (let unknown = 0; unknown < this.model.system.size; unknown++) {
      const one = was.same(this.model, unknown)
      if (one === undefined) continue
      for (const [number, { low, high }] of this.viewers.entries()) {
        const seen = before.viewers[number]
        low[unknown] = Math.min(low[unknown] ?? 0, seen?.low[one] ?? Infinity)
        high[unknown] = Math.max(high[unknown] ?? 0, seen?.high[one] ?? -Infinity)
      }
    }
  }

  /** Shows a table to everybody. */
  show(table: Pick<OtherTable, 'unknowns' | 'values'>): void {
    for (const each of this.viewers) each.see(table)
  }

  /** Lets the solver be asked about so many unknowns more. */
  allow(more: number): void {
    this.#mostAsked = this.#effort + more
  }

  /** Whether the solver may be asked still. */
  get maySolve(): boolean {
    return this.solver !== undefined && this.#effort <= this.#mostAsked
  }

  /** What is not shown to be safe from a viewer, after a look for tables that print the same. */
  openTo(viewer: Viewer): number[] {
    return viewer.secrets.filter((secret) => !this.examine(viewer, secret, GLANCE))
  }

  /** Looks for tables that print the same, until an unknown leaves enough values. */
  examine(viewer: Viewer, secret: number, limits: SearchLimits): boolean {
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
    const table = this.tables.findPrinted(viewer.tight(), secret, up, value, limits)
    if (table === undefined) return false
    this.show(table)
    return true
  }

  /** Whether who counted something is left less of an unknown anyhow, as the solver tells. */
  isKnownAnyhow(viewer: Viewer, secret: number): boolean {
    // Where no 0 may be hidden, it may be those that say so.
    if (!this.model.withholds) return false
    viewer.limitUnread(secret, (about, up) =>
      this.mayAsk(about) ? this.solver?.solve(about, 1, up)?.[0] : undefined,
    )
    return viewer.isSafe(secret)
  }

  /** Whether the solver may be asked about a block still. */
  mayAsk({ unknowns }: Block): boolean {
    this.#effort += unknowns.length
    if (this.#effort > this.#mostAsked) return false
    this.asked += 1
    return true
  }

  /** Asks the solver for the tables in which an unknown lies furthest up and furthest down. */
  decide(viewer: Viewer, secret: number): boolean {
    if (this.solver === undefined || this.#effort > this.#mostAsked) return false
    const block = takeBlock(viewer.tight(), this.model.truth, [secret], Infinity)
    for (const up of [true, false]) {
      if (!this.mayAsk(block)) return false
      const table = solveBlock(this.solver, block, up)
      if (table !== undefined) this.show(table)
    }
    return viewer.isSafe(secret)
  }

  /**
   * Asks the solver for tables in which some unknowns lie as far as they must, many of them at once;
   * those of a group that gets nowhere in two halves, and so on, for some groups.
   */
  decideTogether(viewer: Viewer, secrets: readonly number[]): void {
    if (this.solver === undefined) return
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
    if (this.solver === undefined) return false
    const { low, high } = viewer
    const block = takeBlock(viewer.tight(), this.model.truth, secrets, Infinity)
    if (!this.mayAsk(block)) return false
    const aims = secrets.map((secret) => {
      const [least, greatest] = [low[secret] ?? 0, high[secret] ?? 0]
      const steps = viewer.spreadFor(secret)
      return { from: up ? least : greatest, steps }
    })
    const table = solveTowards(this.solver, block, up, aims)
    if (table === undefined) return false
    const before = secrets.map((secret) => (high[secret] ?? 0) - (low[secret] ?? 0))
    this.show(table)
    return secrets.some(
      (secret, at) => (high[secret] ?? 0) - (low[secret] ?? 0) > (before[at] ?? 0),
    )
  }
}

/** How many groups of what is open to somebody the solver is asked about at most, twice each. */
const GROUPS = 6
/** How far a search goes at first, and before something is hidden. */
const GLANCE = { moves: 300, detours: 2 }
export const LOOK = { moves: 300, detours: 2 }
