import { MEASURE, MEASURES } from '#core/disclosure/lattice.ts'
import { Attack, type AttackEffort } from './attack.ts'
import { ReleaseModel, type PrintedRelease } from './release-model.ts'

/** A release after its repair. */
export interface RepairedRelease {
  /** What is printed, by number of cell. */
  readonly printed: Int32Array
  /** What the repair hid, in order: for the release's record, never for its print. */
  readonly hidden: readonly HiddenFigure[]
  /**
   * How many quantities may leave too few values still: nothing was left to hide, or there were more
   * in doubt than are looked at.
   */
  readonly untold: number
  readonly solverCalls: number
  readonly largestBlock: number
  readonly unknowns: number
  readonly rounds: number
}

/** A figure that the repair hid. */
export interface HiddenFigure {
  readonly cell: number
  /** What would have been printed. */
  readonly figure: number
  /** The hidden cell that it told of, or the cells of which something could be worked out. */
  readonly sake: readonly number[]
}

/**
 * Hides more of a release until the attack fails everywhere. What is told is protected by hiding
 * the figure near it that loses least and is enough: loss is the number of digits of what was
 * printed, so that of figures of one size the first by code gives way and the choice does not say
 * which is smaller. At the end everything is attacked afresh.
 *
 * `views` are of those who counted some cells themselves, 1 for each of those: providers. Their
 * attacks are by propagation alone.
 */
export function repairRelease(
  release: PrintedRelease,
  effort: AttackEffort,
  views: readonly Uint8Array[] = [],
  onRound?: (round: number, told: number) => void,
): RepairedRelease {
  const model = new ReleaseModel(release)
  const sum = { rounds: 0, solverCalls: 0, largestBlock: 0 }
  const hidden: HiddenFigure[] = []
  const attempt = (isThorough: boolean): Repair => {
    const attack = new Attack(model, effort)
    const repair = new Repair(model, attack, release.settings.candidates, isThorough)
    const told = repair.told()
    sum.rounds += 1
    onRound?.(sum.rounds, told.length)
    for (let at = 0; at < told.length; at++) told.push(...repair.protect(told[at] ?? 0))
    hidden.push(...repair.hidden)
    sum.solverCalls += attack.work.solverCalls
    sum.largestBlock = Math.max(sum.largestBlock, attack.work.largestBlock)
    return repair
  }
  const attemptCertain = (): number => {
    for (;;) {
      const repair = attempt(false)
      if (repair.hidden.length === 0) return repair.given
    }
  }
  // What hides for the sake of what is certain protects much of what is in doubt.
  attemptCertain()
  let inDoubt = 0
  for (let turn = 0; turn < THOROUGH; turn++) {
    const repair = attempt(true)
    inDoubt = repair.given + repair.left
    if (repair.hidden.length === 0) break
  }
  for (;;) {
    const before = hidden.length
    let untold = inDoubt
    for (const view of [undefined, ...views]) {
      model.exact = view
      untold += attemptCertain()
    }
    if (hidden.length === before) {
      return { ...sum, untold, printed: model.printed, hidden, unknowns: model.system.size }
    }
  }
}

class Repair {
  readonly #model: ReleaseModel
  readonly #attack: Attack
  readonly #candidates: number
  readonly hidden: HiddenFigure[] = []
  #plans = 0
  /** How often nothing was left to hide. */
  given = 0
  /** How many in doubt were left, since enough of them had been looked at. */
  left = 0

  readonly #isThorough: boolean

  /** With `isThorough` what is in doubt is protected as well, and the solver asked about it. */
  constructor(model: ReleaseModel, attack: Attack, candidates: number, isThorough: boolean) {
    this.#model = model
    this.#isThorough = isThorough
    this.#attack = attack
    this.#candidates = candidates
  }

