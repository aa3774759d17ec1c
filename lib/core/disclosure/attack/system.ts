/**
 * What is known of unknown whole numbers: bounds of each, and linear relations between them. It is
 * the feasible set of an integer programme; nothing here knows what the numbers count.
 */

/** The greatest value of an unknown that nothing bounds. */
export const UNBOUNDED = 2 ** 30

/** Unknowns and relations, packed. */
export interface LinearSystem {
  /** How many unknowns there are. */
  readonly size: number
  /** Where the terms of each relation begin, and where the last ends. */
  readonly starts: Int32Array
  readonly terms: Int32Array
  /** 1 or −1, by term. */
  readonly signs: Int8Array
  /** The least and the greatest sum of each relation; infinite where it has none. */
  readonly atLeast: Float64Array
  readonly atMost: Float64Array
  /** Where the relations of each unknown begin in `uses`, and where the last ends. */
  readonly usesFrom: Int32Array
  readonly uses: Int32Array
  /** The sign that the unknown has in each of them. */
  readonly useSigns: Int8Array
  /**
   * The first of the relations that only say what something derived is: they bind nothing else, so
   * they are looked at only when it is asked about.
   */
  readonly firstDerived: number
  /** What each of those derives. */
  readonly derivedOf: Int32Array
}

/** A system whose unknowns are made of what was added: equal ones are one. */
export interface BuiltSystem {
  readonly system: LinearSystem
  /** The unknown that each added quantity is. */
  readonly unknownOf: Int32Array
}

/** Collects quantities and relations. */
export class SystemBuilder {
  /** Another quantity that is the same; itself for the one that stands for all of them. */
  readonly #same: number[] = []
  readonly #zero: boolean[] = []
  readonly #values: number[] = []
  readonly #relations: Relation[] = []
  readonly #derived: number[] = []
  readonly #derivedBefore = new Set<string>()
  #firstDerived: number | undefined

  /** Adds a quantity; answers its number. One that is 0 for certain is left out of relations. */
  quantity(value: number, isZero = false): number {
    this.#zero.push(isZero)
    this.#values.push(value)
    return this.#same.push(this.#same.length) - 1
  }

