import type { Bounds } from './bounds.ts'

/**
 * Looks for other tables that would print the same. It starts from one solution, the truth; moves
 * one unknown; lets propagation say what must move with it; and settles each relation that is then
 * broken by moving one more unknown, going back where that leads nowhere. What it finds is a
 * solution, so that an attacker cannot rule it out; that it finds none proves nothing, unless
 * propagation alone was enough.
 */
export class Witnesses {
  /** The least and the greatest value of each unknown over all solutions seen. */
  readonly low: Int32Array
  readonly high: Int32Array
  readonly #bounds: Bounds
  readonly #truth: Int32Array
  readonly #journal: number[] = []
  readonly #pending: number[] = []
  #scanned = 0
  #tries = 0
  /** How many unknowns were moved in all. */
  moves = 0

  constructor(bounds: Bounds, truth: Int32Array) {
    this.#bounds = bounds
    this.#truth = truth
    this.low = truth.slice()
    this.high = truth.slice()
  }

  /**
   * Looks for a solution in which an unknown is at least (`up`) or at most a value: `found`, then
   * `low` and `high` have it; `none` when there is none for certain; `unknown` otherwise.
   */
  reach(unknown: number, up: boolean, value: number, tries = 300): 'found' | 'none' | 'unknown' {
    const bounds = this.#bounds
    const { usesFrom, uses, firstDerived } = bounds.system
    const base = bounds.mark()
    // What is derived stands in one relation, which says what it is.
    const own = uses[usesFrom[unknown] ?? 0] ?? -1
    bounds.derived = own >= firstDerived ? own : -1
    this.#pending.length = 0
    this.#scanned = base
    this.#tries = tries
    const moved = up ? bounds.raise(unknown, value) : bounds.lower(unknown, value)
    const first = moved ? bounds.propagate(EFFORT) : 'empty'
    let end: 'found' | 'none' | 'unknown' = 'unknown'
    if (first === 'empty') end = 'none'
    else if (first === 'ok' && this.#settle(0)) {
      end = 'found'
      this.#record(base)
    }
    bounds.undo(base)
    bounds.derived = -1
    return end
  }

