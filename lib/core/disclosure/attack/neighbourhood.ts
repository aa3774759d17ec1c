import type { LinearSystem } from './system.ts'

/** The unknowns around some, the nearest first, up to a number; those themselves are the first. */
export function neighbourhood(
  { usesFrom, uses, starts, terms, firstDerived }: LinearSystem,
  from: readonly number[],
  most: number,
): Set<number> {
  const found = new Set(from)
  for (const unknown of found) {
    for (let use = usesFrom[unknown] ?? 0; use < (usesFrom[unknown + 1] ?? 0); use++) {
      const relation = uses[use] ?? 0
      if (relation >= firstDerived) continue
      for (let at = starts[relation] ?? 0; at < (starts[relation + 1] ?? 0); at++) {
        if (found.size >= most) return found
        found.add(terms[at] ?? 0)
      }
    }
  }
  return found
}