  /**
   * Adds atLeast ≤ Σ plus − Σ minus ≤ atMost, unless it does not hold: whoever takes for true what
   * is not learns nothing from it.
   */
  relate(plus: readonly number[], minus: readonly number[], atLeast: number, atMost: number): void {
    const relation = {
      plus: plus.filter((quantity) => this.#zero[quantity] !== true),
      minus: minus.filter((quantity) => this.#zero[quantity] !== true),
      atLeast,
      atMost,
    }
    const sum = this.#sum(plus) - this.#sum(minus)
    if (sum < atLeast || sum > atMost) return
    const [one, ...more] = relation.plus
    const [other, ...others] = relation.minus
    if (one === undefined && other === undefined) return
    if (other === undefined && atLeast <= 0 && atMost === Infinity) return
    const isPair = more.length === 0 && others.length === 0
    if (isPair && one !== undefined && other !== undefined && atLeast === 0 && atMost === 0) {
      this.#same[this.#find(one)] = this.#find(other)
      return
    }
    this.#relations.push(relation)
  }

  /** Says that one quantity is the sum of others. */
  equate(total: number, parts: readonly number[]): void {
    this.relate([total], parts, 0, 0)
  }

  /** Says that one quantity is no less than another. */
  order(greater: number, lesser: number): void {
    this.relate([greater], [lesser], 0, Infinity)
  }

  /** What parts are not 0 for certain. */
  nonZero(parts: readonly number[]): number[] {
    return parts.filter((part) => this.#zero[part] !== true)
  }

  /**
   * Adds a quantity that is Σ plus − Σ minus; after it come no other relations. Undefined when it
   * was derived before.
   */
  derive(plus: readonly number[], minus: readonly number[]): number | undefined {
    this.#firstDerived ??= this.#relations.length
    const key = [plus, minus].map((side) => this.#names(side).join()).join(' ')
    if (this.#derivedBefore.has(key)) return undefined
    this.#derivedBefore.add(key)
    const derived = this.quantity(this.#sum(plus) - this.#sum(minus))
    this.#derived.push(derived)
    this.#relations.push({
      plus: this.nonZero(plus),
      minus: [...this.nonZero(minus), derived],
      atLeast: 0,
      atMost: 0,
    })
    return derived
  }

  /** The system so far. */
  build(): BuiltSystem {
    const unknownOf = new Int32Array(this.#same.length).fill(-1)
    let size = 0
    for (const quantity of this.#same.keys()) {
      const stands = this.#find(quantity)
      if (unknownOf[stands] === -1) unknownOf[stands] = size++
      unknownOf[quantity] = unknownOf[stands] ?? 0
    }
    const derivedOf = Int32Array.from(this.#derived, (derived) => unknownOf[derived] ?? 0)
    return { system: { ...pack(this.#packed(unknownOf), size), derivedOf }, unknownOf }
  }

  #sum(quantities: readonly number[]): number {
    return quantities.reduce((sum, quantity) => sum + (this.#values[quantity] ?? 0), 0)
  }

  #names(quantities: readonly number[]): number[] {
    return this.nonZero(quantities)
      .map((quantity) => this.#find(quantity))
      .sort((a, b) => a - b)
  }

  #packed(unknownOf: Int32Array): { relations: Relation[]; firstDerived: number } {
    const seen = new Set<string>()
    const relations: Relation[] = []
    let firstDerived: number | undefined
    for (const [number, relation] of this.#relations.entries()) {
      if (number === this.#firstDerived) firstDerived = relations.length
      const named = rename(relation, unknownOf)
      if (named.plus.length === 0 && named.minus.length === 0) continue
      if (named.minus.length === 0 && named.atLeast <= 0 && named.atMost === Infinity) continue
      const key = `${named.plus.join()} ${named.minus.join()} ${named.atLeast} ${named.atMost}`
      if (seen.has(key)) continue
      seen.add(key)
      relations.push(named)
    }
    return { relations, firstDerived: firstDerived ?? relations.length }
  }

  #find(quantity: number): number {
    let at = quantity
    for (;;) {
      const next = this.#same[at] ?? at
      if (next === at) return at
      this.#same[at] = this.#same[next] ?? next
      at = next
    }
  }
}

interface Relation {
  readonly plus: readonly number[]
  readonly minus: readonly number[]
  readonly atLeast: number
  readonly atMost: number
}

/** A relation of unknowns; what stands on both sides is left out. */
function rename({ plus, minus, atLeast, atMost }: Relation, unknownOf: Int32Array): Relation {
  const left = plus.map((quantity) => unknownOf[quantity] ?? 0).sort((a, b) => a - b)
  const right: number[] = []
  for (const quantity of minus) {
    const unknown = unknownOf[quantity] ?? 0
    const both = left.indexOf(unknown)
    if (both === -1) right.push(unknown)
    else left.splice(both, 1)
  }
  return { plus: left, minus: right.sort((a, b) => a - b), atLeast, atMost }
}

function pack(
  { relations, firstDerived }: { relations: readonly Relation[]; firstDerived: number },
  size: number,
): Omit<LinearSystem, 'derivedOf'> {
  const starts = new Int32Array(relations.length + 1)
  for (const [number, { plus, minus }] of relations.entries()) {
    starts[number + 1] = (starts[number] ?? 0) + plus.length + minus.length
  }
  const length = starts.at(-1) ?? 0
  const terms = new Int32Array(length)
  const signs = new Int8Array(length)
  const usesFrom = new Int32Array(size + 1)
  for (const [number, { plus, minus }] of relations.entries()) {
    terms.set([...plus, ...minus], starts[number])
    signs.fill(1, starts[number], (starts[number] ?? 0) + plus.length)
    signs.fill(-1, (starts[number] ?? 0) + plus.length, starts[number + 1])
    for (const term of [...plus, ...minus]) usesFrom[term + 1] = (usesFrom[term + 1] ?? 0) + 1
  }
  for (let at = 1; at <= size; at++) usesFrom[at] = (usesFrom[at] ?? 0) + (usesFrom[at - 1] ?? 0)
  const next = usesFrom.slice()
  const uses = new Int32Array(length)
  const useSigns = new Int8Array(length)
  for (const number of relations.keys()) {
    for (let at = starts[number] ?? 0; at < (starts[number + 1] ?? 0); at++) {
      const term = terms[at] ?? 0
      const place = next[term] ?? 0
      uses[place] = number
      useSigns[place] = signs[at] ?? 0
      next[term] = place + 1
    }
  }
  return {
    size,
    starts,
    terms,
    signs,
    atLeast: Float64Array.from(relations, ({ atLeast }) => atLeast),
    atMost: Float64Array.from(relations, ({ atMost }) => atMost),
    usesFrom,
    uses,
    useSigns,
    firstDerived,
  }
}
