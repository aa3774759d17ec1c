/**
 * What copies of a programme came to, kept so that any figure of any period and grouping can be
 * estimated from it: wherever a copy's linkage found other people than there are in it.
 */

/** In one copy, people that were not found as they are. Each list of cells is one person's. */
export interface Mistake {
  readonly copy: number
  /** For how many of its kind it stands: what is found by fewer links is lost of more. */
  readonly weight: number
  /** Where each of the people is reached, in truth. */
  readonly people: readonly (readonly number[])[]
  /** Where each of those found for them is. */
  readonly found: readonly (readonly number[])[]
}

/** What was found otherwise than it is in copies of a programme. */
export interface CopiedMistakes {
  readonly copies: number
  /** The share of all parts that was copied. */
  readonly sampled: number
  /** Packed by `packMistakes`. */
  readonly mistakes: Int32Array
}

const WEIGHT_PARTS = 1000

/** Mistakes as numbers: copy, weight, people, found, then each list as its length and its cells. */
export function packMistakes(mistakes: Iterable<Mistake>): Int32Array {
  const numbers: number[] = []
  for (const { copy, weight, people, found } of mistakes) {
    numbers.push(copy, Math.round(weight * WEIGHT_PARTS), people.length, found.length)
    for (const cells of [...people, ...found]) numbers.push(cells.length, ...cells)
  }
  return Int32Array.from(numbers)
}

/** The mistakes, one after another; the object given is good until the next. */
export function* unpackMistakes(numbers: Int32Array): Generator<Mistake> {
  let at = 0
  const next = (): number => numbers[at++] ?? 0
  const list = (): number[] => Array.from({ length: next() }, next)
  while (at < numbers.length) {
    const copy = next()
    const weight = next() / WEIGHT_PARTS
    const [people, found] = [next(), next()]
    yield {
      copy,
      weight,
      people: Array.from({ length: people }, list),
      found: Array.from({ length: found }, list),
    }
  }
}
