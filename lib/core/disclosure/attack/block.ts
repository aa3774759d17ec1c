import type { Bounds } from './bounds.ts'
import { UNBOUNDED, type LinearSystem } from './system.ts'

/**
 * The part of a system that bears on one unknown: what hangs together with it through relations
 * that bind. What is decided already is left out, and so is what lies further away than a block may
 * reach; that is taken as it truly is, so that every solution of a block is one of the system.
 */
export interface Block {
  /** The unknowns of the block, those that it is about first. */
  readonly unknowns: readonly number[]
  readonly least: Float64Array
  readonly greatest: Float64Array
  /** Relations of positions in the block, packed as in a system. */
  readonly starts: Int32Array
  readonly terms: Int32Array
  readonly signs: Float64Array
  readonly atLeast: Float64Array
  readonly atMost: Float64Array
  /** Whether nothing was left out that could move. */
  readonly isWhole: boolean
}

/** Takes the block of some unknowns, of at most `limit` unknowns and the nearest first. */
export function takeBlock(
  bounds: Bounds,
  truth: Int32Array,
  about: readonly number[],
  limit: number,
): Block {
  const { system } = bounds
  const position = new Map(about.map((unknown, at) => [unknown, at]))
  const unknowns = [...about]
  const relations = new Set<number>()
  let isWhole = true
  for (let at = 0; at < unknowns.length; at++) {
    const unknown = unknowns[at] ?? 0
    for (
      let use = system.usesFrom[unknown] ?? 0;
      use < (system.usesFrom[unknown + 1] ?? 0);
      use++
    ) {
      const relation = system.uses[use] ?? 0
      if (relations.has(relation)) continue
      const derives = system.derivedOf[relation - system.firstDerived]
      if (derives === undefined ? !binds(bounds, relation) : derives !== unknown) continue
      relations.add(relation)
      for (
        let term = system.starts[relation] ?? 0;
        term < (system.starts[relation + 1] ?? 0);
        term++
      ) {
        const other = system.terms[term] ?? 0
        if (position.has(other) || bounds.least[other] === bounds.greatest[other]) continue
        if (unknowns.length >= limit) {
          isWhole = false
          continue
        }
        position.set(other, unknowns.length)
        unknowns.push(other)
      }
    }
  }
  return {
    ...packBlock(system, bounds, truth, [...relations], position),
    unknowns,
    isWhole,
    least: Float64Array.from(unknowns, (unknown) => bounds.least[unknown] ?? 0),
    greatest: Float64Array.from(unknowns, (unknown) => {
      const greatest = bounds.greatest[unknown] ?? 0
      return greatest === UNBOUNDED ? Math.max(0, truth[unknown] ?? 0) + FAR : greatest
    }),
  }
}

/** How much further than it truly is an unknown may lie that nothing bounds: a solver needs an end. */
const FAR = 2000

/** Whether values obey every relation of a block. */
export function solves(block: Block, values: Float64Array): boolean {
  for (const relation of block.atLeast.keys()) {
    let sum = 0
    for (let at = block.starts[relation] ?? 0; at < (block.starts[relation + 1] ?? 0); at++) {
      sum += (block.signs[at] ?? 0) * (values[block.terms[at] ?? 0] ?? 0)
    }
    if (sum < (block.atLeast[relation] ?? 0) || sum > (block.atMost[relation] ?? 0)) return false
  }
  return values.every(
    (value, at) => value >= (block.least[at] ?? 0) && value <= (block.greatest[at] ?? 0),
  )
}

/** Whether a relation says more than the bounds of its unknowns do. */
function binds({ system, least, greatest }: Bounds, relation: number): boolean {
  let low = 0
  let high = 0
  for (let at = system.starts[relation] ?? 0; at < (system.starts[relation + 1] ?? 0); at++) {
    const term = system.terms[at] ?? 0
    const most = greatest[term] === UNBOUNDED ? Infinity : (greatest[term] ?? 0)
    if (system.signs[at] === 1) {
      low += least[term] ?? 0
      high += most
    } else {
      low -= most
      high -= least[term] ?? 0
    }
  }
  return low < (system.atLeast[relation] ?? 0) || high > (system.atMost[relation] ?? 0)
}

function packBlock(
  system: LinearSystem,
  { least, greatest }: Bounds,
  truth: Int32Array,
  relations: readonly number[],
  position: ReadonlyMap<number, number>,
): Pick<Block, 'starts' | 'terms' | 'signs' | 'atLeast' | 'atMost'> {
  const starts = [0]
  const terms: number[] = []
  const signs: number[] = []
  const atLeast: number[] = []
  const atMost: number[] = []
  for (const relation of relations) {
    let outside = 0
    for (let at = system.starts[relation] ?? 0; at < (system.starts[relation + 1] ?? 0); at++) {
      const term = system.terms[at] ?? 0
      const sign = system.signs[at] ?? 0
      const place = position.get(term)
      if (place === undefined) {
        outside += sign * ((least[term] === greatest[term] ? least[term] : truth[term]) ?? 0)
      } else {
        terms.push(place)
        signs.push(sign)
      }
    }
    starts.push(terms.length)
    atLeast.push((system.atLeast[relation] ?? 0) - outside)
    atMost.push((system.atMost[relation] ?? 0) - outside)
  }
  return {
    starts: Int32Array.from(starts),
    terms: Int32Array.from(terms),
    signs: Float64Array.from(signs),
    atLeast: Float64Array.from(atLeast),
    atMost: Float64Array.from(atMost),
  }
}
