import { UNBOUNDED, type LinearSystem } from './system.ts'

/**
 * Bounds of the unknowns of a system, tightened by its relations until no single relation tightens
 * one further: interval propagation, as in constraint programming (Apt, Principles of Constraint
 * Programming, 2003, ch. 6). What is left holds every solution, and may hold more. Every change can
 * be taken back.
 */
export class Bounds {
  readonly system: LinearSystem
  readonly least: Int32Array
  readonly greatest: Int32Array
  /** Which bound was changed in turn: the unknown twice, and 1 more for the greatest. */
  readonly trail: number[] = []
  /** The relation that each change follows from; −1 for one that was tried. */
  readonly #reasons: number[] = []
  readonly #before: number[] = []
  readonly #queue: number[] = []
  readonly #queued: Uint8Array
  #reason = -1
  /** What could not hold last: a relation, or an unknown that no number is left for. */
  #broken = { relation: 0, low: false, unknown: -1 }

  /** A relation that derives something, and is looked at as well. */
  derived = -1

  /** Bounds as they are before any relation; the arrays are kept. */
  constructor(system: LinearSystem, least: Int32Array, greatest: Int32Array) {
    this.system = system
    this.least = least
    this.greatest = greatest
    this.#queued = new Uint8Array(system.atLeast.length)
  }

  /** Tightens by every relation; false when there is no solution. */
  propagateAll(): boolean {
    const { atLeast, firstDerived } = this.system
    for (let relation = 0; relation < firstDerived; relation++) this.#push(relation)
    if (this.propagate(Infinity) === 'empty') return false
    for (let relation = firstDerived; relation < atLeast.length; relation++) this.#push(relation)
    return this.propagate(Infinity) !== 'empty'
  }

  /** Says that an unknown is no less; false when it can be no such number. */
  raise(unknown: number, value: number): boolean {
    const before = this.least[unknown] ?? 0
    if (value <= before) return true
    this.trail.push(unknown * 2)
    this.#reasons.push(this.#reason)
    this.#before.push(before)
    this.least[unknown] = value
    this.#wake(unknown)
    return value <= (this.greatest[unknown] ?? 0) || this.#breaks(unknown)
  }

  /** Says that an unknown is no greater; false when it can be no such number. */
  lower(unknown: number, value: number): boolean {
    const before = this.greatest[unknown] ?? 0
    if (value >= before) return true
    this.trail.push(unknown * 2 + 1)
    this.#reasons.push(this.#reason)
    this.#before.push(before)
    this.greatest[unknown] = value
    this.#wake(unknown)
    return value >= (this.least[unknown] ?? 0) || this.#breaks(unknown)
  }

  /** Where the trail ends now. */
  mark(): number {
    return this.trail.length
  }

  /** Takes back every change since a mark. */
  undo(mark: number): void {
    while (this.trail.length > mark) {
      const change = this.trail.pop() ?? 0
      const before = this.#before.pop() ?? 0
      this.#reasons.pop()
      if (change % 2 === 0) this.least[change / 2] = before
      else this.greatest[(change - 1) / 2] = before
    }
    this.#forget()
  }

  /** Makes the changes so far the beginning: they are not taken back any more. */
  settle(): void {
    this.trail.length = 0
    this.#reasons.length = 0
    this.#before.length = 0
  }

  /** Puts the bounds of an unknown back to given ones, as if they had never been tightened. */
  loosen(unknown: number, least: number, greatest: number): void {
    this.least[unknown] = least
    this.greatest[unknown] = greatest
    this.#wake(unknown)
  }

  /** Puts bounds back that were so before, with nothing to follow from them. */
  restore(unknown: number, least: number, greatest: number): void {
    this.least[unknown] = least
    this.greatest[unknown] = greatest
  }

  /**
   * Tightens until nothing changes: `empty` when there is no solution, `tired` when it looked at as
   * many relations as it may.
   */
  propagate(effort: number): 'ok' | 'empty' | 'tired' {
    const queue = this.#queue
    for (let at = 0; at < queue.length; at++) {
      if (at >= effort) {
        this.#forget()
        return 'tired'
      }
      const relation = queue[at] ?? 0
      this.#queued[relation] = 0
      this.#reason = relation
      const tightened = this.#tighten(relation)
      this.#reason = -1
      if (!tightened) {
        this.#forget()
        return 'empty'
      }
    }
    queue.length = 0
    return 'ok'
  }

