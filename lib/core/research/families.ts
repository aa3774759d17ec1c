import { countAlike, keyOf } from './generalise.ts'

/**
 * Of each row whether its family may be named: families of which as many people, told alike, are there. A family that is one
 * of a kind would be known by its members together, however often each of them occurs alone. Of rows told alike none or at
 * least `least` have no family named: who is known to have one would be the only row without.
 * `families` is the family of each row, or undefined; `told` is what the row tells.
 */
export function familiesToName(
  told: readonly (readonly string[])[],
  families: readonly (string | undefined)[],
  least: number,
): readonly boolean[] {
  const keys = told.map(keyOf)
  const makeUps = makeUpsOf(keys, families)
  const counts = countAlike([...makeUps.values()])
  const named = new Set([...counts].flatMap(([makeUp, count]) => (count < least ? [] : [makeUp])))
  const makeUpOf = families.map((family) =>
    family === undefined ? undefined : keyOf(makeUps.get(family) ?? []),
  )
  const isNamed = (row: number): boolean => {
    const makeUp = makeUpOf[row]
    return makeUp !== undefined && named.has(makeUp)
  }
  for (const rows of Map.groupBy(keys.keys(), (row) => keys[row] ?? '').values()) {
    const without = rows.filter((row) => !isNamed(row)).length
    if (without === 0 || without >= least) continue
    // A whole kind of families goes, so that wherever it stood at least as many have none.
    const kinds = new Set(rows.filter(isNamed).map((row) => makeUpOf[row] ?? ''))
    const [fewest] = [...kinds].sort(
      (a, b) => (counts.get(a) ?? 0) - (counts.get(b) ?? 0) || (a < b ? -1 : 1),
    )
    if (fewest !== undefined) named.delete(fewest)
  }
  return families.map((_, row) => isNamed(row))
}

/** What the members of each family tell, in an order that is nobody's. */
function makeUpsOf(
  keys: readonly string[],
  families: readonly (string | undefined)[],
): ReadonlyMap<string, readonly string[]> {
  const members = new Map<string, string[]>()
  families.forEach((family, row) => {
    if (family === undefined) return
    const of = members.get(family) ?? []
    members.set(family, of)
    of.push(keys[row] ?? '')
  })
  return new Map([...members].map(([family, of]) => [family, of.sort()]))
}