  /** The value of an unknown: the truth, or what is nearest to it. */
  #at(unknown: number): number {
    const truth = this.#truth[unknown] ?? 0
    const least = this.#bounds.least[unknown] ?? 0
    if (truth < least) return least
    const greatest = this.#bounds.greatest[unknown] ?? 0
    return truth > greatest ? greatest : truth
  }

  /** Settles relations from a place in the list of those that may be broken. */
  #settle(from: number): boolean {
    this.#scan()
    const { starts, terms, signs, atLeast, atMost } = this.#bounds.system
    for (let at = from; at < this.#pending.length; at++) {
      const relation = this.#pending[at] ?? 0
      let sum = 0
      const start = starts[relation] ?? 0
      const end = starts[relation + 1] ?? 0
      for (let term = start; term < end; term++) {
        sum += (signs[term] ?? 0) * this.#at(terms[term] ?? 0)
      }
      const missing = (atLeast[relation] ?? 0) - sum
      const excess = sum - (atMost[relation] ?? 0)
      if (missing > 0) return this.#shift(at, relation, 1, missing)
      if (excess > 0) return this.#shift(at, relation, -1, excess)
    }
    return true
  }

  /** Moves one unknown of a broken relation so that its sum grows or falls, and goes on. */
  #shift(from: number, relation: number, direction: number, by: number): boolean {
    const bounds = this.#bounds
    const { starts, terms, signs, usesFrom } = bounds.system
    const choices: { unknown: number; up: boolean; value: number; rank: number }[] = []
    for (let at = starts[relation] ?? 0; at < (starts[relation + 1] ?? 0); at++) {
      const unknown = terms[at] ?? 0
      const up = signs[at] === direction
      const here = this.#at(unknown)
      const room = up ? (bounds.greatest[unknown] ?? 0) - here : here - (bounds.least[unknown] ?? 0)
      if (room <= 0) continue
      const step = Math.min(room, by)
      const used = (usesFrom[unknown + 1] ?? 0) - (usesFrom[unknown] ?? 0)
      choices.push({
        unknown,
        up,
        value: up ? here + step : here - step,
        // All at once before in part, and what hangs together with little first.
        rank: (by - step) * 1000 - Math.min(room, 40) * 4 + used,
      })
    }
    choices.sort((a, b) => a.rank - b.rank || a.unknown - b.unknown)
    const pending = this.#pending.length
    for (const { unknown, up, value } of choices) {
      if (this.#tries <= 0) return false
      this.#tries -= 1
      this.moves += 1
      const mark = bounds.mark()
      const moved = up ? bounds.raise(unknown, value) : bounds.lower(unknown, value)
      if (moved && bounds.propagate(EFFORT) === 'ok' && this.#settle(from)) return true
      bounds.undo(mark)
      this.#pending.length = pending
      this.#scanned = mark
    }
    return false
  }

  /** Lists the relations of everything that moved since it was last looked at. */
  #scan(): void {
    const { trail, system } = this.#bounds
    for (; this.#scanned < trail.length; this.#scanned++) {
      const unknown = (trail[this.#scanned] ?? 0) >> 1
      if (this.#at(unknown) === this.#truth[unknown]) continue
      const end = system.usesFrom[unknown + 1] ?? 0
      for (let at = system.usesFrom[unknown] ?? 0; at < end; at++) {
        const relation = system.uses[at] ?? 0
        if (relation < system.firstDerived || relation === this.#bounds.derived) {
          this.#pending.push(relation)
        }
      }
    }
  }

  #record(base: number): void {
    const { trail, system } = this.#bounds
    for (let at = base; at < trail.length; at++) {
      const unknown = (trail[at] ?? 0) >> 1
      this.#see(unknown, this.#at(unknown))
      for (
        let use = system.usesFrom[unknown] ?? 0;
        use < (system.usesFrom[unknown + 1] ?? 0);
        use++
      ) {
        const relation = system.uses[use] ?? 0
        if (relation >= system.firstDerived) this.#seeDerived(relation)
      }
    }
  }

  /** Takes note of a value that an unknown has in a solution. */
  #see(unknown: number, value: number): void {
    const low = this.low[unknown] ?? 0
    const high = this.high[unknown] ?? 0
    if (value >= low && value <= high) return
    this.#journal.push(unknown, low, high)
    this.low[unknown] = Math.min(low, value)
    this.high[unknown] = Math.max(high, value)
  }

  /** Where the journal of what was seen ends now. */
  mark(): number {
    return this.#journal.length
  }

  /** Forgets what was seen since a mark. */
  undo(mark: number): void {
    while (this.#journal.length > mark) {
      const high = this.#journal.pop() ?? 0
      const low = this.#journal.pop() ?? 0
      const unknown = this.#journal.pop() ?? 0
      this.low[unknown] = low
      this.high[unknown] = high
    }
  }

  /** Takes note of a solution that was found otherwise; what is not in it is as it truly is. */
  take(unknowns: readonly number[], values: Float64Array): void {
    const bounds = this.#bounds
    const base = bounds.mark()
    for (const [position, unknown] of unknowns.entries()) {
      const value = values[position] ?? 0
      bounds.raise(unknown, value)
      bounds.lower(unknown, value)
    }
    this.#record(base)
    bounds.undo(base)
  }

  /** What is derived is the last term of its relation, and taken off. */
  #seeDerived(relation: number): void {
    const { starts, terms, signs, derivedOf, firstDerived } = this.#bounds.system
    const own = derivedOf[relation - firstDerived] ?? 0
    let sum = 0
    for (let at = starts[relation] ?? 0; at < (starts[relation + 1] ?? 0); at++) {
      const term = terms[at] ?? 0
      if (term !== own) sum += (signs[at] ?? 0) * this.#at(term)
    }
    this.#see(own, sum)
  }
}

/** How many relations one propagation may look at. */
const EFFORT = 50_000
