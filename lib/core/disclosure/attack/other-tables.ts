import { rangeOf, type Bounds } from './bounds.ts'
import type { Hiding, Knowing, OtherTable, SearchLimits } from './search.ts'
import type { LinearSystem } from './system.ts'

/**
 * Looks for other tables that would print the same. It starts from the truth, moves one unknown,
 * and settles each relation that is then broken by moving one more, going back where that leads
 * nowhere: whatever it finds is a table, so that nobody can rule it out; that it finds none proves
 * nothing. Where it may hide, it pays for each figure that the other table would print otherwise,
 * and looks for the cheapest.
 */

interface Choice {
  readonly unknown: number
  readonly to: number
  readonly price: number
  /** What must be hidden for it. */
  readonly open: readonly number[]
  readonly rank: number
}

/** The search, over one system. */
export class OtherTables {
  readonly #system: LinearSystem
  readonly #truth: Int32Array
  readonly #value: Int32Array
  /** The sum of each relation now. */
  readonly #sums: Int32Array
  /** How often each relation could not be settled: it is settled earlier next time. */
  readonly #weights: Float64Array
  readonly #isOpen: Uint8Array
  /** How often each unknown was moved. */
  readonly #visits: Uint8Array
  readonly #opened: number[] = []
  readonly #journal: number[] = []
  readonly #pending: number[] = []
  #knowing: Knowing
  #hiding: Hiding | undefined
  #target = -1
  #derived = -1
  #left = 0
  #loss = 0
  /** What may be lost at most. */
  #most = Infinity
  #best: OtherTable | undefined
  /** How many unknowns were moved in all. */
  moves = 0

