import type { PseudonymColumn } from '../pseudonym/kinds.ts'
import type { Decision, LinkRecord, SharedContacts } from './part.ts'

/**
 * The values by which a record can touch another: by evidence, tie, near match or veto. The closure of records over
 * equal values is a part, and deciding two parts together gives what deciding each gives.
 */

/** The columns that carry contacts: values that a person may share with others. */
export const CONTACT_COLUMNS: readonly (readonly PseudonymColumn[])[] = [
  ['email_pseudonym', 'carer_email_pseudonym'],
  ['mobile_pseudonym', 'carer_mobile_pseudonym'],
]

/**
 * The pseudonym columns of possible edges: records touch where any columns of one group are equal. Beside them records
 * touch by being of one row (equal submission and source row) and by a decision between their clients. A contact that
 * is shared touches nobody, and neither does a child kind built on it (a closure that follows it is larger, not wrong).
 */
export const POSSIBLE_EDGE_COLUMNS: readonly (readonly PseudonymColumn[])[] = [
  ...CONTACT_COLUMNS,
  ['nhs_number_pseudonym'],
  ['client_pseudonym'],
  ['child_pseudonym'],
  ['child_mobile_pseudonym'],
  ['name_birth_pseudonym'],
  ['birth_postcode_pseudonym'],
  ['name_postcode_pseudonym'],
  ['given_birth_postcode_pseudonym'],
]

/** The values by which a record can touch another, as keys that are equal exactly where records touch. */
export function possibleEdgeKeys(record: LinkRecord, sharedContacts: SharedContacts): string[] {
  const keys = [`row ${record.submission} ${record.sourceRow}`]
  const add = (group: string, value: string | null): void => {
    if (value !== null) keys.push(`${group} ${value}`)
  }
  const usable = (contact: string | null): string | null =>
    contact === null || sharedContacts.has(contact) ? null : contact
  const isShared = (contact: string | null): boolean =>
    contact !== null && sharedContacts.has(contact)
  add('nhs-number', record.nhsNumber)
  add('client', record.client)
  if (!isShared(record.carerEmail)) add('child', record.child)
  if (!isShared(record.carerMobile)) add('child-mobile', record.childMobile)
  add('email', usable(record.email))
  add('email', usable(record.carerEmail))
  add('mobile', usable(record.mobile))
  add('mobile', usable(record.carerMobile))
  add('name-birth', record.nameBirth)
  add('birth-postcode', record.birthPostcode)
  add('name-postcode', record.namePostcode)
  add('given-birth-postcode', record.givenBirthPostcode)
  return keys
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
