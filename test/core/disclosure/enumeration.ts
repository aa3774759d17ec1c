import type { Known } from '#core/disclosure/attack/knowledge.ts'
import type { LinearSystem } from '#core/disclosure/attack/system.ts'
import { UNBOUNDED } from '#core/disclosure/attack/system.ts'

/**
 * The least and the greatest of every unknown by trying every table there is: plain, slow, and
 * without anything that the attack is made of. Unknowns that nothing bounds are tried up to `most`.
 */
export function enumerate(
  system: LinearSystem,
  bounds: (unknown: number) => Known,
  most: number,
): { least: number; greatest: number }[] {
  const values = new Array<number>(system.size).fill(0)
  const found = Array.from({ length: system.size }, () => ({
    least: Infinity,
    greatest: -Infinity,
  }))
  const known = values.map((_, unknown) => bounds(unknown))
  const ending = relationsByLast(system)
  const attempt = (unknown: number): void => {
    if (unknown === system.size) {
      for (const [at, value] of values.entries()) {
        const range = found[at]
        if (range === undefined) continue
        range.least = Math.min(range.least, value)
        range.greatest = Math.max(range.greatest, value)
      }
      return
    }
    const { least, greatest } = known[unknown] ?? { least: 0, greatest: 0 }
    // Only what is whole by now, and was not before.
    const whole = ending[unknown] ?? []
    // What is derived is what it is made of.
    const own = whole.find(({ atLeast, atMost }) => atLeast === atMost)
    const told = least === -UNBOUNDED ? sumOf(own, values, unknown) : undefined
    const end = told ?? (greatest === UNBOUNDED ? most : greatest)
    for (let value = told ?? least; value <= end; value++) {
      values[unknown] = value
      const holds = whole.every((relation) => {
        const sum = sumOf(relation, values)
        return sum >= relation.atLeast && sum <= relation.atMost
      })
      if (holds) attempt(unknown + 1)
    }
  }
  attempt(0)
  return found
}

/** A sum of unknowns and its bounds. */
interface Relation {
  readonly atLeast: number
  readonly atMost: number
  readonly terms: readonly number[]
  readonly signs: readonly number[]
}

/** The relations of each unknown that is the last of theirs to be tried. */
function relationsByLast(system: LinearSystem): Relation[][] {
  const byLast = Array.from({ length: system.size }, (): Relation[] => [])
  for (const [relation, atLeast] of system.atLeast.entries()) {
    const [from, to] = [system.starts[relation], system.starts[relation + 1]]
    const terms = [...system.terms.slice(from, to)]
    const signs = [...system.signs.slice(from, to)]
    const one = { atLeast, atMost: system.atMost[relation] ?? 0, terms, signs }
    byLast[Math.max(...terms)]?.push(one)
  }
  return byLast
}

/** What a relation's unknowns come to, but for one. */
function sumOf(
  { terms, signs }: Pick<Relation, 'terms' | 'signs'> = { terms: [], signs: [] },
  values: readonly number[],
  but = -1,
): number {
  let sum = 0
  for (let at = 0; at < terms.length; at++) {
    const term = terms[at] ?? 0
    if (term !== but) sum += (signs[at] ?? 0) * (values[term] ?? 0)
  }
  return sum
}