  /**
   * After `empty`: the bounds from the beginning that it follows from, written as on the trail; by
   * going back from the relation that cannot hold through whatever tightened its terms since a
   * mark, as learning solvers do (Marques-Silva and Sakallah, GRASP, 1999).
   */
  explain(mark: number): Set<number> {
    const { starts, terms, signs } = this.system
    const needed = new Set<number>()
    /** What a relation used of its terms: the least of what is added and the greatest of the rest. */
    const use = (relation: number, low: boolean, but: number): void => {
      const end = starts[relation + 1] ?? 0
      for (let at = starts[relation] ?? 0; at < end; at++) {
        const term = terms[at] ?? 0
        if (term !== but) needed.add(term * 2 + ((signs[at] === 1) === low ? 0 : 1))
      }
    }
    const broken = this.#broken
    if (broken.unknown >= 0) needed.add(broken.unknown * 2).add(broken.unknown * 2 + 1)
    else use(broken.relation, broken.low, -1)
    for (let at = this.trail.length - 1; at >= mark; at--) {
      const change = this.trail[at] ?? 0
      if (!needed.delete(change)) continue
      const relation = this.#reasons[at] ?? -1
      if (relation < 0) continue
      const unknown = change >> 1
      const isGreatest = change % 2 === 1
      use(relation, (this.#signIn(relation, unknown) === 1) === isGreatest, unknown)
    }
    return needed
  }

  #signIn(relation: number, unknown: number): number {
    const { starts, terms, signs } = this.system
    const end = starts[relation + 1] ?? 0
    for (let at = starts[relation] ?? 0; at < end; at++) {
      if (terms[at] === unknown) return signs[at] ?? 0
    }
    return 0
  }

  #breaks(unknown: number): boolean {
    this.#broken = { relation: -1, low: false, unknown }
    return false
  }

  #forget(): void {
    for (const relation of this.#queue) this.#queued[relation] = 0
    this.#queue.length = 0
  }

  #push(relation: number): void {
    if (this.#queued[relation] === 1) return
    this.#queued[relation] = 1
    this.#queue.push(relation)
  }

  #wake(unknown: number): void {
    const { usesFrom, uses, firstDerived } = this.system
    const end = usesFrom[unknown + 1] ?? 0
    for (let at = usesFrom[unknown] ?? 0; at < end; at++) {
      const relation = uses[at] ?? 0
      if (relation < firstDerived || relation === this.derived) this.#push(relation)
    }
  }

  /** Tightens every unknown of a relation by what the others can be. */
  #tighten(relation: number): boolean {
    const { starts, terms, signs, atLeast, atMost } = this.system
    const start = starts[relation] ?? 0
    const end = starts[relation + 1] ?? 0
    const most = atMost[relation] ?? Infinity
    const fewest = atLeast[relation] ?? -Infinity
    let low = 0
    let high = 0
    let openLow = 0
    let openHigh = 0
    for (let at = start; at < end; at++) {
      const term = terms[at] ?? 0
      const least = this.least[term] ?? 0
      const greatest = this.greatest[term] ?? 0
      if (signs[at] === 1) {
        low += least
        if (greatest === UNBOUNDED) openHigh += 1
        else high += greatest
      } else {
        high -= least
        if (greatest === UNBOUNDED) openLow += 1
        else low -= greatest
      }
    }
    if ((openLow === 0 && low > most) || (openHigh === 0 && high < fewest)) {
      this.#broken = { relation, low: openLow === 0 && low > most, unknown: -1 }
      return false
    }
    const tightensLow = most !== Infinity && openLow <= 1
    const tightensHigh = fewest !== -Infinity && openHigh <= 1
    if (!tightensLow && !tightensHigh) return true
    for (let at = start; at < end; at++) {
      const term = terms[at] ?? 0
      const least = this.least[term] ?? 0
      const greatest = this.greatest[term] ?? 0
      const open = greatest === UNBOUNDED
      if (signs[at] === 1) {
        if (tightensLow && openLow === 0 && !this.lower(term, most - (low - least))) return false
        if (tightensHigh && (openHigh === 0 || open)) {
          const others = open ? high : high - greatest
          if (!this.raise(term, fewest - others)) return false
        }
      } else {
        if (tightensLow && (openLow === 0 || open)) {
          const others = open ? low : low + greatest
          if (!this.raise(term, others - most)) return false
        }
        if (tightensHigh && openHigh === 0 && !this.lower(term, high + least - fewest)) return false
      }
    }
    return true
  }
}

/** What bounds leave of an unknown; what is derived follows from what it is made of. */
export function rangeOf(
  { system, least, greatest }: Bounds,
  unknown: number,
): { least: number; greatest: number } {
  const { starts, terms, signs, firstDerived, derivedOf } = system
  const own = system.uses[system.usesFrom[unknown] ?? 0] ?? 0
  if (derivedOf[own - firstDerived] !== unknown) {
    return { least: least[unknown] ?? 0, greatest: greatest[unknown] ?? 0 }
  }
  let low = 0
  let high = 0
  for (let at = starts[own] ?? 0; at < (starts[own + 1] ?? 0); at++) {
    const term = terms[at] ?? 0
    if (term === unknown) continue
    low += signs[at] === 1 ? (least[term] ?? 0) : -(greatest[term] ?? 0)
    high += signs[at] === 1 ? (greatest[term] ?? 0) : -(least[term] ?? 0)
  }
  return { least: low, greatest: Math.min(UNBOUNDED, high) }
}
