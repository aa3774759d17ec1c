import type { HidingPrices } from './hiding.ts'
import type { OtherTables } from './other-tables.ts'
import type { ReleaseModel } from './release-model.ts'
import type { OtherTable, SearchLimits } from './search.ts'
import type { Viewer } from './viewer.ts'

/** A table to make possible, what is hidden for it, and what that loses. */
export interface Plan {
  readonly table: OtherTable
  readonly hide: readonly number[]
  readonly loss: number
}

/** Looks for what to hide so that an unknown leaves enough values: what loses little first. */
export class HidingPlans {
  readonly #model: ReleaseModel
  readonly #tables: OtherTables
  readonly #prices: HidingPrices
  readonly #isLarge: boolean
  readonly #limits: readonly PlanLimits[]
  /** How often each kind of search found nothing: what takes long is not tried for ever. */
  readonly #inVain: number[]
  /** What nothing was found for, by who is to be kept from it: of a large release it is not tried in every round. */
  readonly #withoutPlan = new Map<Viewer, Set<number>>()

  constructor(
    model: ReleaseModel,
    tables: OtherTables,
    prices: HidingPrices,
    { isLarge }: { readonly isLarge: boolean },
  ) {
    this.#model = model
    this.#isLarge = isLarge
    this.#tables = tables
    this.#prices = prices
    this.#limits = isLarge ? PLANS_OF_LARGE : PLANS_OF_SMALL
    this.#inVain = this.#limits.map(() => 0)
  }

  /** Upwards or downwards, whichever loses less; undefined where no search found anything. */
  best(viewer: Viewer, secret: number): Plan | undefined {
    const without = this.#withoutPlan.get(viewer) ?? new Set()
    this.#withoutPlan.set(viewer, without)
    if (without.has(secret)) return undefined
    for (const [number, limits] of this.#limits.entries()) {
      if ((this.#inVain[number] ?? 0) >= limits.inVain) continue
      const up = this.#find(viewer, secret, true, limits)
      const down = this.#find(viewer, secret, false, limits)
      const best = up === undefined || (down !== undefined && down.loss < up.loss) ? down : up
      if (best !== undefined) return best
      this.#inVain[number] = (this.#inVain[number] ?? 0) + 1
    }
    if (this.#isLarge) without.add(secret)
    return undefined
  }

  /** What must be hidden so that a table prints the same. */
  of(viewer: Viewer, table: OtherTable): Plan {
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
    const first = (unknown: number): number => this.#model.cellsOf[unknown]?.[0] ?? 0
    const inOrder = [...hide].sort((a, b) => first(a) - first(b))
    const loss = inOrder.reduce((sum, unknown) => sum + prices.price(unknown), 0)
    return { table, hide: inOrder, loss }
  }

  /** What to hide so that an unknown may lie further up, or down. */
  #find(viewer: Viewer, secret: number, up: boolean, limits: SearchLimits): Plan | undefined {
    const spread = viewer.spreadFor(secret)
    const value = up ? (viewer.low[secret] ?? 0) + spread : (viewer.high[secret] ?? 0) - spread
    this.#prices.viewer = viewer
    const table = this.#tables.findHiding(viewer, secret, up, value, limits, this.#prices)
    return table === undefined ? undefined : this.of(viewer, table)
  }
}

type PlanLimits = SearchLimits & { readonly inVain: number }
const CHEAP = [3, 6, 12, 24, 48, 96].map((loss) => ({ moves: 600, detours: 3, loss }))
/** Of a small release the solver is quicker than a long search. */
const PLANS_OF_SMALL: readonly PlanLimits[] = [
  ...CHEAP.map((limits) => ({ ...limits, inVain: 40 })),
  { moves: 3000, detours: 3, inVain: 12 },
]
const PLANS_OF_LARGE: readonly PlanLimits[] = [
  ...CHEAP.map((limits) => ({ ...limits, inVain: Infinity })),
  { moves: 3000, detours: 3, inVain: 40 },
  { moves: 20_000, detours: 6, inVain: 6 },
]
