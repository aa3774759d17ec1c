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
  const relations = Array.from(system.atLeast, (atLeast, relation) => {
    const terms = [...system.terms.slice(system.starts[relation], system.starts[relation + 1])]
    const signs = [...system.signs.slice(system.starts[relation], system.starts[relation + 1])]
    return { atLeast, atMost: system.atMost[relation] ?? 0, terms, signs, last: Math.max(...terms) }
  })
  const known = values.map((_, unknown) => bounds(unknown))
  const derive = (unknown: number): number => {
    const own = relations.find(
      ({ last, atLeast, atMost }) => last === unknown && atLeast === atMost,
    )
    return (own?.terms ?? []).reduce(
      (sum, term, at) => sum + (term === unknown ? 0 : (own?.signs[at] ?? 0) * (values[term] ?? 0)),
      0,
    )
  }
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
    // What is derived is what it is made of.
    const told = least === -UNBOUNDED ? derive(unknown) : undefined
    const end = told ?? (greatest === UNBOUNDED ? most : greatest)
    for (let value = told ?? least; value <= end; value++) {
      values[unknown] = value
      const holds = relations.every(({ atLeast, atMost, terms, signs, last }) => {
        // Only what is whole by now, and was not before.
        if (last !== unknown) return true
        const sum = terms.reduce((all, term, at) => all + (signs[at] ?? 0) * (values[term] ?? 0), 0)
        return sum >= atLeast && sum <= atMost
      })
      if (holds) attempt(unknown + 1)
    }
  }
  attempt(0)
  return found
}
