import type { LinkRecord, PartDecision, RuleName } from '#core/linkage/part.ts'

/**
 * The clients of a part as an estimate needs them: each found person with the clients that describe
 * it, of each the record that speaks for it.
 */

/** One client as one service describes it: its records that linkage holds for one person. */
export interface DescribedClient {
  /** The record of the latest quarter. */
  readonly record: LinkRecord
  /** All its records, in order of their quarters. */
  readonly records: readonly LinkRecord[]
  /** The found person, as the decision numbers them. */
  readonly person: number
  /** Where it counts as reached: see ReachedCells. */
  readonly cells: readonly number[]
}

/** A part that linkage has decided. */
export interface FoundPart {
  readonly clients: readonly DescribedClient[]
  /** How many people were found. */
  readonly people: number
  /** The family of each of them, as the decision numbers it; −1 for none. */
  readonly families: Int32Array
  /** Joins of what a reviewer said, by places among the clients. */
  readonly decided: readonly (readonly [number, number])[]
  /** Joins by a rule that could be wrong: the one client, and by which rule. */
  readonly weak: readonly WeakJoin[]
}

/** A client whom one rule alone joins to the rest of its person. */
export interface WeakJoin {
  readonly client: number
  readonly rule: RuleName
}

/** Rules that say who somebody is by a key of its own, or because a person said so. */
export const NEVER_WEAK: ReadonlySet<RuleName> = new Set<RuleName>([
  'bridge',
  'decided',
  'nhs',
  'client',
])

/**
 * The clients of a decided part. `cells` has for each record the number of the cell in which it
 * counts as reached, −1 for none.
 */
export function describeClients(
  records: readonly LinkRecord[],
  cells: ArrayLike<number>,
  decision: PartDecision,
): FoundPart {
  const groups = new Map<string, number[]>()
  records.forEach((record, place) => {
    const key = `${decision.beneficiary[place] ?? 0} ${record.client ?? `#${String(place)}`}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [place])
    else group.push(place)
  })
  const clients: DescribedClient[] = []
  const clientOf = new Map<number, number>()
  let people = 0
  for (const places of groups.values()) {
    const own = places.flatMap((place) => records[place] ?? []).sort(byQuarter)
    const record = own.at(-1)
    if (record === undefined) continue
    for (const { id } of own) clientOf.set(id, clients.length)
    const person = decision.beneficiary[places[0] ?? 0] ?? 0
    people = Math.max(people, person + 1)
    const reached = places.map((place) => cells[place] ?? -1).filter((cell) => cell >= 0)
    clients.push({ record, records: own, person, cells: [...new Set(reached)] })
  }
  const decided: [number, number][] = []
  const weak: WeakJoin[] = []
  for (const { left, right, rule } of decision.joins) {
    const a = clientOf.get(left) ?? 0
    const b = clientOf.get(right) ?? 0
    if (a === b) continue
    if (rule === 'decided' || rule === 'bridge') decided.push([a, b])
    if (NEVER_WEAK.has(rule)) continue
    const hasNumbers = [a, b].every((at) => (clients[at]?.record.nhsNumber ?? null) !== null)
    if (!hasNumbers) weak.push({ client: b, rule })
  }
  const families = new Int32Array(people).fill(-1)
  decision.family.forEach((family, place) => {
    families[decision.beneficiary[place] ?? 0] = family
  })
  return { clients, people, families, decided, weak }
}

function byQuarter(a: LinkRecord, b: LinkRecord): number {
  if (a.quarter !== b.quarter) return a.quarter < b.quarter ? -1 : 1
  return a.sourceRow - b.sourceRow || a.id - b.id
}
