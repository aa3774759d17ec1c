import { KINDS } from '#core/pseudonym/columns.ts'
import { ALTERNATES, PSEUDONYM_COLUMNS, type DescribedPseudonym } from '#core/pseudonym/kinds.ts'
import type { Decision, LinkRecord, SharedContacts } from './part.ts'

/**
 * The values by which a record can touch another: by evidence, tie, near match or veto. The closure
 * of records over equal values is a part, and deciding two parts together gives what deciding each
 * gives.
 */

/** Pseudonyms that can be equal to one another. */
export type EdgeGroup = readonly DescribedPseudonym[]

const GROUPS: readonly EdgeGroup[] = KINDS.map((kind) =>
  PSEUDONYM_COLUMNS.filter(
    (pseudonym) => pseudonym.kind === kind && pseudonym.alternateOf === undefined,
  ),
)

/** The pseudonyms of contacts: values that a person may share with others. */
export const CONTACT_GROUPS: readonly EdgeGroup[] = GROUPS.filter((group) =>
  group.some(({ contact }) => contact !== undefined),
)

/**
 * The pseudonyms of possible edges: records touch where any of one group are equal. Beside them
 * records touch where an alternate of one (ALTERNATES) is what another carries as its own, by being
 * of one row (equal submission and source row) and by a decision between their clients. A contact
 * that is shared touches nobody, and neither does a child kind built on it (a closure that follows
 * it is larger, not wrong).
 */
export const POSSIBLE_EDGE_GROUPS: readonly EdgeGroup[] = [
  ...CONTACT_GROUPS,
  ...GROUPS.filter((group) => !CONTACT_GROUPS.includes(group)),
]

/**
 * The values by which a record can touch another, as keys that are equal exactly where records
 * touch; beside these, what its alternates are.
 */
export function possibleEdgeKeys(record: LinkRecord, sharedContacts: SharedContacts): string[] {
  const keys = [`row ${record.submission} ${record.sourceRow}`]
  for (const { field, kind, contact, builtOn, alternateOf } of PSEUDONYM_COLUMNS) {
    if (alternateOf !== undefined) continue
    const value = record[field]
    const restsOn = contact === undefined ? builtOn : field
    const isShared = restsOn !== undefined && sharedContacts.has(record[restsOn] ?? '')
    if (value !== null && !isShared) keys.push(`${kind} ${value}`)
  }
  return keys
}

/** The values of other records' possible edges that a record touches without carrying them. */
export function alternateKeys(record: LinkRecord): string[] {
  return ALTERNATES.flatMap(({ field, kind }) => {
    const value = record[field]
    return value === null ? [] : [`${kind} ${value}`]
  })
}

/** The clients that decisions bring into one part. */
export function decidedClients(decisions: readonly Decision[]): (readonly [string, string])[] {
  return decisions.flatMap((decision) =>
    decision.kind === 'nhs-wrong' ? [] : [[decision.left.client, decision.right.client] as const],
  )
}

/** The parts of a set of records: lists of places in `records`, in order of first appearance. */
export function partsOf(
  records: readonly LinkRecord[],
  sharedContacts: SharedContacts,
  decisions: readonly Decision[] = [],
): number[][] {
  const parent = records.map((_, place) => place)
  const end = (place: number): number => {
    let at = place
    for (;;) {
      const up = parent[at] ?? at
      if (up === at) return at
      parent[at] = parent[up] ?? up
      at = up
    }
  }
  const firstOf = new Map<string, number>()
  const meet = (key: string, place: number): void => {
    const first = firstOf.get(key)
    if (first === undefined) firstOf.set(key, place)
    else parent[end(place)] = end(first)
  }
  records.forEach((record, place) => {
    for (const key of possibleEdgeKeys(record, sharedContacts)) meet(key, place)
  })
  records.forEach((record, place) => {
    for (const key of alternateKeys(record)) {
      const first = firstOf.get(key)
      if (first !== undefined) parent[end(place)] = end(first)
    }
  })
  for (const [left, right] of decidedClients(decisions)) {
    const a = firstOf.get(`client ${left}`)
    const b = firstOf.get(`client ${right}`)
    if (a !== undefined && b !== undefined) parent[end(a)] = end(b)
  }
  const parts = new Map<number, number[]>()
  records.forEach((_, place) => {
    const key = end(place)
    const part = parts.get(key)
    if (part === undefined) parts.set(key, [place])
    else part.push(place)
  })
  return [...parts.values()]
}