  constructor(system: LinearSystem, truth: Int32Array) {
    this.#system = system
    this.#truth = truth
    this.#value = truth.slice()
    this.#isOpen = new Uint8Array(system.size)
    this.#weights = new Float64Array(system.atLeast.length).fill(1)
    this.#visits = new Uint8Array(system.size)
    this.#knowing = { least: truth, greatest: truth }
    this.#sums = new Int32Array(system.atLeast.length)
    for (let relation = 0; relation < this.#sums.length; relation++) {
      const end = system.starts[relation + 1] ?? 0
      for (let at = system.starts[relation] ?? 0; at < end; at++) {
        this.#sums[relation] =
          (this.#sums[relation] ?? 0) +
          (system.signs[at] ?? 0) * (truth[system.terms[at] ?? 0] ?? 0)
      }
    }
  }

  /**
   * A table that prints the same and in which an unknown is at least (`up`) or at most a value, of
   * what relations leave; the bounds are as they were afterwards.
   */
  findPrinted(
    bounds: Bounds,
    unknown: number,
    up: boolean,
    value: number,
    limits: SearchLimits,
  ): OtherTable | undefined {
    const mark = bounds.mark()
    this.#begin(bounds, unknown, undefined)
    bounds.derived = this.#derived
    if (this.#derived >= 0) {
      const { least, greatest } = rangeOf(bounds, unknown)
      bounds.restore(unknown, least, greatest)
    }
    // What must move with it is moved at once; often that shows that it cannot.
    const moved = up ? bounds.raise(unknown, value) : bounds.lower(unknown, value)
    if (moved && bounds.propagate(EFFORT) !== 'empty') {
      const forced = bounds.trail.slice(mark).map((change) => change >> 1)
      this.#search(limits, (detours) => {
        for (const one of [unknown, ...forced]) this.#draw(one)
        return this.#settle(0, detours)
      })
    }
    bounds.undo(mark)
    bounds.derived = -1
    return this.#best
  }

  /**
   * The cheapest table found in which an unknown is as far up, or down, as a value, if figures may
   * be hidden that it prints otherwise.
   */
  findHiding(
    knowing: Knowing,
    unknown: number,
    up: boolean,
    value: number,
    limits: SearchLimits,
    hiding: Hiding,
  ): OtherTable | undefined {
    this.#begin(knowing, unknown, hiding)
    this.#most = limits.loss ?? Infinity
    const truth = this.#truth[unknown] ?? 0
    const first =
      this.#derived >= 0
        ? [{ unknown, to: value, price: 0, open: [], rank: 0 }]
        : this.#movesOf(unknown, up, up ? value - truth : truth - value)
    for (const choice of first.filter(({ to }) => to === value)) {
      this.#search(limits, (detours) => this.#take(choice, 0, detours))
    }
    return this.#best
  }

  #begin(knowing: Knowing, unknown: number, hiding: Hiding | undefined): void {
    const { usesFrom, uses, firstDerived, derivedOf } = this.#system
    this.#knowing = knowing
    this.#hiding = hiding
    this.#target = unknown
    this.#best = undefined
    // What is derived stands in one relation, which says what it is.
    const own = uses[usesFrom[unknown] ?? 0] ?? -1
    this.#derived = derivedOf[own - firstDerived] === unknown ? own : -1
  }

  /** Searches without a detour, then with one, and so on. */
  #search({ moves, detours }: SearchLimits, from: (detours: number) => boolean): void {
    this.#left = moves
    for (let turn = 0; turn <= detours && this.#left > 0; turn++) {
      this.#loss = 0
      const isFound = from(turn)
      this.#back(0, 0, 0)
      if (isFound) return
    }
  }

  /** Moves an unknown to where it is known to be, as little as that takes. */
  #draw(unknown: number): void {
    const value = this.#value[unknown] ?? 0
    const least = this.#knowing.least[unknown] ?? 0
    const greatest = this.#knowing.greatest[unknown] ?? 0
    if (value < least) this.#move(unknown, least)
    else if (value > greatest) this.#move(unknown, greatest)
  }

  /** Makes a move and settles what it breaks; the caller takes it back. */
  #take({ unknown, to, price, open }: Choice, from: number, detours: number): boolean {
    this.#left -= 1
    this.moves += 1
    this.#loss += price
    for (const one of open) {
      this.#open(one)
      for (const other of this.#hiding?.with(one) ?? []) this.#open(other)
    }
    this.#move(unknown, to)
    return this.#settle(from, detours)
  }

  #open(unknown: number): void {
    if (this.#isOpen[unknown] === 1) return
    this.#isOpen[unknown] = 1
    this.#opened.push(unknown)
  }

  #move(unknown: number, to: number): void {
    const { usesFrom, uses, useSigns } = this.#system
    const before = this.#value[unknown] ?? 0
    const by = to - before
    this.#journal.push(unknown, before)
    this.#visits[unknown] = (this.#visits[unknown] ?? 0) + 1
    this.#value[unknown] = to
    const end = usesFrom[unknown + 1] ?? 0
    for (let use = usesFrom[unknown] ?? 0; use < end; use++) {
      const relation = uses[use] ?? 0
      this.#sums[relation] = (this.#sums[relation] ?? 0) + (useSigns[use] ?? 0) * by
      if (this.#breaks(relation, this.#sums[relation] ?? 0)) this.#pending.push(relation)
    }
  }

  /** Takes moves back. */
  #back(journal: number, pending: number, opened: number): void {
    const { usesFrom, uses, useSigns } = this.#system
    while (this.#journal.length > journal) {
      const before = this.#journal.pop() ?? 0
      const unknown = this.#journal.pop() ?? 0
      const by = before - (this.#value[unknown] ?? 0)
      this.#value[unknown] = before
      this.#visits[unknown] = (this.#visits[unknown] ?? 0) - 1
      const end = usesFrom[unknown + 1] ?? 0
      for (let use = usesFrom[unknown] ?? 0; use < end; use++) {
        const relation = uses[use] ?? 0
        this.#sums[relation] = (this.#sums[relation] ?? 0) + (useSigns[use] ?? 0) * by
      }
    }
    while (this.#opened.length > opened) this.#isOpen[this.#opened.pop() ?? 0] = 0
    this.#pending.length = pending
  }

  #breaks(relation: number, sum: number): boolean {
    const { firstDerived, atLeast, atMost } = this.#system
    if (relation >= firstDerived && relation !== this.#derived) return false
    return sum < (atLeast[relation] ?? 0) || sum > (atMost[relation] ?? 0)
  }

  /** Settles relations from a place in the list of those that may be broken. */
  #settle(from: number, detours: number): boolean {
    if (this.#left <= 0) return false
    let fewest = Infinity
    let chosen = -1
    let seen = 0
    let first = -1
    for (let at = from; at < this.#pending.length && seen < LOOKED_AT; at++) {
      const relation = this.#pending[at] ?? 0
      if (!this.#breaks(relation, this.#sums[relation] ?? 0)) continue
      if (first === -1) first = at
      seen += 1
      // The relation that leaves least to choose from decides most.
      const ways = this.#waysOf(relation)
      if (ways === 0) {
        this.#weights[relation] = (this.#weights[relation] ?? 0) + 1
        return false
      }
      const pressing = ways / (this.#weights[relation] ?? 1)
      if (pressing >= fewest) continue
      fewest = pressing
      chosen = relation
    }
    if (chosen === -1) return this.#keep()
    const choices = this.#choicesOf(chosen)
    choices.sort((a, b) => a.rank - b.rank || a.unknown - b.unknown)
    const journal = this.#journal.length
    const pending = this.#pending.length
    const opened = this.#opened.length
    const loss = this.#loss
    for (const [detour, choice] of choices.entries()) {
      if (detour > detours || this.#left <= 0) return false
      if (loss + choice.price >= (this.#best?.loss ?? Infinity)) continue
      if (this.#take(choice, first, detours - detour)) return true
      this.#back(journal, pending, opened)
      this.#loss = loss
    }
    return false
  }

  /** How many unknowns could help a broken relation, counted no further than a number. */
  #waysOf(relation: number): number {
    const { starts, terms, signs, atLeast } = this.#system
    const isShort = (this.#sums[relation] ?? 0) < (atLeast[relation] ?? 0)
    const end = starts[relation + 1] ?? 0
    let ways = 0
    for (let at = starts[relation] ?? 0; at < end; at++) {
      const unknown = terms[at] ?? 0
      if (unknown === this.#target || (this.#visits[unknown] ?? 0) >= VISITS) continue
      const up = (signs[at] === 1) === isShort
      if (this.#room(unknown, up) > 0 || this.#mayOpen(unknown, up)) ways += 1
    }
    return ways
  }

  /** Whether an unknown that lies as far as it may could be moved further, were something hidden. */
  #mayOpen(unknown: number, up: boolean): boolean {
    const hiding = this.#hiding
    if (hiding === undefined || this.#isOpen[unknown] === 1) return false
    if (hiding.price(unknown) > this.#most - this.#loss) return false
    const value = this.#value[unknown] ?? 0
    return up ? hiding.greatest(unknown) > value : hiding.least(unknown) < value
  }

  /** Every move that helps a broken relation. */
  #choicesOf(relation: number): Choice[] {
    const { starts, terms, signs, atLeast, atMost } = this.#system
    const sum = this.#sums[relation] ?? 0
    const missing = (atLeast[relation] ?? 0) - sum
    const isShort = missing > 0
    const by = isShort ? missing : sum - (atMost[relation] ?? 0)
    const choices: Choice[] = []
    const end = starts[relation + 1] ?? 0
    for (let at = starts[relation] ?? 0; at < end; at++) {
      const unknown = terms[at] ?? 0
      if (unknown === this.#target) continue
      // Nothing is moved to and fro for ever.
      if ((this.#visits[unknown] ?? 0) >= VISITS) continue
      const up = (signs[at] === 1) === isShort
      for (const choice of this.#movesOf(unknown, up, by)) choices.push(choice)
    }
    return choices
  }

  /** How an unknown may be moved by so much, or as far as it can be: as it is, or hidden. */
  #movesOf(unknown: number, up: boolean, by: number): Choice[] {
    const room = this.#room(unknown, up)
    const found: Choice[] = []
    if (room > 0) found.push(this.#choice(unknown, up, Math.min(room, by), by, 0, []))
    const hiding = this.#hiding
    if (room >= by || hiding === undefined || !this.#mayOpen(unknown, up)) return found
    const open = this.#opening(unknown, up, hiding)
    if (open === undefined) return found
    const value = this.#value[unknown] ?? 0
    const more = up ? hiding.greatest(unknown) - value : value - hiding.least(unknown)
    if (more > room) {
      const step = Math.min(more, by)
      found.push(this.#choice(unknown, up, step, by, open.price, open.open))
    }
    return found
  }

  #room(unknown: number, up: boolean): number {
    const value = this.#value[unknown] ?? 0
    const hiding = this.#isOpen[unknown] === 1 ? this.#hiding : undefined
    if (up) return (hiding?.greatest(unknown) ?? this.#knowing.greatest[unknown] ?? 0) - value
    return value - (hiding?.least(unknown) ?? this.#knowing.least[unknown] ?? 0)
  }

  /** What to hide so that an unknown may be moved further; undefined where it may not. */
  #opening(
    unknown: number,
    up: boolean,
    hiding: Hiding,
  ): { readonly open: number[]; readonly price: number } | undefined {
    let price = hiding.price(unknown)
    if (price > this.#most - this.#loss) return undefined
    const open = [unknown]
    for (const mates of up ? hiding.mates(unknown) : []) {
      if (mates.some((mate) => this.#isOpen[mate] === 1 || open.includes(mate))) continue
      const [cheapest] = mates
      if (cheapest === undefined) return undefined
      price += hiding.price(cheapest)
      open.push(cheapest)
    }
    return price > this.#most - this.#loss ? undefined : { open, price }
  }

  /** A move, ranked: what loses least first, then what breaks least, then what goes all the way. */
  #choice(
    unknown: number,
    up: boolean,
    step: number,
    by: number,
    price: number,
    open: readonly number[],
  ): Choice {
    const { usesFrom, uses, useSigns } = this.#system
    const delta = up ? step : -step
    let broken = 0
    const end = usesFrom[unknown + 1] ?? 0
    for (let use = usesFrom[unknown] ?? 0; use < end; use++) {
      const relation = uses[use] ?? 0
      const sum = this.#sums[relation] ?? 0
      broken += Number(this.#breaks(relation, sum + (useSigns[use] ?? 0) * delta))
      broken -= Number(this.#breaks(relation, sum))
    }
    const to = (this.#value[unknown] ?? 0) + delta
    const visits = this.#visits[unknown] ?? 0
    const rank = price * 10_000 + broken * 100 + (by - step) * 150 + visits * 200
    return { unknown, to, price, open, rank }
  }

  /** Keeps a table that obeys everything, if it is the cheapest; whether none can be cheaper. */
  #keep(): boolean {
    const changed = new Set<number>()
    for (let at = 0; at < this.#journal.length; at += 2) changed.add(this.#journal[at] ?? 0)
    const unknowns = [...changed]
    const { usesFrom, uses, firstDerived, derivedOf } = this.#system
    const derived = new Map<number, number>()
    for (const unknown of unknowns) {
      const end = usesFrom[unknown + 1] ?? 0
      for (let use = usesFrom[unknown] ?? 0; use < end; use++) {
        const relation = uses[use] ?? 0
        const own = derivedOf[relation - firstDerived]
        if (own === undefined || changed.has(own)) continue
        derived.set(own, (this.#truth[own] ?? 0) + (this.#sums[relation] ?? 0))
      }
    }
    this.#best = {
      unknowns: [...unknowns, ...derived.keys()],
      values: [...unknowns.map((unknown) => this.#value[unknown] ?? 0), ...derived.values()],
      loss: this.#loss,
    }
    return this.#loss === 0
  }
}

/** How many broken relations are looked at before one is settled. */
const LOOKED_AT = 40
/** How many relations are looked at to see what must move with one unknown. */
const EFFORT = 20_000
/** How often an unknown may be moved on the way to one table. */
const VISITS = 6
