import { countAlike, keyOf } from './generalise.ts'

/**
 * Of each row whether its family may be named: families of which as many people, told alike, are there. A family that is one
 * of a kind would be known by its members together, however often each of them occurs alone.
 * `families` is the family of each row, or undefined; `told` is what the row tells.
 */
export function familiesToName(
  told: readonly (readonly string[])[],
  families: readonly (string | undefined)[],
  least: number,
): readonly boolean[] {
  const members = new Map<string, string[]>()
  families.forEach((family, row) => {
    if (family === undefined) return
    const keys = members.get(family) ?? []
    members.set(family, keys)
    keys.push(keyOf(told[row] ?? []))
  })
  const makeUps = new Map([...members].map(([family, keys]) => [family, keys.sort()]))
  const counts = countAlike([...makeUps.values()])
  return families.map((family) => {
    const makeUp = family === undefined ? undefined : makeUps.get(family)
    return makeUp !== undefined && (counts.get(keyOf(makeUp)) ?? 0) >= least
  })
}