  /** What is told, or with `isThorough` may be, in the order of its protection. */
  told(): number[] {
    const secrets = this.#model.secrets()
    if (!this.#isThorough) return secrets.filter((one) => this.#isOpen(one))
    const isOpen = (one: number): boolean => !this.#attack.leaves(one, this.#candidates, TRIAL)
    const open = secrets.filter(isOpen)
    this.#attack.sweep(open, this.#candidates)
    return open.filter(isOpen)
  }

  /**
   * Hides until an unknown leaves enough values, upwards or downwards of the truth, whichever loses
   * less; answers what must be protected beside it now.
   */
  protect(unknown: number): readonly number[] {
    if (!this.#isOpen(unknown)) return []
    this.#plans += 1
    if (this.#plans > CAREFUL && this.#isThorough) {
      this.left += 1
      return []
    }
    const up = this.#plan(unknown, true)
    const down = up?.hide.length === 1 ? undefined : this.#plan(unknown, false)
    const best = up === undefined || (down !== undefined && down.loss < up.loss) ? down : up
    if (best === undefined) {
      this.given += 1
      return []
    }
    for (const one of best.hide) this.#record(one, unknown)
    return best.hide
  }

  /** Hides for the sake of an unknown, and takes note of it. */
  #record(one: number, unknown: number): void {
    const sake = this.#cellsBehind(unknown)
    const cells = this.#shownCells(one)
    this.hidden.push(...cells.map((cell) => ({ cell, figure: this.#figureOf(cell), sake })))
    this.#hide(one)
  }

  #isOpen(unknown: number): boolean {
    return this.#isThorough
      ? !this.#attack.leaves(unknown, this.#candidates)
      : this.#attack.isTold(unknown, this.#candidates)
  }

  /** What to hide so that an unknown may lie further up, or down; undefined where that is too much. */
  #plan(unknown: number, up: boolean): Plan | undefined {
    const { seen } = this.#attack
    const mark = seen.mark()
    const undo: (() => void)[] = []
    const hide: number[] = []
    let loss = 0
    const take = (one: number): void => {
      loss += this.#lossOf(one)
      undo.push(this.#hide(one))
      hide.push(one)
    }
    let done = false
    while (hide.length < PATIENCE) {
      const proof = this.#proof(unknown, up)
      if (proof === undefined) {
        done = !this.#isOpen(unknown)
        if (done) break
      }
      const next = this.#next(unknown, up, proof ?? this.#holding(unknown, up))
      if (next === undefined) break
      take(next)
    }
    seen.undo(mark)
    for (const back of undo.reverse()) back()
    return done ? { hide, loss } : undefined
  }

  /** The cheapest that is enough, or else the one that gets furthest. */
  #next(unknown: number, up: boolean, choice: readonly number[]): number | undefined {
    let best: { one: number; reach: number } | undefined
    for (const one of choice.slice(0, CHOICE)) {
      const { seen } = this.#attack
      const mark = seen.mark()
      const back = this.#hide(one)
      const enough =
        !this.#attack.isTold(unknown, this.#candidates) &&
        (!this.#isThorough || this.#attack.leaves(unknown, this.#candidates, TRIAL))
      const { least, greatest } = this.#attack.range(unknown)
      const reach = up ? greatest : -least
      seen.undo(mark)
      back()
      if (enough) return one
      if (best === undefined || reach > best.reach) best = { one, reach }
    }
    return best?.one
  }

  /** Hides every cell that an unknown is, with the bounds of its people; answers how to undo it. */
  #hide(unknown: number): () => void {
    const { bounds } = this.#attack
    const model = this.#model
    const cells = this.#shownCells(unknown)
    for (const cell of cells) model.hide(cell)
    const unknowns = new Set(cells.map((cell) => model.unknownOf[cell] ?? 0))
    const around = neighbourhood(this.#attack, [...unknowns])
    const before = around.map((one) => [one, bounds.least[one] ?? 0, bounds.greatest[one] ?? 0])
    for (const one of around) {
      const { least, greatest } = model.bounds(one)
      bounds.loosen(one, least, greatest)
    }
    bounds.propagate(Infinity)
    bounds.settle()
    return () => {
      for (const cell of cells) model.show(cell)
      for (const [one = 0, least = 0, greatest = 0] of before) {
        bounds.restore(one, least, greatest)
      }
    }
  }

  #shownCells(unknown: number): number[] {
    const model = this.#model
    const own = (model.cellsOf[unknown] ?? []).filter((cell) => (model.printed[cell] ?? 0) > 0)
    const bounds = own.flatMap((cell) => {
      if (cell % MEASURES.length !== MEASURE.people) return []
      return BOUNDS.map((measure) => cell + MEASURE[measure])
    })
    const people = bounds.filter((cell) => (model.printed[cell] ?? 0) > 0)
    return [...new Set([...own, ...people])]
  }

  /**
   * The shown figures that together keep an unknown from lying further up, or down; those that lose
   * least first. Undefined when nothing that propagation finds does.
   */
  #proof(unknown: number, up: boolean): number[] | undefined {
    const { bounds, seen } = this.#attack
    const model = this.#model
    const { usesFrom, uses, firstDerived } = bounds.system
    const around = neighbourhood(this.#attack, [unknown], 300)
    const before = around.map((one) => [one, bounds.least[one] ?? 0, bounds.greatest[one] ?? 0])
    for (const one of around) {
      const { least, greatest } = model.bounds(one)
      bounds.restore(one, least, greatest)
    }
    const own = uses[usesFrom[unknown] ?? 0] ?? -1
    bounds.derived = own >= firstDerived ? own : -1
    const mark = bounds.mark()
    const spread = this.#candidates - 1
    const moved = up
      ? bounds.raise(unknown, (seen.low[unknown] ?? 0) + spread)
      : bounds.lower(unknown, (seen.high[unknown] ?? 0) - spread)
    const holds = moved && bounds.propagate(Infinity) !== 'empty'
    const told = holds ? undefined : this.#hideable(bounds.explain(mark))
    bounds.undo(mark)
    bounds.derived = -1
    for (const [one = 0, least = 0, greatest = 0] of before) bounds.restore(one, least, greatest)
    return told
  }

  /** The unknowns that may be hidden so that given bounds are not known any more. */
  #hideable(told: ReadonlySet<number>): number[] {
    const model = this.#model
    const found = new Set<number>()
    for (const bound of told) {
      const unknown = bound >> 1
      if (this.#mayHide(unknown)) found.add(unknown)
      if (bound % 2 === 0) continue
      for (const cell of model.cellsOf[unknown] ?? []) {
        if (!model.isHidden(cell)) continue
        for (const mate of model.matesOf(cell)) {
          const one = model.unknownOf[mate] ?? 0
          if (this.#mayHide(one)) found.add(one)
        }
      }
    }
    return this.#inOrder([...found])
  }

  /** What may be hidden of what holds an unknown where no proof by propagation says it. */
  #holding(unknown: number, up: boolean): number[] {
    const holding = this.#attack.holding(unknown, up).filter((one) => this.#mayHide(one))
    if (holding.length > 0) return this.#inOrder(holding)
    const near = neighbourhood(this.#attack, [unknown], 120).filter((one) => this.#mayHide(one))
    return this.#inOrder(near.slice(0, CHOICE))
  }

  #inOrder(unknowns: number[]): number[] {
    return unknowns.sort(
      (a, b) => this.#lossOf(a) - this.#lossOf(b) || this.#first(a) - this.#first(b),
    )
  }

  #figureOf(cell: number): number {
    return this.#model.printed[cell] ?? 0
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

  /** Whether an unknown is shown, and was in no release before: that could not be taken back. */
  #mayHide(unknown: number): boolean {
    const model = this.#model
    const cells = model.cellsOf[unknown] ?? []
    return (
      cells.some((cell) => (model.printed[cell] ?? 0) > 0) &&
      cells.every(
        (cell) => (model.printed[cell] ?? 0) <= 0 || (model.release.published?.[cell] ?? -2) <= 0,
      )
    )
  }

  #lossOf(unknown: number): number {
    const { printed } = this.#model
    let loss = 0
    for (const cell of this.#shownCells(unknown)) {
      loss += isBound(cell) ? 1 : String(printed[cell]).length
    }
    return loss
  }
}

/** Unknowns to hide, and what it loses. */
interface Plan {
  readonly hide: readonly number[]
  readonly loss: number
}

const BOUNDS = ['lower', 'upper', 'doubtful'] as const

function isBound(cell: number): boolean {
  const measure = cell % MEASURES.length
  return BOUNDS.some((bound) => MEASURE[bound] === measure)
}

/** How many figures are tried before one is chosen. */
const CHOICE = 4
/** How long a figure that might be enough is tried. */
const TRIAL = 120
/** How many in doubt are protected in a round, and how many rounds there are for them. */
const CAREFUL = 40
const THOROUGH = 2
/** How many figures may be hidden for one quantity's sake before it is given up. */
const PATIENCE = 12

/** The unknowns around some, the nearest first, up to a number; those themselves are the first. */
function neighbourhood({ bounds }: Attack, from: readonly number[], reach = 120): number[] {
  const { usesFrom, uses, starts, terms, firstDerived, derivedOf } = bounds.system
  const found = new Set(from)
  for (const unknown of found) {
    for (let use = usesFrom[unknown] ?? 0; use < (usesFrom[unknown + 1] ?? 0); use++) {
      const relation = uses[use] ?? 0
      if (relation >= firstDerived && derivedOf[relation - firstDerived] !== unknown) continue
      for (let at = starts[relation] ?? 0; at < (starts[relation + 1] ?? 0); at++) {
        if (found.size >= reach) return [...found]
        found.add(terms[at] ?? 0)
      }
    }
  }
  return [...found]
}
